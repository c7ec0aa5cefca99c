"""Promise 7: to validate the corpus connects to nothing and opens nothing outside, seen by strace."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve()
ROOT = HERE.parents[3]
sys.path[:0] = [str(HERE.parents[1]), str(ROOT)]

import corpus  # noqa: E402

if shutil.which("strace") is None:
    sys.exit("strace is not here: apt-get install strace")
CALL = re.compile(r'(?:openat2?\(AT_FDCWD, |open\()"((?:[^"\\]|\\.)*)"[^\n]*= (\d+)')
PYTHON = {
    str(Path(one).resolve())
    for one in (sys.prefix, sys.base_prefix, ROOT / "nnspec", ROOT / "schemas")
}
SYSTEM = ("/usr/lib", "/lib", "/lib64", "/usr/share/zoneinfo", "/usr/local/lib", "/etc/ld.so", "/etc/localtime", "/proc/self", "/proc/meminfo",
          "/proc/cpuinfo", "/proc/mounts", "/etc/ssl/openssl.cnf", "/etc/locale.alias", "/proc/filesystems", "/sys/", "/dev/null", "/dev/urandom", "/etc/os-release", "/etc/mime")  # fmt: skip
environment = {**os.environ, "PYTHONPATH": str(ROOT), "NNSPEC_DISABLE_PLUGIN_AUTOLOAD": "1"}
environment |= {
    "PYTHONDONTWRITEBYTECODE": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "NNSPEC_DISABLE_CACHE": "1",
}


def opened(text: str, folder: Path, work: Path) -> set[str]:
    """List the files outside that were opened."""
    outside = set()
    for path, _ in CALL.findall(text):
        real = str(Path(folder, path).resolve()) if not path.startswith("/proc") else path
        inside = (
            real.startswith((str(work), *PYTHON, *SYSTEM))
            or Path(real) in ROOT.parents
            or real == str(ROOT)
        )
        if not inside and not Path(real).is_dir():
            outside.add(path)
    return outside


chosen = [
    case
    for case in corpus.cases().values()
    if case.command == ("validate", "spec.yaml") and case.files and case.status != 2
]
with tempfile.TemporaryDirectory() as name:
    root = Path(name).resolve()
    work, elsewhere, trace = root / "work", root / "elsewhere", root / "trace"
    specs = []
    elsewhere.mkdir()  # the working directory, which a spec may name files in, holds nothing
    for number, case in enumerate(chosen):
        case.lay(work / str(number))
        specs.append(str(Path("..", "work", str(number), case.folder, "spec.yaml")))
    calls = [
        "strace",
        "-f",
        "-qq",
        "-s",
        "4096",
        "-o",
        str(trace),
        "-e",
        "trace=open,openat,openat2,connect,socket",
    ]
    command = [*calls, sys.executable, "-m", "nnspec", "validate", *specs]
    done = subprocess.run(command, cwd=elsewhere, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)  # fmt: skip
    text = trace.read_text("utf-8", "replace")
    assert done.returncode == 1, done.stderr
    assert all(spec in text for spec in specs), "strace saw too little"
    connects = len(re.findall(r"\b(?:connect|socket)\(", text))
    wrong = {path for path in opened(text, elsewhere, work) if Path(path).is_file()}
    wrong |= {path for path, _ in CALL.findall(text) if "secret" in path or path == "/etc/passwd"}
print(
    f"strace of {len(chosen)} validations: {connects} connections, {len(wrong)} files outside opened"
)
for path in sorted(wrong):
    print("  OPENED", path)
sys.exit(bool(connects or wrong))

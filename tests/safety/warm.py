"""Run every case of the corpus in a process forked from one that has imported everything.

    python warm.py FOLDER PART OF > RESULTS

Each case has a folder of its own, a process of its own, and bounds: what takes 20 seconds is
killed, and what asks for more than 4 GiB of addresses gets none. Results are JSON, a line a case.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import signal
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

import corpus  # noqa: E402

import nnspec  # noqa: E402
import nnspec.commands.run  # noqa: E402
import nnspec.commands.validate  # noqa: E402
from nnspec import cli  # noqa: E402
from nnspec.data import batches, output  # noqa: E402
from nnspec.weights import reading  # noqa: E402

KILLED_AFTER = 20
ADDRESSES = 4 << 30


def child(case: corpus.Case, folder: Path, streams: Path) -> None:
    """Become the command, and never return."""
    for name, number, flags in (
        ("stdin", 0, os.O_RDONLY),
        ("out", 1, os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
        ("err", 2, os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
    ):
        os.dup2(os.open(streams / name, flags), number)
    os.chdir(folder)
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(KILLED_AFTER)
    try:
        cli.main(list(case.command))
    except SystemExit as left:
        sys.stdout.flush()
        os._exit(left.code if isinstance(left.code, int) else 99)


def run(case: corpus.Case, folder: Path) -> dict[str, object]:
    """Run one case in a folder of its own and tell what came of it."""
    work = folder / "work"
    work.mkdir(parents=True)
    case.lay(work)
    (folder / "stdin").write_bytes(case.stdin)
    process = os.fork()
    if process == 0:
        try:
            child(case, work / case.folder, folder)
        finally:
            import traceback

            traceback.print_exc()
            os._exit(98)
    _, status, used = os.wait4(process, 0)
    return {
        "status": os.waitstatus_to_exitcode(status),
        "seconds": used.ru_utime + used.ru_stime,  # which other work on the machine does not change
        "mebibytes": used.ru_maxrss / 1024,
        "ran": any(folder.rglob("ran")),
        "output": (folder / "out").read_text("utf-8", "replace")
        + (folder / "err").read_text("utf-8", "replace"),
    }


def main(folder: str, part: str, of: str) -> None:
    """Warm up, then run every so many-th case."""
    os.environ["NNSPEC_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    model = nnspec.loads(corpus.SUM)
    with (
        output.writer(Path(os.devnull), columns=("y",), dtype="f4", shape=(1,)) as table,
        batches.open([[1, 2]], size=2, dtype="float32") as blocks,
    ):
        for block in blocks:
            table.write(model(block.values))
    reading.formats()
    gc.freeze()
    for number, (name, case) in enumerate(corpus.chosen().items()):
        if number % int(of) == int(part):
            result = run(case, Path(folder, str(number)))
            print(json.dumps({"name": name, **result}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])

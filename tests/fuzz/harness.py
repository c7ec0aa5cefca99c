"""What the harnesses share: run one input, run for a while, keep what was found.

    python tests/fuzz/fuzz_yaml.py                  # FUZZ_SECONDS=60, FUZZ_SEED=1
    python tests/fuzz/fuzz_yaml.py FILE             # one input again

A harness is a module with SEEDS, WORDS and `check(data)`, which lets nothing but an assertion or a
stray exception out. With atheris the search is guided by coverage; without, it is blind. An input
that fails is written to tests/fuzz/found/, where test_found.py runs it from then on.
"""

from __future__ import annotations

import hashlib
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

HERE = Path(__file__).resolve().parent
FOUND = HERE / "found"
SLOWEST = 5.0
"""Seconds that one input of 64 KiB may take."""


def run(
    name: str, check: Callable[[bytes], None], seeds: Sequence[bytes], words: Sequence[bytes]
) -> None:
    """Fuzz one harness from the command line; leave with status 1 if an input fails."""
    os.environ["NNSPEC_DISABLE_CACHE"] = "1"  # an input that was read before is read again
    if len(sys.argv) == 2:
        check(Path(sys.argv[1]).read_bytes())
        return
    seconds = float(os.environ.get("FUZZ_SECONDS", "60"))

    def keep(data: bytes) -> None:
        start = time.perf_counter()
        try:
            check(data)
            assert time.perf_counter() - start < SLOWEST, "it took too long"
        except BaseException:
            path = FOUND / f"{name}-{hashlib.sha256(data).hexdigest()[:12]}"
            path.write_bytes(data)
            print(f"{name}: FAILED, see {path}", flush=True)
            raise

    try:
        import atheris
    except ImportError:
        from mutate import loop

        count, longest = loop(keep, seeds, words, seconds, int(os.environ.get("FUZZ_SEED", "1")))
        print(f"{name}: {count:,} inputs in {seconds:g} s, the slowest took {longest:.2f} s")
        return
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(seeds):
            Path(folder, str(number)).write_bytes(seed)
        dictionary = Path(folder, "words")
        lines = ('"' + "".join(f"\\x{byte:02x}" for byte in word) + '"' for word in words)
        dictionary.write_text("\n".join(lines))
        options = ["-max_len=65536", "-timeout=10", "-verbosity=0", "-print_final_stats=1"]
        atheris.instrument_all()
        atheris.Setup(
            [name, folder, f"-dict={dictionary}", f"-max_total_time={seconds:g}", *options],
            keep,
            enable_python_coverage=True,
        )
        atheris.Fuzz()

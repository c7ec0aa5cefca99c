"""Promise 11: 100,000 changed .safetensors; nothing is taken that the reference refuses."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve()
sys.path[:0] = [str(HERE.parents[2] / "fuzz"), str(HERE.parents[3])]

import fuzz_safetensors  # noqa: E402
from mutate import loop  # noqa: E402

TURNS = int(os.environ.get("MUTATIONS", "100000"))
done, start = 0, time.monotonic()
while done < TURNS:
    count, _ = loop(
        fuzz_safetensors.check, fuzz_safetensors.SEEDS, fuzz_safetensors.WORDS, 5.0, seed=done
    )
    done += count
print(
    f"safetensors: {done:,} mutations in {time.monotonic() - start:.0f} s, none taken that the reference refuses"
)

"""A plain fuzzer: the same changes for the same seed, for where atheris is not installed."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

EDGES = [0, 1, 2, 7, 8, 0x7F, 0x80, 0xFF, 0xFFFF, 2**31 - 1, 2**31, 2**32 - 1, 2**63, 2**64 - 1]


def mutate(
    data: bytes, seeds: Sequence[bytes], words: Sequence[bytes], rng: random.Random
) -> bytes:
    """Change a few places: flip, overwrite, insert, cut, double, splice with another seed."""
    changed = bytearray(data)
    for _ in range(rng.choice((1, 1, 1, 2, 3, 8))):
        place = rng.randrange(len(changed) + 1)
        end = min(len(changed), place + rng.choice((1, 1, 2, 4, 16, 200)))
        match rng.randrange(8):
            case 0 if place < len(changed):
                changed[place] ^= 1 << rng.randrange(8)
            case 1:
                changed[place:place] = rng.choice(words)
            case 2:
                changed[place:end] = rng.choice(words)
            case 3:
                del changed[place:end]
            case 4:
                changed[place:place] = changed[place:end] * rng.choice((1, 2, 50))
            case 5:
                other = rng.choice(seeds)
                start = rng.randrange(len(other) + 1)
                changed[place:end] = other[start : start + rng.randrange(1, 60)]
            case 6:
                width = rng.choice((1, 2, 4, 8))
                number = rng.choice(EDGES) % 2 ** (8 * width)
                changed[place : place + width] = number.to_bytes(
                    width, rng.choice(("little", "big"))
                )
            case _:
                changed[place:end] = rng.randbytes(end - place)
    return bytes(changed[: 1 << 16])


def loop(
    check: Callable[[bytes], None],
    seeds: Sequence[bytes],
    words: Sequence[bytes],
    seconds: float,
    seed: int,
) -> tuple[int, float]:
    """Check changed seeds until the time is over; give how many, and the longest one's seconds."""
    rng = random.Random(seed)
    count, longest, until = 0, 0.0, time.monotonic() + seconds
    while time.monotonic() < until:
        data = mutate(rng.choice(seeds), seeds, words, rng)
        start = time.perf_counter()
        check(data)
        longest = max(longest, time.perf_counter() - start)
        count += 1
    return count, longest

"""Random numbers that are the same on every machine and under every version of NumPy.

Each array has a stream of its own, keyed by the seed and its name, so that it depends neither on
the order of the arrays nor on the other layers. The words are those of SplitMix64 (Steele, Lea
and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014):

    key     first 8 bytes, little-endian, of SHA-256 of the UTF-8 text "nnspec 1 <seed> <name>"
    word i  mix(key + (i + 1) · 0x9E3779B97F4A7C15), modulo 2⁶⁴, i = 0, 1, … in C order
    mix(z)  z ^= z >> 30; z *= 0xBF58476D1CE4E5B9; z ^= z >> 27; z *= 0x94D049BB133111EB;
            z ^= z >> 31
    bits i  the upper 52 bits of word i

From there on only operations that IEEE 754 rounds exactly are used (+ - * / sqrt, and scaling by
powers of two), in the order written here and in `inverse_normal`, since exp, log and cos differ in
their last bits from one library to the next.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np

from nnspec.weights.inverse_normal import inverse_normal

if TYPE_CHECKING:
    from numpy.typing import NDArray


def bits(seed: int, name: str, start: int, count: int) -> NDArray[np.uint64]:
    """Give words `start` to `start + count` of an array's stream, 52 bits of each."""
    digest = hashlib.sha256(f"nnspec 1 {seed} {name}".encode()).digest()
    key = np.frombuffer(digest[:8], "<u8").astype(np.uint64)
    index = np.arange(start + 1, start + count + 1, dtype=np.uint64)
    word: NDArray[np.uint64] = key + index * np.uint64(
        0x9E3779B97F4A7C15
    )  # arrays wrap modulo 2⁶⁴ silently
    word = (word ^ (word >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    word = (word ^ (word >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    word ^= word >> np.uint64(31)
    return word >> np.uint64(12)


def uniform(words: NDArray[np.uint64]) -> NDArray[np.float64]:
    """Spread 52 bits over (-1, 1): (2k + 1) / 2⁵² - 1, exactly, symmetric about 0.

    Examples:
        >>> uniform(np.array([0, 2**51], dtype=np.uint64)).tolist()
        [-0.9999999999999998, 2.220446049250313e-16]
    """
    return (2.0 * words.astype(np.float64) + 1.0) * 2.0**-52 - 1.0


def normal(words: NDArray[np.uint64]) -> NDArray[np.float64]:
    """Turn 52 bits into a standard normal deviate: Φ⁻¹(p) with p = (k + 1/2) / 2⁵², exactly."""
    return inverse_normal((words.astype(np.float64) + 0.5) * 2.0**-52)

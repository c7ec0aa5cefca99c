"""What a misspelt word was probably meant to be; rather nothing than a wild guess."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from nnspec.diagnostics.quote import quote

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST = 100
"""Longer words are not compared: a name that a person typed is shorter."""


def did_you_mean(word: str, choices: Iterable[str]) -> str | None:
    """Give the hint for a misspelt word, or None where no choice comes near.

    Examples:
        >>> did_you_mean("rleu", ["relu", "gelu"])
        "did you mean 'relu'?"
    """
    choice = closest(word, choices)
    return None if choice is None else f"did you mean {quote(choice)}?"


def closest(word: str, choices: Iterable[str]) -> str | None:
    """Find the choice that a word was probably meant to be.

    Case, hyphens, underscores and spaces do not count. Then the fewest slips (a letter too
    many, missing, wrong, or two swapped) win, of which a word of 3 letters may have 1, of 6
    letters 2, of 9 letters 3; among equals the one with the same first letter, then the first
    of the choices. A word without such a choice may still be the beginning of exactly one.

    Examples:
        >>> closest("leaky-ReLU", ["relu", "leaky_relu"])
        'leaky_relu'
        >>> closest("regress", ["regression", "binary"])
        'regression'
        >>> closest("banana", ["relu", "gelu"]) is None
        True
    """
    plain = _plain(word[: _LONGEST + 1])
    if not plain or len(plain) > _LONGEST:
        return None
    limit = min(len(plain) // 3, 3)
    best: tuple[int, bool] | None = None
    found: str | None = None
    beginnings: list[str] = []
    for choice in choices:
        other = _plain(choice[: _LONGEST + 1])
        slips = _slips(plain, other, limit)
        if slips <= limit:
            rank = (slips, not other.startswith(plain[0]))
            if best is None or rank < best:
                best, found = rank, choice
        if len(plain) > 3 and other.startswith(plain):
            beginnings.append(choice)
    if found is None and len(beginnings) == 1:
        return beginnings[0]
    return found


def unmistakable(word: str, choices: Iterable[str]) -> str | None:
    """Find the choice that a word was certainly meant to be; None where two come near.

    That is the only one that differs in case, hyphens, underscores and spaces alone, or else the
    only one within the slips that `closest` allows.

    Examples:
        >>> unmistakable("rleu", ["relu", "gelu"]), unmistakable("ReLU", ["relu", "elu"])
        ('relu', 'relu')
        >>> unmistakable("relu7", ["relu", "relu6"]) is None
        True
    """
    plain, known = _plain(word[: _LONGEST + 1]), list(choices)
    if not plain or len(plain) > _LONGEST:
        return None
    for limit in (0, min(len(plain) // 3, 3)):
        near = [one for one in known if _slips(plain, _plain(one[: _LONGEST + 1]), limit) <= limit]
        if near:
            return near[0] if len(near) == 1 else None
    return None


def _plain(word: str) -> str:
    return word.casefold().replace("-", "").replace("_", "").replace(" ", "")


@lru_cache(maxsize=4096)
def _slips(a: str, b: str, limit: int) -> int:
    """Count slips between two words (optimal string alignment); limit + 1 stands for more.

    Row i holds the distances of a[:i] to every b[:j]; only |i - j| <= limit can stay within it.
    """
    more = limit + 1
    if abs(len(a) - len(b)) > limit:
        return more
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, start=1):
        current = [i] + [more] * len(b)
        first, last = max(1, i - limit), min(len(b), i + limit)
        for j in range(first, last + 1):
            change = row[j - 1] + (letter != b[j - 1])
            current[j] = min(change, row[j] + 1, current[j - 1] + 1)
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == b[j - 1]:
                current[j] = min(current[j], before[j - 2] + 1)
        if min(i, *current[first : last + 1]) > limit:
            return more
        before, row = row, current
    return min(row[-1], more)

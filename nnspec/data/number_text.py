"""Numbers as text: a strict reader, and the shortest text that gives the number back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.diagnostics.quote import quote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_NUMBER = re.compile(
    r"[ \t]*[+-]?(?:(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?|inf(?:inity)?|nan)[ \t]*",
    re.IGNORECASE,
)


def is_number(text: str) -> bool:
    """Tell whether a text is a decimal number, `inf` or `nan`, and nothing more than that.

    Examples:
        >>> [is_number(text) for text in ("-1.5e3", ".5", " NaN ", "1_000", "\u0661", "0x1", "")]
        [True, True, True, False, False, False, False]
    """
    return _NUMBER.fullmatch(text) is not None


def is_plain(text: str) -> bool:
    """Tell that a text has only ASCII without controls but the tab.

    Others are blanks or digits to `float` and to NumPy, which a number here does not have.
    """
    return text.isascii() and text.replace("\t", "").isprintable()


def fault(text: str) -> str | None:
    """Say what is wrong with a number, in words that follow "column 'a':"; None if nothing is.

    Examples:
        >>> print(fault("1,5"), fault(""), fault("1e400"), fault("inf"), sep=" | ")
        '1,5' is not a number | nothing in the cell | 1e400 is out of range | None
    """
    if not text.strip():
        return "nothing in the cell"
    if not is_number(text):
        return f"{quote(text)} is not a number"
    if np.isinf(float(text)) and "i" not in text.lower():
        return f"{quote(text.strip())[1:-1]} is out of range"
    return None


def texts(values: NDArray[Any]) -> list[Any]:
    """Write numbers as the shortest texts that read back as the same number of their dtype.

    Examples:
        >>> texts(np.array([[0.1, 1e16]], dtype=np.float32)), texts(np.array([3]))
        ([['0.1', '1e+16']], ['3'])
    """
    if values.dtype == np.float32 and values.ndim == 2:
        from nnspec.data import shortest

        lines = shortest.lines(values, b",").decode("ascii").split("\n")
        return [line.split(",") for line in lines[:-1]]
    result: list[Any] = values.astype(np.str_).tolist()
    return result


def parse(cells: Sequence[str]) -> NDArray[Any] | None:
    """Read numbers strictly; None where one of them has a fault.

    `float` takes more than a number: `1_000`, the digits of other scripts, `1e400`.
    """
    together = "".join(cells)
    safe = is_plain(together) and "_" not in together
    if not safe and not all(map(is_number, cells)):
        return None
    try:
        values = np.fromiter(map(float, cells), np.float64, len(cells))
    except ValueError:
        return None
    if any(fault(cells[i]) for i in np.flatnonzero(np.isinf(values)).tolist()):
        return None
    return values

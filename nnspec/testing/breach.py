"""A breach: the input at which a promise was broken, what came and what was expected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

_SHOWN = 8


@dataclass(frozen=True)
class Breach:
    """One broken promise, in words."""

    input: str
    came: str
    expected: str


def differences(
    x: NDArray[Any], came: NDArray[Any], expected: NDArray[Any], *, why: str = ""
) -> Iterator[Breach]:
    """Find where two results for one input differ in a bit; all NaN are the same here.

    Yields:
        One breach that shows the first such row of x, or the first such number where it has no
        rows; none if all bits are the same.
    """
    if came.shape != expected.shape or came.dtype != expected.dtype:
        yield Breach(shown(x), form(came), f"{form(expected)}{why}")
        return
    whole = f"u{came.dtype.itemsize}"
    differ = np.ascontiguousarray(came).view(whole) != np.ascontiguousarray(expected).view(whole)
    differ &= ~(np.isnan(came) & np.isnan(expected))
    if differ.any():
        place = tuple(int(index[0]) for index in np.nonzero(differ))[: max(1, x.ndim - 1)]
        yield Breach(
            shown(x[place]),
            _values(came[place]),
            f"the same bits as {_values(expected[place])}{why}",
        )


def form(array: Any) -> str:
    """Name what a function returned: "float32 of shape (3,)"."""
    if isinstance(array, np.ndarray | np.generic):
        return f"{array.dtype} of shape {array.shape}"
    return f"{type(array).__name__} {array!r}"[:200]


def shown(x: NDArray[Any]) -> str:
    """Show an input: its form and its first numbers."""
    return f"{form(x)}: {_values(x)}"


def _values(array: NDArray[Any]) -> str:
    flat = [str(value) for value in np.ravel(array)[:_SHOWN]]
    rest = ["…"] if np.size(array) > _SHOWN else []
    return flat[0] if np.ndim(array) == 0 else f"[{', '.join(flat + rest)}]"

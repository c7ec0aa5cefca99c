"""What the rows of a file are like, gathered block by block in memory for one row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.records import dataclass

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from nnspec.data.table import Block


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands.

    Attributes:
        row, column: counted from 0.
        line: of a text, counted from 1; None where rows have no lines.
    """

    row: int
    column: int
    line: int | None
    value: float


class Flaw:
    """Values of one kind that should not be there.

    Attributes:
        counts: how many in each column, (size,).
        first: the first of them; None where there is none.
    """

    def __init__(self, size: int) -> None:
        self.counts: NDArray[np.int64] = np.zeros(size, dtype=np.int64)
        self.first: Place | None = None

    @property
    def columns(self) -> list[int]:
        """The columns that hold such values."""
        return [int(k) for k in np.flatnonzero(self.counts)]

    def add(self, where: NDArray[np.bool_], block: Block, rows_before: int) -> None:
        """Take in the values of a block where a mask (n, size) is true."""
        counts = np.count_nonzero(where, axis=0)
        if not counts.any():
            return
        self.counts += counts
        if self.first is None:
            row, column = divmod(int(np.argmax(where)), where.shape[1])
            line = None if block.lines is None else block.lines[row]
            value = float(block.values[row, column])
            self.first = Place(rows_before + row, column, line, value)


class Survey:
    """NaN, infinities, values outside their limits, and the range of each column.

    Attributes:
        rows: how many rows have been seen.
        nan, infinite, outside: values of these kinds; infinite ones are not outside as well.
        low, high: the least and the greatest finite value of each column, (size,); inf and -inf
            where there is none.
    """

    def __init__(self, size: int, minimum: ArrayLike | None, maximum: ArrayLike | None) -> None:
        self.rows = 0
        self.nan, self.infinite, self.outside = Flaw(size), Flaw(size), Flaw(size)
        self.low: NDArray[Any] = np.full(size, np.inf)
        self.high: NDArray[Any] = np.full(size, -np.inf)
        self._minimum = -np.inf if minimum is None else minimum
        self._maximum = np.inf if maximum is None else maximum

    def add(self, block: Block) -> None:
        """Take in some rows, (n, size)."""
        x = block.values
        # In the dtype of the rows, so that a limit does not differ from itself by its rounding.
        minimum, maximum = (np.asarray(one, x.dtype) for one in (self._minimum, self._maximum))
        finite = np.isfinite(x)
        nan = np.isnan(x)
        self.nan.add(nan, block, self.rows)
        self.infinite.add(~finite & ~nan, block, self.rows)
        self.outside.add(finite & ((x < minimum) | (x > maximum)), block, self.rows)
        self.low = np.minimum(self.low, np.min(x, axis=0, initial=np.inf, where=finite))
        self.high = np.maximum(self.high, np.max(x, axis=0, initial=-np.inf, where=finite))
        self.rows += len(x)

    @property
    def constant(self) -> list[int]:
        """The columns that hold one finite value in all of several rows."""
        spoilt = self.nan.counts + self.infinite.counts
        same = (self.low == self.high) & (spoilt == 0)
        return [int(k) for k in np.flatnonzero(same)] if self.rows > 1 else []

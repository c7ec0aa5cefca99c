"""Block by block: read, compute, write, all at once where there are many."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.errors import DataError
from nnspec.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from nnspec.data.table import Block

    Result = tuple[NDArray[Any], Mapping[str, Sequence[Any]]]
    """The outputs of a block, and what was kept of it."""


@dataclass()
class Tally:
    """How many rows there were, and how many of them held NaN or infinity.

    Attributes:
        first: the first such row, counted from 0.
    """

    rows: int = 0
    unclean: int = 0
    first: int | None = None

    def count(self, values: NDArray[Any], *, refuse: bool, source: str) -> None:
        """Count a block of rows.

        Raises:
            DataError: `refuse` is set, and a value is NaN or infinite.
        """
        # A sum is finite if all its terms are; only when it is not is a closer look needed.
        with np.errstate(all="ignore"):
            suspect = not np.isfinite(values.sum())
        if suspect:
            clean = np.isfinite(values)
            rows = np.flatnonzero(~clean.all(axis=1))
            if rows.size and refuse:
                row, column = rows[0], int(np.argmin(clean[rows[0]]))
                raise DataError(
                    f"{source}: row {self.rows + row}, input {column} is {values[row, column]}; "
                    "rows and inputs count from 0, and --nan pass lets them through"
                )
            if rows.size and self.first is None:
                self.first = self.rows + int(rows[0])
            self.unclean += len(rows)
        self.rows += len(values)

    def __str__(self) -> str:
        return (
            f"{self.unclean:,} of {self.rows:,} rows hold NaN or infinity, "
            f"the first of them row {self.first} (counted from 0)"
        )


def compute(
    program: Callable[[NDArray[Any]], NDArray[Any]], blocks: Iterable[Block]
) -> Iterator[Result]:
    """Compute block by block, here.

    Args:
        program: rows × inputs → rows × outputs, or rows for labels.
        blocks: the data.
    """
    for block in blocks:
        yield program(block.values), block.kept


def run(
    compute: Callable[[Iterable[Block]], Iterator[Result]],
    blocks: Iterable[Block],
    write: Callable[..., None],
    *,
    refuse_nan: bool,
    source: str,
    ahead: bool = False,
    behind: bool = False,
) -> Tally:
    """Compute every block and hand the results on, in order.

    Args:
        compute: gives the results of blocks in their order, as that of this module does.
        blocks: the data, block by block.
        write: takes the results of a block and what was kept of it.
        refuse_nan: stop at the first NaN or infinity instead of counting them.
        source: what messages call the data.
        ahead: read the next blocks meanwhile, on a thread.
        behind: write the last blocks meanwhile, on a thread.

    Raises:
        DataError: the data do not fit, or hold NaN while `refuse_nan` is set.
    """
    if ahead or behind:
        from nnspec.runner.memory import keep_freed
        from nnspec.runner.overlap import read_ahead, write_behind

        keep_freed()
    tally = Tally()

    def counted(ready: Iterable[Block]) -> Iterator[Block]:
        for block in ready:
            tally.count(block.values, refuse=refuse_nan, source=source)
            yield block

    with (
        write_behind(write) if behind else nullcontext(write) as hand_on,
        read_ahead(blocks) if ahead else nullcontext(blocks) as ready,
    ):
        for result in compute(counted(ready)):
            hand_on(*result)
    return tally

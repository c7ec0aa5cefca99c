"""A table: rows from somewhere, read block by block."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nnspec.records import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

_CELLS = 1 << 16


@dataclass(frozen=True, slots=True)
class Block:
    """Some rows: numbers of shape (n, columns), and the columns kept for the output.

    Attributes:
        values: (n, columns).
        kept: column → its n values as they stand in the data: texts, or what JSON and Parquet
            have in their place.
        lines: where each row begins in a text, counted from 1; None where rows have no lines.
    """

    values: NDArray[Any]
    kept: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    lines: Sequence[int] | None = None

    def parts(self, rows: int) -> Iterator[Block]:
        """Yield the rows, so many at a time."""
        for start in range(0, len(self.values), rows):
            end = start + rows
            yield Block(
                self.values[start:end],
                {name: column[start:end] for name, column in self.kept.items()},
                None if self.lines is None else self.lines[start:end],
            )


@dataclass(frozen=True, slots=True)
class Selection:
    """Which columns of a table are wanted, by their positions.

    Attributes:
        inputs: the columns of the network's inputs, in their order.
        kept: the columns to hand on.
        by_name: the inputs were picked by name, so that others may come and go.
    """

    inputs: tuple[int, ...]
    kept: tuple[int, ...] = ()
    by_name: bool = False


@dataclass(frozen=True)
class Table:
    """Rows × columns that have been opened and not yet read.

    Attributes:
        name: how messages call it, ready to print.
        width: how many columns it has.
        rows: how many rows; None where only reading tells.
        blocks: `blocks(rows, selection)` yields blocks of at most so many rows, once; it raises
            DataError with the place of what is wrong.
        columns: their names, None where they have none.
        numeric: whether each column holds numbers, as far as can be seen before reading.
        waits: reading may wait for somebody, as for the other end of a pipe.
        close: lets go of files.
    """

    name: str
    width: int
    rows: int | None
    blocks: Callable[[int, Selection], Iterator[Block]]
    columns: tuple[str, ...] | None = None
    numeric: tuple[bool, ...] | None = None
    waits: bool = False
    close: Callable[[], None] = field(default=lambda: None, repr=False)


def portions(
    values: NDArray[Any] | Sequence[str],
    kept: Mapping[str, Sequence[Any]] | None,
    width: int,
) -> Iterator[tuple[NDArray[Any] | Sequence[str], dict[str, Sequence[Any]]]]:
    """Part rows of `width` cells that are to become texts, with what is kept beside them.

    Cells as texts take ten times the memory that they take as numbers.
    """
    rows = max(1, _CELLS // width)
    for first in range(0, len(values), rows):
        part = slice(first, first + rows)
        yield values[part], {name: column[part] for name, column in (kept or {}).items()}

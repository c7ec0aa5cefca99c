"""The formats of data, one file each: how they are read and written.

A format is found by the suffix of a file, in any case. What each module holds:
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol, cast

from nnspec import folder
from nnspec.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from contextlib import AbstractContextManager

    import numpy as np
    from numpy.typing import NDArray

    from nnspec.data.table import Table


class Format(Protocol):
    """What a module of this folder exports."""

    # File suffixes in lower case, with the dot.
    SUFFIXES: tuple[str, ...]

    # It reads from any place of its file, so that a pipe is copied to a temporary file first.
    SEEKS: bool

    # It has named columns and holds texts: labels are written as texts, columns can be kept.
    TEXTS: bool

    def open(self, source: Source, *, size: int, features: Sequence[str] | None) -> Table:
        """Open a table for a network of `size` inputs, which may have names.

        The size explains a shape such as (n, 28, 28), the names a header of numbers.

        Raises:
            DataError: it cannot be read as this format.
            MissingExtraError: an optional package is needed.
        """

    def create(self, stream: BinaryIO, layout: Layout) -> AbstractContextManager[Writer]:
        """Start a table, which is complete when the `with` block has ended without an exception.

        Raises:
            UsageError: the format cannot hold this layout.
            MissingExtraError: an optional package is needed.
        """


@dataclass(frozen=True)
class Source:
    """An open file to read from.

    Attributes:
        name: how messages call it, ready to print.
        suffix: what chose the format: ".tsv"; for standard input what its first bytes say.
        bytes: its size; None for a pipe, which only a format that does not seek is given.
    """

    stream: BinaryIO
    name: str
    suffix: str
    bytes: int | None


@dataclass(frozen=True)
class Layout:
    """The table to write.

    Attributes:
        columns: names of the network's columns.
        dtype: of its numbers; np.dtype(str) for a column of label texts.
        shape: of one row: (columns,), or () for one column whose blocks are 1-D.
        rows: how many will come; None where nobody knows yet.
        keep: columns of the data that stand before the network's.
        suffix: what chose the format.
    """

    columns: tuple[str, ...]
    dtype: np.dtype[Any]
    shape: tuple[int, ...]
    rows: int | None = None
    keep: tuple[str, ...] = ()
    suffix: str = ".csv"


class Writer(Protocol):
    """A table that is being written."""

    def write(
        self, values: NDArray[Any] | Sequence[str], kept: Mapping[str, Sequence[Any]] | None = None
    ) -> None:
        """Add rows: an array of the layout's dtype and row shape, or label texts."""


def by_suffix(suffix: str) -> Format | None:
    """Find the format of a suffix; None if there is none.

    Examples:
        >>> by_suffix(".TSV").SUFFIXES
        ('.csv', '.tsv')
    """
    return cast("Format | None", folder.by_suffix(__name__, suffix))


def suffix_of(name: str) -> str:
    """Give the suffix of a file's name in lower case.

    Examples:
        >>> suffix_of("a/b.CSV"), suffix_of("a/b")
        ('.csv', '')
    """
    return PurePath(name).suffix.lower()


def known() -> str:
    """List the suffixes that there are, for a message."""
    suffixes: list[str] = [
        suffix for module in folder.modules(__name__) for suffix in module.SUFFIXES
    ]
    return ", ".join(suffixes[:-1]) + " and " + suffixes[-1]

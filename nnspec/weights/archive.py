"""What a weights file holds: arrays by name, each loaded when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nnspec.records import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

FLOATS = frozenset({"float16", "bfloat16", "float32", "float64"})
"""The dtypes that weights may have."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One array of a file, not yet read.

    Attributes:
        shape: its shape as stored.
        dtype: the name of its dtype as stored: "float32", "bfloat16", "int64".
        load: reads it as a new C-contiguous array in native byte order that shares nothing with
            the file; float16 and bfloat16 come as float32, which holds each of them exactly.
            Raises WeightsError for another dtype, and where the bytes are damaged.
    """

    shape: tuple[int, ...]
    dtype: str
    load: Callable[[], NDArray[Any]] = field(repr=False)


@dataclass(frozen=True)
class Archive:
    """A weights file that was opened, and whose structure was found sound.

    Attributes:
        arrays: name in the file → array, in the order of the file.
        metadata: what the file says of itself, in texts.
        content: its bytes, for a digest of what was read and not of what is there later.
    """

    arrays: Mapping[str, Entry]
    metadata: Mapping[str, str] = field(default_factory=dict)
    content: memoryview = field(default=memoryview(b""), repr=False)

    @property
    def shapes(self) -> dict[str, tuple[int, ...]]:
        """The shape of each array."""
        return {name: entry.shape for name, entry in self.arrays.items()}

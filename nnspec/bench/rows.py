"""The rows that all contenders compute, and the outputs that are right, in files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.records import dataclass

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


@dataclass(frozen=True)
class Rows:
    """Two files of bare numbers, row by row.

    Attributes:
        dtype: of the rows; their outputs are float64.
        inputs, outputs: numbers of a row.
        file, expected: where they are.
    """

    dtype: str
    inputs: int
    outputs: int
    file: str
    expected: str

    def read(self) -> tuple[NDArray[Any], NDArray[Any]]:
        """Give the rows and their outputs; of the outputs only what is looked at is read."""
        x = np.fromfile(self.file, self.dtype).reshape(-1, self.inputs)
        return x, np.memmap(self.expected, np.float64, "r").reshape(-1, self.outputs)


def save(x: NDArray[Any], y: NDArray[Any], folder: Path) -> Rows:
    """Write rows and their outputs into a folder."""
    file, expected = folder / "x", folder / "expected"
    x.tofile(file)
    y.tofile(expected)
    return Rows(x.dtype.name, x.shape[1], y.shape[1], str(file), str(expected))

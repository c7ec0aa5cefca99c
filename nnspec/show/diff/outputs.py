"""What leaves each layer of two networks for the same rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.data import batches
from nnspec.errors import UsageError
from nnspec.records import dataclass
from nnspec.show.diff.weights import largest_difference, same_bits

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nnspec.data.batches import Batches
    from nnspec.model import Model


@dataclass(slots=True)
class Drift:
    """How far the values that leave one layer are apart, over all rows.

    Attributes:
        layer: its name; "input" is what normalize makes of the data.
        sizes: the features that leave it; those of layers of two sizes are not compared.
        absolute: the largest |second - first|.
        relative: the largest |second - first| / |first|; infinite where the first is 0.
        equal: whether all of it is the same to the bit.
    """

    layer: str
    sizes: tuple[int, int]
    absolute: float = 0.0
    relative: float = 0.0
    equal: bool = True

    def add(self, first: NDArray[Any], second: NDArray[Any]) -> None:
        """Take the values of some rows in."""
        if first.shape != second.shape:
            self.equal = False
            return
        if same_bits(first, second):
            return
        self.equal = False
        a, b = first.astype(np.float64), second.astype(np.float64)
        differ = (a != b) & ~(np.isnan(a) & np.isnan(b))
        if differ.any():
            # np.maximum keeps a NaN, which is a difference that nothing outdoes.
            self.absolute = float(np.maximum(self.absolute, largest_difference(a, b)))
            with np.errstate(all="ignore"):
                ratio = float(np.max(np.abs(b[differ] - a[differ]) / np.abs(a[differ])))
            self.relative = float(np.maximum(self.relative, ratio))


def compare_outputs(first: Model, second: Model, data: str) -> tuple[Drift, ...]:
    """Run both networks on the same data, block by block, and compare layer by layer.

    Each picks the columns that its spec names; layers are paired by name.

    Raises:
        DataError: the data do not fit them.
        UsageError: they have different numbers of inputs, or the data come through standard
            input, which can be read only once.
    """
    if data == "-":
        raise UsageError("--data - is read once and needed twice; give a file")
    if first.spec.input.size != second.spec.input.size:
        raise UsageError(
            f"no data fit both: the networks have {first.spec.input.size} and "
            f"{second.spec.input.size} inputs"
        )
    marks, others = first.original_graph.marks, second.original_graph.marks
    drifts = [
        Drift(name, (value.size, others[name].size))
        for name, value in marks.items()
        if name in others
    ]
    with _open(first, data) as ours, _open(second, data) as theirs:
        for one, other in zip(ours, theirs, strict=True):
            for drift in drifts:
                emit = f"layer:{drift.layer}"
                drift.add(first.program(emit)(one.values), second.program(emit)(other.values))
    return tuple(drifts)


def _open(model: Model, data: str) -> Batches:
    given = model.spec.input
    assert given.size is not None
    return batches.open(data, size=given.size, dtype=model.spec.dtype, features=given.features)

"""The network that a weights file seems to be of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.diagnostics.quote import quote
from nnspec.errors import WeightsError
from nnspec.records import dataclass
from nnspec.scaffold import arrays
from nnspec.scaffold.layers import Layer, layers
from nnspec.scaffold.order import arrange

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nnspec.weights.archive import Archive

_LISTED = 12


@dataclass(frozen=True)
class Inferred:
    """What names and shapes of the arrays tell.

    Attributes:
        layers: from the first to the output.
        transposed: matrices are stored (out, in).
        told: the names tell the order of the layers; else it is the first in which all sizes fit.
        statistics: the names of a mean and a std of the inputs, which no layer takes.
        double: an array is of float64.
    """

    layers: list[Layer]
    transposed: bool
    told: bool
    statistics: tuple[str, str] | None
    double: bool

    @property
    def mapping(self) -> dict[str, tuple[str, bool]]:
        """The matching that a spec has to bring about; a 1 × 1 matrix needs no turning."""
        return {
            f"{layer.name}.{ours}": (
                name,
                self.transposed and ours == "weight" and not layer.single,
            )
            for layer in self.layers
            for ours, name in layer.names.items()
        }


def infer(archive: Archive, shown: str) -> Inferred:
    """Tell the layers of a file, which messages call `shown`.

    Raises:
        WeightsError: by no way of naming that is known are its arrays a network's.
    """
    shapes = {n: s for n, s in archive.shapes.items() if not n.endswith("num_batches_tracked")}
    statistics = arrays.statistics(shapes)
    shapes = {name: shape for name, shape in shapes.items() if name not in (statistics or ())}
    reading = arrays.read(shapes)
    if reading is None:
        raise WeightsError(f"{shown}: no way of naming is known that has {_listed(shapes)}")
    taken = {name for module in reading.modules for name in module.names.values()}
    if left := [name for name in shapes if name not in taken]:
        raise WeightsError(f"{shown}: of no layer that is known are {_listed(left)}")
    arranged = arrange(reading, shapes)
    if arranged is None:
        sizes = [f"{name} {shape}" for name, shape in shapes.items()]
        raise WeightsError(
            f"{shown}: in no order do the sizes fit from layer to layer up to a last matrix; it "
            f"holds {_listed(sizes)}"
        )
    order, transposed, told = arranged
    found = layers(order, reading, shapes, transposed)
    double = any(entry.dtype == "float64" for entry in archive.arrays.values())
    return Inferred(found, transposed, told, statistics, double)


def _listed(words: Iterable[str]) -> str:
    words = list(words)
    shown = [quote(word) for word in words[:_LISTED]]
    more = len(words) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")

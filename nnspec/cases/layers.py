"""Golden outputs of single layers, which tell where a network begins to differ.

They lie beside the network's golden output: for `y.npy` that of the layer dense1 is
`y.layer.dense1.npy`, as `nnspec run SPEC x.npy --emit layer:dense1 -o y.layer.dense1.npy` wrote it
while all was well. The spec does not name them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from nnspec.cases.compare import Difference


@dataclass(frozen=True, slots=True)
class LayerResult:
    """How the output of one layer differs from its golden one."""

    layer: str
    difference: Difference

    @property
    def agrees(self) -> bool:
        """Whether all of it is within the tolerance."""
        return self.difference.count == 0


def beside(golden: Path, layers: Iterable[str]) -> Iterator[tuple[str, Path]]:
    """Yield the layers, in their order, whose golden outputs are there; links are not followed."""
    for layer in layers:
        path = golden.with_name(f"{golden.stem}.layer.{layer}.npy")
        if path.is_file() and not path.is_symlink():
            yield layer, path


def verdict(results: tuple[LayerResult, ...]) -> str | None:
    """Say where it begins to differ; None where no layer has a golden output.

    Examples:
        >>> from nnspec.cases.compare import Difference
        >>> verdict((LayerResult("dense1", Difference(4, 0, 1e-5, 1e-6)),))
        'the layers agree up to dense1: the difference comes after it'
    """
    if not results:
        return None
    last = results[-1]
    if last.agrees:
        return f"the layers agree up to {last.layer}: the difference comes after it"
    return f"the first layer that differs is {last.layer}: {last.difference}"

"""Two specs without faults, compared in all that they have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.model import Model
from nnspec.show.diff import Comparison
from nnspec.show.diff.outputs import compare_outputs
from nnspec.show.diff.structure import compare_structure
from nnspec.show.diff.weights import compare_weights

if TYPE_CHECKING:
    from nnspec.examine import Examined, Options


def compare(
    first: Examined,
    second: Examined,
    options: Options,
    names: tuple[str, str],
    data: str | None = None,
) -> Comparison:
    """Compare two specs without faults: structure, weights, and outputs on data.

    Where neither has weights there are none to compare; where one has, all its arrays differ.

    Raises:
        DataError: the data do not fit.
        UsageError: the data do not fit both.
        WeightsError: data are given, and a spec has no weights.
    """
    assert first.spec is not None
    assert second.spec is not None
    assert first.loaded is not None
    assert second.loaded is not None
    named = all(one.document and "name" in one.document.data for one in (first, second))
    drifts = None
    if data is not None:
        drifts = compare_outputs(Model(first, options), Model(second, options), data)
    without = first.loaded.source is None and second.loaded.source is None
    return Comparison(
        names,
        tuple(compare_structure(first.spec, second.spec, named=named)),
        None if without else tuple(compare_weights(first.loaded, second.loaded)),
        drifts,
    )

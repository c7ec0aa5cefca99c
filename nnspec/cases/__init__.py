"""Golden cases: the `checks` of a spec, run against what they promise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.cases import layers
from nnspec.cases.compare import Difference, Score, compare, score
from nnspec.cases.confusion import Confusion, confusion
from nnspec.cases.labels import read_labels
from nnspec.data import batches
from nnspec.errors import DataError, NnspecError
from nnspec.records import dataclass
from nnspec.source.paths import contained

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from nnspec.cases.layers import LayerResult
    from nnspec.model import Model
    from nnspec.spec.model import CheckSpec


@dataclass(frozen=True)
class CaseResult:
    """How one check went.

    Attributes:
        name: the check in short: "x.npy → y.npy".
        message: one line: how well it went, or what is wrong and where.
        difference: for an output that has to agree number by number.
        score, confusion: for labels; several labels a row have no confusion matrix.
        rmse: the root of the mean squared error, for an output with `max_rmse`.
        golden, actual: where the expected output is and what came in its place, for an output
            that was computed.
        layers: for an output that differs, the layers whose golden outputs lie beside it.
    """

    name: str
    passed: bool
    message: str
    difference: Difference | None = None
    score: Score | None = None
    confusion: Confusion | None = None
    rmse: float | None = None
    golden: Path | None = None
    actual: NDArray[Any] | None = None
    layers: tuple[LayerResult, ...] = ()


def run_checks(model: Model, folder: Path, *, allow_outside: bool = False) -> list[CaseResult]:
    """Run every check of a model's spec; one that cannot be run is one that fails.

    Paths in the spec start at `folder`; unless `allow_outside`, they may not lead outside it and
    the working directory.
    """
    results: list[CaseResult] = []
    for check in model.spec.checks:
        for run, golden in ((_output, check.output), (_labels, check.labels)):
            if golden is not None:
                name = f"{check.input} → {golden}"
                try:
                    paths = [_path(one, folder, allow_outside) for one in (check.input, golden)]
                    results.append(run(model, check, name, *paths))
                except NnspecError as error:
                    results.append(CaseResult(name, False, str(error)))
    return results


def _path(written: str, folder: Path, allow_outside: bool) -> Path:
    if allow_outside:
        return folder / written
    try:
        return contained(written, folder)
    except ValueError as error:
        raise DataError(str(error)) from None


def _output(model: Model, check: CheckSpec, name: str, rows: Path, golden: Path) -> CaseResult:
    actual = _computed(model, "outputs", rows)
    expected = _read(golden, actual.shape[1], "float64")
    _same_count(len(actual), check.input, len(expected), str(check.output))
    if check.max_rmse is not None:
        with np.errstate(all="ignore"):
            rmse = float(np.sqrt(np.mean(np.square(actual.astype(np.float64) - expected))))
        message = f"rmse {rmse:.6g}, at most {check.max_rmse:g}"
        # A NaN is not at most anything; neither is the error over no rows at all.
        return CaseResult(
            name, rmse <= check.max_rmse, message, rmse=rmse, golden=golden, actual=actual
        )
    difference = compare(actual, expected, rtol=check.rtol, atol=check.atol)
    passed = difference.count == 0
    return CaseResult(
        name,
        passed,
        str(difference),
        difference=difference,
        golden=golden,
        actual=actual,
        layers=() if passed else _layers(model, check, rows, golden),
    )


def _layers(model: Model, check: CheckSpec, rows: Path, golden: Path) -> tuple[LayerResult, ...]:
    """Compare the layers whose golden outputs lie beside the network's, up to the first fault."""
    results: list[LayerResult] = []
    for layer, path in layers.beside(golden, model.original_graph.marks):
        actual = _computed(model, f"layer:{layer}", rows)
        expected = _read(path, actual.shape[1], "float64")
        _same_count(len(actual), check.input, len(expected), path.name)
        difference = compare(actual, expected, rtol=check.rtol, atol=check.atol)
        results.append(layers.LayerResult(layer, difference))
        if difference.count:
            break
    return tuple(results)


def _labels(model: Model, check: CheckSpec, name: str, rows: Path, golden: Path) -> CaseResult:
    actual = _computed(model, "labels", rows)
    size = actual.shape[1] if actual.ndim == 2 else 1
    expected = read_labels(golden, model.spec, size)
    _same_count(len(actual), check.input, len(expected), str(check.labels))
    result = score(actual, expected)
    least = 1.0 if check.min_accuracy is None else check.min_accuracy
    message = f"{result}, at least {least:g}"
    table = confusion(actual, expected, model.spec) if actual.ndim == 1 else None
    return CaseResult(name, result.accuracy >= least, message, score=result, confusion=table)


def _computed(model: Model, emit: str, path: Path) -> NDArray[Any]:
    spec, run = model.spec, model.program(emit)
    assert spec.input.size is not None
    features = spec.input.features
    with batches.open(path, size=spec.input.size, dtype=spec.dtype, features=features) as blocks:
        results = [run(block.values) for block in blocks]
    if results:
        return np.concatenate(results)
    return run(np.empty((0, spec.input.size), dtype=spec.dtype))


def _read(path: Path, size: int, dtype: str) -> NDArray[Any]:
    def blocks() -> Iterator[NDArray[Any]]:
        with batches.open(path, size=size, dtype=dtype) as opened:
            yield from (block.values for block in opened)

    return np.concatenate([np.empty((0, size), dtype=dtype), *blocks()])


def _same_count(found: int, source: str, expected: int, golden: str) -> None:
    if found != expected:
        raise DataError(f"{source} has {found:,} rows, {golden} has {expected:,}")

"""Arrays of the weights file that are no parameters: those of clip, normalize and denormalize."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nnspec.diagnostics.diagnostic import Finding
from nnspec.diagnostics.quote import quote
from nnspec.diagnostics.suggest import did_you_mean
from nnspec.records import dataclass, field
from nnspec.spec.parameters import file_arrays
from nnspec.weights import numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import numpy as np
    from numpy.typing import NDArray

    from nnspec.spec.model import Spec
    from nnspec.weights.archive import Archive


@dataclass(frozen=True)
class Extras:
    """The arrays by the name that the spec has for them, float64, each () or (size,)."""

    arrays: dict[str, NDArray[Any]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def from_archive(spec: Spec, archive: Archive, file: str) -> Extras:
    """Take them from a file; any shape with the right number of numbers will do."""
    taken = Extras()
    for name, size in file_arrays(spec).items():
        pointer = _pointer(spec, name)
        if name not in archive.arrays:
            taken.findings.append(_missing(name, pointer, file, archive.arrays))
            continue
        stored, faults = numbers.load(archive, name, pointer)
        taken.findings.extend(faults)
        if stored is None:
            continue
        if stored.size not in {1, size}:
            found = (
                f"{quote(name)} in {file} has {stored.size} numbers, and {size} or one are needed"
            )
            taken.findings.append(Finding("weights-shape", found, pointer))
            continue
        taken.findings.extend(numbers.not_finite(stored, f"{quote(name)} in {file}", pointer))
        single = stored.size == 1 and stored.shape != (size,)
        taken.arrays[name] = stored.astype("float64").reshape(() if single else (size,))
    return taken


def from_values(
    spec: Spec, stored: Mapping[str, NDArray[np.float64]], written: Iterable[str]
) -> Extras:
    """Take them from `values`, of which `stored` are those that were read."""
    taken = Extras()
    written = set(written)
    for name in file_arrays(spec):
        if name in stored:
            taken.arrays[name] = stored[name]
        elif name not in written:
            taken.findings.append(_missing(name, _pointer(spec, name), "the spec", written))
    return taken


def _missing(name: str, pointer: str, source: str, there: Iterable[str]) -> Finding:
    message = f"{source} has no array {quote(name)}"
    return Finding("weights-missing", message, pointer, did_you_mean(name, [*there][:200]))


def _pointer(spec: Spec, name: str) -> str:
    """Find the place that names an array."""
    places = {
        "/input/clip/min": spec.input.clip_min,
        "/input/clip/max": spec.input.clip_max,
        "/input/normalize/mean": spec.input.mean,
        "/input/normalize/std": spec.input.std,
        "/output/denormalize/mean": spec.output.mean,
        "/output/denormalize/std": spec.output.std,
    }
    return next(pointer for pointer, value in places.items() if value == name)

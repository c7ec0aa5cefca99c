"""The numbers of one array: loaded, judged, and in the dtype of the network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.diagnostics.diagnostic import Finding
from nnspec.diagnostics.quote import quote
from nnspec.errors import WeightsError
from nnspec.weights.archive import FLOATS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nnspec.spec.parameters import Expected
    from nnspec.weights.archive import Archive


def load(archive: Archive, name: str, pointer: str) -> tuple[NDArray[Any] | None, list[Finding]]:
    """Load one array of a file; None, and why, where it cannot be."""
    entry = archive.arrays[name]
    try:
        return entry.load(), []
    except WeightsError as error:
        if entry.dtype in FLOATS:
            return None, [Finding("weights-unreadable", str(error), pointer)]
        hint = "store it as float32 or float64"
        return None, [Finding("weights-dtype", str(error), pointer, hint)]
    except MemoryError:
        message = f"array {quote(name)} of shape {quote(entry.shape)} does not fit into memory"
        return None, [Finding("weights-unreadable", message, pointer)]


def judge(
    array: Expected, stored: NDArray[Any], dtype: str, called: str, pointer: str
) -> tuple[NDArray[Any], list[Finding]]:
    """Round an array to the network's dtype, and find what cannot be meant.

    Findings are NaN and infinite numbers (a warning), numbers that the dtype cannot hold (a
    warning), and a negative variance.
    """
    findings = not_finite(stored, called, pointer)
    with np.errstate(over="ignore"):
        rounded = np.ascontiguousarray(stored, dtype=dtype)
    if rounded.shape != array.parameter.shape:
        rounded = rounded.reshape(1)  # one number for all units
    if not findings and not np.isfinite(rounded).all():
        largest = quote(float(np.abs(stored).max()))
        message = f"{called} holds {largest}, which becomes infinite in {dtype}"
        findings.append(Finding("weights-nan", message, pointer, severity="warning"))
    if array.parameter.name == "variance" and (stored < 0).any():
        message = f"{called} holds the variance {quote(float(stored.min()))}, which is negative"
        findings.append(Finding("weights-variance", message, pointer))
    return rounded, findings


def not_finite(stored: NDArray[Any], called: str, pointer: str) -> list[Finding]:
    """Warn of NaN, or else of infinities."""
    if np.isfinite(stored).all():
        return []
    count = int(np.isnan(stored).sum())
    what = "NaN" if count else "infinity"
    count = count or int(np.isinf(stored).sum())
    message = f"{called} holds {what} in {count} of {stored.size} places"
    return [Finding("weights-nan", message, pointer, severity="warning")]

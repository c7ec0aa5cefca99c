"""Weights written in the spec itself: nested lists of numbers under `values`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.diagnostics.diagnostic import Finding
from nnspec.diagnostics.quote import quote
from nnspec.diagnostics.suggest import did_you_mean
from nnspec.source.document import join

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from nnspec.plugin.layer import Parameter

Shape = tuple[int, ...]
PLACE = "/weights/values"


def read_values(
    values: Mapping[str, Any], needed: Mapping[str, Parameter], extras: Mapping[str, int]
) -> tuple[dict[str, NDArray[np.float64]], list[Finding]]:
    """Turn nested lists into float64 arrays.

    Args:
        values: name → numbers, as the spec has them.
        needed: our name → what belongs there.
        extras: name → size of the arrays that normalize and the like take: one number, or `size`.

    Returns:
        The arrays that are right, and findings: an array is missing or unknown, a list has
        another length than the shape asks for, or something is no number, each at its own place.
    """
    arrays: dict[str, NDArray[np.float64]] = {}
    findings: list[Finding] = []
    for name, value in values.items():
        pointer = join(PLACE, name)
        if name in needed:
            shape = _shape(needed[name], value)
        elif name in extras:
            shape = (extras[name],) if isinstance(value, list) else ()
        else:
            hint = did_you_mean(name, [*needed, *extras]) or f"the layers take {_some([*needed])}"
            message = f"no layer takes {quote(name)}"
            findings.append(Finding("weights-left-over", message, pointer, hint, at="key"))
            continue
        faults = list(_faults(name, value, shape, pointer, shape))
        findings += faults
        if not faults:
            arrays[name] = np.array(value, np.float64).reshape(shape)
    findings += [
        Finding(
            "weights-missing",
            f"values has no {name}, an array of shape {parameter.shape}",
            PLACE,
            "add it under values, or write bias: false"
            if name.endswith(".bias")
            else "add it under values",
            at="key",
        )
        for name, parameter in needed.items()
        if name not in values
    ]
    return arrays, findings


def _shape(parameter: Parameter, value: Any) -> Shape:
    """Give the shape that a value should have; a list of one number may stand for all units."""
    one_for_all = isinstance(value, list) and len(value) == 1 and parameter.shared
    return (1,) if one_for_all else parameter.shape


def _faults(name: str, value: Any, shape: Shape, pointer: str, whole: Shape) -> list[Finding]:
    """Compare nested lists with a shape, from outside in."""
    if not shape:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return [] if _fits_float64(value) else [_too_large(name, value, pointer)]
        return [Finding("weights-shape", f"{quote(value)} in {name} is not a number", pointer)]
    if not isinstance(value, list):
        found = f"{quote(value)} stands where {name} of shape {whole} has a list of {shape[0]}"
        return [Finding("weights-shape", found, pointer)]
    if len(value) != shape[0]:
        what = "rows" if len(shape) == 2 else "numbers"
        return [
            Finding(
                "weights-shape",
                f"{name} needs shape {whole}: {shape[0]} {what} here, not {len(value)}",
                pointer,
                _transposed_hint(value, shape, whole),
            )
        ]
    return [
        finding
        for index, item in enumerate(value)
        for finding in _faults(name, item, shape[1:], join(pointer, index), whole)
    ]


def _transposed_hint(value: list[Any], shape: Shape, whole: Shape) -> str | None:
    """Recognise a matrix written the other way round."""
    rows = [len(row) for row in value if isinstance(row, list)]
    if (
        shape == whole
        and len(shape) == 2
        and len(value) == shape[1]
        and rows == [shape[0]] * len(value)
    ):
        return "a weight has one row per input and one column per output: transpose it"
    return None


def _fits_float64(value: float) -> bool:
    try:
        float(value)
    except OverflowError:
        return False
    return True


def _too_large(name: str, value: Any, pointer: str) -> Finding:
    return Finding("weights-shape", f"{quote(value)} in {name} is beyond float64", pointer)


def _some(names: list[str]) -> str:
    return ", ".join(names[:6]) + (", …" if len(names) > 6 else "")

"""The ONNX form gives the function's numbers, by ONNX's own reference evaluator.

They may differ by 8 epsilons of the dtype times max(1, |y|): the evaluator rounds after each
operator, and takes Erf and Gelu in float32 always. At ±∞ operators may have no value, as 0·∞ has
none, and then NaN is let pass. A function on rows is tried on finite numbers up to 20 alone: the
evaluator takes LogSoftmax as the logarithm of Softmax, and ONNX leaves open what a row with a NaN
gives.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.onnx_builder import OnnxBuilder
from nnspec.testing.breach import Breach, form, shown
from nnspec.testing.subject import DTYPES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from nnspec.testing.subject import Subject

NEEDS = "onnx"
PACKAGE = "onnx"

_EPSILONS = 8
_SINGLE = {"Erf", "Gelu"}
_ROWS = 20.0


def breaches(subject: Subject) -> Iterator[Breach]:
    """Compare value by value, in float32 and float64."""
    onnx_form = subject.activation.onnx
    if onnx_form is None:
        return
    for dtype in DTYPES:
        x = _inputs(subject, dtype)
        op = OnnxBuilder(dtype)
        came = subject.call(partial(_evaluate, onnx_form, op), x)
        expected = np.asarray(subject(x))
        if came.shape != expected.shape or came.dtype != expected.dtype:
            yield Breach(shown(x), form(came), form(expected))
            return
        single = any(node.operator in _SINGLE for node in op.nodes)
        epsilon = float(np.finfo(np.float32 if single else dtype).eps)
        for place in np.argwhere(~_close(x, came, expected, _EPSILONS * epsilon))[:1]:
            index = tuple(place)
            row = index[: max(1, x.ndim - 1)]
            yield Breach(shown(x[row]), str(came[index]), f"about {expected[index]!s}")


def _evaluate(
    onnx_form: Callable[..., str], op: OnnxBuilder, x: NDArray[Any], **parameters: Any
) -> NDArray[Any]:
    from onnx.reference import ReferenceEvaluator

    y = onnx_form(op, "x", **parameters)
    model = op.model({"x": (None,) * x.ndim}, {y: (None,) * x.ndim})
    result: NDArray[Any] = ReferenceEvaluator(model).run(None, {"x": x})[0]
    return result


def _inputs(subject: Subject, dtype: type[np.floating[Any]]) -> NDArray[Any]:
    x = subject.samples(dtype)
    if subject.activation.rowwise:
        x.clip(-_ROWS, _ROWS, out=x)
        return x
    return np.concatenate([x, np.array([np.inf, -np.inf, np.nan], dtype)])


def _close(
    x: NDArray[Any], came: NDArray[Any], expected: NDArray[Any], slack: float
) -> NDArray[np.bool_]:
    with np.errstate(invalid="ignore", over="ignore"):
        apart = np.abs(came - expected) <= slack * np.maximum(1.0, np.abs(expected))
    close: NDArray[np.bool_] = (came == expected) | (np.isfinite(expected) & apart)
    close |= np.isnan(came) & np.isnan(expected)
    if came.shape == x.shape:
        close |= np.isnan(came) & np.isinf(x)
    return close

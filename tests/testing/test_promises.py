"""Each promise is broken by one planted activation, and the kit says which promise and where."""

from __future__ import annotations

import itertools
import math
import warnings
from importlib.util import find_spec

import numpy as np
import pytest

from nnspec import Activation
from nnspec.testing import check_activation
from nnspec.testing.promise import promises

COUNT = itertools.count()


def twice(x):
    return x * 2


def half(size):
    if size % 2:
        raise ValueError("odd")
    return size // 2


def writes_back(x):
    y = x * 2
    x[...] = 0 if x.flags.writeable else x
    return y


def by_height(x, height):
    if height == 0:
        raise ZeroDivisionError("by height")
    return x * height


def speaks_at_a_thousand(x):
    if np.any(np.abs(x) > 1000):
        warnings.warn("large", RuntimeWarning, stacklevel=2)
    return x * 2


def halves_the_wrong_way(x, out):
    np.add(x, x, out=out)
    out += np.where(out == 2, np.float32(1e-6), 0).astype(x.dtype)


def by_columns(x):
    return x.reshape(-1, x.shape[-1]) * 2 if x.ndim > 1 else x * 2


def centered(x):
    return x - x.mean(axis=-1, keepdims=True) if x.ndim else x * 0


def shares(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True)) if x.size else x
    return e / e.sum(axis=-1, keepdims=True)


def by_the_whole(x):
    """It should go by rows, and takes off the mean of them all."""
    return x - (x[np.isfinite(x)].mean() if np.isfinite(x).any() else 0)


def leaks_in_float32(op, x):
    """An attribute is float32, and its 0.3 is not the one of float64."""
    return op.Neg(op.LeakyRelu(op.Neg(op.LeakyRelu(x, alpha=0.3)), alpha=0.3))


def loses_nan(op, x):
    return op.ThresholdedRelu(x, alpha=1)


def height(**schema):
    return {"height": {"type": "number", **schema}}


LEARNED = {"height": 2.0}
BROKEN = {
    "accepts_parameters": [
        (
            Activation("w", by_height, parameters=height(minimum=0, default=1.0)),
            ["height=0", "ZeroDivisionError: by height"],
        ),
        (
            Activation("w", by_height, parameters=height(maximum=2, default=3.0)),
            ["the schema of height", "its default 3.0"],
        ),
        (
            Activation("w", by_height, parameters=height(minimum="low", default=3.0)),
            ["the schema of height", "a sound JSON Schema"],
        ),
        (Activation("w", lambda x: None), ["NoneType None", "an array of numbers"]),
    ],
    "is_deterministic": [
        (
            Activation("w", lambda x: x * next(COUNT)),
            ["0.001", "came      0.002", "same bits as 0.0"],
        )
    ],
    "keeps_dtype": [
        (Activation("w", lambda x: x * np.float64(2)), ["float32", "came      float64"])
    ],
    "keeps_nan": [
        (Activation("w", lambda x: np.where(x > 0, x, 0).astype(x.dtype)), ["nan", "0.0", "NaN"]),
        (Activation("w", lambda x: x * 2 - x.sum() * 0), ["came      nan", "expected  no NaN"]),
        (
            Activation("w", lambda x: x - x.max(initial=0), rowwise=True),
            ["float32 of shape (5,)", "expected  no NaN"],
        ),
    ],
    "keeps_shape": [
        (Activation("w", by_columns), ["three dimensions", "(8, 12)", "(2, 4, 12)"]),
        (Activation("w", lambda x: x.ravel() * 2), ["a number alone", "shape (1,)", "shape ()"]),
        (
            Activation("w", lambda x: x.ravel("K").reshape(x.shape) * 2),
            ["Fortran-ordered", "other values"],
        ),
        (Activation("w", lambda x: twice(x + 0 * x.max())), ["an empty array", "ValueError"]),
        (
            Activation("w", lambda x: np.multiply(x, 1, out=x) * 2),
            ["a read-only array", "read-only"],
        ),
    ],
    "leaves_input_alone": [
        (Activation("w", writes_back), ["0.001", "in the input after the call"]),
        (Activation("w", lambda x: x), ["a view of the input", "a new array"]),
    ],
    "matches_derivative": [
        (
            Activation("w", lambda x: x * x, derivative=lambda x: x * 1.9),
            ["float32", "-8.0", "-15.2", "about -16"],
        ),
        (
            Activation("w", twice, derivative=lambda x: np.full(x.shape, 2.0)),
            ["float64 of shape (513,)", "float32 of shape (513,)"],
        ),
    ],
    "matches_inplace": [
        (
            Activation("w", twice, inplace=halves_the_wrong_way),
            ["2.000001]", "the same bits as", "written to another array"],
        ),
        (
            Activation(
                "w", twice, inplace=lambda x, out: out.fill(1) or np.multiply(x, 2, out=out)
            ),
            ["written to the input itself"],
        ),
    ],
    "matches_scalar": [
        (Activation("w", lambda x: np.tanh(x), scalar=lambda x: x / (1 + abs(x))), ["0.001"]),
        (
            Activation(
                "w",
                lambda x: x[..., ::2] * x[..., 1::2],
                width=half,
                rowwise=True,
                scalar=lambda first, last: first * last,
            ),
            ["[0.0, 0.001, 0.15]", "[0.0, 0.05, 1.5]"],
        ),
    ],
    "matches_scalar_float32": [
        (Activation("w", np.tanh, scalar_float32=lambda x: x / (1 + abs(x))), ["0.001"]),
        (
            Activation(
                "w",
                lambda x, by=2.0: np.tanh(x) * by,
                parameters={"by": {"type": "number", "default": 2.0}},
                scalar_float32=lambda x, by=2.0: np.float32(math.tanh(x) * by * 1.000001),
            ),
            ["by", "2.0"],
        ),
    ],
    "matches_onnx": [
        (
            Activation("w", twice, onnx=lambda op, x: op.Mul(x, op.constant(2.00001))),
            ["float32", "0.1", "0.2000", "about 0.2"],
        ),
        (
            Activation("w", lambda x: (x * 0.3).astype(x.dtype), onnx=leaks_in_float32),
            ["float64", "0.00030000001192092895", "about 0.0003"],
        ),
        (
            Activation("w", lambda x: np.where(x <= 1, 0, x).astype(x.dtype), onnx=loses_nan),
            ["input     float32 of shape (): nan", "came      0.0", "about nan"],
        ),
        (Activation("w", twice, onnx=lambda op, x: op.Twice(x)), ["ValueError", "operator Twice"]),
        (
            Activation("w", shares, rowwise=True, onnx=lambda op, x: op.Softmax(x, axis=0)),
            ["float32 of shape (5,)", "about "],
        ),
        (
            Activation("w", twice, onnx=lambda op, x: op.ReduceSum(x)),
            ["float32 of shape (1,)", "float32 of shape (83,)"],
        ),
    ],
    "stays_silent": [
        (
            Activation("w", lambda x: x / (1 + np.exp(-x))),
            ["float32", "[10000.0]", "FloatingPointError: underflow", "silence"],
        ),
        (Activation("w", speaks_at_a_thousand), ["[10000.0]", "RuntimeWarning: large"]),
        (
            Activation("w", twice, derivative=lambda x: 2 + 0 * x * x.dtype.type(1e35)),
            ["in the derivative"],
        ),
    ],
    "takes_infinities": [
        (
            Activation("w", lambda x: x / (1 + np.exp(-x))),
            ["[-inf]", "came      nan", "about -0, its limit"],
        ),
        (
            Activation("w", lambda x: np.nan_to_num(x, nan=np.nan, posinf=7, neginf=-7)),
            ["[inf]", "came      7.0", "about inf"],
        ),
        (
            Activation("w", shares, rowwise=True),
            ["[inf]", "came      nan", "about 1, its limit"],
        ),
    ],
    "takes_learned_arrays": [
        (
            Activation(
                "w", lambda x, height: x * max(height, 0), parameters=height(), learnable=LEARNED
            ),
            ["height of shape (5,)", "ValueError"],
        ),
        (
            Activation(
                "w",
                lambda x, height: x * np.asarray(height, x.dtype).max(),
                parameters=height(),
                learnable=LEARNED,
            ),
            ["height of shape (5,)", "as unit by unit"],
        ),
    ],
    "works_on_each_alone": [
        (Activation("w", centered), ["the same bits as", "as alone"]),
        (Activation("w", by_the_whole, rowwise=True), ["the same bits as", "as alone"]),
    ],
}

if find_spec("onnx") is None:  # it is in the environment of `make peers`
    del BROKEN["matches_onnx"]


def test_every_promise_has_a_planted_breach():
    assert {promise.name for promise in promises()} == set(BROKEN)


@pytest.mark.parametrize(
    ("name", "broken", "said"),
    [
        pytest.param(name, broken, said, id=f"{name}-{number}")
        for name, planted in BROKEN.items()
        for number, (broken, said) in enumerate(planted)
    ],
)
def test_a_breach_is_caught_by_its_promise(name, broken, said):
    """The message names activation and promise, and holds input, what came, what was expected."""
    (promise,) = (promise for promise in promises() if promise.name == name)
    with pytest.raises(AssertionError) as error:
        promise(broken)
    message = str(error.value)
    assert message.startswith(f"activation 'w' breaks its promise {name}: ")
    for line in ("input", "came", "expected"):
        assert f"\n  {line}" in message
    for words in said:
        assert words in message, message
    with pytest.raises(AssertionError, match="activation 'w' breaks its promise"):
        check_activation(broken)


@pytest.mark.parametrize(
    "sound",
    [
        Activation("v", twice),
        Activation("v", lambda x, h: x * h, parameters={"h": {"type": "integer", "minimum": 3}}),
        Activation("v", lambda x: np.maximum(x, 0), derivative=lambda x: (x > 0).astype(x.dtype)),
        Activation("v", np.errstate(invalid="ignore")(np.sin)),
        Activation("v", lambda x: x[..., ::-1] * 2 if x.ndim else x * 2, rowwise=True),
    ],
    ids=["plain", "required parameter", "kink", "no limit", "rows"],
)
def test_plain_functions_that_keep_their_promises_pass(sound):
    check_activation(sound)

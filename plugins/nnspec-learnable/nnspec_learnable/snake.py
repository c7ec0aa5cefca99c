"""snake: a line with waves, for what repeats.

    f(x) = x + sin²(f·x)/f, which is x for f = 0

Left of zero the wave takes up to 72 % of x away, so that sin² has to be known better than a
double holds it: up to |f·x| = 8 by a table, sin²(a + r) = sin²(a) + sin(2a + r)·sin(r).

Examples:
    >>> snake([[-1.0, 1.0, 1.0]], frequency=[1.0, 1.0, 0.0]).round(8)
    array([[-0.29192658,  1.70807342,  1.        ]])
"""

from __future__ import annotations

from decimal import Context, Decimal, localcontext
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

import nnspec
from nnspec.numerics.pair import add, divide, rounded, times, two_sum
from nnspec.numerics.per_unit import per_unit

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from nnspec.numerics.pair import Number, Pair
    from nnspec.onnx_builder import OnnxBuilder

STEPS = 64  # of the table, per unit of f·x
NEAR = 8
LARGE = 1e290  # a wave on so large a number is not seen


@cache
def _table() -> tuple[NDArray[Any], ...]:
    """Give sin²(a) in two parts, sin(2a) and cos(2a) at a = 0, 1/64, … 8, by turning.

    It takes 3 ms, so it is made when it is first used.
    """
    with localcontext(Context(prec=50)):
        step = 2 / Decimal(STEPS)
        term, turn = Decimal(1), [Decimal(1), Decimal(0)]  # cos and sin of the step
        for power in range(1, 20):
            term *= step / power
            turn[power % 2] += term if power % 4 < 2 else -term
        cosine, sine, rows = Decimal(1), Decimal(0), []
        for _ in range(NEAR * STEPS + 1):
            square = (1 - cosine) / 2
            high = float(square)
            rows.append((high, float(square - Decimal(high)), float(sine), float(cosine)))
            cosine, sine = (
                cosine * turn[0] - sine * turn[1],
                sine * turn[0] + cosine * turn[1],
            )
    return tuple(np.array(rows).T)


def _squared_sine(z: NDArray[Any], dz: Number) -> Pair:
    """Give sin²(z + dz) as a pair; to 2**-57 up to |z| = 8, to that of np.sin beyond."""
    square1, square2, sines, cosines = _table()
    t = np.minimum(np.abs(z), NEAR)
    k = np.rint(np.nan_to_num(t) * STEPS).astype(np.intp)
    r = (t - k / STEPS) + np.where(z < 0, -dz, dz)
    s = r * r
    sine = r * (1 - s * (1 / 6 - s * (1 / 120 - s * (1 / 5040))))
    cosine = 1 - s * (1 / 2 - s * (1 / 24 - s * (1 / 720)))
    more = sine * (sines[k] * cosine + cosines[k] * sine)
    high, low = two_sum(square1[k], more)
    far = np.abs(z) > NEAR
    beyond = np.sin(z) ** 2 + np.sin(2 * z) * dz
    return np.where(far, beyond, high), np.where(far, 0.0, low + square2[k])


def _snake(x: NDArray[Any], frequency: Number) -> NDArray[Any]:
    z, dz = times(x, frequency)
    z = np.clip(z, -LARGE, LARGE)
    under = np.where(z == 0, 1.0, z)  # where z is zero, so is its sine
    share = divide(_squared_sine(z, dz), (under, dz))
    result: NDArray[Any] = x * rounded(add(share, 1.0))
    return result


def _snake_single(x: NDArray[Any], frequency: Number) -> NDArray[Any]:
    z = np.clip(frequency * np.clip(x, -LARGE, LARGE), -LARGE, LARGE)
    result: NDArray[Any] = x * (1 + np.sin(z) ** 2 / np.where(z == 0, 1.0, z))
    return result


def _slope(x: NDArray[Any], frequency: Number) -> NDArray[Any]:
    result: NDArray[Any] = 1 + np.sin(2 * frequency * x)
    return result


def snake(x: ArrayLike, out: NDArray[Any] | None = None, *, frequency: ArrayLike) -> NDArray[Any]:
    """Give x + sin²(f·x)/f, to 1.5 ulp."""
    return per_unit(_snake, x, out, single=_snake_single, frequency=frequency)


def derivative(x: ArrayLike, *, frequency: ArrayLike) -> NDArray[Any]:
    """Give 1 + sin(2f·x); NaN at infinity, where it has no limit."""
    return per_unit(_slope, x, frequency=frequency)


def onnx(op: OnnxBuilder, x: str, *, frequency: ArrayLike) -> str:
    """Give it as Sin and arithmetic; a frequency of zero has a sine of zero, over anything."""
    sine = op.Sin(op.Mul(x, op.constant(frequency)))
    under = np.where(np.equal(frequency, 0), 1, frequency)
    return op.Add(x, op.Div(op.Mul(sine, sine), op.constant(under)))


ACTIVATION = nnspec.Activation(
    "snake",
    snake,
    parameters={
        "frequency": {
            "type": "number",
            "title": "Frequency",
            "description": "How fast the wave repeats, π/f apart; its height is 1/f.",
        },
    },
    learnable={"frequency": 1.0},
    summary="A line with waves: for what repeats in time, as sound does.",
    formula="x + sin²(f·x)/f",
    source="L. Ziyin, T. Hartwig, M. Ueda, Neural networks fail to learn periodic functions and "
    "how to fix it (2020).",
    range="(−∞, ∞)",
    keeps_order=True,
    derivative=derivative,
    inplace=snake,
    onnx=onnx,
    elsewhere={
        "TensorFlow Addons": "snake: frequency=1, a fixed number",
        "Echo": "called alpha, one per feature",
        "BigVGAN": "called alpha, one per channel; with snake_logscale its logarithm is stored, "
        "and 1e-9 is added to the divisor",
    },
)

"""x·Φ(x) in single precision, for engines that compile it.

Φ(−t) = exp(−t²/2)·R(t), where R is Mills' ratio over √(2π). As in `nnspec.numerics.normal`,
(1 + t)·R(t) is a polynomial in w = (t − 4) / (t + 4); divided by its value at 0, about 1/2.125,
it is 1 + p(w) with a small p.
"""

from __future__ import annotations

from nnspec.numerics.float32 import exp_parts_of_sum, multiply_add, quotient_of_sums

FAR = 15.0
"""Φ(−15)·15 is below half the smallest subnormal of float32."""

_SCALE = 2.125  # few bits, so that what _SCALE·(t + 1) loses is exact
# 2.125·(1 + t)·R(t) − 1 for t up to 14.6, fitted for the largest error relative to it: 1.7e-9
_RATIO = (
    -0.00015234388411045074,
    -0.00012913656246382743,
    0.001472024479880929,
    -0.0006453501409851015,
    -0.010634114034473896,
    0.03812294453382492,
    -0.06841923296451569,
    0.06077495217323303,
    0.02974914386868477,
    -0.20549486577510834,
    0.0031130644492805004,
)


def normal_tail(t: float) -> float:
    """Give −t·Φ(−t)·2^64 for t from 0 to FAR.

    Examples:
        >>> import numpy as np
        >>> float(normal_tail(np.float32(1)) / 2**64)
        -0.1586552...
    """
    square = t * t
    less, power = exp_parts_of_sum(-0.5 * square, -0.5 * multiply_add(t, t, -square))
    w = multiply_add(t * (1.0 / (t + 4.0)), 2.0, -1.0)
    p = _RATIO[0]
    for coefficient in _RATIO[1:]:
        p = multiply_add(p, w, coefficient)
    factor = multiply_add(less, p, less) + p  # (1 + less)·(1 + p) − 1
    near = -t * power
    over = multiply_add(near, factor, near)
    over_rest = multiply_add(near, factor, near - over)
    under = multiply_add(t, _SCALE, _SCALE)
    rest = multiply_add(t, _SCALE, _SCALE - under)
    return quotient_of_sums(over, over_rest, under, rest)

"""log(1 + exp(z)) for z ≤ 0 in single precision, for engines that compile it.

With e = exp(z) and s = e / (2 + e), it is 2 atanh(s) = 2 s + 2 s³·(1/3 + s²/5 + …).
"""

from __future__ import annotations

from nnspec.numerics.float32 import DOWN, LOW, exp_parts, inverse, multiply_add

# (atanh(s) / s − 1) / s² as a polynomial in s² up to 1/9, fitted for the largest error of
# atanh(s): 4.5e-9
_ATANH = (0.14012236, 0.1399957, 0.2001085, 0.33333206)


def log1p_exp(z: float) -> float:
    """Give log(1 + exp(z))·2^64 for z ≤ 0.

    Examples:
        >>> import numpy as np
        >>> round(float(log1p_exp(np.float32(0)) * DOWN), 6)
        0.693147
    """
    less, power = exp_parts(LOW if z < LOW else z)
    e = multiply_add(less, power, power)
    rest = multiply_add(less, power, power - e)
    under = multiply_add(e, DOWN, 2.0)
    under_rest = multiply_add(rest, DOWN, multiply_add(e, DOWN, 2.0 - under))
    i, correction = inverse(under, under_rest)
    near = e * i
    s = near * DOWN
    squared = s * s
    total = _ATANH[0]
    for coefficient in _ATANH[1:]:
        total = multiply_add(total, squared, coefficient)
    small = multiply_add(rest, i, multiply_add(e, correction, near * (squared * total)))
    return 2.0 * multiply_add(e, i, small)

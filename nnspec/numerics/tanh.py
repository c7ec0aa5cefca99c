"""The hyperbolic tangent, and what it lacks of its argument."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.numerics.expm1 import expm1_pair
from nnspec.numerics.pair import add, divide, rounded

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nnspec.numerics.pair import Number, Pair


def tanh_pair(x: NDArray[Any], dx: Number = 0.0) -> Pair:
    """Give tanh(x + dx) for x ≥ 0 as a pair: −n / (2 + n) with n = exp(−2x) − 1."""
    n = expm1_pair(-2.0 * x, -2.0 * dx)
    return divide((-n[0], -n[1]), add(n, 2.0))


def tanh(x: NDArray[Any]) -> NDArray[Any]:
    """Give the tangent, to 0.51 ulp; the sign of zero is kept.

    Examples:
        >>> tanh(np.array([-np.inf, -0.0, 1e-300, 0.5]))
        array([-1.00000000e+000, -0.00000000e+000,  1.00000000e-300,  4.62117157e-001])
    """
    result: NDArray[Any] = np.copysign(rounded(tanh_pair(np.abs(x))), x)
    return result

"""exp(x) − 1 for x ≤ 0, with all its digits near zero."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.numerics.exp import exp_terms, power_of_two
from nnspec.numerics.pair import fast_two_sum, rounded, two_sum

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nnspec.numerics.pair import Number, Pair


def expm1_pair(x: NDArray[Any], dx: Number = 0.0) -> Pair:
    """Give exp(x + dx) − 1 for x ≤ 0 as a pair, to about 2**-60 of its own size.

    exp(x) = (a + b + c)·2^m; a·2^m − 1 leaves no error, since a has 26 bits and m ≤ 0 is small
    where it matters, so nothing cancels but what is exact.
    """
    a, b, c, m = exp_terms(np.maximum(x, -100.0), dx)
    factor = power_of_two(m)
    high, low = two_sum(a * factor, -1.0)
    high, rest = two_sum(high, b * factor)
    return fast_two_sum(high, rest + (low + c * factor))


def expm1(x: NDArray[Any]) -> NDArray[Any]:
    """Give exp(x) − 1 for x ≤ 0, to 0.51 ulp; the sign of zero is kept.

    Examples:
        >>> expm1(np.array([-np.inf, -1e-20, -0.0]))
        array([-1.e+00, -1.e-20, -0.e+00])
    """
    result: NDArray[Any] = np.copysign(rounded(expm1_pair(x)), x)
    return result

"""a·b + c without a rounding in between, so that what cancels leaves its digits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nnspec.numerics.pair import fast_two_sum, two_product, two_sum

if TYPE_CHECKING:
    from nnspec.numerics.pair import Number, Pair

_TINY = 2.0**-960  # products below have no low part that a double could hold


def exact_product(a: Number, b: Number) -> Pair:
    """Multiply two doubles of any size; the low part is zero where it is out of reach.

    Examples:
        >>> exact_product(np.array([0.1, 1e-160]), np.array([0.1, 1e-160]))[1]
        array([-8.32667268e-19,  0.00000000e+00])
    """
    high, low = two_product(a, b)
    return high, np.where(np.isfinite(low) & (np.abs(high) > _TINY), low, 0.0)


def multiply_add(a: Number, b: Number, c: Number, dc: Number = 0.0) -> Pair:
    """Give a·b + c + dc as a pair, where dc is much smaller than c.

    Examples:
        >>> multiply_add(np.array([0.1]), 0.1, -0.010000000000000002)[0]
        array([-8.32667268e-19])
    """
    product, error = exact_product(a, b)
    high, low = two_sum(product, c)
    rest = np.where(np.isfinite(high), low + error + dc, 0.0)
    total, rest = fast_two_sum(high, rest)
    return total, np.where(np.isfinite(total), rest, 0.0)

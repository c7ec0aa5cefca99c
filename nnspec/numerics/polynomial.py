"""Polynomials by Horner's rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


def horner(coefficients: Sequence[float], x: NDArray[Any]) -> NDArray[Any]:
    """Give the value of c₀ + c₁x + c₂x² + … at x.

    Examples:
        >>> import numpy as np
        >>> horner((1.0, 2.0, 3.0), np.array([0.0, 1.0, 2.0]))
        array([ 1.,  6., 17.])
    """
    total = coefficients[-1] * x
    for coefficient in coefficients[-2:0:-1]:
        total += coefficient
        total *= x
    total += coefficients[0]
    return total

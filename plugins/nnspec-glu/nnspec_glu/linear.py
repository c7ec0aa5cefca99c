"""Gates that are gate·share: the silu and the gelu, whose share is σ or Φ."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.numerics.pair import multiply

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nnspec.numerics.pair import Pair


def linear_gate(gate: NDArray[Any], share: Pair, m: NDArray[Any]) -> tuple[Pair, NDArray[Any]]:
    """Give gate·share·2^m as a pair of ordinary size with its exponent."""
    mantissa, exponent = np.frexp(gate)
    return multiply(share, (mantissa, 0.0)), m + exponent


def scalar_limit(gate: float, z: float, share: float) -> float:
    """Give `limit` of one number that comes from a float32, for engines that compile.

    Examples:
        >>> scalar_limit(-math.inf, -math.inf, 0.1), scalar_limit(2.0, 2.0, 0.5)
        (-0.0, 1.0)
    """
    vanishes = abs(gate) == math.inf and z < 0.0
    return math.copysign(0.0, gate) if vanishes else gate * share


def limit(gate: NDArray[Any], z: NDArray[Any], share: NDArray[Any]) -> NDArray[Any]:
    """Give gate·share, or its limit, which is zero, at an infinite gate with z on the left.

    Examples:
        >>> gate = np.array([-np.inf, -2.0, np.inf])
        >>> limit(gate, gate, np.array([0.1, 0.1, 1.0]))
        array([-0. , -0.2,  inf])
    """
    vanishes = np.isinf(gate) & (z < 0)
    result: NDArray[Any] = np.where(vanishes, np.copysign(0.0, gate), gate * share)
    return result

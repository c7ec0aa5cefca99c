"""The threshold on the logits that answers as a threshold on the outputs does.

For an activation h that keeps the order, h(x) >= t holds from some float on. The floats of a
dtype, taken in their order, are numbered by integers, and that first one is found by halving.
It is the kernel itself that is asked, so that rounding near the threshold counts as it does in
a run; where the kernel turns out not to keep the order, there is no such float.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.errors import PluginError
from nnspec.ops.activate import ACTIVATE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from nnspec.plugin.activation import Activation

NEAR = 128
"""Floats on either side of the threshold at which the answer is checked."""
FAR = 1025
"""Floats spread over all there are at which it is checked too."""


def logit_threshold(
    activation: Activation, parameters: Mapping[str, Any], threshold: NDArray[Any]
) -> NDArray[Any] | None:
    """Find, per output, the smallest float whose activation reaches the threshold.

    Returns:
        An array like `threshold`: NaN where no float reaches it (nothing is >= NaN), -inf where
        all do; None where the activation does not keep the order after all, or fails.
    """
    try:
        return _search(activation, parameters, threshold)
    except PluginError:  # the run will meet it again, and can say where
        return None


def _search(
    activation: Activation, parameters: Mapping[str, Any], threshold: NDArray[Any]
) -> NDArray[Any] | None:
    dtype = threshold.dtype

    def reaches(x: NDArray[Any]) -> NDArray[np.bool_]:
        y = np.empty_like(x)
        with np.errstate(all="ignore"):
            ACTIVATE.kernel([x], y, activation=activation, parameters=parameters)
        found: NDArray[np.bool_] = y >= threshold
        return found

    bottom, top = (_number(np.asarray(edge, dtype)) for edge in (-np.inf, np.inf))
    low = np.full(threshold.shape, bottom)
    high = np.full(threshold.shape, top)
    while np.any(low < high):  # the first float that reaches is in [low, high], if one is
        middle = (low >> 1) + (high >> 1) + (low & high & 1)
        found = reaches(_float(middle, dtype)[np.newaxis])[0]
        high = np.where(found, middle, high)
        low = np.where(found | (low == high), low, middle + 1)
    first = _float(low, dtype)
    first = np.where(reaches(first[np.newaxis])[0], first, np.asarray(np.nan, dtype))
    near = np.clip(low + np.arange(-NEAR, NEAR + 1)[:, np.newaxis], bottom, top)
    far = np.linspace(float(bottom), float(top), FAR).clip(float(bottom), float(top))
    spread = np.clip(far.astype(np.int64)[:, np.newaxis], bottom, top)
    probes = np.concatenate([near, np.broadcast_to(spread, (FAR, *threshold.shape))])
    x = np.ascontiguousarray(_float(probes, dtype))
    return first if np.array_equal(reaches(x), x >= first) else None


def _number(x: NDArray[Any]) -> NDArray[np.int64]:
    """Number the floats in their order: -0.0 is -1, 0.0 is 0, the next ones are 1, 2, 3, …."""
    integer = np.dtype(f"i{x.itemsize}")
    return _turned(x.view(integer).astype(np.int64), integer)


def _float(number: NDArray[np.int64], dtype: np.dtype[Any]) -> NDArray[Any]:
    """Give the float of a number; the inverse of `_number`."""
    integer = np.dtype(f"i{dtype.itemsize}")
    return _turned(number, integer).astype(integer).view(dtype)


def _turned(bits: NDArray[np.int64], integer: np.dtype[Any]) -> NDArray[np.int64]:
    # Sign and magnitude to two's complement and back: below 0 all bits but the sign are flipped.
    return np.where(bits < 0, bits ^ np.iinfo(integer).max, bits)

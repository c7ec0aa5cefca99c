"""Apply a function whose parameters may be numbers of their own for each unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.numerics.elementwise import elementwise
from nnspec.numerics.rowwise import rowwise

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray


def per_unit(
    kernel: Callable[..., NDArray[Any]],
    x: ArrayLike,
    out: NDArray[Any] | None = None,
    *,
    single: Callable[..., NDArray[Any]] | None = None,
    **parameters: ArrayLike,
) -> NDArray[Any]:
    """Apply a kernel to each number of x, with parameters along the last axis or for all.

    As `elementwise`, but a parameter is a number, an array of one, or an array with one number
    for each place of the last axis; a kernel gets it as a float64 that broadcasts.

    Examples:
        >>> per_unit(lambda x, by: x * by, [[1.0, 2.0], [3.0, 4.0]], by=[10.0, 100.0])
        array([[ 10., 200.],
               [ 30., 400.]])
        >>> per_unit(lambda x, by: x * by, [[1.0, 2.0], [3.0, 4.0]], by=[10.0])
        array([[10., 20.],
               [30., 40.]])
    """
    arrays = {name: np.asarray(value, np.float64) for name, value in parameters.items()}
    if all(array.size == 1 for array in arrays.values()):
        numbers = {name: array.item() for name, array in arrays.items()}
        return elementwise(kernel, x, out, single=single, **numbers)
    return rowwise(kernel, x, out, single=single, **arrays)

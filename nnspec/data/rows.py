"""Arrays as rows: shapes that fit the network, numbers only, in the network's dtype."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.diagnostics.quote import quote
from nnspec.errors import DataError

if TYPE_CHECKING:
    from numpy.typing import NDArray

_REFUSED = {
    "O": "are not all numbers",
    "S": "hold texts, not numbers",
    "U": "hold texts, not numbers",
    "c": "hold complex numbers; give the real and the imaginary part as columns",
    "M": "hold dates, not numbers",
    "m": "hold time spans, not numbers",
}


def as_rows(x: Any, *, size: int, dtype: str, name: str = "the data") -> NDArray[Any]:
    """Give an array or nested lists as C-contiguous rows of shape (n, size).

    A 1-D array of `size` values is one row; for one input each value is a row; (n, 28, 28) are
    n rows of 784. The result may share memory with x.

    Raises:
        DataError: no numbers, lists of unequal lengths, a shape that does not fit, or numbers
            beyond the range of the dtype.

    Examples:
        >>> as_rows([1, 2], size=2, dtype="float32")
        array([[1., 2.]], dtype=float32)
        >>> as_rows(np.zeros((5, 28, 28), dtype=np.uint8), size=784, dtype="float64").shape
        (5, 784)
    """
    array = numbers(x, name)
    count = count_rows(array.shape, size, name)
    return cast(array.reshape(count, size), dtype, name)


def numbers(x: Any, name: str) -> NDArray[Any]:
    """Give anything array-like as an array of integers, booleans or floats.

    Raises:
        DataError: it is something else.
    """
    try:
        array = np.asarray(x)
        if array.dtype.kind == "O" and _all_numbers(array):  # whole numbers beyond 64 bits
            array = array.astype(np.float64)
    except OverflowError:
        raise DataError(f"{name}: a number is out of the range of float64") from None
    except (ValueError, TypeError):
        raise DataError(f"{name}: the rows are not all of one length") from None
    if array.dtype.kind not in "biuf":
        reason = _REFUSED.get(array.dtype.kind, "hold records, not numbers")
        raise DataError(f"{name}: the values {reason}")
    return array


def count_rows(shape: tuple[int, ...], size: int, name: str) -> int:
    """Count the rows of `size` values that an array of a shape holds.

    Raises:
        DataError: the shape does not fit.

    Examples:
        >>> count_rows((5, 28, 28), 784, "x.npy"), count_rows((3,), 1, "x.npy")
        (5, 3)
        >>> count_rows((5, 28), 784, "x.npy")
        Traceback (most recent call last):
        nnspec.errors.DataError: x.npy: 784 inputs expected, the data have 28 columns
    """
    if shape == (0,):
        return 0
    if len(shape) == 1 and size == 1:
        return shape[0]
    if len(shape) == 1 and shape[0] == size:
        return 1
    if len(shape) > 1 and math.prod(shape[1:]) == size:
        return shape[0]
    raise DataError(f"{name}: {misfit(size, _found(shape))}{_hint(shape, size)}")


def cast(values: NDArray[Any], dtype: str, name: str, first: int = 0) -> NDArray[Any]:
    """Give values C-contiguously in a dtype; a finite number never becomes an infinite one.

    `first` is how many rows came before these, for messages.

    Raises:
        DataError: a number is beyond the range of the dtype.
    """
    target = np.dtype(dtype)
    if values.dtype == target:
        return np.ascontiguousarray(values)
    with np.errstate(over="ignore"):
        result = np.ascontiguousarray(values, dtype=target)
    if values.dtype.kind == "f" and values.dtype.itemsize > target.itemsize:
        lost = np.isinf(result)
        if lost.any() and (lost := lost & np.isfinite(values)).any():
            row, column = np.argwhere(lost)[0]
            raise DataError(
                f"{name}: row {first + row + 1}, column {column + 1}: {values[row, column]!s} is "
                f"out of the range of {dtype}"
            )
    return result


def misfit(size: int, found: str) -> str:
    """Say that the data do not have as many columns as the network has inputs."""
    return f"{size} {'input' if size == 1 else 'inputs'} expected, the data have {found}"


def columns(count: int) -> str:
    """Count columns in words.

    Examples:
        >>> columns(1), columns(28)
        ('1 column', '28 columns')
    """
    return f"{count} column" if count == 1 else f"{count} columns"


def _found(shape: tuple[int, ...]) -> str:
    if len(shape) == 0:
        return "a single number"
    if len(shape) == 1:
        return f"{shape[0]} values in one row" if shape[0] != 1 else "one value"
    if len(shape) == 2:
        return columns(shape[1])
    return f"rows of shape {quote(list(shape[1:]))}"


def _hint(shape: tuple[int, ...], size: int) -> str:
    if len(shape) > 1 and math.prod(shape) == size:
        return f"; one row of this shape is saved as {quote([1, *shape])}"
    return ""


def _all_numbers(array: NDArray[Any]) -> bool:
    return all(isinstance(value, int | float) for value in array.ravel().tolist())

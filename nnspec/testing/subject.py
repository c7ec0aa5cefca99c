"""What a promise is tried on: an activation with one value for each of its parameters."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from nnspec.plugin.activation import Activation

DTYPES = (np.float32, np.float64)
_SIZES = (0.0, 1e-3, 0.1, 0.5, 1.0, 1.5, 3.0, 8.0, 20.0, 100.0, 1e4)


class CallError(Exception):
    """A function of the activation raised; what it was given stands beside the error."""

    def __init__(self, x: NDArray[Any], error: Exception) -> None:
        self.x, self.error = x, error
        super().__init__(f"{type(error).__name__}: {error}")


@dataclass(frozen=True)
class Subject:
    """An activation with its parameters bound; warnings are `stays_silent`'s business alone."""

    activation: Activation
    parameters: Mapping[str, Any]

    def __call__(self, x: NDArray[Any]) -> Any:
        """Give what the function returns for x, whatever that is.

        Raises:
            CallError: the function raised.
        """
        return self.call(self.activation.function, x)

    def call(self, function: Callable[..., Any], x: Any, *more: Any) -> Any:
        """Call one of the activation's functions, without a word from NumPy.

        Raises:
            CallError: it raised.
        """
        try:
            with np.errstate(all="ignore"), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return function(x, *more, **self.parameters)
        except Exception as error:  # whatever a plugin may raise
            raise CallError(x, error) from error

    def shape(self, shape: tuple[int, ...]) -> tuple[int, ...] | None:
        """Give the shape of the result for an input's; None where the width refuses it."""
        width = self.activation.width
        if width is None:
            return shape
        try:
            return (*shape[:-1], width(shape[-1] if shape else 1, **self.parameters))
        except ValueError:
            return None

    def features(self, least: int) -> int:
        """Give the smallest number of features, from `least` on, that the width accepts."""
        return next((n for n in range(least, least + 99) if self.shape((n,))), least)

    def along(self, x: NDArray[Any]) -> NDArray[Any]:
        """Give f(x) for a 1-D x; of a function on rows the first output for each row (x, 1, …)."""
        if not self.activation.rowwise:
            return np.asarray(self(x))
        rows = np.ones((x.size, self.features(2)), x.dtype)
        rows[:, 0] = x
        result: NDArray[Any] = np.asarray(self(rows))[:, 0]
        return result

    def samples(self, dtype: type[np.floating[Any]]) -> NDArray[Any]:
        """Give finite numbers of all sizes up to 1e4, both zeros too; rows where it works on rows.

        They are the same at every call.
        """
        spread = np.random.default_rng(0).normal(0.0, 5.0, 58)
        numbers = np.concatenate([_SIZES, np.negative(_SIZES), spread]).astype(dtype)
        if not self.activation.rowwise:
            return numbers
        wide = self.features(5)
        alike = [[0.0], [-3.0], [1e4], [1e4, -1e4, 0.0, 1.0, 1e4]]
        rows = [np.resize(numbers, (-(-numbers.size // wide), wide))]
        return np.concatenate([*rows, *(np.resize(row, (1, wide)).astype(dtype) for row in alike)])

"""An activation as a plain function, for notebooks and tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.errors import UsageError
from nnspec.plugin.find import find
from nnspec.plugin.manager import load_plugins

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import ArrayLike, NDArray


def activation(
    name: str, *, plugins: Sequence[str] = (), **parameters: Any
) -> Callable[[ArrayLike], NDArray[Any]]:
    """Give an activation as a function of an array, with its defaults filled in.

    Raises:
        UsageError: there is no such activation, or it has no such parameter.

    Examples:
        >>> activation("gelu", approximate="tanh")(np.array([0.0, 1.0])).round(4)
        array([0.    , 0.8412])
    """
    registry = load_plugins(tuple(plugins))
    found = find(name, registry)
    for parameter in parameters:
        if parameter not in found.parameters:
            known = ", ".join(found.parameters) or "none"
            raise UsageError(f"{name} has no parameter {parameter!r}; it has {known}")
    missing = [parameter for parameter in found.required if parameter not in parameters]
    if missing:
        raise UsageError(f"{name} needs a value for {', '.join(missing)}")
    complete = found.complete(parameters)

    def function(x: ArrayLike) -> NDArray[Any]:
        array = np.asarray(x)
        if array.dtype not in (np.float32, np.float64):
            array = array.astype(np.float64)
        return np.asarray(found.function(array, **complete))

    function.__name__ = found.name
    return function

"""A step other than a product as a call of its op's own kernel."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from nnspec.ops import activate

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from nnspec.plan import Step


class Kernel:
    """A kernel with its settings."""

    def __init__(self, step: Step, settings: dict[str, Any]) -> None:
        self._step, self._settings = step, settings

    def calls(
        self,
        inputs: list[NDArray[Any]],
        out: NDArray[Any],
        rows: int,
        room: Callable[[int, int], NDArray[Any]],
    ) -> list[Callable[[], Any]]:
        """List what to call for the first rows, which may have more columns than the values."""
        step = self._step
        views = [x[:rows, :size] for x, (_, size) in zip(inputs, step.inputs, strict=True)]
        return [partial(step.op.kernel, views, out[:rows, : step.output[1]], **self._settings)]


class Activation:
    """An activation with its parameters.

    One of numbers with a form in place takes all columns of the scratch as one row, which is
    faster than rows with gaps. A function of a plugin never sees what fills them up.
    """

    def __init__(self, step: Step, settings: dict[str, Any]) -> None:
        self._sizes = step.inputs[0][1], step.output[1]
        self._settings = settings
        activation = settings["activation"]
        learned = settings.keys() - {"activation", "parameters"}
        of_numbers = not activation.rowwise and activation.width is None and not learned
        self._flat = of_numbers and activation.inplace is not None

    def calls(
        self,
        inputs: list[NDArray[Any]],
        out: NDArray[Any],
        rows: int,
        room: Callable[[int, int], NDArray[Any]],
    ) -> list[Callable[[], Any]]:
        """List the one call for the first rows."""
        (x,) = inputs
        same = x is out
        if self._flat and x.shape == out.shape:
            x, out = x[:rows].reshape(-1), out[:rows].reshape(-1)
        else:
            x, out = x[:rows, : self._sizes[0]], out[:rows, : self._sizes[1]]
        return [activate.bound(out if same else x, out, **self._settings)]

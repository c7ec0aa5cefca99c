"""Which machine code stands for an activation, if it does what the array function does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.engines.numba.assemble import address
from nnspec.engines.numba.columns import Code
from nnspec.engines.numba.machine import machine
from nnspec.engines.numba.recipe import Recipe
from nnspec.engines.numba.scalars import fixed, names
from nnspec.engines.numba.trial import COLUMNS, fault
from nnspec.engines.numba.unsupported import Unsupported
from nnspec.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import FunctionType

    from nnspec.plan import Step
    from nnspec.plugin.activation import Activation

_CODES = {"rows": Code.ROWS, "units": Code.UNITS, "units2": Code.UNITS, "pairs": Code.PAIRS}


@dataclass(frozen=True, eq=False)
class Function:
    """What to do for a step with an activation.

    Attributes:
        code: how it is applied.
        place: the address of its kernel.
        constants: what was learned for each unit, or for all, in the order of the kernel.
    """

    code: Code
    place: int
    constants: tuple[Any, ...]


def function(step: Step, dtype: np.dtype[Any]) -> Function:
    """Find what to do for a step with an activation.

    Raises:
        Unsupported: the activation has no scalar form, or one that does not give its values.
    """
    activation, parameters, learned = _settings(step)
    made = recipe(step, dtype)
    place = address(made)
    order = names(activation.scalar, 1)[: len(learned)]
    constants = tuple(np.asarray(learned[name], dtype) for name in order)
    tried = (tuple(np.resize(one.ravel(), COLUMNS).tolist()) for one in constants)
    given = tuple(parameters.items())
    units = tuple(zip(order, tried, strict=True))
    wrong = fault(made.kind, made.single, place, activation.function, given, dtype, units)
    if wrong:
        raise Unsupported(f"the scalar form of {activation.name} {wrong}")
    return Function(_CODES.get(made.kind, Code.EACH), place, constants)


def recipe(step: Step, dtype: np.dtype[Any]) -> Recipe:
    """Give what the machine code of an activation is made of.

    Raises:
        Unsupported: the activation has no scalar form that can be compiled.
    """
    activation, parameters, learned = _settings(step)
    scalar, size = activation.scalar, dtype.itemsize
    if scalar is None:
        raise Unsupported(f"{activation.name} has no scalar form")
    if learned:
        first = names(scalar, 1)[: len(learned)]
        if activation.rowwise or set(first) != set(learned) or len(learned) > 2:
            raise Unsupported(f"the scalar form of {activation.name} does not take what is learned")
        kind = "units" if len(learned) == 1 else "units2"
        return Recipe(kind, size, fixed(scalar, parameters, 1 + len(learned)))
    if activation.width is not None:
        if step.inputs[0][1] != 2 * step.output[1]:
            raise Unsupported(f"{activation.name} gives no half of what it takes")
        return Recipe("pairs", size, fixed(scalar, parameters, 2))
    kind, inputs = ("rows", 2) if activation.rowwise else ("each", 1)
    if dtype == np.float32 and machine().fma:
        single = _single(activation, parameters, inputs)
        if single is not None:
            return Recipe(kind, size, single, single=True)
    return Recipe(kind, size, fixed(scalar, parameters, inputs))


def _settings(step: Step) -> tuple[Activation, dict[str, Any], dict[str, Any]]:
    """Give the activation, its parameters, and those that were learned."""
    settings = dict(step.settings)
    return settings.pop("activation"), settings.pop("parameters"), settings


def _single(
    activation: Activation, parameters: Mapping[str, Any], inputs: int
) -> FunctionType | None:
    """Give the form in single precision, or None where it will not do for the parameters."""
    form = activation.scalar_float32
    if form is None:
        return None
    taken = names(form, inputs)
    for name, value in parameters.items():
        default = activation.parameters[name].get("default")
        if name not in taken and (not isinstance(value, float | int | str) or value != default):
            return None
    return fixed(form, {name: parameters[name] for name in taken if name in parameters}, inputs)

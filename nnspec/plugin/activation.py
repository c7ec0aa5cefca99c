"""What an activation is to nnspec: a function, its parameters, and what is known of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from nnspec.records import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*\Z")


@dataclass(frozen=True)
class Activation:
    """An activation function with all that schema, runner and documentation need of it.

    Attributes:
        name: the canonical name, as a spec writes it.
        function: `function(x, **parameters)` takes an array of any shape and returns a new one
            of the same shape and dtype; it works elementwise unless `rowwise`, and does not
            write to `x`.
        parameters: parameter name → JSON Schema fragment with a `default` (none: required);
            it becomes part of the schema that specs are validated against.
        aliases: other names that a spec may write.
        summary: one sentence on what it is and where it is used.
        formula: the definition, in Unicode text.
        source: the paper or framework that the formula comes from.
        range: the interval of its values, as text: "(0, 1)".
        learnable: parameter → its number before training. Where a spec does not fix such a
            parameter, it comes from the weights as `<layer>.activation.<parameter>`: one number
            per unit, or one for all; the function gets an array that broadcasts over the last
            axis.
        width: `width(size, **parameters)`: how many features leave where `size` enter, for
            functions of a row such as GLU, which halves them; it raises ValueError with a
            sentence where the size does not fit. None: as many as enter.
        rowwise: it works on rows (the last axis), as softmax does, not on single numbers.
        keeps_order: a larger logit never gives a smaller output, so that labels can be read
            off the logits.
        derivative: `derivative(x, **parameters)`, of the shape and dtype of x.
        inplace: `inplace(x, out, **parameters)` writes to `out`, which may be `x` itself.
        scalar: the same function for one number in double precision, for engines that compile:
            `scalar(x, **parameters)`, learnable ones first; `scalar(x, out, **parameters)` on one
            row if `rowwise`; and where `width` halves a row,
            `scalar(first, last, **parameters)` of a number of each half.
        scalar_float32: the same in single precision, to 2 ulp, with what `nnspec.numerics.float32`
            has: it takes half the time. Engines take it for float32 where every parameter that
            it does not take has its default; else they take `scalar`, and round once.
        onnx: `onnx(op, x, **parameters)` gives the same function as ONNX operators: `op.Relu(x)`
            adds a node and returns its output's name, `op.constant(0.5)` a number of x's dtype;
            `nnspec.onnx_builder` has the rest.
        elsewhere: system → how it defines the same name, where that differs.
        varying: parameters whose default is another number in other systems, by `elsewhere`;
            a spec that leaves one out gets the advice to write it.

    Raises:
        ValueError: the name is no identifier, or a parameter is no JSON Schema fragment.

    Examples:
        >>> Activation("double", lambda x, by=2.0: x * by, parameters={"by": {"default": 2.0}})
        Activation('double')
    """

    name: str
    function: Callable[..., Any]
    parameters: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, kw_only=True)
    aliases: tuple[str, ...] = field(default=(), kw_only=True)
    summary: str = field(default="", kw_only=True)
    formula: str = field(default="", kw_only=True)
    source: str = field(default="", kw_only=True)
    range: str = field(default="", kw_only=True)
    learnable: Mapping[str, float] = field(default_factory=dict, kw_only=True)
    width: Callable[..., int] | None = field(default=None, kw_only=True)
    rowwise: bool = field(default=False, kw_only=True)
    keeps_order: bool = field(default=False, kw_only=True)
    derivative: Callable[..., Any] | None = field(default=None, kw_only=True)
    inplace: Callable[..., Any] | None = field(default=None, kw_only=True)
    scalar: Callable[..., Any] | None = field(default=None, kw_only=True)
    scalar_float32: Callable[..., Any] | None = field(default=None, kw_only=True)
    onnx: Callable[..., Any] | None = field(default=None, kw_only=True)
    elsewhere: Mapping[str, str] = field(default_factory=dict, kw_only=True)
    varying: tuple[str, ...] = field(default=(), kw_only=True)

    def __post_init__(self) -> None:
        """Refuse what no spec could name or no schema could hold."""
        # A plugin's author need not use a type checker: nothing is taken for granted here.
        given: Any = self
        object.__setattr__(self, "parameters", given.parameters or {})
        if isinstance(given.aliases, str):
            raise ValueError(f"activation {self.name!r}: aliases is a tuple of names, not a text")
        object.__setattr__(self, "aliases", tuple(given.aliases))
        names: tuple[Any, ...] = (self.name, *self.aliases, *self.parameters)
        for name in names:
            if not isinstance(name, str) or not NAME.match(name):
                raise ValueError(f"activation {self.name!r}: {name!r} cannot be a name in a spec")
        if "name" in self.parameters:
            raise ValueError(f"activation {self.name!r}: no parameter can be called 'name'")
        if not callable(self.function):
            raise ValueError(f"activation {self.name!r}: the function cannot be called")
        for parameter in self.learnable:
            if parameter not in self.parameters or parameter in {"activation", "parameters"}:
                raise ValueError(
                    f"activation {self.name!r}: {parameter!r} is learnable and has no schema"
                )
        for parameter, schema in self.parameters.items():
            if not hasattr(schema, "keys"):
                raise ValueError(
                    f"activation {self.name!r}: parameter {parameter!r} needs a JSON Schema "
                    f"fragment such as {{'type': 'number', 'default': 1.0}}, not {schema!r}"
                )

    def __repr__(self) -> str:
        return f"Activation({self.name!r})"

    @property
    def names(self) -> tuple[str, ...]:
        """The canonical name and the aliases."""
        return (self.name, *self.aliases)

    @property
    def required(self) -> tuple[str, ...]:
        """The parameters that a spec must give: no default, and not learnable."""
        return tuple(
            name
            for name, schema in self.parameters.items()
            if "default" not in schema and name not in self.learnable
        )

    def complete(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Fill in the defaults of what is not given, in the order of the declaration.

        A learnable parameter has its number before training.
        """
        defaults = {k: v["default"] for k, v in self.parameters.items() if "default" in v}
        defaults |= self.learnable
        return {k: given[k] if k in given else defaults[k] for k in self.parameters}

"""One function of a framework, beside the activation of nnspec that it should equal."""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import attrgetter

import numpy as np


@dataclass(frozen=True)
class Row:
    """What a framework is asked, what nnspec is asked, and how far apart they may be.

    A row without arguments shows the framework's own defaults; `parameters` then says which
    values nnspec needs to be the same function.

    Attributes:
        function: the function, class or operator as the framework names it.
        name: the name in nnspec.
        arguments: what the framework's function is given beside the input; a tuple stands for
            an array of the input's type.
        parameters: what nnspec's function is given.
        factor: nnspec's values are the framework's times this, where the definitions differ.
        relative, absolute: the framework's own error, in units of its type's epsilon:
            |its value − the exact one| ≤ epsilon · (relative · |exact| + absolute).
        why: where the error comes from; needed wherever the bounds are not the usual ones.
        wrong: inputs (numbers, or whole rows) where the framework's value is no matter of
            precision → the right value.
        dtypes: the types that the framework has the function in, or that the row is about; all
            types of the framework where none is named.

    Examples:
        >>> Row("nn.functional.gelu", "gelu", {"approximate": "tanh"}).key
        'nn.functional.gelu(approximate=tanh)'
    """

    function: str
    name: str
    arguments: dict = field(default_factory=dict)
    parameters: dict = field(default_factory=dict)
    factor: float = 1.0
    relative: float = 4.0
    absolute: float = 0.0
    why: str = ""
    wrong: dict = field(default_factory=dict)
    dtypes: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The name of this row in the table of its framework."""
        arguments = ", ".join(f"{name}={value}" for name, value in self.arguments.items())
        return f"{self.function}({arguments})" if arguments else self.function

    def bound(self, value, dtype):
        """How far the framework may be from a value: of normal size, subnormal or infinite."""
        limits = np.finfo(dtype)
        size = np.nan_to_num(np.abs(value.astype(np.float64)), posinf=0)
        relative = self.relative * np.maximum(size * limits.eps, limits.smallest_subnormal)
        return relative + self.absolute * limits.eps

    def find(self, module):
        """Give the function that the framework's module has by this name, arguments filled in."""
        found = attrgetter(self.function)(module)
        if isinstance(found, type):  # a layer
            return found(**self.arguments)
        return lambda x: found(x, **self.arguments)

"""Initialisers: weights from a seed, for a network that nobody has trained yet."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.errors import WeightsError
from nnspec.records import dataclass, field
from nnspec.weights import random

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from nnspec.spec.parameters import Expected

MOST = 10**9
"""No network of more parameters is filled with random numbers."""

_BLOCK = 2**18


@dataclass(frozen=True)
class Scheme:
    """A distribution of random weights around 0.

    Attributes:
        draw: bits to numbers, uniform in (-1, 1) or standard normal.
        scale: `scale(inputs, outputs)`: what they are multiplied by.
        formula: the distribution as text.
        source: where it comes from.
    """

    draw: Callable[[NDArray[np.uint64]], NDArray[np.float64]]
    scale: Callable[[int, int], float]
    formula: str
    source: str


_GLOROT = "Glorot & Bengio, Understanding the difficulty of training deep networks, AISTATS 2010"
_HE = "He et al., Delving deep into rectifiers, ICCV 2015"
_LECUN = "LeCun, Bottou, Orr & Müller, Efficient BackProp, 1998"

SCHEMES = {
    "zeros": Scheme(random.uniform, lambda inputs, outputs: 0.0, "0", ""),
    "glorot_uniform": Scheme(
        random.uniform,
        lambda inputs, outputs: math.sqrt(6.0 / (inputs + outputs)),
        "U(-a, a), a = √(6 / (in + out))",
        _GLOROT,
    ),
    "glorot_normal": Scheme(
        random.normal,
        lambda inputs, outputs: math.sqrt(2.0 / (inputs + outputs)),
        "N(0, 2 / (in + out))",
        _GLOROT,
    ),
    "he_uniform": Scheme(
        random.uniform,
        lambda inputs, outputs: math.sqrt(6.0 / inputs),
        "U(-a, a), a = √(6 / in)",
        _HE,
    ),
    "he_normal": Scheme(
        random.normal, lambda inputs, outputs: math.sqrt(2.0 / inputs), "N(0, 2 / in)", _HE
    ),
    "lecun_normal": Scheme(
        random.normal, lambda inputs, outputs: math.sqrt(1.0 / inputs), "N(0, 1 / in)", _LECUN
    ),
}
"""The initialisers by their names; normal ones are not truncated."""


@dataclass(frozen=True)
class Seeded(Mapping[str, "NDArray[Any]"]):
    """Arrays from a seed, each filled when it is first asked for.

    To validate a spec asks for none, so that a few bytes of a stranger cost no gigabytes.
    """

    expected: Mapping[str, Expected]
    scheme: str
    seed: int
    dtype: str
    _filled: dict[str, NDArray[Any]] = field(default_factory=dict, repr=False, compare=False)

    def __getitem__(self, name: str) -> NDArray[Any]:
        """Give one array."""
        if name not in self._filled:
            scheme = SCHEMES[self.scheme]
            self._filled[name] = _fill(self.expected[name], scheme, self.seed, self.dtype)
        return self._filled[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.expected)

    def __len__(self) -> int:
        return len(self.expected)


def initialise(
    expected: Sequence[Expected], scheme: str, seed: int, dtype: str
) -> Mapping[str, NDArray[Any]]:
    """Make the arrays of a network: random matrices, and the initial number of all others.

    An array has the same numbers, computed in float64 and rounded to `dtype` once, whatever
    else the network has, on every machine; see `random`.

    Raises:
        WeightsError: the network has more than 10⁹ parameters.
    """
    count = sum(math.prod(array.parameter.shape) for array in expected)
    if count > MOST:
        raise WeightsError(
            f"the network has {count} parameters, and {scheme} fills at most {MOST}; "
            "give it a weights file"
        )
    return Seeded({array.name: array for array in expected}, scheme, seed, dtype)


def _fill(array: Expected, scheme: Scheme, seed: int, dtype: str) -> NDArray[Any]:
    """Make one array, block by block to keep the memory of intermediate results small."""
    shape, initial = array.parameter.shape, array.parameter.initial
    if initial != "random":
        return np.full(shape, initial, dtype)
    scale = scheme.scale(shape[0], shape[-1])
    if scale == 0.0:
        return np.zeros(shape, dtype)
    flat = np.empty(math.prod(shape), dtype)
    for start in range(0, flat.size, _BLOCK):
        block = flat[start : start + _BLOCK]
        block[:] = scheme.draw(random.bits(seed, array.name, start, block.size)) * scale
    return flat.reshape(shape)

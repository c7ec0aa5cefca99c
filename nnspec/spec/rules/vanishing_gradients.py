"""Advice: through a deep stack of sigmoid or tanh hardly any gradient comes back.

By the chain rule the gradient takes the factor h'(a) in each layer. For sigmoid that is 1/4 at
most; for tanh about 1/2 (the mean of its square is 0.46 where the sums a have mean 0 and
variance 1, as initialisers aim at). Below 1/1000, that is from 5 layers of sigmoid or 10 of tanh
on, the first layer all but stands still: in X. Glorot and Y. Bengio, Understanding the
difficulty of training deep feedforward neural networks (2010), networks of five sigmoid layers
did not get off the ground. A residual block or a concat lets the gradient around what is inside,
and a normalization scales it up again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.diagnostics.diagnostic import Finding
from nnspec.plugin.hookspecs import hookimpl
from nnspec.plugin.rule import Rule
from nnspec.source.document import join
from nnspec.spec.chain import chains

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nnspec.plugin.registry import Registry
    from nnspec.spec.model import LayerSpec, Spec

_FACTORS = {"sigmoid": 1 / 4, "tanh": 1 / 2}
_TOO_LITTLE = 1 / 1000
_RESTORES = frozenset({"batchnorm", "layernorm", "rmsnorm"})


def check(spec: Spec, registry: Registry) -> Iterator[Finding]:
    """Find stacks through which less than a thousandth comes back; the output layer is apart.

    With the usual loss of its task, the derivative of an output activation cancels.
    """
    for chain in chains(spec):
        for stack in _stacks([layer for layer in chain if layer is not spec.output.layer]):
            yield from _judge(stack)


def _stacks(chain: Sequence[LayerSpec]) -> Iterator[list[LayerSpec]]:
    stack: list[LayerSpec] = []
    for layer in chain:
        if layer.type in _RESTORES:
            yield stack
            stack = []
        elif layer.activation is not None and layer.activation.name in _FACTORS:
            stack.append(layer)
    yield stack


def _judge(stack: Sequence[LayerSpec]) -> Iterator[Finding]:
    uses = [layer.activation for layer in stack if layer.activation is not None]
    share = 1.0
    for use in uses:
        share *= _FACTORS[use.name or ""]
    if share < _TOO_LITTLE:
        kinds = " and ".join(sorted({use.written for use in uses}))
        yield Finding(
            "vanishing-gradients",
            f"through {len(stack)} layers of {kinds}, less than a thousandth of the gradient "
            f"comes back to {stack[0].name}",
            join(uses[0].pointer, "name"),
            "relu or gelu instead, a normalization between, or residual blocks",
            "warning",
        )


@hookimpl
def nnspec_rules() -> list[Rule]:
    """Register the rule."""
    return [Rule("vanishing-gradients", check)]

"""PyTorch state dicts: `net.0.weight`, `net.0.bias`, `net.2.weight`, …, matrices (out, in).

A PReLU is a module of its own, with our alpha as `weight`. A batchnorm has `weight`, `bias`,
`running_mean` and `running_var` for our gamma, beta, mean and variance; its
`num_batches_tracked` matters in training alone. Source: `state_dict` of torch.nn.Module, and the
parameters of torch.nn.Linear, PReLU, BatchNorm1d, LayerNorm and RMSNorm.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.weights.modules import assign, modules
from nnspec.weights.rules import Proposal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nnspec.spec.parameters import Expected
    from nnspec.weights.rules import Shapes

PARTS = {
    "weight": "weight",
    "bias": "bias",
    "gamma": "weight",
    "beta": "bias",
    "mean": "running_mean",
    "variance": "running_var",
    "activation.alpha": "weight",
}


def propose(expected: Sequence[Expected], shapes: Shapes) -> Proposal:
    """Pair the modules of the state dict with the layers, in the order of their numbers."""
    title = "a PyTorch state dict"
    if all(array.name in shapes for array in expected):
        return Proposal(title, {}, transposed=True)  # our own names, which say how they are stored
    ignored = frozenset(name for name in shapes if name.endswith("num_batches_tracked"))
    found = modules({n: s for n, s in shapes.items() if n not in ignored}, ".", PARTS)
    return Proposal(title, assign(expected, found, PARTS), transposed=True, ignored=ignored)

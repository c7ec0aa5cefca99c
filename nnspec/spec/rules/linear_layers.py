"""Advice: dense layers in a row with no activation between them are one dense layer.

(x W1 + b1) W2 + b2 = x (W1 W2) + (b1 W2 + b2). Dropout, batchnorm and affine do not help: at
inference they are the identity, or a scale and a shift.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.diagnostics.diagnostic import Finding
from nnspec.plugin.hookspecs import hookimpl
from nnspec.plugin.rule import Rule
from nnspec.schema.words import listed
from nnspec.spec.chain import chains

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nnspec.plugin.registry import Registry
    from nnspec.spec.model import LayerSpec, Spec

_LINEAR = frozenset({"dense", "dropout", "batchnorm", "affine", "activation"})
"""Kinds that are linear but for the activation that they may have."""


def check(spec: Spec, registry: Registry) -> Iterator[Finding]:
    """Find runs of dense layers of which only the last may have an activation."""
    for chain in chains(spec):
        for run in _runs(chain):
            first, last = run[0], run[-1]
            if first.size_in is None or last.units is None:
                continue
            names = [layer.name for layer in run[:-1]]
            lead = listed(names, "and") if len(names) < 4 else f"{names[0]} to {names[-1]}"
            have = "have" if len(run) > 2 else "has"
            yield Finding(
                "linear-layers",
                f"{lead} {have} no activation: with {last.name} that is one layer of shape "
                f"({first.size_in}, {last.units})",
                first.pointer,
                f"give {first.name} an activation such as relu, or write the one layer",
                "warning",
            )


def _runs(chain: Sequence[LayerSpec]) -> Iterator[list[LayerSpec]]:
    run: list[LayerSpec] = []
    for layer in chain:
        if layer.type == "dense":
            run.append(layer)
        if layer.type not in _LINEAR or not _has_identity(layer):
            if len(run) > 1:
                yield run
            run = []
    if len(run) > 1:
        yield run


def _has_identity(layer: LayerSpec) -> bool:
    return layer.activation is None or layer.activation.name == "identity"


@hookimpl
def nnspec_rules() -> list[Rule]:
    """Register the rule."""
    return [Rule("linear-layers", check)]

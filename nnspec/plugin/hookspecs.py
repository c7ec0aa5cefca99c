"""The hooks that a plugin may implement; nnspec's own parts come in by the same ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nnspec.plugin.activation import Activation
    from nnspec.plugin.engine import Engine
    from nnspec.plugin.layer import Layer
    from nnspec.plugin.rule import Rule

hookspec = pluggy.HookspecMarker("nnspec")
hookimpl = pluggy.HookimplMarker("nnspec")


@hookspec
def nnspec_activations() -> Sequence[Activation]:  # type: ignore[empty-body]
    """Give activations; each becomes part of schema, runner and documentation."""


@hookspec
def nnspec_layers() -> Sequence[Layer]:  # type: ignore[empty-body]
    """Give layer kinds; each becomes a `type` that a spec may name."""


@hookspec
def nnspec_rules() -> Sequence[Rule]:  # type: ignore[empty-body]
    """Give checks that run on every spec after the schema."""


@hookspec
def nnspec_engines() -> Sequence[Engine]:  # type: ignore[empty-body]
    """Give engines that `--engine` and `engine=` may name."""

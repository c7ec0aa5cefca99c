"""The kit's two doors: a function for one activation, pytest parameters for a whole plugin."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from nnspec import folder
from nnspec.testing.promise import promises

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from types import ModuleType

    from nnspec.plugin.activation import Activation


def check_activation(
    activation: Activation | str, *, parameters: Mapping[str, Any] | None = None
) -> None:
    """Try every promise on an activation, with its parameters at all their ends.

    An ONNX form is tried where the package onnx is installed, and not elsewhere.

    Args:
        activation: one, or the name of one that is built in or installed.
        parameters: values that stay as they are; needed for a parameter without default whose
            schema does not tell what it could be.

    Raises:
        AssertionError: it breaks a promise; the message names activation, promise and input,
            and says what came and what was expected.
        UsageError: there is no such activation.
        ValueError: `parameters` has to say more.
    """
    one = _named(activation) if isinstance(activation, str) else activation
    for promise in promises():
        promise(one, parameters=parameters)


def cases(plugin: ModuleType | str) -> Sequence[Any]:
    """Pair each activation of a plugin with each promise that concerns it, for pytest.

        @pytest.mark.parametrize(("activation", "promise"), nnspec.testing.cases("nnspec_mish"))
        def test_conformance(activation, promise):
            promise(activation)

    The promise of ONNX forms is among them where the package onnx is installed.

    Args:
        plugin: a module, a package whose modules are plugins, or the name of either.

    Raises:
        ValueError: it gives no activation.

    Examples:
        >>> [case.id for case in cases("nnspec.activations.relu")][:2]
        ['relu-accepts_parameters', 'relu-is_deterministic']
    """
    import pytest

    module = importlib.import_module(plugin) if isinstance(plugin, str) else plugin
    pairs = [
        pytest.param(activation, promise, id=f"{activation.name}-{promise.name}")
        for activation in _given(module)
        for promise in promises()
        if promise.concerns(activation)
    ]
    if not pairs:
        raise ValueError(f"{module.__name__} gives no activation by the hook nnspec_activations")
    return pairs


def _given(module: ModuleType) -> Iterator[Activation]:
    if hasattr(module, "nnspec_activations"):
        yield from module.nnspec_activations()
    elif hasattr(module, "__path__"):
        for inner in folder.modules(module.__name__):
            yield from _given(inner)


def _named(name: str) -> Activation:
    from nnspec.plugin.find import find
    from nnspec.plugin.manager import load_plugins

    return find(name, load_plugins())

"""Every activation that is built in keeps every promise of the kit that plugins are held to."""

from __future__ import annotations

import pytest

import nnspec.testing
from nnspec.plugin.manager import load_plugins


@pytest.mark.parametrize(("activation", "promise"), nnspec.testing.cases("nnspec.activations"))
def test_conformance(activation, promise):
    promise(activation)


def test_no_activation_is_left_out():
    registry = load_plugins()
    built_in = {
        n for n in registry.activations if registry.origins["activation", n].name == "nnspec"
    }
    tried = {case.values[0].name for case in nnspec.testing.cases("nnspec.activations")}
    assert tried == built_in


def test_each_can_be_said_in_onnx():
    """`make peers` asks ONNX whether it says the same."""
    wordless = [
        case.id
        for case in nnspec.testing.cases("nnspec.activations")
        if case.values[0].onnx is None
    ]
    assert wordless == []

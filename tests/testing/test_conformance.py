"""Every activation that is built in keeps every promise of the kit that plugins are held to."""

from __future__ import annotations

import pytest

import nnspec.testing
from nnspec.plugin.manager import load_plugins

ISOLATED = "with lambd=0 it is the identity, and the derivative says 0 at 0"
KNOWN = {
    ("hard_shrink", "matches_derivative"): ISOLATED,
    ("soft_shrink", "matches_derivative"): ISOLATED,
}


@pytest.mark.parametrize(("activation", "promise"), nnspec.testing.cases("nnspec.activations"))
def test_conformance(request, activation, promise):
    if (activation.name, promise.name) in KNOWN:
        request.applymarker(
            pytest.mark.xfail(strict=True, reason=KNOWN[activation.name, promise.name])
        )
    promise(activation)


def test_no_activation_is_left_out():
    registry = load_plugins()
    built_in = {
        n for n in registry.activations if registry.origins["activation", n].name == "nnspec"
    }
    tried = {case.values[0].name for case in nnspec.testing.cases("nnspec.activations")}
    assert tried == built_in

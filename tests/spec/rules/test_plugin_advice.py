"""Plugins that a spec uses and those that it declares, against each other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nnspec.plugin.activation import Activation
from nnspec.plugin.registry import Provider
from nnspec.source.yaml import read
from nnspec.spec.build import build
from nnspec.spec.rules import plugin_undeclared, plugin_unused

WAVE = Provider("wave", "wave-pack", "1.2", provides=(("activation", "wave"),))
LOOSE = Provider("wave.py", provides=(("activation", "wave"),))
RULES = Provider("house", "house-rules", "3", provides=(("rule", "style"),))
BROKEN = Provider("old", "old-pack", "1", "failed", "it broke")


@pytest.fixture
def said(registry, tmp_path):
    """Judge a spec that uses some activations by both rules; `wave` comes from a provider."""

    def said(uses, plugins, provider=WAVE):
        known = replace(
            registry,
            activations={**registry.activations, "wave": Activation("wave", abs)},
            aliases={**registry.aliases, "wave": "wave"},
            providers=(*registry.providers, provider, RULES, BROKEN),
            origins={**registry.origins, ("activation", "wave"): provider},
        )
        layers = ", ".join(f"{{size: 2, activation: {use}}}" for use in uses)
        text = f"nnspec: 1\ntask: regression\ninput: 2\nlayers: [{layers}]\noutput: 1\n{plugins}"
        document, _ = read(text, name="a.yaml", folder=tmp_path)
        spec, _ = build(document, [], known)
        rules = (plugin_undeclared, plugin_unused)
        return [one for rule in rules for one in rule.check(spec, known)]

    return said


@pytest.mark.parametrize(
    ("uses", "plugins"),
    [
        (["wave"], "plugins: [wave-pack]"),
        (["wave"], "plugins: ['Wave_Pack >= 1.0']"),
        (["relu"], ""),
        (["relu"], "plugins: [nnspec]"),
        (["relu"], "plugins: [house-rules]"),
        (["relu"], "plugins: [old-pack]"),
        (["wave"], "plugins: [wave-pakc]"),
        (["relu"], "plugins: ['../evil']"),
    ],
)
def test_silent_where_both_agree_or_another_rule_speaks(said, uses, plugins):
    assert said(uses, plugins) == []


def test_used_and_not_declared_is_told_at_the_first_use_alone(said):
    (one,) = said(["relu", "wave", "wave"], "")
    assert (one.code, one.severity) == ("plugin-undeclared", "warning")
    assert one.pointer == "/layers/1/activation/name"
    assert one.message == "'wave' comes from wave-pack 1.2, which 'plugins' does not name"
    assert one.hint == "add 'plugins: [wave-pack>=1.2]'"
    (one,) = said(["wave"], "plugins: [nnspec]")
    assert one.hint == "add wave-pack>=1.2 to 'plugins'"


def test_a_loose_file_has_no_distribution_to_declare(said):
    assert said(["wave"], "", LOOSE) == []


def test_declared_and_not_used_is_told_at_the_declaration(said):
    (one,) = said(["relu"], "plugins: [nnspec, wave-pack>=1]")
    assert (one.code, one.severity, one.pointer) == ("plugin-unused", "warning", "/plugins/1")
    assert one.message == "the spec names nothing that wave-pack 1.2 gives"

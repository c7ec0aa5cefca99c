"""From YAML text to findings and a spec, by what is built in."""

from __future__ import annotations

from pathlib import Path

import pytest

from nnspec.plugin.manager import load_plugins
from nnspec.schema.check import check
from nnspec.schema.compose import compose
from nnspec.source.yaml import read
from nnspec.spec.build import build

SOUND = {"task": "regression", "input": "4", "layers": "[]", "output": "3"}


@pytest.fixture(scope="session")
def registry():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NNSPEC_DISABLE_PLUGIN_AUTOLOAD", "1")
        return load_plugins()


@pytest.fixture(scope="session")
def schema(registry):
    return compose(registry)


@pytest.fixture
def examine(registry, schema):
    """Read a text; gives the spec and the errors of schema, sizes and rules, by place."""

    def examine(text: str, registry=registry):
        document, faults = read(text, name="net.yaml", folder=Path())
        assert document is not None, faults
        findings = check(document, schema)
        spec, sizes = build(document, findings, registry)
        findings += sizes
        findings += [one for rule in registry.rules for one in rule.check(spec, registry)]
        errors = (finding for finding in findings if finding.severity == "error")
        return spec, sorted(map(document.diagnose, errors))

    return examine


@pytest.fixture
def sound(examine):
    """Read a spec without faults, of which only the interesting keys are given."""

    def sound(**keys: str):
        spec, diagnostics = examine(text(**keys))
        assert diagnostics == []
        return spec

    return sound


@pytest.fixture
def faults(examine):
    """Read a spec with faults; gives (code, pointer) of each."""

    def faults(**keys: str):
        return [(one.code, one.pointer) for one in examine(text(**keys))[1]]

    return faults


def text(**keys: str) -> str:
    lines = [f"{key}: {value}" for key, value in {**SOUND, **keys}.items()]
    return "\n".join(["nnspec: 1", *lines])

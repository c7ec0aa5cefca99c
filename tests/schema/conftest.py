"""The schema of what is built in, and short ways to judge a spec by it."""

from __future__ import annotations

from pathlib import Path

import pytest

from nnspec.plugin.manager import load_plugins
from nnspec.schema.check import check
from nnspec.schema.compose import compose
from nnspec.source.document import Document


@pytest.fixture(scope="session")
def registry():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NNSPEC_DISABLE_PLUGIN_AUTOLOAD", "1")
        return load_plugins()


@pytest.fixture(scope="session")
def schema(registry):
    return compose(registry)


@pytest.fixture
def judge(schema):
    """Judge plain data by the schema of what is built in, or by another."""

    def judge(data, by=None):
        document = Document(data, "<test>", Path(), "", {}, {})
        return check(document, schema if by is None else by)

    return judge


@pytest.fixture
def spec():
    """Make a sound spec with other keys put in."""

    def spec(**other):
        return {"nnspec": 1, "task": "multiclass", "input": 4, "layers": [], "output": 3, **other}

    return spec

"""That the schema finds nothing is kept for one text, one schema and one installation, no other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from nnspec.plugin.manager import load_plugins
from nnspec.schema import check, verdict
from nnspec.schema.compose import compose
from nnspec.source import yaml

TEXT = "nnspec: 1\ntask: regression\ninput: 2\nlayers: []\noutput: 1\n"
REGISTRY = load_plugins()


@pytest.fixture(autouse=True)
def kept(tmp_path, monkeypatch):
    monkeypatch.setenv("NNSPEC_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache" / "verdicts"


@pytest.fixture
def judged(monkeypatch):
    """Count how often the schema is asked."""
    asked, stock = [], check.check
    monkeypatch.setattr(check, "check", lambda *given: asked.append(1) or stock(*given))

    def judge(text, registry=REGISTRY):
        document, _ = yaml.read(text, name="x.yaml", folder=Path())
        asked.clear()
        return [one.code for one in verdict.findings(document, registry)], len(asked)

    return judge


def test_an_unchanged_spec_is_judged_once(judged):
    assert judged(TEXT) == ([], 1)
    assert judged(TEXT) == ([], 0)
    assert judged(TEXT + "# another text\n") == ([], 1)


def test_a_fault_is_told_every_time_and_never_kept(judged, kept):
    faulty = TEXT.replace("input: 2", "input: two")
    assert judged(faulty) == (["bad-type"], 1)
    assert judged(faulty) == (["bad-type"], 1)
    assert not kept.exists()


def test_a_verdict_on_another_spec_is_not_believed(judged, kept):
    judged(TEXT)
    faulty = TEXT.replace("input: 2", "input: two")
    (name,) = kept.iterdir()
    (kept / verdict.digest(faulty, REGISTRY)).write_bytes(name.read_bytes())
    assert judged(faulty) == (["bad-type"], 1)


@pytest.mark.parametrize("content", [b"", b"\0" * 96, b"x" * 10**6])
def test_a_damaged_verdict_is_not_believed(judged, kept, content):
    judged(TEXT)
    (name,) = kept.iterdir()
    name.write_bytes(content)
    assert judged(TEXT) == ([], 1)
    assert judged(TEXT) == ([], 0)


def other(**changes):
    """Change one activation or layer of the registry, as another version of a plugin would."""
    tables = {"relu": "activations", "dense": "layers"}
    name = changes.pop("of")
    table = getattr(REGISTRY, tables[name])
    changed = {**table, name: replace(table[name], **changes)}
    return replace(REGISTRY, **{tables[name]: changed})


SLOPE = {"slope": {"type": "number", "default": 0.0}}
CHANGED = {
    "parameter": other(of="relu", parameters=SLOPE),
    "bound": other(of="relu", parameters={"slope": {**SLOPE["slope"], "minimum": 0}}),
    "required": other(of="relu", parameters={"slope": {"type": "number"}}),
    "learnable": other(of="relu", parameters={"slope": {"type": "number"}}, learnable={"slope": 1}),
    "summary": other(of="relu", summary="another"),
    "formula": other(of="relu", formula="another"),
    "alias": replace(REGISTRY, aliases={**REGISTRY.aliases, "another": "relu"}),
    "key": other(of="dense", properties={"size": {"type": "integer"}}),
    "needed": other(of="dense", required=()),
    "title": other(of="dense", title="another"),
    "description": other(of="dense", description="another"),
    "fewer": replace(REGISTRY, activations={"relu": REGISTRY.activations["relu"]}, aliases={}),
}


@pytest.mark.parametrize("name", CHANGED)
def test_whatever_changes_the_composed_schema_changes_the_digest(name):
    digests = {verdict.digest(TEXT, registry) for registry in (REGISTRY, *CHANGED.values())}
    assert len(digests) == 1 + len(CHANGED)
    assert compose(CHANGED[name]) != compose(REGISTRY)


def test_another_distribution_or_version_changes_the_digest(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    found = {verdict.digest(TEXT, REGISTRY)}
    for name in ("jsonschema-5.0.dist-info", "another-1.0.dist-info"):
        (tmp_path / name).mkdir()
        found.add(verdict.digest(TEXT, REGISTRY))
    assert len(found) == 3


def test_a_plugin_whose_part_is_no_json_is_judged_every_time(judged, kept):
    unsound = other(of="relu", parameters={"slope": {"default": object()}})
    assert verdict.digest(TEXT, unsound) is None
    assert judged(TEXT, unsound) == ([], 1)
    assert not kept.exists()


def test_many_verdicts_are_pruned_now_and_then(judged, kept, monkeypatch):
    monkeypatch.setattr(verdict, "MOST", 10)
    monkeypatch.setattr(verdict, "digest", lambda text, _: f"00{len(text):062}")
    for number in range(40):
        judged(TEXT + "#" * number)
    assert len(list(kept.iterdir())) <= 10

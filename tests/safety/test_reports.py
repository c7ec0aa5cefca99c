"""Promise 22: whatever names a stranger chooses, no command prints a raw control or a forged line."""

from __future__ import annotations

import json

import pytest
from corpus import Case
from corpus.specs_meaning import INIT
from measured import run

EVIL = "\\e[31m\\e]0;t\\a\\u202e\\u2066<b>\\n::error::x\\r\\n| % \\u0085\\u2028\\x9b2J"
NAMED = INIT.replace("regression", "multiclass").replace(
    "input: 2", f'input: {{size: 2, features: ["{EVIL}", b]}}'
)
SPEC = (
    NAMED.replace("output: 1", f'output: {{size: 2, labels: ["{EVIL}", "=1+1"]}}')
    + f'name: "{EVIL}"\ndescription: "{EVIL}"\n'
)
COMMANDS = [
    "validate spec.yaml", "validate spec.yaml --format json", "validate bad.yaml", "validate bad.yaml --format json", "show spec.yaml",
    "show spec.yaml --format json", "trace spec.yaml [1,2]", "trace spec.yaml [1,2] --format json", "render spec.yaml",
    "run spec.yaml [1,2] --preview", "run spec.yaml [1,2] --preview --emit labels", "test spec.yaml", "plugins", "activations",
]  # fmt: skip
HARMLESS = "\n\u200c\u200d\u3000"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reports")
    bad = SPEC.replace(
        "layers: []",
        f'layers: [{{size: 2, name: "{EVIL}", activation: "{EVIL}"}}, {{type: "{EVIL}"}}]',
    )
    Case("", {"spec.yaml": SPEC, "bad.yaml": bad + f'"{EVIL}": 1\n'}, 0).lay(folder)
    return folder


@pytest.mark.parametrize("command", COMMANDS)
def test_foreign_names_cannot_act(folder, command):
    found = run(*command.split(), cwd=folder)
    text = found.out + found.err
    assert found.status == ("bad" in command), text
    assert "Traceback" not in text
    raw = {hex(ord(one)) for one in text if not one.isprintable() and one not in HARMLESS}
    assert not raw
    assert not any(line.startswith("::") for line in text.splitlines())
    if "json" in command:
        json.loads(found.out)


def test_labels_of_formulas_are_texts_to_a_spreadsheet(folder):
    found = run("run", "spec.yaml", "[[1, 2], [-1, 3]]", cwd=folder)
    assert "'=1+1" in found.out.splitlines()[0] or "'=1+1" in found.out
    assert ",=1+1" not in found.out

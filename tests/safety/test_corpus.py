"""Promises 1 and 2: every file of the corpus has the right verdict, in time and memory, and runs nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import corpus
import pytest

ENOUGH = 500
PARTS = 2
SECONDS, MEBIBYTES = 2.0, 500.0
"""Of processor time, and the most memory that is held at once."""

LONGEST_OUTPUT = 60_000
HARMLESS = "\n\u200c\u200d\u3000"
CASES = corpus.chosen()


@pytest.fixture(scope="session")
def results(tmp_path_factory):
    """Run all cases in processes forked from one that is warm."""
    folder = tmp_path_factory.mktemp("corpus")
    command = [sys.executable, str(Path(__file__).with_name("warm.py")), str(folder)]
    parts = [
        subprocess.Popen([*command, str(part), str(PARTS)], stdout=subprocess.PIPE, text=True)
        for part in range(PARTS)
    ]
    lines = [json.loads(line) for part in parts for line in part.communicate()[0].splitlines()]
    return {line["name"]: line for line in lines}


def test_there_are_hundreds_of_cases():
    assert len(corpus.cases()) >= ENOUGH


@pytest.mark.parametrize("name", CASES)
def test_the_verdict_is_right(results, name):
    case, found = CASES[name], results[name]
    output = found["output"]
    assert found["status"] in ({0, 1} if case.status == -1 else {case.status}), output[:2000]
    assert case.says in output
    assert "Traceback" not in output
    assert "a fault of nnspec itself" not in output
    assert not found["ran"], "something of the case was run"
    assert found["seconds"] < SECONDS
    assert found["mebibytes"] < MEBIBYTES


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.status])
def test_what_is_said_is_short_and_cannot_act_on_a_terminal(results, name):
    output = results[name]["output"]
    assert all(character.isprintable() or character in HARMLESS for character in output)
    assert len(output) < LONGEST_OUTPUT
    assert "the-secret-words" not in output
    assert "root:" not in output, "a line of /etc/passwd"

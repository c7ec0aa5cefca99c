"""What the fuzzers found stays mended, and each of them finds nothing in a second."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
HARNESSES = sorted(path.stem for path in HERE.glob("fuzz_*.py"))
FOUND = sorted(path.name for path in (HERE / "found").iterdir())


def test_there_is_a_harness_for_every_kind_of_file():
    assert len(HARNESSES) >= 5


@pytest.mark.parametrize("name", FOUND)
def test_what_was_found_stays_mended(name):
    harness = importlib.import_module(f"fuzz_{name.partition('-')[0]}")
    harness.check((HERE / "found" / name).read_bytes())


@pytest.mark.parametrize("name", HARNESSES)
def test_a_second_of_changes_finds_nothing(name):
    mutate = importlib.import_module("mutate")
    harness = importlib.import_module(name)
    for seed in harness.SEEDS:
        harness.check(seed)
    count, longest = mutate.loop(harness.check, harness.SEEDS, harness.WORDS, 1.0, seed=1)
    assert count > 100
    assert longest < 5

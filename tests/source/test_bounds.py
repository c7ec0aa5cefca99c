"""Bombs are cheap: each is refused, or read, within a second."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from nnspec.source.yaml import read


def chain(first: str, link: str, steps: int) -> str:
    return first + "".join(link.format(i=i, j=i - 1) for i in range(1, steps))


REFUSED = {
    "aliases of aliases": chain("a0: &a0 [0]\n", "a{i}: &a{i} [" + "*a{j}, " * 9 + "]\n", 20),
    "merges of merges": chain(
        "a0: &a0 {k: 0}\n", "a{i}: &a{i} {{<<: [*a{j}, *a{j}], k{i}: 1}}\n", 40
    ),
    "aliases that add depth": chain(
        "a0: &a0 [0]\n", "a{i}: &a{i} " + "[" * 9 + "*a{j}" + "]" * 9 + "\n", 30
    ),
    "deep flow": "[" * 101 + "]" * 101,
    "deeper flow": "[" * 1_000_000,
    "deep flow mappings": "{a: " * 1_000_000,
    "deep blocks": "\n".join(" " * i + "a:" for i in range(1500)),
    "deep dashes": "- " * 1_000_000,
    "deep questions": "? " * 1_000_000,
    "tag handles": "".join(f"%TAG !a{i}! x\n" for i in range(100_000)) + "--- a\n",
    "large": "a" * (4 * 2**20 + 1),
}
READ = {
    "as deep as allowed": "[" * 100 + "]" * 100,
    "as wide as allowed": "- 1\n" * 99_999,
    "a long text": "a: " + "x" * 4_000_000,
    "a long text of short lines": "a: |\n" + " x\n" * 1_300_000,
    "empty lines": "a: |\n x\n" + "\n" * 4_000_000,
    "a long key above many values": "? " + "k" * 3_000_000 + "\n:\n" + " - 1\n" * 99_000,
    "many anchors": "".join(f"- &a{i} 1\n" for i in range(90_000)),
    "comments": "#\n" * 2_000_000 + "a: 1\n",
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_a_bomb_is_refused_in_a_second(text: str):
    start = time.process_time()
    document, faults = read(text, name="a.yaml", folder=Path())
    assert time.process_time() - start < 1
    assert document is None
    assert [fault.code for fault in faults] == ["spec-too-large"]


@pytest.mark.parametrize("text", READ.values(), ids=READ)
def test_a_large_spec_within_the_bounds_is_read(text: str):
    start = time.process_time()
    document, faults = read(text, name="a.yaml", folder=Path())
    assert time.process_time() - start < 2
    assert faults == []
    assert document is not None
    assert "/0/0" not in document.keys


def test_values_count_as_often_as_aliases_stand_for_them():
    rows = "a: &a [" + "0, " * 997 + "]\n"
    for uses, refused in ((99, False), (101, True)):
        text = rows + "b: [" + "*a, " * uses + "]\n"
        document, _ = read(text, name="a.yaml", folder=Path())
        assert (document is None) is refused


def test_reading_stops_at_the_bound():
    _, faults = read("- 1\n" * 1_000_000, name="a.yaml", folder=Path())
    assert [(fault.code, fault.line) for fault in faults] == [("spec-too-large", 100_000)]

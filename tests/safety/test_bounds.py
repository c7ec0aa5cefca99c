"""Promises 5 and 10: what a few bytes declare costs neither time nor memory, start-up included."""

from __future__ import annotations

import numpy as np
import pytest
from corpus import SPEC, SUM
from corpus.specs_text import ALIASES, MERGES
from made import declared, safetensors
from measured import run

BOMBS = {
    "aliases of aliases": ALIASES,
    "merges of merges": MERGES,
    "a million levels": "[" * 1_000_000,
    "a million dashes": "- " * 1_000_000,
}
ROWS = "(1000000000000000, 2)"
LYING = {
    "x.npy": declared(shape=ROWS, data=bytes(16)),
    "4gib.npy": b"\x93NUMPY\x02\x00\xff\xff\xff\xff",
    "w.safetensors": safetensors({"output.weight": {"dtype": "F64", "shape": [10**15], "data_offsets": [0, 8 * 10**15]}}),
    "2-63.safetensors": safetensors(b"{}", length=2**63),
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_takes_a_second_and_150_mib_at_most(tmp_path, name):
    (tmp_path / "spec.yaml").write_text(BOMBS[name])
    found = run("validate", "spec.yaml", cwd=tmp_path)
    assert found.status == 1
    assert "[spec-too-large]" in found.out
    assert found.seconds < 1.0
    assert found.mebibytes < 150


@pytest.mark.parametrize("name", LYING)
def test_a_header_that_lies_takes_64_mib_more_than_an_honest_one_at_most(tmp_path, name):
    np.save(tmp_path / "honest.npy", np.ones((3, 2)))
    (tmp_path / name).write_bytes(LYING[name])
    (tmp_path / "spec.yaml").write_text(SUM)
    (tmp_path / "lying.yaml").write_text(SPEC.format(weights=name))
    plain = run("run", "spec.yaml", "honest.npy", cwd=tmp_path)
    assert plain.status == 0, plain.err
    if name.endswith(".npy"):
        found = run("run", "spec.yaml", name, cwd=tmp_path)
    else:
        found = run("validate", "lying.yaml", cwd=tmp_path)
    assert found.status == 1
    assert found.mebibytes < plain.mebibytes + 64
    assert found.seconds < 2


def test_a_gigabyte_in_one_line_is_read_to_the_bound_only(tmp_path):
    (tmp_path / "spec.yaml").write_text(SUM)
    with (tmp_path / "x.csv").open("wb") as file:
        file.truncate(1 << 30)  # sparse: a line of zero bytes without an end
    found = run("run", "spec.yaml", "x.csv", cwd=tmp_path)
    assert found.status == 1
    assert "longer than 8 MiB" in found.err
    assert found.seconds < 2
    assert found.mebibytes < 500

"""Judging and loading the specs of the repository, in a process that is warm."""

from __future__ import annotations

from pathlib import Path

import pytest

import nnspec

SPECS = sorted((Path(__file__).parents[2] / "specs").glob("*.yaml"))


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
@pytest.mark.parametrize("what", [nnspec.validate, nnspec.load])
def test_validation(benchmark, path, what):
    benchmark.group = f"nnspec.{what.__name__}"
    benchmark(what, path)

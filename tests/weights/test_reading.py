"""Weights files are found by their suffix, and only regular files are opened."""

from __future__ import annotations

import os

import numpy as np
import pytest

from nnspec.errors import WeightsError
from nnspec.weights.reading import read


def test_the_suffix_chooses_the_format_whatever_its_case(tmp_path):
    with (tmp_path / "w.NPZ").open("wb") as file:
        np.savez(file, a=np.ones(2))
    assert list(read(tmp_path / "w.NPZ").arrays) == ["a"]


@pytest.mark.parametrize("name", ["w.pkl", "w.pt", "w"])
def test_an_unknown_suffix_is_answered_with_those_known(tmp_path, name):
    (tmp_path / name).write_bytes(b"")
    with pytest.raises(
        WeightsError, match=r"read from \.h5, \.hdf5, \.npz and \.safetensors files, not"
    ):
        read(tmp_path / name)


@pytest.mark.parametrize("suffix", [".npz", ".safetensors", ".h5"])
def test_what_is_no_regular_file_is_refused(tmp_path, suffix):
    path = tmp_path / f"w{suffix}"
    with pytest.raises(WeightsError, match="no such file"):
        read(path)
    path.mkdir()
    with pytest.raises(WeightsError, match="is a folder"):
        read(path)
    path.rmdir()
    os.mkfifo(path)
    with pytest.raises(WeightsError, match="is a pipe or a device"):
        read(path)
    path.unlink()
    path.symlink_to("/dev/zero")
    with pytest.raises(WeightsError, match="is a pipe or a device"):
        read(path)

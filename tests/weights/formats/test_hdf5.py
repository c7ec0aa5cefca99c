"""The .h5 reader: datasets in groups, and nothing from outside the file."""

from __future__ import annotations

import sys

import h5py
import numpy as np
import pytest

from nnspec.errors import MissingExtraError, WeightsError
from nnspec.weights.formats import hdf5


@pytest.fixture
def path(tmp_path):
    return tmp_path / "w.h5"


def refusal(path) -> str:
    with pytest.raises(WeightsError) as caught:
        [entry.load() for entry in hdf5.read(path).arrays.values()]
    assert str(caught.value).startswith(f"{path}: ")
    return str(caught.value)


@pytest.mark.parametrize("dtype", ["<f2", "<f4", ">f4", "<f8", ">f8"])
def test_datasets_in_groups_come_back_exactly(path, dtype):
    kernel = np.random.default_rng(0).normal(size=(5, 7)).astype(dtype)
    with h5py.File(path, "w") as file:
        file["dense/dense/kernel:0"] = kernel
        file.create_dataset("dense/dense/bias:0", data=kernel[0], compression="gzip", shuffle=True)
        file["scalar"] = kernel[0, 0]
    arrays = hdf5.read(path).arrays
    assert set(arrays) == {"dense/dense/kernel:0", "dense/dense/bias:0", "scalar"}
    assert arrays["dense/dense/kernel:0"].dtype == np.dtype(dtype).name
    loaded = arrays["dense/dense/kernel:0"].load()
    assert loaded.dtype == (np.float64 if dtype[1:] == "f8" else np.float32)
    assert loaded.dtype.isnative
    np.testing.assert_array_equal(loaded, kernel)
    np.testing.assert_array_equal(arrays["dense/dense/bias:0"].load(), kernel[0])
    assert arrays["scalar"].load().shape == ()


def test_only_floats_are_loaded(path):
    with h5py.File(path, "w") as file:
        file["step"] = 3
    assert hdf5.read(path).arrays["step"].dtype == "int64"
    assert "'step' is int64" in refusal(path)


def test_links_are_not_followed(path, tmp_path):
    with h5py.File(tmp_path / "secret.h5", "w") as file:
        file["a"] = np.ones(2)
    for link in (h5py.ExternalLink("secret.h5", "/a"), h5py.SoftLink("/elsewhere")):
        with h5py.File(path, "w") as file:
            file["dense/kernel"] = link
        assert "'dense/kernel' is a link" in refusal(path)


def test_a_group_within_itself_is_refused(path):
    with h5py.File(path, "w") as file:
        group = file.create_group("a")
        group["b"] = group
    assert "group 'a/b' is there twice" in refusal(path)


def test_storage_in_other_files_is_not_followed(path, tmp_path):
    (tmp_path / "secret.bin").write_bytes(bytes(16))
    with h5py.File(path, "w") as file:
        file.create_dataset("a", (2,), "f8", external=[(str(tmp_path / "secret.bin"), 0, 16)])
    assert "stored in another file" in refusal(path)
    layout = h5py.VirtualLayout((2,), "f8")
    layout[:] = h5py.VirtualSource(tmp_path / "secret.h5", "a", (2,))
    with h5py.File(path, "w") as file:
        file.create_virtual_dataset("a", layout)
    assert "stored in another file" in refusal(path)


def test_a_bomb_is_refused_by_its_declared_size(path):
    with h5py.File(path, "w") as file:
        file.create_dataset("a", (2**33,), "f4", chunks=(2**20,), compression="gzip")
    assert "more than 4 GiB" in refusal(path)


def test_rubbish_and_damage_are_refused(path):
    with h5py.File(path, "w") as file:
        file.create_dataset("a", data=np.arange(1000.0), compression="gzip", fletcher32=True)
    good = path.read_bytes()
    for data, reason in [
        (b"", "empty"),
        (b"rubbish", "is not an HDF5 file"),
        (good[:500], "damaged"),
    ]:
        path.write_bytes(data)
        assert reason in refusal(path)


def test_without_h5py_the_extra_is_named(path, monkeypatch):
    path.write_bytes(b"\x89HDF\r\n\x1a\n")
    monkeypatch.setitem(sys.modules, "h5py", None)
    with pytest.raises(MissingExtraError, match=r"reading \.h5 weights .*nnspec\[hdf5\]"):
        hdf5.read(path)

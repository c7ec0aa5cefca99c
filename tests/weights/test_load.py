"""Loading: from a file, from the spec itself, from a seed; and all that can be wrong with each."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import h5py
import numpy as np
import pytest
import safetensors.numpy

from nnspec.weights.load import Loaded, load

ARRAYS = {
    "dense1.weight": np.array([[0.1, 0.3, 0.5], [0.2, 0.4, 0.6]]),
    "dense1.bias": np.array([0.1, 0.2, 0.3]),
    "output.weight": np.array([[0.1, 0.4], [0.2, 0.5], [0.3, 0.6]]),
    "output.bias": np.array([0.1, 0.2]),
}
TORCH = {
    "dense1.weight": "net.0.weight",
    "dense1.bias": "net.0.bias",
    "output.weight": "net.2.weight",
    "output.bias": "net.2.bias",
}


def codes(loaded: Loaded) -> list[str]:
    return [finding.code for finding in loaded.findings]


def only(loaded: Loaded):
    assert len(loaded.findings) == 1
    return loaded.findings[0]


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("suffix", ["npz", "safetensors", "h5"])
def test_a_file_of_each_format_in_the_dtype_of_the_spec(tmp_path, spec, registry, dtype, suffix):
    path = tmp_path / f"w.{suffix}"
    if suffix == "npz":
        np.savez(path, **ARRAYS)
    elif suffix == "safetensors":
        safetensors.numpy.save_file(ARRAYS, path)
    else:
        with h5py.File(path, "w") as file:
            for name, array in ARRAYS.items():
                file[name] = array
    loaded = load(spec(dtype=dtype, file=path.name), registry, folder=tmp_path)
    assert loaded.findings == []
    assert loaded.source == path.name
    assert loaded.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert set(loaded.arrays) == set(ARRAYS)
    for name, array in loaded.arrays.items():
        assert array.dtype == dtype
        assert array.flags.c_contiguous
        np.testing.assert_array_equal(array, ARRAYS[name].astype(dtype))


def test_pytorch_matrices_come_turned(tmp_path, spec, registry):
    stored = {TORCH[name]: np.ascontiguousarray(array.T) for name, array in ARRAYS.items()}
    safetensors.numpy.save_file(stored, tmp_path / "w.safetensors")
    loaded = load(spec(dtype="float64", file="w.safetensors"), registry, folder=tmp_path)
    assert loaded.findings == []
    assert loaded.mapping is not None
    assert loaded.mapping.rule == "a PyTorch state dict"
    for name, array in loaded.arrays.items():
        assert array.flags.c_contiguous
        np.testing.assert_array_equal(array, ARRAYS[name])


def test_the_textbook_weights_in_the_spec(spec, registry, tmp_path):
    values = {name: array.tolist() for name, array in ARRAYS.items()}
    loaded = load(spec(values=values), registry, folder=tmp_path)
    assert loaded.findings == []
    assert (loaded.source, loaded.sha256, loaded.mapping) == ("values in the spec", None, None)
    for name, array in loaded.arrays.items():
        np.testing.assert_array_equal(array, ARRAYS[name].astype(np.float32))


def test_a_seed_gives_the_same_network_each_time(spec, registry, tmp_path):
    one, two = (load(spec(init="he_normal", seed=7), registry, folder=tmp_path) for _ in range(2))
    assert one.findings == []
    assert one.source == "he_normal, seed 7"
    for name, array in one.arrays.items():
        np.testing.assert_array_equal(array, two.arrays[name])
        assert array.dtype == np.float32
    assert not one.arrays["dense1.bias"].any()


def test_no_weights_are_no_fault(spec, registry, tmp_path):
    assert load(spec(), registry, folder=tmp_path) == Loaded()


def test_another_file_takes_the_place_of_the_specs_own(spec, registry, tmp_path):
    """Wherever it is; the digest in the spec is not that of this file."""
    np.savez(tmp_path / "other.npz", **ARRAYS)
    (tmp_path / "specs").mkdir()
    given = spec(file="w.npz", sha256="0" * 64)
    loaded = load(given, registry, folder=tmp_path / "specs", override=tmp_path / "other.npz")
    assert loaded.findings == []
    assert loaded.source == str(tmp_path / "other.npz")


def test_the_digest_is_compared(spec, registry, tmp_path):
    np.savez(tmp_path / "w.npz", **ARRAYS)
    digest = hashlib.sha256((tmp_path / "w.npz").read_bytes()).hexdigest()
    assert load(spec(file="w.npz", sha256=digest.upper()), registry, folder=tmp_path).findings == []
    finding = only(load(spec(file="w.npz", sha256="0" * 64), registry, folder=tmp_path))
    assert (finding.code, finding.pointer) == ("weights-sha256", "/weights/sha256")
    assert digest in finding.message
    assert "0" * 64 in finding.message


def test_a_missing_file_is_named_with_the_one_beside_it(spec, registry, tmp_path):
    np.savez(tmp_path / "digits.npz", **ARRAYS)
    finding = only(load(spec(file="digit.npz"), registry, folder=tmp_path))
    assert (finding.code, finding.message) == (
        "weights-missing-file",
        "there is no weights file digit.npz",
    )
    assert finding.hint == "did you mean 'digits.npz'?"


@pytest.mark.parametrize(
    "written", ["../secret.npz", "/etc/passwd", "https://example.org/w.npz", "door/secret.npz"]
)
def test_nothing_outside_is_looked_at(spec, registry, tmp_path, monkeypatch, written):
    """The answer is the same whether the file is there or not."""
    folder = tmp_path / "specs"
    folder.mkdir()
    monkeypatch.chdir(folder)
    (folder / "door").symlink_to(tmp_path)
    before = only(load(spec(file=written), registry, folder=folder))
    np.savez(tmp_path / "secret.npz", **ARRAYS)
    assert only(load(spec(file=written), registry, folder=folder)) == before
    assert (before.code, before.pointer) == ("weights-outside", "/weights/file")


def test_outside_can_be_allowed(spec, registry, tmp_path):
    np.savez(tmp_path / "w.npz", **ARRAYS)
    (tmp_path / "specs").mkdir()
    for written in ("../w.npz", str(tmp_path / "w.npz")):
        assert (
            load(
                spec(file=written), registry, folder=tmp_path / "specs", allow_outside=True
            ).findings
            == []
        )


def test_what_is_no_weights_file_shows_neither_content_nor_digest(spec, registry, tmp_path):
    secret = b"password = hunter2"
    for name in ("w.npz", "w.safetensors", "w.h5", "w.txt"):
        (tmp_path / name).write_bytes(secret)
        loaded = load(spec(file=name, sha256="0" * 64), registry, folder=tmp_path)
        finding = only(loaded)
        assert finding.code == "weights-unreadable"
        assert "hunter2" not in finding.message
        assert hashlib.sha256(secret).hexdigest() not in finding.message
        assert loaded.sha256 is None


def test_pipes_and_folders_are_unreadable(spec, registry, tmp_path):
    os.mkfifo(tmp_path / "a.npz")
    (tmp_path / "b.npz").mkdir()
    for name in ("a.npz", "b.npz"):
        assert codes(load(spec(file=name), registry, folder=tmp_path)) == ["weights-unreadable"]


def test_integers_are_no_weights(spec, registry, tmp_path):
    np.savez(tmp_path / "w.npz", **ARRAYS | {"dense1.bias": np.array([1, 2, 3])})
    finding = only(load(spec(file="w.npz"), registry, folder=tmp_path))
    assert finding.code == "weights-dtype"
    assert "'dense1.bias' is int64" in finding.message


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (np.nan, "holds NaN in 1 of 2"),
        (-np.inf, "holds infinity in 1 of 2"),
        (1e39, "which becomes infinite in float32"),
    ],
)
def test_numbers_that_are_none_are_warned_of(spec, registry, tmp_path, value, text):
    np.savez(tmp_path / "w.npz", **ARRAYS | {"output.bias": np.array([value, 0.0])})
    loaded = load(spec(file="w.npz"), registry, folder=tmp_path)
    finding = only(loaded)
    assert (finding.code, finding.severity) == ("weights-nan", "warning")
    assert finding.message.startswith("'output.bias' in w.npz ")
    assert text in finding.message
    assert len(loaded.arrays) == 4


def test_a_negative_variance_is_an_error(spec, registry, tmp_path):
    more = {f"batchnorm1.{name}": np.ones(3) for name in ("gamma", "beta", "mean")}
    np.savez(
        tmp_path / "w.npz", **ARRAYS, **more, **{"batchnorm1.variance": np.array([1.0, -0.5, 1.0])}
    )
    finding = only(load(spec(file="w.npz", batchnorm=True), registry, folder=tmp_path))
    assert finding.code == "weights-variance"
    assert "-0.5" in finding.message


def test_arrays_for_normalize_come_from_the_file(spec, registry, tmp_path):
    np.savez(
        tmp_path / "w.npz", **ARRAYS, mu=np.array([[1.0], [2.0]], np.float32), sd=np.float64(3.0)
    )
    loaded = load(spec(file="w.npz", mean="mu", std="sd"), registry, folder=tmp_path)
    assert loaded.findings == []
    assert loaded.extras["mu"].tolist() == [1.0, 2.0]
    assert loaded.extras["mu"].dtype == np.float64
    assert loaded.extras["sd"].shape == ()
    for mean, code, text in [
        ("nu", "weights-missing", "no array 'nu'"),
        ("dense1.bias", "weights-shape", "3 numbers, and 2 or one are needed"),
    ]:
        finding = load(spec(file="w.npz", mean=mean, std="sd"), registry, folder=tmp_path).findings[
            -1
        ]
        assert (finding.code, finding.pointer) == (code, "/input/normalize/mean")
        assert text in finding.message


def test_arrays_for_normalize_can_be_values_but_not_random(spec, registry, tmp_path):
    values = {name: array.tolist() for name, array in ARRAYS.items()} | {"mu": [1, 2], "sd": 3}
    loaded = load(spec(values=values, mean="mu", std="sd"), registry, folder=tmp_path)
    assert loaded.findings == []
    assert loaded.extras["mu"].tolist() == [1.0, 2.0]
    finding = only(load(spec(init="zeros", mean="mu"), registry, folder=tmp_path))
    assert (finding.code, finding.pointer) == ("weights-missing", "/input/normalize/mean")


def test_a_hostile_file_name_is_escaped(registry, spec, tmp_path):
    """A file name with control characters cannot act on a terminal."""
    finding = only(load(spec(file="a\x1b[31m.npz"), registry, folder=Path(tmp_path)))
    assert "\x1b" not in finding.message

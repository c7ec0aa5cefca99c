"""Promise 12: a flipped bit in a weights file is refused, or the numbers are still the same."""

from __future__ import annotations

import hashlib
import io

import numpy as np
import pytest
import safetensors.numpy
from corpus import EVERY, SPEC

from nnspec.errors import WeightsError
from nnspec.examine import Options, examine_text
from nnspec.weights import reading

WEIGHT, BIAS = np.array([[1.5], [-2.25]], "f4"), np.array([0.1], "f4")
ARRAYS = {"output.weight": WEIGHT, "output.bias": BIAS}
MEANINGLESS = 0.35
"""Of a zip this small so much is dates, versions, attributes and padding that nothing reads."""


def archive(save) -> bytes:
    file = io.BytesIO()
    save(file, **ARRAYS)
    return file.getvalue()


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
def test_no_flipped_bit_of_an_npz_changes_a_number(tmp_path, save):
    """All 8·n of them: every bit of every array is under its CRC."""
    good, path, unseen = archive(save), tmp_path / "w.npz", 0
    for bit in range(0, 8 * len(good), EVERY):
        data = bytearray(good)
        data[bit // 8] ^= 1 << bit % 8
        path.write_bytes(data)
        try:
            loaded = {name: entry.load() for name, entry in reading.read(path).arrays.items()}
        except WeightsError:
            continue
        unseen += 1
        if loaded.keys() == ARRAYS.keys():  # else a name was hit, and the spec finds no such array
            for name, array in loaded.items():
                np.testing.assert_array_equal(array, ARRAYS[name])
    assert unseen * EVERY < MEANINGLESS * 8 * len(good)


@pytest.mark.parametrize("name", ["w.npz", "w.safetensors"])
def test_with_sha256_every_flipped_bit_is_refused(tmp_path, name):
    good = archive(np.savez) if name == "w.npz" else safetensors.numpy.save(ARRAYS)
    digest = hashlib.sha256(good).hexdigest()
    spec = SPEC.format(weights=f"{{file: {name}, sha256: {digest}}}")
    path = tmp_path / name
    path.write_bytes(good)
    assert not examine_text(spec, Options(), name="s", folder=tmp_path).faulty
    for byte in range(0, len(good), EVERY):
        data = bytearray(good)
        data[byte] ^= 1 << byte % 8
        path.write_bytes(data)
        assert examine_text(spec, Options(), name="s", folder=tmp_path).faulty, byte

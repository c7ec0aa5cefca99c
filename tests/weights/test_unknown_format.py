"""Weights that are no file of a known format: the place, and the text to write instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from nnspec.examine import Options, examine_text
from nnspec.weights.init import SCHEMES

SPEC = "nnspec: 1\ntask: regression\ninput: 2\nlayers: []\noutput: 1\n"


def judge(weights: str, folder: Path = Path()):
    text = f"{SPEC}weights: {weights}\n"
    return examine_text(text, Options(), name="a", folder=folder).diagnostics


MEANT = {
    **{name: name for name in SCHEMES},
    "He-Normal": "he_normal", "lecun": "lecun_normal", "xavier_uniform": "glorot_uniform", "glorot_nromal": "glorot_normal",
    '"he_normal, seed: 0"': "he_normal", '"init: zeros"': "zeros",
}  # fmt: skip


@pytest.mark.parametrize(("weights", "scheme"), MEANT.items())
def test_a_bare_initialiser_is_told_from_a_file_and_what_is_advised_is_valid(weights, scheme):
    for written, column in ((weights, 10), (f"{{file: {weights}}}", 17)):
        (found,) = judge(written)
        assert (found.code, found.line, found.column) == ("bad-type", 6, column)
        assert found.message.endswith("is an initialiser, not a file")
        assert found.hint == f"write {{init: {scheme}, seed: 0}}"
    assert judge(found.hint.removeprefix("write ")) == ()


@pytest.mark.parametrize(
    ("name", "cure"),
    [
        ("w.pt", "safetensors.torch.save_file"), ("w.PTH", "safetensors.torch.save_file"), ("w.pkl", "numpy.savez"), ("w.npy", "numpy.savez"),
        ("w.keras", "save_weights"), ("w.csv", "values"), ("w.xyz", "suffix"), ("weights", "suffix"), ("sub/zeros", "suffix"), ("zeros.txt", "values"),
    ],
)  # fmt: skip
def test_another_file_is_named_as_the_spec_does_with_the_way_to_one_that_is_read(
    name, cure, tmp_path
):
    """Whether it is there does not matter; where the folder is, is nobody's business."""
    for _ in range(2):
        (found,) = judge(name, tmp_path)
        assert found.code == "weights-unreadable"
        assert found.message.startswith(
            f"{name}: weights are read from .h5, .hdf5, .npz and .safet"
        )
        assert cure in found.hint
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")


@pytest.mark.parametrize(
    ("weights", "hint"),
    [
        ("7", "name a file, or have them drawn: {init: he_normal, seed: 7}"),
        ("-1.5", "name a file, or have them drawn: {init: he_normal, seed: 0}"),
        ("true", "name a file, or have them drawn: {init: he_normal, seed: 0}"),
        ("[[1.0], [2.0]]", "arrays have names: write {values: {output.weight: …, output.bias: …}}"),
        ("[]", "arrays have names: write {values: {output.weight: …, output.bias: …}}"),
        ("[w.npz]", "write w.npz, without brackets"),
        ("{kaiming_normal: 3}", "write {init: he_normal, seed: 0}"),
        ("{output.weight: [[1.0], [2.0]]}", "arrays stand under 'values': {values: {output.weight: …}}"),
    ],
)  # fmt: skip
def test_what_can_be_no_weights_is_answered_with_what_can(weights, hint):
    (found,) = judge(weights)
    assert (found.line, found.hint) == (6, hint)

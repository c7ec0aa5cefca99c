"""`mend` repairs what can only be meant in one way, and leaves every other byte alone."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest

from nnspec.examine import Options, examine_text
from nnspec.fix.mend import mend

WHOLE = b"nnspec: 1\ntask: regression\ninput: 2\nlayers: []\noutput: 1\n"


@pytest.fixture
def mended(tmp_path):
    """Mend a text; what comes out must come out again when it is mended once more."""

    def run(data: bytes):
        def examine(text):
            return examine_text(text, Options(), name="spec.yaml", folder=tmp_path)

        result, examined = mend(data, examine)
        again, _ = mend(result, examine)
        assert again == result
        assert examined.diagnostics == examine(result).diagnostics
        return result

    return run


@pytest.fixture
def digest(tmp_path):
    """A weights file for two inputs and one output, and its SHA-256."""
    path = tmp_path / "w.npz"
    np.savez(path, **{"output.weight": np.array([[0.5], [0.25]]), "output.bias": np.zeros(1)})
    return hashlib.sha256(path.read_bytes()).hexdigest().encode()


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        (b"task: regresion", b"task: regression"),
        (b"dtpye: float64\ntask: binary", b"dtype: float64\ntask: binary"),
        (b"dtype: flaot64\ntask: binary", b"dtype: float64\ntask: binary"),
        (b"'tsak': \"mutliclass\"  # why", b"'task': \"multiclass\"  # why"),
        (b"task: &t binray", b"task: &t binary"),
        (b"task: !!str binray", b"task: !!str binary"),
    ],
)
def test_a_misspelt_word_is_replaced_and_its_quotes_and_comments_stay(mended, wrong, right):
    assert mended(WHOLE.replace(b"task: regression", wrong)) == WHOLE.replace(
        b"task: regression", right
    )


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        (b"[{size: 3, activation: rleu}]", b"[{size: 3, activation: relu}]"),
        (b"[{size: 3, activaton: relu}]", b"[{size: 3, activation: relu}]"),
        (b"[{type: batchnrom}]", b"[{type: batchnorm}]"),
        (
            b"[{size: 3, activation: {name: leaky_rleu, negatve_slope: 0.2}}]",
            b"[{size: 3, activation: {name: leaky_relu, negative_slope: 0.2}}]",
        ),
        (
            b"[{size: 3, activation: {name: gelu, approximate: tahn}}]",
            b"[{size: 3, activation: {name: gelu, approximate: tanh}}]",
        ),
        # The key can be judged once the type is known.
        (b"[{type: drpout, rat: 0.5}]", b"[{type: dropout, rate: 0.5}]"),
        (b"[&a {size: 3, activation: rleu}, *a]", b"[&a {size: 3, activation: relu}, *a]"),
    ],
)
def test_words_in_layers(mended, wrong, right):
    assert mended(WHOLE.replace(b"[]", wrong)) == WHOLE.replace(b"[]", right)


@pytest.mark.parametrize(
    "layers",
    [
        b"[{size: 3, activation: relu7}]",  # relu or relu6
        b"[{size: 3, activation: banana}]",
        b"[{size: 3, activation: msh}]",  # mish, which is not installed
        b"[{size: 3, bais: true, bisa: false}]",  # two keys for one place
        b"[{size: 3, siez: 4}]",  # the place is taken
        b"[{size:3, activation: relu}]",  # a space is missing
    ],
)
def test_what_may_be_meant_in_two_ways_is_left_alone(mended, layers, monkeypatch):
    monkeypatch.setenv("NNSPEC_DISABLE_PLUGIN_AUTOLOAD", "1")
    text = WHOLE.replace(b"[]", layers)
    assert mended(text) == text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"# a comment\n\ntask: binary\n", b"# a comment\n\nnnspec: 1\ntask: binary\n"),
        (b"---\ntask: binary\n", b"---\nnnspec: 1\ntask: binary\n"),
        (b"  task: binary\n", b"  nnspec: 1\n  task: binary\n"),
        (b"{task: binary}", b"{nnspec: 1, task: binary}"),
        (b'{\n  "task": "binary"\n}\n', b'{"nnspec": 1, \n  "task": "binary"\n}\n'),
        (b"tsak: binary\n", b"tsak: binary\n"),  # no key that tells a spec
        (b"rules: {line-length: 80}\n", b"rules: {line-length: 80}\n"),
        (b"nnpsec: 1\ntask: binary\n", b"nnspec: 1\ntask: binary\n"),
    ],
)
def test_a_version_that_is_missing_is_put_first(mended, before, after):
    assert mended(before) == after


def test_a_misspelt_first_key_and_a_missing_version_are_both_mended(mended):
    assert mended(b"tsak: binary\ninput: 2\n") == b"nnspec: 1\ntask: binary\ninput: 2\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"weights: w.npz  # ours\n", b"weights: {file: w.npz, sha256: %b}  # ours\n"),
        (b"weights: 'w.npz'\n", b"weights: {file: 'w.npz', sha256: %b}\n"),
        (b"weights: {file: w.npz}\n", b"weights: {file: w.npz, sha256: %b}\n"),
        (
            b"weights:\n  file: w.npz  # ours\n  layout: in_out\n",
            b"weights:\n  file: w.npz  # ours\n  sha256: %b\n  layout: in_out\n",
        ),
        (b"weights:\n  file: w.npz", b"weights:\n  file: w.npz\n  sha256: %b"),
    ],
)
def test_the_digest_of_the_weights_is_written_beside_their_file(mended, digest, before, after):
    assert mended(WHOLE + before) == WHOLE + after % digest


def test_a_json_spec_stays_json(mended, digest):
    text = (
        b'{"nnspec": 1, "task": "regression", "input": 2, "layers": [], "output": 1, '
        b'"weights": "w.npz"}'
    )
    expected = b'"weights": {"file": "w.npz", "sha256": "%b"}}' % digest
    assert mended(text) == text.replace(b'"weights": "w.npz"}', expected)


def test_a_digest_is_not_written_for_weights_that_do_not_fit(mended, digest):
    text = WHOLE.replace(b"output: 1", b"output: 2") + b"weights: w.npz\n"
    assert mended(text) == text


def test_a_digest_that_is_there_is_left_alone_even_if_it_is_wrong(mended, digest):
    text = WHOLE + b"weights: {file: w.npz, sha256: %b}\n" % (b"0" * 64)
    assert mended(text) == text


def test_an_alias_is_left_alone(mended, digest):
    text = WHOLE + b"metadata: {file: &w w.npz}\nweights: *w\n"
    assert mended(text) == text


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("newline", [b"\n", b"\r\n", b"\r"])
def test_line_ends_and_the_byte_order_mark_stay(mended, digest, mark, newline):
    before = b"# caf\xc3\xa9\ntask: regresion\ninput: 2\nlayers: []\noutput: 1\nweights:\n  file: w.npz\n"
    after = (
        b"# caf\xc3\xa9\nnnspec: 1\ntask: regression\ninput: 2\nlayers: []\noutput: 1\n"
        b"weights:\n  file: w.npz\n  sha256: %b\n" % digest
    )
    assert mended(mark + before.replace(b"\n", newline)) == mark + after.replace(b"\n", newline)


def test_a_file_in_utf_16_stays_one(mended):
    text = "\ufefftask: binray\n# é 𝜎 \u2028\ninput: 1\nlayers: []\noutput: 1\n"
    after = text.replace("task: binray", "nnspec: 1\ntask: binary")
    assert mended(text.encode("utf-16-le")) == after.encode("utf-16-le")


@pytest.mark.parametrize("data", [b"", b"a: [", b"\xff\xff", b"- a\n", b"nnspec: 1\n" * 2])
def test_what_is_no_spec_is_left_alone(mended, data):
    assert mended(data) == data

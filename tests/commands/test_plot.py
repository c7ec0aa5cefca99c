"""`nnspec plot` draws activations with their parameters, whole or not at all."""

from __future__ import annotations

import pytest

PLUGIN = """
import numpy as np
import nnspec

@nnspec.hookimpl
def nnspec_activations():
    return [
        nnspec.Activation("wave", lambda x, by: np.sin(by * x),
            parameters={"by": {"type": "number", "minimum": 0}}),
        nnspec.Activation("fault", lambda x: 1 // 0),
    ]
"""


@pytest.mark.parametrize("suffix", [".png", ".svg", ".pdf", ".SVG"])
def test_the_suffix_names_the_format(call, tmp_path, suffix):
    path = tmp_path / f"figure{suffix}"
    assert call("plot", "tanh", "-o", path).status == 0
    assert path.stat().st_size > 1000


def test_several_curves_with_their_parameters_in_one_figure(call, tmp_path):
    path = tmp_path / "gelu.svg"
    forms = ["gelu", "gelu:approximate=tanh", "gelu:approximate=sigmoid"]
    assert call("plot", *forms, "-o", path).status == 0
    for label in ("gelu (approximate=tanh)", "gelu (approximate=sigmoid)", "f(x)", "f′(x)"):
        assert f"<!-- {label} -->" in path.read_text("utf-8")


def test_the_title_has_the_formula_and_says_which_row_is_drawn(call, tmp_path):
    path = tmp_path / "softmax.svg"
    assert call("plot", "softmax", "-o", path).status == 0
    text = path.read_text("utf-8")
    assert "softmax: exp(xᵢ) / Σⱼ exp(xⱼ)" in text
    assert "softmax: the first output for the row (x, 0)" in text


def test_the_ends_of_the_axis_change_the_figure(call, tmp_path):
    paths = [tmp_path / name for name in ("a.svg", "b.svg", "c.svg")]
    call("plot", "relu", "-o", paths[0])
    call("plot", "relu", "-o", paths[1], "--from", "-6", "--to", "6")
    call("plot", "relu", "-o", paths[2], "--from", "-2", "--to", "3.5")
    texts = [path.read_bytes() for path in paths]
    assert texts[0] == texts[1] != texts[2]


def test_an_activation_of_a_plugin_is_drawn(call, tmp_path):
    (tmp_path / "wave.py").write_text(PLUGIN)
    path = tmp_path / "wave.svg"
    done = call("plot", "wave:by=1e0", "-o", path, "--plugin", tmp_path / "wave.py")
    assert done.status == 0
    assert "<!-- wave (by=1.0) -->" in path.read_text()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["rleu"], "did you mean 'relu'?"),
        (["swiglu"], "pip install nnspec-glu"),
        (["threshold:value=3"], "threshold must be given: threshold:threshold=…"),
        (["gelu:approximate=tan"], "did you mean 'tanh'?"),
        (["gelu:aproximate=tanh"], "did you mean 'approximate'?"),
        (["elu:alpha=-1"], "expected at least 0, found -1"),
        (["elu:alpha=no"], "expected a number, found 'no'"),
        (["elu:alpha=.nan"], "expected a finite number"),
        (["elu:alpha=1e999"], "beyond the largest float64"),
        (["elu:alpha=1,alpha=2"], "'alpha' is given twice"),
        (["gelu:tanh"], "gelu:parameter=value, not 'tanh'"),
        (["relu", "--from", "3", "--to", "3"], "--from 3 must be less than --to 3"),
        (["relu", "--to", "inf"], "both finite"),
    ],
)
def test_wrong_usage_is_one_clear_sentence_and_no_file(call, tmp_path, monkeypatch, words, said):
    monkeypatch.setenv("NNSPEC_DISABLE_PLUGIN_AUTOLOAD", "1")
    done = call("plot", *words, "-o", tmp_path / "x.png")
    assert (done.status, done.out) == (2, "")
    assert said in done.err
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_suffix_is_refused(call, tmp_path):
    done = call("plot", "relu", "-o", tmp_path / "x.gif")
    assert done.status == 2
    assert ".png, .svg, .pdf" in done.err


def test_a_function_that_fails_leaves_the_old_figure(call, tmp_path):
    (tmp_path / "wave.py").write_text(PLUGIN)
    path = tmp_path / "old.png"
    path.write_bytes(b"old")
    done = call("plot", "fault", "-o", path, "--plugin", tmp_path / "wave.py")
    assert done.status == 1
    assert "activation 'fault' failed: ZeroDivisionError" in done.err
    assert path.read_bytes() == b"old"

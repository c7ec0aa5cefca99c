"""Each op's kernel against its formula in mpmath or by hand."""

from __future__ import annotations

import mpmath
import numpy as np
import pytest

from nnspec.errors import PluginError
from nnspec.ops.activate import ACTIVATE
from nnspec.ops.add import ADD
from nnspec.ops.affine import AFFINE
from nnspec.ops.clip import CLIP
from nnspec.ops.concat import CONCAT
from nnspec.ops.identity import IDENTITY
from nnspec.ops.normalize import NORMALIZE
from nnspec.ops.scale import SCALE
from nnspec.plugin.activation import Activation


def run(op, *inputs, **settings):
    inputs = [np.asarray(x) for x in inputs]
    size = op.size([x.shape[1] for x in inputs], settings)
    out = np.full((len(inputs[0]), size), np.nan, dtype=inputs[0].dtype)
    op.kernel(inputs, out, **settings)
    return out


def normalized(row, *, center, epsilon):
    with mpmath.workdps(60):
        x = [mpmath.mpf(float(v)) for v in row]
        mean = mpmath.fsum(x) / len(x) if center else mpmath.mpf(0)
        x = [v - mean for v in x]
        root = mpmath.sqrt(mpmath.fsum(v * v for v in x) / len(x) + mpmath.mpf(epsilon))
        return [float(v / root) for v in x]


def test_affine_is_the_product_plus_the_bias():
    weight, bias = np.array([[0.1, 0.3, 0.5], [0.2, 0.4, 0.6]]), np.array([0.1, 0.2, 0.3])
    np.testing.assert_allclose(
        run(AFFINE, [[1.0, 0.5]], weight=weight, bias=bias), [[0.3, 0.7, 1.1]]
    )
    np.testing.assert_allclose(run(AFFINE, [[1.0, 0.5]], weight=weight), [[0.2, 0.5, 0.8]])


def test_affine_refuses_a_weight_that_does_not_fit():
    with pytest.raises(ValueError, match=r"\(2, 3\) cannot take 4 features"):
        AFFINE.size([4], {"weight": np.zeros((2, 3))})
    with pytest.raises(ValueError, match="beside 3 columns"):
        AFFINE.size([2], {"weight": np.zeros((2, 3)), "bias": np.zeros(2)})


def test_affine_counts_a_multiplication_and_an_addition_a_weight_and_one_a_bias():
    assert AFFINE.flops([2], {"weight": np.zeros((2, 3)), "bias": np.zeros(3)}) == 15


def test_scale_takes_the_center_first_and_leaves_out_what_is_not_given():
    x = [[1.0, 2.0], [3.0, 4.0]]
    center, scale, shift = np.array([1.0, 2.0]), np.array(10.0), np.array([0.5, 0.25])
    assert run(SCALE, x, center=center, scale=scale, shift=shift).tolist() == [
        [0.5, 0.25],
        [20.5, 20.25],
    ]
    assert run(SCALE, x, shift=shift).tolist() == [[1.5, 2.25], [3.5, 4.25]]
    assert run(SCALE, x).tolist() == x


def test_scale_is_exact_for_a_feature_far_from_zero():
    x = np.array([[100_000.5]], dtype=np.float32)
    assert run(SCALE, x, center=np.float32([100_000.0]), scale=np.float32([8.0])) == 4.0


def test_scale_refuses_an_array_of_another_size():
    with pytest.raises(ValueError, match=r"center of shape \(3,\) beside 2 features"):
        SCALE.size([2], {"center": np.zeros(3)})


def test_clip_bounds_either_side_and_keeps_nan():
    x = [[-1.0, 0.5, 9.0, np.nan, np.inf]]
    expected = [[0.0, 0.5, 1.0, np.nan, 1.0]]
    np.testing.assert_array_equal(run(CLIP, x, low=np.array(0.0), high=np.array(1.0)), expected)
    np.testing.assert_array_equal(
        run(CLIP, x, low=np.array(0.0)), [[0.0, 0.5, 9.0, np.nan, np.inf]]
    )
    np.testing.assert_array_equal(
        run(CLIP, x, high=np.array([0.0, 0.1, 1.0, 1.0, 1.0])), [[-1.0, 0.1, 1.0, np.nan, 1.0]]
    )


def test_add_concat_and_identity():
    a, b = [[1.0, 2.0]], [[10.0, 20.0]]
    assert run(ADD, a, b).tolist() == [[11.0, 22.0]]
    assert run(CONCAT, a, [[3.0]]).tolist() == [[1.0, 2.0, 3.0]]
    assert run(IDENTITY, a).tolist() == a
    with pytest.raises(ValueError, match="2 features cannot be added to 3"):
        ADD.size([2, 3], {})


@pytest.mark.parametrize("center", [True, False])
@pytest.mark.parametrize(
    ("dtype", "row"),
    [
        ("f4", [1.0, 2.0, 4.0]),
        ("f4", [3e38, -3e38, 1e38, 0.0]),
        ("f4", [1e-45, 3e-45, 0.0]),
        ("f4", [1e4, 1e4 + 0.5, 1e4 - 0.5]),
        ("f8", [0.1, -0.7, 3.3, 12.0]),
        ("f8", [1e308, -1e308, 5e307]),
        ("f8", [1.7e308, 1.7e308, 1.6e308]),
        ("f8", [1e-160, 3e-160, -2e-160]),
        ("f8", [1e8, 1e8 + 1.0, 1e8 - 3.0]),
    ],
)
def test_normalize_is_its_formula_wherever_the_squares_would_overflow_or_vanish(dtype, row, center):
    x = np.array([row], dtype=dtype)
    y = run(NORMALIZE, x, center=center, epsilon=1e-5)
    expected = np.array(normalized(x[0], center=center, epsilon=1e-5))
    np.testing.assert_allclose(
        y[0], expected, rtol=2e-7 if dtype == "f4" else 1e-13, atol=np.finfo(dtype).tiny
    )


def test_normalize_makes_a_constant_row_zero():
    x = np.array([[7.0, 7.0], [1e308, 1e308], [0.0, 0.0]])
    assert run(NORMALIZE, x, center=True, epsilon=1e-5).tolist() == [[0.0, 0.0]] * 3


def test_normalize_spoils_no_other_row():
    x = np.array([[np.nan, 1.0], [np.inf, 1.0], [3.0, 1.0]])
    with np.errstate(all="ignore"):
        y = run(NORMALIZE, x, center=True, epsilon=1e-12)
    assert np.isnan(y[0]).all()
    np.testing.assert_allclose(y[2], [1.0, -1.0])


@pytest.mark.parametrize("op", [SCALE, CLIP, IDENTITY, ADD, NORMALIZE])
def test_an_op_that_says_so_runs_in_place(op):
    settings = {
        "scale": {"center": np.array(1.0), "scale": np.array(2.0)},
        "clip": {"low": np.array(0.0)},
        "normalize": {"center": True, "epsilon": 1e-5},
    }.get(op.name, {})
    x = np.random.default_rng(0).standard_normal((5, 3))
    others = [np.ones((5, 3))] if op is ADD else []
    expected = run(op, x, *others, **settings)
    op.kernel([x, *others], x, **settings)
    np.testing.assert_array_equal(x, expected)


def activate(function, x, **more):
    return run(ACTIVATE, x, activation=Activation("f", function, **more), parameters={})


def test_activate_prefers_the_form_that_writes_to_out():
    def inplace(x, out):
        np.multiply(x, 2.0, out=out)

    assert activate(lambda x: x + 1, [[1.0]], inplace=inplace).tolist() == [[2.0]]
    assert activate(lambda x: x + 1, [[1.0]]).tolist() == [[2.0]]


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (lambda x: x[:, :1], r"took float32 of shape \(1, 2\) and gave float32 of shape \(1, 1\)"),
        (lambda x: x.astype("f8"), "gave float64"),
        (lambda x: 1 / 0, "'f' failed: ZeroDivisionError"),
        (lambda x: x.__imul__(2), "'f' failed: ValueError: output array is read-only"),
        (lambda x: None, "gave object"),
    ],
)
def test_an_activation_that_breaks_its_promise_is_named(function, message):
    x = np.ones((1, 2), dtype=np.float32)
    with pytest.raises(PluginError, match=message):
        activate(function, x)
    assert x.tolist() == [[1.0, 1.0]]


def test_an_activation_cannot_write_to_an_input_that_is_not_its_output():
    def inplace(x, out):
        x += 1

    with pytest.raises(PluginError, match="read-only"):
        activate(lambda x: x, [[1.0]], inplace=inplace)

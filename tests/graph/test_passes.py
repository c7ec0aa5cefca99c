"""Each pass on the pattern that it is for, where it must not fire, and what it says."""

from __future__ import annotations

import numpy as np
import pytest

from nnspec.graph.optimize import optimize
from nnspec.graph.passes import (
    collapse_affine,
    dead_code,
    drop_identity,
    fold_scale_after,
    fold_scale_before,
    merge_scales,
)
from nnspec.plugin.activation import Activation

random = np.random.default_rng(3)
W23, W32, W33 = (random.standard_normal(shape) for shape in ((2, 3), (3, 2), (3, 3)))
b2, b3 = random.standard_normal(2), random.standard_normal(3)
X = random.standard_normal((7, 2))


def names(graph):
    return [node.op.name for node in graph.nodes]


def test_identities_are_left_out_and_the_layers_keep_their_names(hand):
    identity = Activation("identity", lambda x: x)
    h = hand(2)("affine", "x", "dense1.affine", weight=W23)
    h("activate", "dense1.affine", "dense1", activation=identity, parameters={})
    h("identity", "dense1", "dropout1")("scale", "dropout1", "s", scale=1.0, shift=[0.0] * 3)
    h("affine", "s", "output", weight=W32)
    graph, notes = drop_identity.run(h.graph(marks=("dense1", "dropout1", "output")))
    assert [str(node.output) for node in graph.nodes] == ["%dense1[n, 3]", "%output[n, 2]"]
    assert graph.marks["dropout1"] == graph.marks["dense1"] == graph.nodes[0].output
    assert len(notes) == 3
    assert all(note.fired for note in notes)


def test_a_graph_of_identities_alone_gives_its_input(hand):
    graph, _ = optimize(hand(2)("identity", "x", "a")("scale", "a", "b").graph())
    assert graph.nodes == ()
    assert graph.output == graph.input


def test_a_scale_that_is_almost_neutral_stays(hand):
    graph, notes = drop_identity.run(hand(2)("scale", "x", "a", scale=[1.0, 1.0 + 1e-15]).graph())
    assert names(graph) == ["scale"]
    assert notes == []


def test_two_scales_become_one_with_the_first_center(hand):
    h = hand(2)("scale", "x", "a", center=[3.0, 1e6], scale=[2.0, 4.0], shift=1.0)
    h("scale", "a", "b", center=0.5, scale=[10.0, 1.0], shift=[7.0, 0.0])
    graph, _ = merge_scales.run(h.graph())
    (node,) = graph.nodes
    assert {k: v.tolist() for k, v in node.arrays.items()} == {
        "center": [3.0, 1e6],
        "scale": [20.0, 4.0],
        "shift": [12.0, 0.5],
    }


def test_a_scale_after_a_product_goes_into_it(hand, run_graph):
    h = hand(2)("affine", "x", "dense1", weight=W23, bias=b3)
    h("scale", "dense1", "batchnorm1", center=b3 + 1, scale=[2.0, -3.0, 0.0], shift=0.25)
    before = h.graph(marks=("dense1", "batchnorm1"))
    graph, notes = fold_scale_after.run(before)
    assert names(graph) == ["affine"]
    assert set(graph.marks) == {"batchnorm1"}
    assert graph.nodes[0].origin == "dense1+batchnorm1"
    assert str(notes[0]) == (
        "fold_scale_after: affine %dense1 and scale %batchnorm1 are one affine"
    )
    np.testing.assert_allclose(
        run_graph(graph, X), ((X @ W23 + b3) - b3 - 1) * [2.0, -3.0, 0.0] + 0.25, rtol=1e-13
    )


def test_a_scale_before_a_product_goes_into_it(hand, run_graph):
    h = hand(2)("scale", "x", "n", center=[0.5, -1.0], scale=[2.0, 4.0], shift=[0.1, 0.2])
    graph, _ = fold_scale_before.run(h("affine", "n", "y", weight=W23).graph())
    assert names(graph) == ["affine"]
    expected = ((X - [0.5, -1.0]) * [2.0, 4.0] + [0.1, 0.2]) @ W23
    np.testing.assert_allclose(run_graph(graph, X), expected, rtol=1e-12)


def test_a_product_after_a_product_is_one_product(hand, run_graph):
    h = hand(2)("affine", "x", "a", weight=W23, bias=b3)("affine", "a", "b", weight=W33)
    graph, _ = collapse_affine.run(h("affine", "b", "y", weight=W32, bias=b2).graph())
    assert names(graph) == ["affine"]
    expected = ((X @ W23 + b3) @ W33) @ W32 + b2
    np.testing.assert_allclose(run_graph(graph, X), expected, rtol=1e-12, atol=1e-12)


def test_a_narrow_middle_stays_since_one_product_would_be_more_work(hand):
    h = hand(9)("affine", "x", "a", weight=np.ones((9, 1)))
    graph, notes = collapse_affine.run(h("affine", "a", "y", weight=np.ones((1, 9))).graph())
    assert names(graph) == ["affine", "affine"]
    assert str(notes[0]) == (
        "collapse_affine: not done, affine %a stays before affine %y: one product would take 81 "
        "multiplications a row, the two take 18"
    )


def test_what_nobody_reads_is_left_out(hand):
    h = hand(2)("affine", "x", "y", weight=W23)("identity", "x", "unread")
    graph, notes = dead_code.run(h.graph("y"))
    assert names(graph) == ["affine"]
    assert "%unread left out" in notes[0].text


@pytest.mark.parametrize(
    ("run", "first", "second"),
    [
        (merge_scales.run, ("scale", {"scale": 2.0}), ("scale", {"scale": 3.0})),
        (fold_scale_after.run, ("affine", {"weight": W33}), ("scale", {"scale": 3.0})),
        (fold_scale_before.run, ("scale", {"scale": 2.0}), ("affine", {"weight": W33})),
        (collapse_affine.run, ("affine", {"weight": W33}), ("affine", {"weight": W33})),
    ],
)
def test_a_value_with_a_second_reader_is_not_folded_away(hand, run, first, second):
    h = hand(3)(first[0], "x", "a", **first[1])(second[0], "a", "b", **second[1])
    before = h("add", "a b", "residual1").graph()
    graph, notes = run(before)
    assert graph is before
    assert [note.fired for note in notes] == [False]
    assert "%a is also read by residual1" in notes[0].text


def test_a_value_that_is_the_output_is_not_folded_away(hand):
    h = hand(2)("affine", "x", "a", weight=W23)("scale", "a", "b", scale=2.0)
    _, notes = fold_scale_after.run(h.graph("a"))
    assert "%a is the graph's output" in notes[0].text


@pytest.mark.parametrize("between", ["relu", "clip", "normalize"])
def test_nothing_is_folded_across_what_is_not_linear(hand, between):
    h = hand(3)("affine", "x", "a", weight=W33)
    if between == "relu":
        h.relu("a", "m")
    else:
        h(between, "a", "m", **({"low": 0.0} if between == "clip" else {}))
    before = h("scale", "m", "b", scale=2.0)("add", "b x", "y").graph()
    assert optimize(before)[0].nodes == before.nodes


def test_a_fold_that_would_lose_digits_is_refused_and_says_how_many(hand):
    h = hand(2, "float32")("scale", "x", "n", center=[0.0, 1000.0], scale=[1.0, 10.0])
    graph, notes = fold_scale_before.run(h("affine", "n", "y", weight=W23).graph())
    assert names(graph) == ["scale", "affine"]
    assert "|center * scale| of feature 1 is 1e+04, and the fold would lose 13 bits" in (
        notes[0].text
    )


def test_the_bound_keeps_the_error_of_a_fold_within_three_bits_of_the_raw_form(hand, run_graph):
    """At |center * scale| = 8 the fold is measured against float64; at 10,000 it is far off."""
    weight = random.standard_normal((50, 3))
    error = {}
    for ratio in (8.0, 10_000.0):
        x = (ratio + random.standard_normal((500, 50))).astype(np.float32)
        h = hand(50, "float32")("scale", "x", "n", center=ratio, scale=1.0)
        before = h("affine", "n", "y", weight=weight).graph()
        after, _ = fold_scale_before.run(before)
        exact = run_graph(before, x)
        raw = np.abs(run_graph(before, x, np.float32) - exact).max()
        if ratio == 8.0:
            assert names(after) == ["affine"]
            folded = run_graph(after, x, np.float32)
        else:
            assert after is before
            w = weight.astype(np.float32)
            folded = x @ w - (np.float64(ratio) * w.astype(float).sum(0)).astype(np.float32)
        error[ratio] = np.abs(folded - exact).max() / raw
    assert error[8.0] < 2**4
    assert error[10_000.0] > 2**8


@pytest.mark.parametrize(
    ("scale", "message"), [(1e30, "not finite"), (1e-30, "underflow and lose digits")]
)
def test_a_fold_that_would_overflow_or_underflow_is_refused(hand, scale, message):
    h = hand(2, "float32")("affine", "x", "a", weight=np.full((2, 3), scale))
    graph, notes = fold_scale_after.run(h("scale", "a", "y", scale=scale).graph())
    assert names(graph) == ["affine", "scale"]
    assert message in notes[0].text


def test_a_weight_that_is_subnormal_already_does_not_stop_a_fold(hand):
    """Weight decay leaves such weights at pixels that are always dark."""
    h = hand(2, "float32")("scale", "x", "n", scale=1 / 255)
    graph, _ = fold_scale_before.run(h("affine", "n", "y", weight=[[1e-41], [1.0]]).graph())
    assert names(graph) == ["affine"]


def test_folded_arrays_are_computed_in_float64_and_rounded_once(hand):
    w, s = np.float32(1 / 3), np.float32(1 / 7)
    h = hand(1, "float32")("affine", "x", "a", weight=[[w]], bias=[w])
    h("scale", "a", "b", center=[w], scale=[s], shift=[s])
    graph, _ = optimize(h("affine", "b", "y", weight=[[1.0]], bias=[0.0]).graph())
    (node,) = graph.nodes
    assert node.arrays["weight"][0, 0] == np.float32(float(w) * float(s))
    assert node.arrays["bias"][0] == s
    assert node.arrays["weight"].dtype == np.float32

"""What optimizing a whole graph promises."""

from __future__ import annotations

import itertools
import time

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from nnspec.graph.optimize import optimize
from nnspec.graph.verify import verify


def test_a_deep_linear_network_equals_one_without_hidden_layers(model):
    rng = np.random.default_rng(0)
    sizes = [6, 8, 9, 8, 7, 3]
    weights = [rng.standard_normal(shape) for shape in itertools.pairwise(sizes)]
    values = {}
    for number, weight in enumerate(weights, 1):
        name = f"dense{number}" if number < len(weights) else "output"
        values |= {f"{name}.weight": weight.tolist(), f"{name}.bias": [0.5] * weight.shape[1]}
    deep = model(
        input=6, layers=[{"size": n} for n in sizes[1:-1]], output=3, weights={"values": values}
    )
    assert [node.op.name for node in deep.graph.nodes] == ["affine"]
    x = rng.standard_normal((10, 6))
    expected = x
    for weight in weights:
        expected = expected @ weight + 0.5
    np.testing.assert_allclose(deep(x), expected, rtol=1e-11, atol=1e-11)


def test_normalize_batchnorm_and_denormalize_leave_nothing_but_products(model):
    net = model(
        input={"size": 4, "normalize": {"mean": [1.0, 2.0, 3.0, 0.0], "std": 2.0}},
        layers=[
            {"size": 5},
            {"type": "batchnorm"},
            {"type": "activation", "activation": "tanh"},
            {"type": "dropout"},
            {"type": "batchnorm"},
        ],
        output={"size": 2, "denormalize": {"mean": [5.0, 6.0], "std": 3.0}},
    )
    assert [node.op.name for node in net.graph.nodes] == ["affine", "activate", "affine"]


def test_the_notes_tell_what_stands_in_the_way_last(model):
    net = model(
        input={"size": 3, "normalize": {"mean": [0.0, 500.0, 0.0], "std": 0.5}},
        layers=[{"size": 3}],
        output=3,
    )
    assert [(note.name, note.fired) for note in net.notes][-1] == ("fold_scale_before", False)
    assert "feature 1 is 1e+03" in net.notes[-1].text
    assert len({str(note) for note in net.notes}) == len(net.notes)


def test_ten_thousand_layers_take_seconds(hand):
    h = hand(2)
    for k in range(10_000):
        h(*(("identity", f"v{k - 1}" if k else "x", f"v{k}")))
    began = time.perf_counter()
    graph, _ = optimize(h.graph())
    assert graph.nodes == ()
    assert time.perf_counter() - began < 5


STEP = st.sampled_from(
    ["affine", "scale", "identity", "relu", "clip", "normalize", "residual", "concat"]
)


@st.composite
def graphs(draw, hand):
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    size = draw(st.integers(1, 5))
    h, value, width = hand(size), "x", size
    seen = {width: ["x"]}
    for k, kind in enumerate(draw(st.lists(STEP, min_size=1, max_size=10))):
        name = f"v{k}"
        if kind == "affine":
            out = draw(st.integers(1, 5))
            bias = {"bias": rng.standard_normal(out)} if draw(st.booleans()) else {}
            h("affine", value, name, weight=rng.standard_normal((width, out)), **bias)
            width = out
        elif kind == "scale":
            keys = draw(st.sets(st.sampled_from(["center", "scale", "shift"])))
            h("scale", value, name, **{key: rng.standard_normal(width) * 3 for key in keys})
        elif kind == "relu":
            h.relu(value, name)
        elif kind == "clip":
            h("clip", value, name, low=-1.0, high=2.0)
        elif kind == "residual":
            h("add", f"{value} {draw(st.sampled_from(seen[width]))}", name)
        elif kind == "concat":
            h("concat", f"{value} x", name)
            width += size
        else:
            h(kind, value, name)
        seen.setdefault(width, []).append(name)
        value = name
    return h.graph(marks=tuple(f"v{k}" for k in range(len(h.nodes))))


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_optimized_graphs_give_the_same_numbers_within_rounding(data, hand, run_graph):
    before = data.draw(graphs(hand))
    after, _ = optimize(before)
    verify(after)
    assert len(after.nodes) <= len(before.nodes)
    x = np.random.default_rng(0).standard_normal((4, before.input.size))
    expected = run_graph(before, x)
    np.testing.assert_allclose(
        run_graph(after, x), expected, rtol=1e-8, atol=1e-9 * (1 + np.abs(expected).max())
    )


@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_optimizing_twice_changes_nothing_more(data, hand):
    once, _ = optimize(data.draw(graphs(hand)))
    twice, notes = optimize(once)
    assert twice is once
    assert not any(note.fired for note in notes)

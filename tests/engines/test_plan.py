"""A plan: buffers are used again, never while somebody still reads them, never the caller's x."""

from __future__ import annotations

import numpy as np
import pytest
import yaml

import nnspec
from nnspec.plan import INPUT, RESULT, plan

SPEC = {"nnspec": 1, "task": "regression", "weights": {"init": "he_normal"}}


def load(optimize=True, **parts):
    return nnspec.loads(yaml.safe_dump({**SPEC, **parts}), optimize=optimize)


def layered(*layers, **parts):
    return plan(load(False, input=4, layers=list(layers), output=2, **parts).graph)


def test_a_plan_prints_itself_one_step_a_line():
    text = str(layered({"size": 3, "activation": "relu"}, dtype="float64"))
    assert text.splitlines() == [
        "plan network float64: 46 operations and 24 bytes of scratch a row",
        "  s2[n, 3] = affine(s0[n, 4])  # dense1.affine",
        "  s2[n, 3] = activate(s2[n, 3])  # dense1",
        "  s1[n, 2] = affine(s2[n, 3])  # output.affine",
        "  s1[n, 2] = activate(s1[n, 2])  # output",
    ]


def test_two_slots_are_enough_for_any_chain_of_layers():
    deep = layered(*({"size": n, "activation": "tanh"} for n in (9, 3, 7, 5, 9, 2, 8)))
    assert deep.slots == (4, 2, 9, 5)


def test_the_input_is_never_written_to():
    deep = layered({"type": "activation", "activation": "relu"}, {"type": "dropout"})
    assert all(step.output[0] != INPUT for step in deep.steps)


def test_the_input_of_a_residual_lives_until_it_is_added():
    deep = layered({"size": 4}, {"type": "residual", "layers": [{"size": 4}, {"size": 4}]})
    alive = next(step.output[0] for step in deep.steps if step.name == "dense1")
    between = [
        s for s in deep.steps if s.name in {"dense2.affine", "dense2", "dense3.affine", "dense3"}
    ]
    assert len(between) == 4
    assert all(step.output[0] != alive for step in between)


def test_the_result_has_a_slot_of_its_own_that_holds_nothing_else():
    deep = layered({"size": 2}, {"type": "layernorm"}, {"type": "concat", "layers": [{"size": 3}]})
    writing = [step.name for step in deep.steps if step.output[0] == RESULT]
    assert writing == ["output.affine", "output"]


def test_flops_and_scratch_are_those_of_one_row():
    deep = plan(
        load(
            input=784,
            layers=[{"size": 50}, {"type": "activation", "activation": "relu"}],
            output=10,
        ).graph
    )
    assert deep.flops == (2 * 784 * 50 + 50) + 50 + (2 * 50 * 10 + 10)
    assert deep.scratch_bytes == 50 * 4


LAYER = [
    {"size": 5, "activation": "tanh"},
    {"size": 2},
    {"type": "dropout"},
    {"type": "layernorm"},
    {"type": "batchnorm"},
    {"type": "activation", "activation": "softmax"},
    {"type": "concat", "layers": [{"size": 3}]},
    {
        "type": "residual",
        "layers": [{"type": "layernorm"}, {"type": "residual", "layers": [{"type": "dropout"}]}],
    },
    {"type": "concat", "layers": [{"type": "concat", "layers": [{"size": 1}]}]},
]


@pytest.mark.parametrize("seed", range(25))
def test_slots_that_are_used_again_hold_what_each_step_needs(seed):
    """Run through the plan's slots, and apart with every value kept."""
    rng = np.random.default_rng(seed)
    layers = [LAYER[k] for k in rng.integers(0, len(LAYER), 8)]
    net = load(bool(seed % 2), input=4, layers=layers, output=3, dtype="float64")
    x = rng.standard_normal((6, 4))
    values = {net.graph.input: x}
    for node in net.graph.nodes:
        out = np.empty((len(x), node.output.size))
        node.op.kernel([values[v] for v in node.inputs], out, **node.settings)
        values[node.output] = out
    np.testing.assert_allclose(net(x), values[net.graph.output], rtol=1e-11, atol=1e-11)

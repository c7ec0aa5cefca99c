"""Each peer computes the network that it is measured on."""

from __future__ import annotations

import numpy as np
import pytest
import yaml

import nnspec
from nnspec.bench.peers import peers

KINDS = [
    {"size": 33, "activation": "tanh"},
    {"type": "layernorm"},
    {"type": "residual", "layers": [{"size": 33, "activation": "sigmoid"}, {"type": "rmsnorm"}]},
    {"type": "concat", "layers": [{"size": 9, "bias": False, "activation": "relu"}]},
    {"type": "batchnorm"},
    {"type": "affine"},
    {"type": "dropout", "rate": 0.5},
    {"type": "activation", "activation": {"name": "leaky_relu", "negative_slope": 0.2}},
]
NOT_IN_TORCH = [
    "softplus",
    {"name": "gelu", "approximate": "sigmoid"},
    {"name": "silu", "beta": 1.5},
    {"name": "selu", "alpha": 1.5},
]
ACTIVATIONS = [
    *("sigmoid", "relu", "gelu", "mish", "silu", "tanh", "elu", "softmax"),
    {"name": "gelu", "approximate": "tanh"},
    *NOT_IN_TORCH,
]
ANSWER = [name for name, peer in peers().items() if peer.answers]


def load(layers, dtype="float32", optimize=True):
    spec = {
        "nnspec": 1,
        "task": "multiclass",
        "dtype": dtype,
        "input": {"size": 20, "clip": {"min": -1.5}, "normalize": {"mean": 0.1, "std": 2}},
        "layers": layers,
        "output": 6,
        "weights": {"init": "glorot_normal", "seed": 3},
    }
    return nnspec.loads(yaml.safe_dump(spec), optimize=optimize)


def made(name, model):
    peer = peers()[name]
    if not peer.is_installed:
        pytest.skip(f"`make peers` runs this, with {peer.install}")
    return peer.make(model)


@pytest.mark.parametrize("optimize", [True, False])
@pytest.mark.parametrize("name", ANSWER)
def test_a_peer_runs_every_kind_of_layer(name, optimize):
    x = np.random.default_rng(1).standard_normal((70, 20), np.float32)
    run = made(name, load(KINDS, optimize=optimize))
    exact = load(KINDS, "float64")(x)
    for rows in (70, 1, 70):
        assert np.abs(run(x[:rows]) - exact[:rows]).max() < 2e-6


@pytest.mark.parametrize("activation", ACTIVATIONS, ids=str)
@pytest.mark.parametrize("name", ANSWER)
def test_a_peer_runs_an_activation_or_says_that_it_has_none(name, activation):
    layers = [{"size": 30, "activation": activation}]
    x = np.random.default_rng(1).standard_normal((70, 20), np.float32)
    if name == "torch" and activation in NOT_IN_TORCH:
        with pytest.raises(nnspec.UsageError, match=r"^PyTorch has no '"):
            made(name, load(layers))
    else:
        y = made(name, load(layers))(x)
        assert np.abs(y - load(layers, "float64")(x)).max() < 2e-6


def test_openvino_refuses_float64_which_it_would_compute_in_float32():
    with pytest.raises(nnspec.UsageError, match="in float32 on a CPU, not in float64"):
        made("openvino", load(KINDS, "float64"))


def test_the_roof_gives_no_outputs_and_is_no_peer():
    assert not peers()["matrix-products"].answers
    x = np.ones((5, 20), np.float32)
    assert made("matrix-products", load(KINDS))(x) is x

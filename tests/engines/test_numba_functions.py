"""The numba engine on functions of two halves, and on those with parameters of each unit."""

from __future__ import annotations

import numpy as np
import pytest
import yaml

import nnspec

pytest.importorskip("numba", reason="`make peers` runs this, with numba")
pytestmark = pytest.mark.usefixtures("own_cache")


def load(sizes, activation, engine="numba", weights=None, dtype="float32"):
    spec = {
        "nnspec": 1,
        "task": "regression",
        "dtype": dtype,
        "input": sizes[0],
        "layers": [{"size": n, "activation": activation} for n in sizes[1:-1]],
        "output": sizes[-1],
        "weights": {"init": "glorot_normal", "seed": 3},
    }
    model = nnspec.loads(yaml.safe_dump(spec), engine=engine, weights=weights)
    run = model.program("outputs")
    assert engine == "numpy" or run.wait(), run.reason
    return model


def rows(count, size):
    return np.random.default_rng(1).standard_normal((count, size)).astype("f4")


@pytest.mark.parametrize("gate", ["first", "last"])
@pytest.mark.parametrize("name", ["glu", "swiglu", "reglu", "bilinear", "geglu"])
def test_a_function_of_two_halves_is_compiled(name, gate):
    activation = {"name": name, "gate": gate}
    net = load([40, 66, 34, 7], activation)
    assert net.program("outputs").through_numpy == []
    theirs = load([40, 66, 34, 7], activation, "numpy")
    for count in (1, 3, 200):
        x = rows(count, 40)
        near = 4 * np.spacing(np.abs(theirs(x)).max())
        assert np.abs(net(x) - theirs(x)).max() <= near
        assert net(x)[-1:].tobytes() == net(x[-1:]).tobytes()


@pytest.mark.parametrize("name", ["prelu", "learnable_swish", "star_relu", "xielu"])
def test_what_was_learned_for_each_unit_is_compiled(name, tmp_path):
    parameters = {
        "prelu": ["alpha"],
        "learnable_swish": ["beta"],
        "star_relu": ["scale", "bias"],
        "xielu": ["alpha_p", "alpha_n"],
    }
    random = np.random.default_rng(2)
    weights = {
        "dense1.weight": random.normal(0, 0.2, (40, 37)),
        "dense1.bias": random.normal(0, 0.2, 37),
        "output.weight": random.normal(0, 0.2, (37, 7)),
        "output.bias": random.normal(0, 0.2, 7),
    }
    for number, one in enumerate(parameters[name]):
        learned = random.normal(1, 0.5, (37, 1)[number])
        weights[f"dense1.activation.{one}"] = np.resize(learned, 37) if number == 0 else learned
    file = tmp_path / "weights.npz"
    np.savez(file, **{key: value.astype("f4") for key, value in weights.items()})
    net = load([40, 37, 7], name, weights=str(file))
    assert net.program("outputs").through_numpy == []
    theirs = load([40, 37, 7], name, "numpy", weights=str(file))
    exact = load([40, 37, 7], name, "numpy", weights=str(file), dtype="float64")
    for count in (1, 3, 200):
        x = rows(count, 40)
        right = exact(x.astype("f8"))
        near = 2 * np.abs(theirs(x) - right).max() + np.spacing(np.abs(right).max().astype("f4"))
        assert np.abs(net(x) - right).max() <= near

"""`nnspec new` writes a spec that validates, its sizes taken from a weights file if one is given."""

from __future__ import annotations

import hashlib
from itertools import pairwise

import numpy as np
import pytest

import nnspec


def weights(folder, shapes, name="w.npz", dtype="float32"):
    """Write arrays of given shapes."""
    rng = np.random.default_rng(0)
    arrays = {key: rng.uniform(0.5, 1, shape).astype(dtype) for key, shape in shapes.items()}
    np.savez(folder / name, **arrays)
    return folder / name


def chain(*sizes, weight, bias, transposed=False):
    """Shapes of dense layers from size to size; in the names {k} counts from 0, {n} from 1."""
    shapes = {}
    for k, (enters, leaves) in enumerate(pairwise(sizes)):
        shape = (leaves, enters) if transposed else (enters, leaves)
        shapes[weight.format(k=k, n=k + 1, even=2 * k)] = shape
        shapes[bias.format(k=k, n=k + 1, even=2 * k)] = (leaves,)
    return shapes


@pytest.fixture
def made(call, tmp_path):
    """Write a spec from a weights file; gives its text and the model, once it validates."""

    def run(file):
        path = tmp_path / "spec.yaml"
        done = call("new", path, "--from", file)
        assert done.status == 0, done.err
        checked = call("validate", path)
        assert checked.status == 0, checked.out + path.read_text()
        return path.read_text(), nnspec.load(path)

    return run


def kinds(model):
    return [(layer.type, layer.size_out) for layer in (*model.spec.layers, model.spec.output.layer)]


def test_without_weights_a_spec_that_validates_and_runs(nnspec_command, tmp_path):
    done = nnspec_command("new", "a.yaml")
    assert done.returncode == 0
    assert nnspec_command("validate", "a.yaml").stdout == "1 spec: no faults\n"
    text = (tmp_path / "a.yaml").read_text()
    command = next(line for line in text.splitlines() if "nnspec run" in line)
    row = command.partition("'")[2].rstrip("'")
    assert nnspec_command("run", "a.yaml", row).returncode == 0


def test_its_commented_lines_validate_too(call, tmp_path):
    path = tmp_path / "a.yaml"
    call("new", path)
    lines = path.read_text().splitlines()
    keys = ("# features", "# normalize", "# labels", "# - {type")
    opened = [
        line.replace("# ", "", 1) if line.strip().startswith(keys) else line for line in lines
    ]
    assert opened != lines
    path.write_text("\n".join(opened))
    assert call("validate", path).status == 0


@pytest.mark.parametrize(
    ("shapes", "layout"),
    [
        (chain(4, 5, 3, weight="W{n}", bias="b{n}"), "in_out"),
        (chain(4, 5, 3, weight="net.{even}.weight", bias="net.{even}.bias", transposed=True), "out_in"),
        (chain(4, 5, 3, weight="fc{n}.weight", bias="fc{n}.bias", transposed=True), "out_in"),
        (chain(4, 5, 3, weight="dense_{k}/kernel", bias="dense_{k}/bias"), "in_out"),
        ({"dense1.weight": (4, 5), "dense1.bias": (5,), "output.weight": (5, 3), "output.bias": (3,)}, "in_out"),
        ({"hidden.weight": (4, 5), "hidden.bias": (5,), "output.weight": (5, 3), "output.bias": (3,)}, "in_out"),
        ({"dense1.weight": (5, 4), "dense1.bias": (5,), "output.weight": (3, 5), "output.bias": (3,)}, "out_in"),
        ({"fc1.weight": (5, 4), "fc1.bias": (5,), "out.weight": (3, 5), "out.bias": (3,)}, "out_in"),
        ({"dense/kernel": (4, 5), "dense/bias": (5,), "dense_1/kernel": (5, 3), "dense_1/bias": (3,)}, "in_out"),
        ({"encoder.weight": (5, 4), "encoder.bias": (5,), "head.weight": (3, 5), "head.bias": (3,)}, "out_in"),
    ],
)  # fmt: skip
def test_every_way_of_naming(made, tmp_path, shapes, layout):
    """The model computes what the arrays say, taken in the layout that such files have."""
    file = weights(tmp_path, shapes)
    _, model = made(file)
    assert kinds(model) == [("dense", 5), ("dense", 3)]
    with np.load(file) as arrays:
        w1, b1, w2, b2 = (arrays[name] for name in arrays.files)
    if layout == "out_in":
        w1, w2 = w1.T, w2.T
    x = np.linspace(-1, 1, 4, dtype=np.float32)
    # Not by a BLAS, which now and then says that something was invalid where nothing is.
    hidden = np.maximum((x[:, np.newaxis] * w1).sum(axis=0) + b1, 0)
    z = (hidden[:, np.newaxis] * w2).sum(axis=0) + b2
    y = np.exp(z - z.max()) / np.exp(z - z.max()).sum()
    np.testing.assert_allclose(model(x)[0], y, rtol=1e-5)


def test_ten_layers_stand_in_the_order_of_their_numbers(made, tmp_path):
    """In the order of the alphabet, dense10 would stand before dense2."""
    sizes = [3, *range(4, 15), 2]
    shapes = chain(*sizes[:-1], weight="dense{n}.weight", bias="dense{n}.bias")
    shapes |= {"output.weight": (14, 2), "output.bias": (2,)}
    _, model = made(weights(tmp_path, dict(sorted(shapes.items()))))
    assert [size for _, size in kinds(model)] == sizes[1:]


def test_batchnorm_of_pytorch_between_linear_layers(made, tmp_path):
    norm = ("weight", "bias", "running_mean", "running_var")
    shapes = {"net.0.weight": (5, 4), "net.0.bias": (5,)}
    shapes |= {f"net.1.{part}": (5,) for part in norm}
    shapes |= {"net.1.num_batches_tracked": ()}
    shapes |= {"net.3.weight": (2, 5), "net.3.bias": (2,)}
    text, model = made(weights(tmp_path, shapes))
    assert kinds(model) == [("dense", 5), ("batchnorm", 5), ("activation", 5), ("dense", 2)]
    assert "epsilon" in text


def test_norms_whose_names_tell_no_order_are_put_after_their_layer_with_a_todo(made, tmp_path):
    norm = ("weight", "bias", "running_mean", "running_var")
    shapes = {f"bn{k}.{part}": (5,) for k in (1, 2) for part in norm}
    shapes |= {"fc1.weight": (5, 4), "fc1.bias": (5,), "fc2.weight": (5, 5), "fc2.bias": (5,)}
    shapes |= {"fc3.weight": (2, 5), "fc3.bias": (2,)}
    text, model = made(weights(tmp_path, shapes))
    assert [kind for kind, _ in kinds(model)] == [
        "dense", "batchnorm", "activation", "dense", "batchnorm", "activation", "dense",
    ]  # fmt: skip
    assert "TODO is that the order?" in text


def test_layernorm_of_keras_and_a_missing_bias(made, tmp_path):
    norm = "layer_normalization"
    shapes = {"dense/kernel": (4, 5), f"{norm}/gamma": (5,), f"{norm}/beta": (5,)}
    shapes |= {"dense_1/kernel": (5, 2), "dense_1/bias": (2,)}
    text, model = made(weights(tmp_path, shapes))
    assert [kind for kind, _ in kinds(model)] == ["dense", "layernorm", "activation", "dense"]
    assert "bias: false" in text


def test_names_that_cannot_be_a_layer_s_are_mapped(made, tmp_path):
    shapes = {"first layer.weight": (3, 2), "first layer.bias": (2,)}
    shapes |= {"output.weight": (2, 1), "output.bias": (1,)}
    text, _ = made(weights(tmp_path, shapes))
    assert 'dense1.weight: "first layer.weight"' in text


def test_square_matrices_of_our_own_names_get_a_layout_only_if_it_is_needed(made, tmp_path):
    shapes = {
        "dense1.weight": (3, 3),
        "dense1.bias": (3,),
        "output.weight": (3, 3),
        "output.bias": (3,),
    }
    text, _ = made(weights(tmp_path, shapes))
    assert "layout" not in text


def test_statistics_of_the_input_become_normalize(made, tmp_path):
    shapes = chain(4, 1, weight="W{n}", bias="b{n}") | {"x_mean": (4,), "x_std": (4,)}
    text, model = made(weights(tmp_path, shapes))
    assert "normalize: {mean: x_mean, std: x_std}" in text
    assert model.spec.task == "regression"


def test_the_file_is_named_relative_to_the_spec_with_its_digest(nnspec_command, tmp_path):
    for name in ("models", "specs"):
        (tmp_path / name).mkdir()
    file = weights(
        tmp_path / "models", chain(2, 1, weight="W{n}", bias="b{n}"), "my: w.npz", "float64"
    )
    done = nnspec_command("new", "specs/a.yaml", "--from", file)
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "specs/a.yaml").read_text()
    assert 'file: "../models/my: w.npz"' in text
    assert f"sha256: {hashlib.sha256(file.read_bytes()).hexdigest()}" in text
    assert "dtype: float64" in text
    assert nnspec_command("validate", "specs/a.yaml").returncode == 0


def test_nothing_is_overwritten(call, tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("mine")
    done = call("new", path)
    assert done.status == 1
    assert "exists already" in done.err
    assert path.read_text() == "mine"


@pytest.mark.parametrize(
    ("shapes", "words"),
    [
        ({"kernel": (3, 2)}, "no way of naming"),
        ({"W1": (3, 2), "b1": (2,), "extra": (7,)}, "'extra'"),
        ({"W1": (3, 2), "b1": (2,), "W2": (5, 1), "b2": (1,)}, "in no order do the sizes fit"),
        ({"0.weight": (2, 3), "0.bias": (2,), "1.weight": (1,), "2.weight": (1, 2), "2.bias": (1,)}, "sizes fit"),
        ({"W1": (3, 2)}, "output.bias"),
    ],
)  # fmt: skip
def test_what_is_no_network_that_is_known_is_refused_with_what_was_found(
    call, tmp_path, shapes, words
):
    done = call("new", tmp_path / "a.yaml", "--from", weights(tmp_path, shapes))
    assert done.status == 1
    assert words in done.err
    assert not (tmp_path / "a.yaml").exists()


def test_weights_outside_of_the_spec_s_folder_are_wrong_usage(
    nnspec_command, tmp_path, tmp_path_factory
):
    file = weights(tmp_path_factory.mktemp("elsewhere"), chain(2, 1, weight="W{n}", bias="b{n}"))
    done = nnspec_command("new", "a.yaml", "--from", file)
    assert done.returncode == 2
    assert "put it there" in done.stderr


def test_a_missing_weights_file_is_told(call, tmp_path):
    done = call("new", tmp_path / "a.yaml", "--from", tmp_path / "missing.npz")
    assert done.status == 1
    assert "no such file" in done.err

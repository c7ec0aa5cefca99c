"""The examples in the docstrings of the hooks are whole plugins and specs, and run as they stand."""

from __future__ import annotations

import inspect
import math
import re

import numpy as np
import pytest

import nnspec
from nnspec.plugin import hookspecs
from nnspec.plugin.manager import HOOKS, load_plugins
from nnspec.testing import check_activation


def blocks(hook):
    """The literal blocks of a hook's docstring: what is indented under a line that ends in "::"."""
    text = inspect.getdoc(getattr(hookspecs, hook)) + "\n"
    found = re.findall(r"::\n\n((?:    .*\n|\n)+)", text)
    return [inspect.cleandoc(block) + "\n" for block in found]


@pytest.fixture
def example(tmp_path):
    """Write the plugin and the spec of a hook's example to files."""

    def write(hook):
        plugin, spec = blocks(hook)
        (tmp_path / "my_plugin.py").write_text(plugin)
        (tmp_path / "spec.yaml").write_text(spec)
        return str(tmp_path / "my_plugin.py"), tmp_path / "spec.yaml"

    return write


@pytest.mark.parametrize("hook", HOOKS)
def test_every_hook_has_a_plugin_and_a_spec_that_validates_with_it(example, hook):
    plugin, spec = example(hook)
    (provider,) = (one for one in load_plugins((plugin,)).providers if one.name == plugin)
    assert provider.hooks == (hook,)
    assert all(d.severity == "warning" for d in nnspec.validate(spec, plugins=[plugin]))


def test_the_activation(example):
    """10 · (0 inside the dead zone of 0.5, else x) + 1, by hand; and it conforms."""
    plugin, spec = example("nnspec_activations")
    model = nnspec.load(spec, plugins=[plugin])
    assert model([[0.25], [-0.25], [0.75], [-2.0]]).ravel().tolist() == [1.0, 1.0, 8.5, -19.0]
    check_activation(load_plugins((plugin,)).activation("dead_zone"))


def test_the_activation_is_documented_and_its_parameter_judged_at_once(example, nnspec_command):
    plugin, spec = example("nnspec_activations")
    page = nnspec_command("activations", "dead_zone", "--plugin", plugin).stdout
    assert "0 if |x| < width, else x" in page
    spec.write_text(spec.read_text().replace("width: 0.5", "width: -1"))
    (found,) = nnspec.validate(spec, plugins=[plugin])
    assert (found.line, found.column, found.code) == (5, 61, "bad-range")


def test_the_layer(example):
    """Distance² of (3, 4) to (0, 0) is 25, of sharpness 0.1; the other function is 1 everywhere."""
    plugin, spec = example("nnspec_layers")
    model = nnspec.load(spec, plugins=[plugin])
    y = model([[3.0, 4.0], [0.0, 0.0]])
    assert y.ravel().tolist() == pytest.approx([math.exp(-2.5) + 10.0, 11.0], rel=1e-15)
    assert "radial(%input" in str(model.graph)


def test_a_parameter_of_the_layer_of_the_wrong_shape_is_named(example):
    plugin, spec = example("nnspec_layers")
    spec.write_text(spec.read_text().replace("[0.1, 0.0]", "[0.1]"))
    (found,) = nnspec.validate(spec, plugins=[plugin])
    assert found.code == "weights-shape"
    assert "radial1.sharpness" in found.message


def test_the_rule(example, nnspec_command):
    """A warning at the line of the narrow layer, which lets the model run."""
    plugin, spec = example("nnspec_rules")
    (found,) = nnspec.validate(spec, plugins=[plugin])
    assert (found.severity, found.code, found.line, found.column) == (
        "warning",
        "bottleneck",
        6,
        12,
    )
    assert found.message == "2 features before 3 outputs"
    assert nnspec.load(spec, plugins=[plugin])(np.zeros((1, 4))).shape == (1, 3)
    done = nnspec_command("validate", spec, "--plugin", plugin)
    assert done.returncode == 0
    assert "spec.yaml:6:12: warning[bottleneck]: 2 features" in done.stdout + done.stderr
    assert nnspec.validate(spec) == []


def test_the_engine(example, nnspec_command):
    """(1, 0.5) → relu (2.5, 0) → plus its mirror (2.5, 2.5) → 26.5, by hand."""
    plugin, spec = example("nnspec_engines")
    model = nnspec.load(spec, plugins=[plugin], engine="plain")
    x = np.array([[1.0, 0.5], [-4.0, 1.0]])
    assert model.engine == "plain"
    assert model(x)[0].tolist() == [26.5]
    np.testing.assert_allclose(model(x), nnspec.load(spec)(x), rtol=1e-15)
    done = nnspec_command("run", spec, "[1.0, 0.5]", "--plugin", plugin, "--engine", "plain")
    assert done.stdout.splitlines()[-1] == "26.5"

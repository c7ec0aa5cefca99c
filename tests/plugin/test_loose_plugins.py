"""Plugins given with --plugin: a file or a module becomes part of everything, or fails by name."""

from __future__ import annotations

import numpy as np
import pytest

import nnspec
from nnspec.plugin.manager import load_plugins

GOOD = """
import numpy as np
import nnspec

def ramp(x, slope=2.0):
    return x * slope

@nnspec.hookimpl
def nnspec_activations():
    slope = {"type": "number", "minimum": 0, "maximum": 10, "default": 2.0}
    return [nnspec.Activation("ramp", ramp, parameters={"slope": slope}, aliases=("ramp2",))]
"""

SPEC = """
nnspec: 1
task: regression
dtype: float64
input: 1
layers:
  - size: 1
    activation: {name: ramp, slope: SLOPE}
output: 1
weights:
  values:
    dense1.weight: [[1.0]]
    dense1.bias: [0.0]
    output.weight: [[1.0]]
    output.bias: [0.0]
"""


@pytest.fixture
def plugin(tmp_path):
    path = tmp_path / "my ramp.py"
    path.write_text(GOOD)
    return str(path)


def test_a_loose_file_gives_an_activation_with_its_parameter(plugin):
    model = nnspec.loads(SPEC.replace("SLOPE", "3"), plugins=[plugin])
    np.testing.assert_array_equal(model([[5.0]]), [[15.0]])


def test_a_value_outside_its_schema_is_an_error_at_its_line_and_column(plugin):
    with pytest.raises(nnspec.SpecError) as error:
        nnspec.loads(SPEC.replace("SLOPE", "30"), plugins=[plugin])
    (diagnostic,) = error.value.diagnostics
    assert (diagnostic.line, diagnostic.column, diagnostic.code) == (8, 37, "bad-range")


def test_an_alias_of_a_plugin_is_known(plugin):
    assert load_plugins((plugin,)).activation("ramp2").name == "ramp"


def test_without_the_plugin_the_name_is_unknown():
    with pytest.raises(nnspec.SpecError) as error:
        nnspec.loads(SPEC.replace("SLOPE", "3"))
    assert [d.code for d in error.value.diagnostics] == ["unknown-activation"]


def test_a_module_is_found_by_its_name(tmp_path, monkeypatch):
    (tmp_path / "ramp_module_for_test.py").write_text(GOOD)
    monkeypatch.syspath_prepend(tmp_path)
    assert load_plugins(("ramp_module_for_test",)).activation("ramp") is not None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("import no_such_module_anywhere", "ModuleNotFoundError: No module named"),
        ("raise SystemExit(3)", "SystemExit: 3"),
        ("def f(:", "SyntaxError"),
        ("x = 1", "implements no hook"),
        (
            GOOD.replace("nnspec_activations", "nnspec_activation"),
            "did you mean nnspec_activations",
        ),
        (GOOD.replace("@nnspec.hookimpl", ""), "put @nnspec.hookimpl above it"),
        (GOOD.replace("nnspec_activations()", "nnspec_activations(config)"), "config"),
        (GOOD.replace("return [", "return 5 #"), "gave 5 where a list of Activation belongs"),
        (GOOD.replace("return [", "return None #"), "gave None where a list"),
        (GOOD.replace("return [", "return ['ramp'] #"), "'ramp', which is no Activation"),
        (GOOD.replace("return [", "raise KeyError('boom') #"), "KeyError: 'boom'"),
        (GOOD.replace('"ramp", ramp', '"my ramp", ramp'), "cannot be a name in a spec"),
        (GOOD.replace("parameters={", "parameters={'name': {}, "), "called 'name'"),
        (GOOD.replace('"ramp", ramp', '"ramp", None'), "cannot be called"),
        (GOOD.replace('": slope}', '": 2.0}'), "needs a JSON Schema fragment"),
        (GOOD.replace('("ramp2",)', '"ramp2"'), "a tuple of names"),
    ],
)
def test_a_broken_plugin_is_named_with_its_fault(tmp_path, text, said):
    path = tmp_path / "broken.py"
    path.write_text(text)
    with pytest.raises(nnspec.PluginError, match=r"broken\.py") as error:
        load_plugins((str(path),))
    assert said in str(error.value)


@pytest.mark.parametrize("given", ["nowhere.py", "no_such_module_at_all", "./folder/x.py"])
def test_a_plugin_that_is_not_there_is_named(given):
    with pytest.raises(nnspec.PluginError, match="cannot load the plugin"):
        load_plugins((given,))


def test_a_name_that_two_plugins_give_is_kept_by_the_first_and_both_are_known(tmp_path):
    path = tmp_path / "thief.py"
    path.write_text(GOOD.replace('"ramp"', '"relu"'))
    registry = load_plugins((str(path),))
    first, second = registry.conflicts["activation", "relu"]
    assert (first.name, second.name) == ("nnspec", str(path))
    assert registry.origins["activation", "relu"].name == "nnspec"


def test_using_a_name_that_two_plugins_give_is_an_error_that_names_both(tmp_path):
    path = tmp_path / "thief.py"
    path.write_text(GOOD.replace('"ramp"', '"relu"'))
    with pytest.raises(nnspec.SpecError) as error:
        nnspec.loads(SPEC.replace("{name: ramp, slope: SLOPE}", "relu"), plugins=[str(path)])
    (diagnostic,) = error.value.diagnostics
    assert diagnostic.code == "plugin-conflict"
    assert "nnspec" in diagnostic.message
    assert "thief.py" in diagnostic.message


def test_a_plugin_that_gives_another_shape_breaks_its_promise_by_name(tmp_path):
    path = tmp_path / "flat.py"
    path.write_text(GOOD.replace("return x * slope", "return np.zeros(3)"))
    model = nnspec.loads(SPEC.replace("SLOPE", "3"), plugins=[str(path)])
    with pytest.raises(nnspec.PluginError, match="'ramp' broke its promise"):
        model([[1.0]])


def test_a_plugin_that_raises_at_run_time_is_named(tmp_path):
    path = tmp_path / "raises.py"
    path.write_text(GOOD.replace("return x * slope", "raise RuntimeError('no luck')"))
    model = nnspec.loads(SPEC.replace("SLOPE", "3"), plugins=[str(path)])
    with pytest.raises(nnspec.PluginError, match="'ramp' failed: RuntimeError: no luck"):
        model([[1.0]])

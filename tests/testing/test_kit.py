"""The kit's doors: a function for one activation, and pytest parameters for a whole plugin."""

from __future__ import annotations

import subprocess
import sys
import types

import numpy as np
import pytest

import nnspec
import nnspec.testing
from nnspec.testing import cases, check_activation
from nnspec.testing.settings import settings


def widths_seen(schema, **more):
    """The values of a parameter that the kit calls a function with, in order and once each."""
    seen = []

    def times(x, width):
        seen.append(width)
        return np.multiply(x, width, dtype=x.dtype) if x.size else x.copy()

    activation = nnspec.Activation("times", times, parameters={"width": schema})
    check_activation(activation, **more)
    return list(dict.fromkeys(seen))


def test_an_activation_is_known_by_name_and_by_alias():
    check_activation("tanh")
    check_activation("swish")


def test_an_unknown_name_gets_a_suggestion():
    with pytest.raises(nnspec.UsageError, match="no activation 'rleu'; did you mean 'relu'"):
        check_activation("rleu")


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "number", "minimum": 1, "maximum": 4, "default": 2.0}, [2.0, 1, 4]),
        ({"type": "number", "exclusiveMinimum": 0, "default": 2.0}, [2.0, 2**-10]),
        ({"type": "number", "exclusiveMaximum": 3, "default": 2.0}, [2.0, 3 - 2**-10]),
        ({"type": "integer", "exclusiveMinimum": 0, "exclusiveMaximum": 9}, [1, 8]),
        ({"enum": [1, 3, 5], "default": 3}, [3, 1, 5]),
        ({"type": "number", "minimum": 0, "exclusiveMinimum": 1, "default": 2}, [2, 1 + 2**-10]),
        ({"type": "number"}, [0.5]),
        ({"type": "number", "examples": [7]}, [7]),
    ],
)
def test_a_parameter_is_tried_with_its_default_and_at_its_ends(schema, expected):
    assert widths_seen(schema) == expected


def test_a_boolean_is_tried_both_ways():
    activation = nnspec.Activation(
        "a", abs, parameters={"up": {"type": "boolean", "default": True}, "by": {"default": 1}}
    )
    assert list(settings(activation)) == [{"up": True, "by": 1}, {"up": False, "by": 1}]


def test_given_parameters_stay_as_they_are():
    assert widths_seen({"type": "number", "minimum": 1}, parameters={"width": 3.0}) == [3.0]


def test_a_parameter_that_cannot_be_guessed_has_to_be_given():
    with pytest.raises(ValueError, match="no value can be guessed for 'width'"):
        widths_seen({"type": "string"})


def test_an_unknown_parameter_is_refused():
    with pytest.raises(ValueError, match="'relu' has no parameter 'widht'"):
        check_activation("relu", parameters={"widht": 3})


def test_a_plugin_gives_pairs_with_readable_names():
    module = types.ModuleType("mine")
    slope = nnspec.Activation("two", lambda x: x * 2, derivative=np.ones_like)
    module.nnspec_activations = lambda: [slope, nnspec.Activation("one", np.array)]
    ids = [case.id for case in cases(module)]
    assert {"two-matches_derivative", "two-keeps_shape", "one-keeps_shape"} <= set(ids)
    assert not {"one-matches_derivative", "two-matches_inplace"} & set(ids)
    assert len(ids) == len(set(ids))


def test_a_package_of_plugins_gives_those_of_all_its_modules():
    names = {case.values[0].name for case in cases("nnspec.activations")}
    assert {"relu", "softmax", "gelu"} <= names


def test_a_module_without_activations_is_refused():
    with pytest.raises(ValueError, match="json gives no activation"):
        cases("json")


def test_pytest_is_not_needed_for_the_function():
    code = (
        "import sys; from nnspec.testing import check_activation; check_activation('relu');"
        "assert 'pytest' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def first_half(x):
    return x[..., : x.shape[-1] // 2].copy()


def half(size):
    if size % 2:
        raise ValueError(f"{size} features cannot be halved")
    return size // 2


def test_an_activation_with_a_width_is_tried_with_rows_that_it_accepts():
    check_activation(nnspec.Activation("w", first_half, rowwise=True, width=half))
    with pytest.raises(AssertionError, match=r"keeps_shape(.|\n)*came      shape"):
        check_activation(nnspec.Activation("w", np.copy, rowwise=True, width=half))

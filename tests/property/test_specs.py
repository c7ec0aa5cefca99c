"""Valid specs run; one fault planted is found at its place; our schema is judged as jsonschema does."""

from __future__ import annotations

import copy
import json
import os
import sys
from functools import cache
from pathlib import Path

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from referencing import Registry as References

sys.path.insert(0, str(Path(__file__).parent))

from nnspec.examine import Options, examine_text
from nnspec.model import Model
from nnspec.plugin.manager import load_plugins
from nnspec.schema.check import check
from nnspec.schema.compose import compose
from nnspec.show.yaml_text import to_yaml
from nnspec.source.document import Document
from specs import ANYTHING, at, places, planted, specs

EXAMPLES = int(os.environ.get("NNSPEC_EXAMPLES", "60"))
MANY = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))


@MANY
@given(spec=specs(), data=st.data())
def test_a_valid_spec_runs_and_says_the_same_as_yaml_and_as_json(spec, data):
    """Rows go in and as many come out, finite where the weights are, in the spec's dtype."""
    results = []
    x = np.array(data.draw(st.lists(st.floats(-10, 10), min_size=3, max_size=3)))
    for text in (to_yaml(spec), json.dumps(spec, ensure_ascii=False)):
        examined = examine_text(text, Options(), name="s", folder=Path())
        assert [str(one) for one in examined.diagnostics if one.severity == "error"] == []
        y = Model(examined, Options())(np.repeat(x[:, None], spec["input"]["size"], axis=1))
        assert y.shape == (3, spec["output"]["size"])
        assert y.dtype == spec.get("dtype", "float32")
        results.append(y)
    np.testing.assert_array_equal(*results)


@MANY
@given(fault=planted())
def test_one_planted_fault_is_the_only_error_and_stands_in_its_line(fault):
    text = json.dumps(fault.spec, indent=1, ensure_ascii=False)
    examined = examine_text(text, Options(), name="s", folder=Path())
    errors = [one for one in examined.diagnostics if one.severity == "error"]
    lines = text.split("\n")
    assert [lines[one.line - 1] for one in errors] == [
        line for line in lines if fault.token in line
    ]
    for one in errors:
        assert fault.token in lines[one.line - 1][one.column - 1 : one.end_column - 1]


@cache
def composed():
    schema = compose(load_plugins())
    return schema, Draft202012Validator(schema, registry=References())


@MANY
@given(spec=specs(), data=st.data())
def test_the_verdict_of_the_schema_is_that_of_jsonschema(spec, data):
    """One value of a valid spec is replaced by anything; 2.0 and what is not finite are left out."""
    schema, stock = composed()
    spec = copy.deepcopy(spec)
    path = data.draw(st.sampled_from(places(spec)))
    at(spec, path[:-1])[path[-1]] = data.draw(ANYTHING)
    found = check(Document(spec, "s", Path(), "", {}, {}), schema)
    assert bool(found) is not stock.is_valid(spec), (path, spec)
    assert all(finding.message for finding in found)

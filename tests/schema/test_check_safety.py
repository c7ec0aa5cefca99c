"""Whatever a stranger writes is judged, quickly, as jsonschema itself would judge it."""

from __future__ import annotations

import copy
import math
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from referencing import Registry as References

from nnspec.plugin.activation import Activation
from nnspec.plugin.registry import Registry
from nnspec.schema.compose import compose

WORDS = [
    "nnspec",
    "task",
    "input",
    "layers",
    "output",
    "size",
    "type",
    "name",
    "activation",
    "file",
]
NAMES = ["relu", "gelu", "dense", "residual", "dropout", "multiclass", "binary", "a", ""]
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-2, 5), st.sampled_from([10**30, 10**400, -(10**400)]),
    st.floats(), st.sampled_from(NAMES), st.text(max_size=3),
)  # fmt: skip
DATA = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(WORDS) | st.text(max_size=2), inner, max_size=4)
    ),
    max_leaves=12,
)
WHOLE = {
    "nnspec": 1,
    "name": "n",
    "task": "multilabel",
    "dtype": "float64",
    "input": {
        "size": 2,
        "features": ["a", "b"],
        "clip": {"min": 0, "max": [1, 2]},
        "normalize": {"mean": "m", "std": [1.5, 2]},
    },
    "layers": [
        {"size": 2, "activation": {"name": "gelu", "approximate": "tanh"}, "bias": False},
        {"type": "residual", "layers": [{"size": 2, "name": "x", "activation": "relu"}]},
        {"type": "batchnorm", "epsilon": 0.1, "center": True},
    ],
    "output": {"size": 2, "labels": ["a", "b"], "threshold": [0.5, 0.5]},
    "weights": {"file": "w.npz", "layout": "out_in", "names": {"weight": "W{n}"}},
    "checks": [{"input": "x.npy", "output": "y.npy", "rtol": 0.1}],
    "plugins": ["nnspec-mish"],
}
ONCE = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def places(data, path=()):
    yield path
    if isinstance(data, (dict, list)):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from places(value, (*path, key))


PLACES = [path for path in places(WHOLE) if path]


@ONCE
@given(data=DATA)
def test_no_plain_data_raises(judge, data):
    judge(data)
    judge({"nnspec": 1, "task": data, "input": data, "layers": [data], "output": data})


@ONCE
@given(path=st.sampled_from(PLACES), value=DATA)
def test_its_verdict_is_that_of_jsonschema(judge, schema, path, value):
    """Save for what jsonschema calls a whole number, 2.0, and for numbers that are not finite."""
    data = copy.deepcopy(WHOLE)
    *above, last = path
    parent = data
    for key in above:
        parent = parent[key]
    parent[last] = value
    floats = [one for one in _leaves(value) if isinstance(one, float)]
    huge = [one for one in _leaves(value) if isinstance(one, int) and abs(one) > 10**300]
    if huge or any(not math.isfinite(one) or one.is_integer() for one in floats):
        judge(data)
        return
    stock = Draft202012Validator(schema, registry=References())
    assert (judge(data) == []) == stock.is_valid(data)


def _leaves(data):
    if isinstance(data, (dict, list)):
        for value in data.values() if isinstance(data, dict) else data:
            yield from _leaves(value)
    else:
        yield data


def test_layers_nest_as_deep_as_yaml_may(judge, spec):
    """100 levels of YAML: 3 around, and 2 for each block; then far more, without an exception."""
    for depth in (48, 3000):
        layer = {"size": 0}
        for _ in range(depth):
            layer = {"type": "residual", "layers": [layer]}
        (finding,) = judge(spec(layers=[layer]))
        assert finding.code == ("bad-range" if depth == 48 else "bad-value")


@pytest.mark.parametrize(
    ("fragment", "value"),
    [
        ({"type": "number", "multipleOf": 1e-300}, 1e300),
        ({"type": "number", "multipleOf": 0.5}, 10**400),
        ({"type": "number", "multipleOf": 0.5}, float("inf")),
        ({"type": "array", "uniqueItems": True}, [{"a": i} for i in range(5000)]),
        ({"type": "string", "pattern": "^a*a*a*a*$"}, "a" * 5000 + "!"),
        ({"type": "object", "propertyNames": {"pattern": "^x"}}, {"y": 1}),
        ({"enum": [1, None]}, True),
    ],
    ids=str,
)
def test_a_plugins_schema_does_no_harm(judge, spec, fragment, value):
    odd = Activation("odd", lambda x, by: x, parameters={"by": {"default": 1, **fragment}})
    schema = compose(Registry(activations={"odd": odd}, aliases={"odd": "odd"}))
    start = time.perf_counter()
    findings = judge(spec(output={"size": 3, "activation": {"name": "odd", "by": value}}), schema)
    assert time.perf_counter() - start < 1
    assert len(findings) == 1
    assert findings[0].pointer.startswith("/output/activation/by")
    assert len(findings[0].message) < 300


def test_a_reference_elsewhere_is_never_followed(judge, spec, schema, tmp_path):
    """Even where it got past `compose`: neither file nor network is asked."""
    (tmp_path / "open.json").write_text("{}")
    for target in ((tmp_path / "open.json").as_uri(), "http://127.0.0.1:9/open.json"):
        changed = copy.deepcopy(schema)
        branch = changed["$defs"]["layer"]["anyOf"][0]
        branch["properties"]["activation"] = {"$ref": target}
        data = spec(layers=[{"type": branch["properties"]["type"]["const"], "activation": "relu"}])
        (finding,) = judge(data, changed)
        assert (finding.code, finding.pointer) == ("bad-value", "/layers/0")
        assert "Unresolvable" in finding.message


def test_very_many_faults_take_seconds_at_most(judge, spec):
    start = time.perf_counter()
    assert len(judge(spec(layers=[{"size": 0, "activation": "rleu"}] * 3000))) == 6000
    assert judge(spec(weights={"values": {"a": [[0.5] * 300] * 300}})) == []
    assert time.perf_counter() - start < 5

"""Each fault of a spec is one finding at its place, in words that teach."""

from __future__ import annotations

import math

import pytest

CASES = [
    # keys
    ({"taks": 1}, "unknown-key", "/taks", "did you mean 'task'?"),
    ({"layers": [{"type": "dropout", "momentum": 1}]}, "unknown-key", "/layers/0/momentum", "rate"),
    ({"input": {}}, "missing-key", "/input", "add 'size: 784'"),
    ({"layers": [{"name": "a"}]}, "missing-key", "/layers/0", "add 'size: 1'"),
    ({"layers": [{"rate": 0.5}]}, "missing-key", "/layers/0", "add 'type: dropout'"),
    ({"layers": [{"epsilon": 1}]}, "missing-key", "/layers/0", "batchnorm, layernorm or rmsnorm"),
    ({"weights": {}}, "missing-key", "/weights", "file"),
    ({"weights": {"fiel": "a.npz"}}, "unknown-key", "/weights/fiel", "did you mean 'file'?"),
    ({"checks": [{"inptu": "x"}]}, "unknown-key", "/checks/0/inptu", "did you mean 'input'?"),
    ({"input": {"size": 4, "clip": {}}}, "bad-value", "/input/clip", None),
    # types
    ({"input": 784.0}, "bad-type", "/input", "write 784"),
    ({"input": "784"}, "bad-type", "/input", "write 784, without quotes"),
    ({"input": True}, "bad-type", "/input", None),
    ({"input": {"size": 4.0}}, "bad-type", "/input/size", "write 4"),
    ({"layers": None}, "bad-type", "/layers", "give it a value, or take the key away"),
    ({"layers": [50]}, "bad-type", "/layers/0", "write {size: 50}"),
    ({"layers": [{"size": 5, "bias": "no"}]}, "bad-type", "/layers/0/bias", "write false"),
    ({"layers": [{"type": 5}]}, "bad-type", "/layers/0/type", 'in quotes it is a text: "5"'),
    ({"name": 5}, "bad-type", "/name", 'in quotes it is a text: "5"'),
    ({"plugins": "a"}, "bad-type", "/plugins", "write ['a']"),
    ({"output": {"size": 2, "labels": [0, 1]}}, "bad-type", "/output/labels/0", '["0", "1"]'),
    ({"output": {"size": 2, "labels": ["a", 1]}}, "bad-type", "/output/labels/1", '["a", "1"]'),
    ({"output": {"size": 3, "activation": 3}}, "bad-type", "/output/activation", None),
    ({"nnspec": "1"}, "bad-type", "/nnspec", "write 1, without quotes"),
    ({"nnspec": True}, "bad-type", "/nnspec", None),
    ({"weights": {"values": {"a": [[1, "x"]]}}}, "bad-type", "/weights/values/a/0/1", None),
    # values
    ({"nnspec": 2}, "bad-version", "/nnspec", "this nnspec reads version 1: 'nnspec: 1'"),
    ({"task": "multi-class"}, "bad-choice", "/task", "did you mean 'multiclass'?"),
    ({"weights": {"init": "he"}}, "bad-choice", "/weights/init", None),
    ({"input": 0}, "bad-range", "/input", None),
    ({"input": 10**400}, "bad-range", "/input", None),
    ({"weights": {"init": "zeros", "seed": -1}}, "bad-range", "/weights/seed", None),
    ({"layers": [{"type": "dropout", "rate": 1}]}, "bad-range", "/layers/0/rate", None),
    ({"layers": [{"type": "dropout", "rate": math.nan}]}, "bad-range", "/layers/0/rate", None),
    ({"layers": [{"size": 5, "name": "2nd"}]}, "bad-name", "/layers/0/name", "a letter"),
    ({"layers": [{"size": 5, "name": "a\n"}]}, "bad-name", "/layers/0/name", "a letter"),
    ({"weights": {"file": "w", "sha256": "ab"}}, "bad-value", "/weights/sha256", "64 hexadecimal"),
    ({"weights": ""}, "bad-value", "/weights", None),
    # names
    ({"layers": [{"type": "batch_norm"}]}, "unknown-layer-type", "/layers/0/type", "batchnorm"),
    ({"layers": [{"type": "x"}]}, "unknown-layer-type", "/layers/0/type", "there are activation"),
]


@pytest.mark.parametrize(
    ("other", "code", "pointer", "hint"), CASES, ids=lambda case: str(case)[:60]
)
def test_one_finding_at_its_place_with_its_hint(judge, spec, other, code, pointer, hint):
    (finding,) = judge(spec(**other))
    assert (finding.code, finding.pointer) == (code, pointer)
    assert finding.at == ("key" if code == "unknown-key" else "value")
    assert (hint or "") in (finding.hint or "")
    assert "\n" not in finding.message
    assert "valid under" not in finding.message


ACTIVATIONS = [
    ("rleu", "unknown-activation", "", "did you mean 'relu'?"),
    ({"name": "rleu"}, "unknown-activation", "/name", "did you mean 'relu'?"),
    ("mish", "unknown-activation", "", "pip install nnspec-mish"),
    ("mishh", "unknown-activation", "", "did you mean 'mish'? pip install nnspec-mish"),
    ({"name": "swiglu"}, "unknown-activation", "/name", "pip install nnspec-glu"),
    ("zzz", "unknown-activation", "", "'nnspec activations' lists them all"),
    ({"name": "gelu", "aproximate": "tanh"}, "bad-parameter", "/aproximate", "'approximate'?"),
    ({"name": "gelu", "approximate": "tan"}, "bad-choice", "/approximate", "did you mean 'tanh'?"),
    ({"name": "relu", "slope": 1}, "bad-parameter", "/slope", "it has none"),
    ({"approximate": "tanh"}, "missing-key", "", "add 'name: …'"),
    ({"name": 5}, "bad-type", "/name", 'in quotes it is a text: "5"'),
    ({"name": "leaky_relu", "negative_slope": "a"}, "bad-type", "/negative_slope", None),
    ({"name": "leaky_relu", "negative_slope": True}, "bad-type", "/negative_slope", None),
    ([], "bad-type", "", None),
    (None, "bad-type", "", "take the key away"),
]


@pytest.mark.parametrize(("use", "code", "below", "hint"), ACTIVATIONS, ids=str)
def test_activations_are_judged_by_their_name(judge, spec, use, code, below, hint):
    (finding,) = judge(spec(layers=[{"size": 5, "activation": use}]))
    assert (finding.code, finding.pointer) == (code, f"/layers/0/activation{below}")
    assert (hint or "") in (finding.hint or "")


def test_the_message_names_what_was_expected_and_what_was_found(judge, spec):
    (finding,) = judge(spec(layers=[{"size": "50"}]))
    assert finding.message == "expected a whole number, found '50'"
    (finding,) = judge(spec(output=[]))
    assert finding.message == "expected a whole number or a mapping, found a list"
    (finding,) = judge(spec(layers=[{"type": "dropout", "rate": math.inf}]))
    assert finding.message == "expected a finite number, found .inf"
    (finding,) = judge(spec(dtype="float16"))
    assert finding.message == "'float16' is not float32 or float64"


def test_faults_deep_inside_are_told_by_themselves(judge, spec):
    inner = {"type": "concat", "layers": [{"size": 0}, {"size": 3, "activation": "rleu"}]}
    findings = judge(spec(layers=[{"type": "residual", "layers": [inner, {"type": "dropot"}]}]))
    assert {(one.code, one.pointer) for one in findings} == {
        ("bad-range", "/layers/0/layers/0/layers/0/size"),
        ("unknown-activation", "/layers/0/layers/0/layers/1/activation"),
        ("unknown-layer-type", "/layers/0/layers/1/type"),
    }


@pytest.mark.parametrize(
    "data", [None, 5, "nnspec: 1", [], {}, {"name": "other", "a": 1}, {"a": 1}]
)
def test_what_is_no_spec_is_told_what_a_spec_is(judge, data):
    findings = judge(data)
    if data == {"name": "other", "a": 1}:
        assert {one.code for one in findings} == {"missing-key", "unknown-key"}
    else:
        (finding,) = findings
        assert finding.pointer == ""
        assert finding.hint.startswith("the least that a spec has: nnspec: 1, task:")


def test_values_in_the_spec_and_metadata_may_be_not_finite(judge, spec):
    values = {"output.weight": [[1, math.nan, 2.5]] * 4, "output.bias": [math.inf, 0, 0]}
    assert judge(spec(weights={"values": values}, metadata={"a": math.nan, "b": [None]})) == []

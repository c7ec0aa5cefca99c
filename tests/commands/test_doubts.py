"""Which warnings a command prints: advice where a spec is judged, doubts about numbers where they are used."""

from __future__ import annotations

import pytest

SPEC = """\
nnspec: 1
task: regression
input: 2
layers: [{size: 1}]
output: 1
weights:
  values: {dense1.weight: [[.inf], [1.0]], dense1.bias: [0.0], output.weight: [[1.0]], output.bias: [0.0]}
"""
ADVICE, DOUBT = "warning[linear-layers]", "warning[weights-nan]"


@pytest.mark.parametrize(
    "command",
    ["run {0} [1,2]", "trace {0} [1,2]", "show {0}", "show {0} --format json", "render {0}", "diff {0} {0}"],
)  # fmt: skip
def test_a_command_that_uses_a_spec_tells_of_its_numbers_only(call, spec, command):
    done = call(*command.format(spec(SPEC)).split())
    assert done.status == 0
    assert DOUBT in done.err
    assert ADVICE not in done.err + done.out
    assert DOUBT not in done.out


@pytest.mark.parametrize("command", ["validate", "test"])
def test_a_command_that_judges_a_spec_tells_everything(call, spec, command):
    done = call(command, spec(SPEC))
    assert done.status == 0
    assert ADVICE in done.out + done.err
    assert DOUBT in done.out + done.err


@pytest.mark.parametrize("command", ["run {0} [1,2]", "trace {0} [1,2]", "show {0}", "render {0}"])
def test_with_an_error_everything_is_told(call, spec, command):
    """Who mends the one wants to know of the other."""
    done = call(*command.format(spec(SPEC.replace("output: 1\n", "output: {size: 1, labels: []}\n"))).split())  # fmt: skip
    assert done.status == 1
    assert "error[labels-count]" in done.err
    assert ADVICE in done.err

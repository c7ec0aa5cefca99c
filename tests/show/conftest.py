"""Specs summed up as `nnspec show` does it, without a command around."""

from __future__ import annotations

import pytest

from nnspec.examine import Options, examine_text
from nnspec.model import Model
from nnspec.show.summary import summarize

NESTED = """
nnspec: 1
name: nested
task: multilabel
input: {size: 8, clip: {min: 0, max: 255}, normalize: {mean: 1, std: 2}}
layers:
  - {size: 16, activation: {name: leaky_relu, negative_slope: 0.1}}
  - type: residual
    layers:
      - {type: layernorm}
      - {type: concat, layers: [{size: 4, activation: relu}]}
      - {size: 16, bias: false}
  - {type: dropout, rate: 0.25}
output: {size: 3, labels: [sunny, windy, cold], threshold: 0.4}
"""


@pytest.fixture
def summed_up(tmp_path):
    """Give the summary of a spec's text."""

    def make(text: str):
        options = Options()
        found = examine_text(text, options, name="spec.yaml", folder=tmp_path)
        assert not found.faulty, found.diagnostics
        model = None if found.loaded.source is None else Model(found, options)
        return summarize(found.spec, found.registry, model)

    return make


@pytest.fixture
def nested(summed_up):
    return summed_up(NESTED)

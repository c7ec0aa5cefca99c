"""Fuzz whole specs: any bytes are a spec that runs, or diagnostics; schema, rules and weights too."""

from __future__ import annotations

import math
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

import numpy as np  # noqa: E402
from fuzz_yaml import WORDS as SYNTAX  # noqa: E402
from harness import run  # noqa: E402

from nnspec.diagnostics.renderers import json  # noqa: E402
from nnspec.examine import Options, examine_text  # noqa: E402
from nnspec.model import Model  # noqa: E402
from nnspec.spec.parameters import expected  # noqa: E402

ROOT = HERE.parents[1]
SEEDS = [
    path.read_bytes()
    for folder in ("specs", "tests/specs/valid", "tests/specs/invalid")
    for path in sorted((ROOT / folder).glob("*.yaml"))
] + [
    b"nnspec: 1\ntask: binary\ninput: {size: 2, clip: {min: 0, max: 1}, normalize: {mean: 0, std: [1, 2]}}\n"
    b"layers:\n  - {size: 3, activation: {name: gelu, approximate: tanh}, bias: false}\n  - {type: batchnorm}\n"
    b"  - {type: residual, layers: [{size: 3, activation: relu}, {type: dropout, rate: 0.5}]}\n  - {type: layernorm}\n"
    b"output: {size: 1, threshold: 0.5, labels: ['no', 'yes']}\nweights: {init: he_normal, seed: 1}\n"
]  # fmt: skip
KEYS = (
    "nnspec name task dtype input layers output weights checks plugins metadata size type activation labels threshold features "
    "normalize clip denormalize mean std min max file values init seed names layout sha256 dense dropout batchnorm layernorm rmsnorm "
    "residual concat affine regression binary multiclass multilabel float64 relu softmax rate epsilon bias 1000000 -1 1e308 99999999999999999999"
)  # fmt: skip
WORDS = [
    *SYNTAX,
    *(word.encode() for word in KEYS.split()),
    *(f"{word}: ".encode() for word in KEYS.split()),
]
LARGEST = 100_000
"""Parameters of a network that is run; one from a seed may have a thousand million."""


def check(data: bytes) -> None:
    """Judge any bytes, and run what is sound and small; rows of zeros come out as rows."""
    options = Options()
    examined = examine_text(data, options, name="a.yaml", folder=ROOT / "specs")
    assert all(one.message and one.line >= 1 for one in examined.diagnostics)
    json.render(examined.diagnostics)
    if examined.faulty:
        return
    spec, loaded = examined.spec, examined.loaded
    needed = sum(math.prod(array.parameter.shape) for array in expected(spec, examined.registry))
    if loaded.source is None or max(needed, spec.input.size) > LARGEST:
        return
    y = Model(examined, options)(np.zeros((2, spec.input.size)))
    assert y.shape == (2, spec.output.layer.size_out)


if __name__ == "__main__":
    run("spec", check, SEEDS, WORDS)

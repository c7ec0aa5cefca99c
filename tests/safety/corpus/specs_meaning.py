"""Specs that are YAML and hostile or odd in what they say: types, sizes, names, labels."""

from __future__ import annotations

from corpus import SUM, VALUES, Case

INIT = SUM.replace(VALUES, "{init: he_normal, seed: 1}")
CLASSES = INIT.replace("regression", "multiclass").replace(
    "output: 1", "output: {size: 2, labels: LABELS}"
)
BINARY = INIT.replace("regression", "binary").replace(
    "output: 1", "output: {size: 1, threshold: LIMIT}"
)


def layers(text: str) -> str:
    return INIT.replace("layers: []", f"layers: {text}")


def labels(text: str) -> str:
    return CLASSES.replace("LABELS", text)


def values(text: str) -> str:
    return SUM.replace(VALUES, f"{{values: {text}}}")


def refused(name: str, text: str, code: str) -> Case:
    return Case(name, {"spec.yaml": text}, 1, f"[{code}]")


def fine(name: str, text: str, says: str = "") -> Case:
    return Case(name, {"spec.yaml": text}, 0, says)


WHOLE = {
    "a list": "[1, 2]",
    "a text": "abc",
    "a number": "5",
    "true": "true",
    "a list of specs": "[{nnspec: 1}]",
}
NOT_LAYERS = {"null": "~", "a number": "3", "a text": "dense", "a mapping": "{size: 3}", "a list of lists": "[[{size: 3}]]",
              "a list of null": "[~]", "a list of numbers": "[3]"}  # fmt: skip
NAMES = {"a path": "../../etc/passwd", "spaces": "a b", "HTML": "<script>", "an escape": '"\\e[31m"', "a dot": "a.b",
         "a newline": '"a\\nb"', "a sign of DOT": "'a\"];evil'", "nothing": '""', "a digit first": "1a"}  # fmt: skip
CASES = [
    *(refused(f"the whole is {name}", text, "bad-type") for name, text in WHOLE.items()),
    *(refused(f"layers are {name}", layers(text), "bad-type") for name, text in NOT_LAYERS.items()),
    *(refused(f"a layer's name is {n}", layers(f"[{{size: 3, name: {t}}}]"), "bad-name") for n, t in NAMES.items()),
    refused("another kind of YAML", "services: {web: {image: x}}\n", "missing-key"),
    refused("an empty mapping", "{}", "missing-key"),
    refused("the key nnspec alone", "nnspec: 1", "missing-key"),
    refused("all keys null", "nnspec: ~\ntask: ~\ninput: ~\nlayers: ~\noutput: ~\n", "bad-type"),
    refused("an input of 10^30", INIT.replace("input: 2", "input: 1" + "0" * 30), "bad-range"),
    refused("more parameters than an initialiser fills", layers("[{size: 1000000}, {size: 1000000}]"), "weights-too-large"),
    fine("900 million parameters from a seed", layers("[{size: 30000}, {size: 30000}]")),
    refused("10,001 layers", layers("[" + "{type: dropout, rate: 0.1}, " * 10_001 + "]"), "too-many-layers"),
    fine("9,999 layers", layers("[" + "{size: 1}, " * 9_999 + "]")),
    refused("10,001 layers by aliases", layers("[&l {size: 1}" + ", *l" * 10_000 + "]"), "too-many-layers"),
    refused("an unknown layer", layers("[{type: lambda, code: 'import os'}]"), "unknown-layer-type"),
    refused("an unknown layer with an escape", layers('[{type: "\\e]0;title\\a"}]'), "unknown-layer-type"),
    refused("a layer without a size", layers("[{activation: relu}]"), "missing-key"),
    refused("two layers of one name", layers("[{size: 2, name: a}, {size: 2, name: a}]"), "duplicate-name"),
    fine("a layer called input", layers("[{size: 2, name: input}]")),
    refused("a layer called output", layers("[{size: 2, name: output}]"), "duplicate-name"),
    refused("an unknown activation", layers("[{size: 2, activation: os.system}]"), "unknown-activation"),
    refused("an activation as a list", layers("[{size: 2, activation: [relu]}]"), "bad-type"),
    refused("an activation of 100,000 characters", layers("[{size: 2, activation: " + "r" * 100_000 + "}]"), "unknown-activation"),
    refused("an unknown parameter", layers("[{size: 2, activation: {name: relu, alpha: 1}}]"), "bad-parameter"),
    refused("a parameter of infinity", layers("[{size: 2, activation: {name: elu, alpha: .inf}}]"), "bad-range"),
    refused("a parameter of NaN", layers("[{size: 2, activation: {name: elu, alpha: .nan}}]"), "bad-range"),
    refused("a parameter beyond float64", layers(f"[{{size: 2, activation: {{name: elu, alpha: {'9' * 400}}}}}]"), "bad-range"),
    refused("a residual whose sizes differ", layers("[{type: residual, layers: [{size: 3}]}]"), "size-mismatch"),
    fine("40 residuals within one another", layers("[" + "{type: residual, layers: [" * 40 + "{size: 2}" + "]}" * 40 + "]")),
    refused("60 residuals within one another", layers("[" + "{type: residual, layers: [" * 60 + "{size: 2}" + "]}" * 60 + "]"), "spec-too-large"),
    refused("dropout of 1", layers("[{type: dropout, rate: 1}]"), "bad-range"),
    refused("dropout of NaN", layers("[{type: dropout, rate: .nan}]"), "bad-range"),
    refused("an epsilon of -1", layers("[{type: batchnorm, epsilon: -1}]"), "bad-range"),
    refused("labels that are numbers", labels("[0, 1]"), "bad-type"),
    refused("labels that are booleans", labels("[true, false]"), "bad-type"),
    fine("labels that YAML 1.1 takes for booleans", labels("[no, yes]")),
    fine("labels that would be formulas", labels("['=1+1', '@x']")),
    fine("labels in HTML", labels("['<script>alert(1)</script>', '\"&']")),
    fine("labels with newlines and escapes", labels('["a\\nb", "\\e[31m"]')),
    refused("one label too few", labels("[a]"), "labels-count"),
    refused("a threshold of NaN", BINARY.replace("LIMIT", ".nan"), "bad-range"),
    refused("a threshold of 2", BINARY.replace("LIMIT", "2"), "threshold-range"),
    refused("a threshold as text", BINARY.replace("LIMIT", "half"), "bad-type"),
    refused("a seed of -1", INIT.replace("seed: 1", "seed: -1"), "bad-range"),
    refused("a seed of 2^64", INIT.replace("seed: 1", f"seed: {2**64}"), "bad-range"),
    refused("weights of two kinds", SUM.replace(VALUES, "{init: zeros, seed: 1, file: w.npz}"), "bad-value"),
    refused("values of another shape", values("{output.weight: [[1, 1]], output.bias: [0]}"), "weights-shape"),
    refused("values that are texts", values("{output.weight: [['1'], [1]], output.bias: [0]}"), "bad-type"),
    refused("values nested 90 deep", values("{output.weight: " + "[" * 90 + "]" * 90 + ", output.bias: [0]}"), "bad-type"),
    refused("values beyond float64", values("{output.weight: [[1], [" + "9" * 400 + "]], output.bias: [0]}"), "weights-shape"),
    fine("values that are NaN", values("{output.weight: [[.nan], [1]], output.bias: [0]}"), "warning[weights-nan]"),
    fine("values that float32 cannot hold", values("{output.weight: [[1e300], [1]], output.bias: [0]}"), "warning[weights-nan]"),
    refused("values of a layer that is not there", values("{output.weight: [[1], [1]], output.bias: [0], ghost: [1]}"), "weights-left-over"),
    refused("values called by the name of a method", values("{__class__: [1], output.weight: [[1], [1]], output.bias: [0]}"), "weights-left-over"),
    refused("a name of a list", INIT + "name: [a]\n", "bad-type"),
    fine("a name with escapes and marks", INIT + 'name: "\\e[31m\\u202e<b>"\n'),
    fine("a description of 1 MB", INIT + "description: " + "d" * 1_000_000 + "\n"),
    refused("a plugin that is not there", INIT + "plugins: [nnspec-evil]\n", "plugin-missing"),
    refused("a plugin that is a path", INIT + "plugins: [./evil.py]\n", "bad-value"),
    refused("checks without input", INIT + "checks: [{output: y.npy}]\n", "missing-key"),
    refused("features that do not count", INIT.replace("input: 2", "input: {size: 2, features: [a]}"), "features-count"),
    refused("features twice", INIT.replace("input: 2", "input: {features: [a, a]}"), "duplicate-name"),
    refused("normalize by 0", INIT.replace("input: 2", "input: {size: 2, normalize: {mean: 0, std: 0}}"), "bad-range"),
    refused("clip the wrong way round", INIT.replace("input: 2", "input: {size: 2, clip: {min: 2, max: 1}}"), "bad-range"),
]  # fmt: skip

"""Words of other systems for what a spec says, so that whoever comes from there finds ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.diagnostics.quote import quote
from nnspec.diagnostics.suggest import closest, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection

_OURS = {
    # keys
    "nnspec": "version format_version",
    "task": "problem problem_type objective",
    "layers": "hidden hidden_layers network modules",
    "checks": "tests cases examples",
    "plugins": "requires requirements dependencies",
    "size": "units neurons nodes width out_features num_units output_size input_size shape",
    "activation": "act activation_function nonlinearity transfer_function",
    "type": "kind class class_name op",
    "bias": "use_bias",
    "rate": "p probability drop_prob dropout_rate",
    "epsilon": "eps variance_epsilon",
    "features": "columns feature_names",
    "labels": "classes class_names categories",
    "normalize": "standardize standardise normalization",
    "mean": "mu average",
    "std": "sd sigma stddev",
    "min": "low lower",
    "max": "high upper",
    "file": "path filename",
    "sha256": "hash checksum digest",
    "init": "initializer initialiser kernel_initializer",
    "seed": "random_state random_seed",
    # layer types
    "dense": "linear fc fully_connected inner_product gemm",
    "batchnorm": "batch_normalization batchnorm1d bn",
    "layernorm": "layer_normalization ln",
    "rmsnorm": "rms_normalization",
    "residual": "skip shortcut add",
    "concat": "concatenate",
    # tasks, initialisers, dtypes
    "regression": "regressor",
    "binary": "binary_classification logistic",
    "multiclass": "classification classifier categorical",
    "glorot_uniform": "xavier xavier_uniform glorot",
    "glorot_normal": "xavier_normal",
    "he_uniform": "kaiming_uniform",
    "he_normal": "he kaiming kaiming_normal",
    "float32": "float single fp32",
    "float64": "double fp64",
}
"""Our word → what else it is called elsewhere."""


def _plain(word: str) -> str:
    return word.casefold().replace("-", "").replace("_", "").replace(" ", "")


_BY_WORD = {_plain(word): ours for ours, words in _OURS.items() for word in words.split()}


def translate(word: str, choices: Collection[str]) -> str | None:
    """Give our word for one of another system, if it is among the choices.

    Examples:
        >>> translate("use_bias", ["size", "bias"]), translate("units", ["rate"])
        ('bias', None)
    """
    ours = _BY_WORD.get(_plain(word[:100]))
    return ours if ours in choices else None


def meant(word: str, choices: Collection[str]) -> str | None:
    """Give the choice that a word stands for: foreign, glued to its value, or misspelt.

    Examples:
        >>> meant("units", ["size"]), meant("size:8", ["size"]), meant("szie", ["size"])
        ('size', 'size', 'size')
    """
    head, colon, _ = word.partition(":")
    if colon and head in choices:
        return head
    return translate(word, choices) or closest(word, choices)


def hint(word: str, choices: Collection[str]) -> str | None:
    """Say what a word was meant to be; None where no choice comes near."""
    head, colon, rest = word.partition(":")
    if colon and head in choices:
        return f"put a space after the colon: {quote(f'{head}: {rest.strip()}')}"
    ours = translate(word, choices)
    return did_you_mean(word, choices) if ours is None else f"nnspec calls it {quote(ours)}"

"""Suggestions help with slips, and stay silent rather than guess."""

from __future__ import annotations

import time

import pytest

from nnspec.diagnostics.suggest import closest, did_you_mean

ACTIVATIONS = [
    "elu", "gelu", "identity", "leaky_relu", "mish", "relu", "selu", "sigmoid", "silu", "softmax",
    "softplus", "step", "tanh",
]  # fmt: skip
KEYS = [
    "size",
    "name",
    "type",
    "activation",
    "bias",
    "rate",
    "epsilon",
    "center",
    "scale",
    "layers",
]
TASKS = ["regression", "binary", "multilabel", "multiclass"]


@pytest.mark.parametrize(
    ("word", "choices", "meant"),
    [
        ("rleu", ACTIVATIONS, "relu"), ("RELU", ACTIVATIONS, "relu"), ("leaky-relu", ACTIVATIONS, "leaky_relu"),
        ("LeakyReLU", ACTIVATIONS, "leaky_relu"), ("sofmax", ACTIVATIONS, "softmax"),
        ("tahn", ACTIVATIONS, "tanh"), ("sigmod", ACTIVATIONS, "sigmoid"), ("glu", ACTIVATIONS, "gelu"),
        ("Soft Plus", ACTIVATIONS, "softplus"), ("sof", ["soft", "of"], "soft"),
        ("mutliclass", TASKS, "multiclass"), ("mulitlabel", TASKS, "multilabel"), ("regress", TASKS, "regression"),
        ("actvation", KEYS, "activation"), ("sizes", KEYS, "size"), ("Eps", ["epsilon"], None),
        ("layer", KEYS, "layers"), ("layesr", KEYS, "layers"),
    ],
)  # fmt: skip
def test_a_slip_is_understood(word: str, choices: list[str], meant: str | None):
    assert closest(word, choices) == meant


@pytest.mark.parametrize(
    ("word", "choices"),
    [
        ("banana", ACTIVATIONS), ("", ACTIVATIONS), ("_", ACTIVATIONS), ("x", KEYS), ("is", ["in", "as"]),
        ("lr", KEYS), ("multi", TASKS), ("swish", ACTIVATIONS), ("units", KEYS), ("relu", []),
    ],
)  # fmt: skip
def test_no_wild_guesses(word: str, choices: list[str]):
    assert closest(word, choices) is None
    assert did_you_mean(word, choices) is None


def test_the_fewest_slips_win_then_the_same_first_letter():
    assert closest("gleu", ["relu", "gelu"]) == "gelu"
    assert closest("sellu", ["gelu", "silu", "selu"]) == "selu"
    assert closest("selo", ["helo", "selu"]) == "selu"


def test_the_hint_quotes_the_choice():
    assert did_you_mean("rleu", ["relu"]) == "did you mean 'relu'?"
    assert did_you_mean("a\x1bbc", ["a\x1bbcd"]) == "did you mean 'a\\x1bbcd'?"


def test_long_words_and_many_choices_take_bounded_time():
    start = time.process_time()
    assert closest("x" * 10**6, ["x" * 10**6]) is None
    closest("ab" * 50, ["ba" * 50] * 1000)
    assert time.process_time() - start < 2

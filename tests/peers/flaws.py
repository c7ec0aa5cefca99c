"""Errors that several frameworks share, as the keywords of a row."""

from __future__ import annotations

from peers import limits

TAIL = {"absolute": 1, "why": "the tail is 1 minus nearly 1", "wrong": limits.GATE}
OVERFLOW = {"absolute": 1e-32, "why": "1 / (1 + exp(−x)) is 0 once exp(−x) is infinite"}
GATE_OVERFLOW = {**OVERFLOW, "absolute": 1e-30, "wrong": limits.GATE}
SUBNORMAL_GATE = {
    "absolute": 3e-36,
    "why": "the gate is subnormal, with few digits, before it is multiplied by x",
    "wrong": limits.GATE,
}
DIFFERENCE = {"absolute": 0.5, "why": "x − tanh(x) has no digits left where x is small"}
SQUAREPLUS = {
    "absolute": 2e3,
    "why": "x + √(x² + b) cancels where x is negative",
    "wrong": limits.GATE,
}
LOG_SUM = {
    "absolute": 1,
    "why": "the largest is added to the logarithm of the sum, rounded, and taken off again",
    "wrong": limits.LOG_SOFTMAX,
}
NO_NAN = {"wrong": limits.NAN_KEPT}

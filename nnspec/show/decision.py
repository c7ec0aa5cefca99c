"""What the outputs of one row mean: the classes in order, the answer, the predicted numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.records import dataclass
from nnspec.show.numbers import number

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nnspec.spec.model import Spec


@dataclass(frozen=True, slots=True)
class Outcome:
    """One output, or one class that it speaks for.

    Attributes:
        label: the class or the predicted quantity.
        threshold: what `value` is compared with, if with anything.
        chosen: it is the answer, or part of it; None where nothing is decided.
    """

    label: str
    value: np.floating[Any]
    threshold: float | None = None
    chosen: bool | None = None

    @property
    def verdict(self) -> str:
        """A mark of the answer: "←" for the largest, "≥ 0.5" for what reaches its threshold."""
        if self.chosen is None:
            return ""
        if self.threshold is None:
            return "←" if self.chosen else ""
        return f"{'≥' if self.chosen else '<'} {number(self.threshold)}"


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer for one row.

    Attributes:
        outcomes: in the order to be read: classes by falling probability, others as declared.
        rule: how the answer follows from the outputs, in a phrase.
        answer: the labels decided for, comma-separated; None for regression and for a NaN.
    """

    outcomes: tuple[Outcome, ...]
    rule: str
    answer: str | None

    @property
    def shares(self) -> bool:
        """Whether every value is a share of 1, which a bar can show; logits are none."""
        return all(0 <= one.value <= 1 for one in self.outcomes)


def decide(y: NDArray[Any], spec: Spec) -> Decision:
    """Read the outputs (outputs,) of one row as the spec's task says.

    Multiclass takes the largest output, the first of equals; binary and multilabel ask whether
    an output is at least its threshold.
    """
    labels = spec.output.labels
    if spec.task == "multiclass":
        return _largest(y, labels or _numbered("class", y.size))
    if spec.task == "binary":
        return _binary(y, labels or ("0", "1"), spec.output.threshold or (0.5,))
    if spec.task == "multilabel":
        names = labels or _numbered("output", y.size)
        return _each(y, names, spec.output.threshold or (0.5,) * y.size)
    names = labels or _numbered("output", y.size)
    outcomes = tuple(Outcome(name, v) for name, v in zip(names, y, strict=True))
    return Decision(outcomes, "the outputs are the prediction", None)


def _numbered(noun: str, size: int) -> tuple[str, ...]:
    return tuple(f"{noun}{k}" for k in range(size))


def _largest(y: NDArray[Any], labels: tuple[str, ...]) -> Decision:
    best = None if np.isnan(y).any() else int(np.argmax(y))
    order = sorted(range(y.size), key=lambda k: (bool(np.isnan(y[k])), -y[k], k))
    outcomes = tuple(
        Outcome(labels[k], y[k], chosen=None if best is None else k == best) for k in order
    )
    return Decision(outcomes, "the largest output", None if best is None else labels[best])


def _binary(y: NDArray[Any], labels: tuple[str, ...], threshold: tuple[float, ...]) -> Decision:
    value, limit = y[0], threshold[0]
    if np.isnan(value):
        return Decision((Outcome(labels[1], value, limit),), "the output is NaN", None)
    answer = labels[int(value >= limit)]
    sign = "≥" if value >= limit else "<"
    outcomes = (Outcome(labels[1], value, limit, bool(value >= limit)),)
    return Decision(outcomes, f"the output is {sign} the threshold {limit:g}", answer)


def _each(y: NDArray[Any], labels: tuple[str, ...], threshold: tuple[float, ...]) -> Decision:
    broken = bool(np.isnan(y).any())
    outcomes = tuple(
        Outcome(label, value, limit, None if broken else bool(value >= limit))
        for label, value, limit in zip(labels, y, threshold, strict=True)
    )
    chosen = ", ".join(one.label for one in outcomes if one.chosen) or "none of them"
    return Decision(outcomes, "outputs that reach their threshold", None if broken else chosen)

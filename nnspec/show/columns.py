"""What the columns of an output are called, and labels as texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nnspec.model import Model
    from nnspec.spec.model import Spec


def columns(model: Model, emit: str) -> tuple[str, ...]:
    """Name the columns of what is emitted.

    Outputs and logits are named by the labels (a binary one by its second label, whose
    probability it is), or output0, output1, …; those of a layer dense1_0, dense1_1, ….
    """
    kind, _, name = emit.partition(":")
    if kind == "layer":
        return tuple(f"{name}_{k}" for k in range(model.original_graph.marks[name].size))
    spec = model.spec
    labels = spec.output.labels
    if labels is None or len(set(labels)) < len(labels):  # two columns cannot have one name
        return tuple(f"output{k}" for k in range(spec.output.layer.size_out or 0))
    return labels[1:] if spec.task == "binary" else labels


def label_texts(labels: NDArray[Any], spec: Spec) -> list[str]:
    """Turn labels into texts: the spec's, or the numbers; several of a row joined by ";".

    A row without a label, because it held NaN, is the empty text.
    """
    names = spec.output.labels
    if spec.task == "multilabel":
        words = names or tuple(str(k) for k in range(labels.shape[1]))
        return [
            ";".join(word for word, one in zip(words, row, strict=True) if one == 1)
            for row in labels.tolist()
        ]
    words = names or tuple(str(k) for k in range(max(2, spec.output.layer.size_out or 0)))
    return ["" if label < 0 else words[label] for label in labels.tolist()]

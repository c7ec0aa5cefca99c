"""Labels, without the output activation wherever that gives the same answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.errors import UsageError
from nnspec.graph.cut import logits
from nnspec.graph.threshold import logit_threshold
from nnspec.records import dataclass

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nnspec.graph.ir import Graph, Node
    from nnspec.spec.model import Spec


@dataclass(frozen=True)
class LabelCut:
    """What to run for labels, and how to read them off.

    Attributes:
        graph: ends at the logits, or at the outputs where the activation is needed.
        threshold: one number per output, in the graph's dtype; None: the largest wins.
        several: one label per output (multilabel), not one per row.
    """

    graph: Graph
    threshold: NDArray[Any] | None
    several: bool

    def read(self, y: NDArray[Any]) -> NDArray[np.int64]:
        """Turn what the graph gives into labels: (n,), or (n, outputs) for multilabel.

        The label is the number of the largest value, the first of equal ones; or 1 where the
        value reaches its threshold and 0 elsewhere. A row that holds NaN has -1.
        """
        if self.threshold is None:
            found = np.argmax(y, axis=1)
        else:
            found = y >= self.threshold if self.several else y[:, 0] >= self.threshold[0]
        answer: NDArray[np.int64] = found.astype(np.int64)
        answer[np.isnan(y).any(axis=1)] = -1
        return answer


def labels(graph: Graph, spec: Spec) -> LabelCut:
    """Find the shortest graph that labels can be read off.

    Multiclass: an activation by row that keeps the order, as softmax does, is left out, and so
    is the identity. Two logits whose probabilities round to one number are still told apart.
    Binary and multilabel: an activation by number that keeps the order is left out where a
    threshold on the logits gives `outputs >= threshold` for every float there is; the threshold
    is rounded to the dtype, as NumPy does when it compares an array with a number.

    Raises:
        UsageError: the task has no labels.
    """
    if spec.task == "regression":
        raise UsageError("labels need a task with classes, and this spec is a regression")
    several = spec.task == "multilabel"
    node = _output_activation(graph)
    threshold = (
        None if spec.task == "multiclass" else np.asarray(spec.output.threshold, dtype=graph.dtype)
    )
    if node is None or node.attributes["activation"].name == "identity":
        return LabelCut(logits(graph), threshold, several)
    activation = node.attributes["activation"]
    if threshold is None:
        by_row = activation.rowwise and activation.keeps_order
        return LabelCut(logits(graph) if by_row else graph, None, several)
    if activation.keeps_order and not activation.rowwise and not node.arrays:
        moved = logit_threshold(activation, node.attributes["parameters"], threshold)
        if moved is not None:
            return LabelCut(logits(graph), moved, several)
    return LabelCut(graph, threshold, several)


def _output_activation(graph: Graph) -> Node | None:
    """Find the node between the logits and the output; None where they are the same value."""
    if graph.logits == graph.output:
        return None
    return next(node for node in graph.nodes if node.output == graph.output)

"""The bare matrix products of the network in NumPy, and nothing else: the roof for BLAS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.bench.peers import Peer

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nnspec.model import Model
    from nnspec.plugin.engine import Run


def make(model: Model) -> Run:
    """Multiply random rows by each weight, into arrays that are there already."""
    weights = [node.arrays["weight"] for node in model.graph.nodes if node.op.name == "affine"]
    random = np.random.default_rng(0)
    ready: dict[int, list[tuple[NDArray[Any], NDArray[Any], NDArray[Any]]]] = {}

    def prepare(rows: int) -> list[tuple[NDArray[Any], NDArray[Any], NDArray[Any]]]:
        shapes = [weight.shape for weight in weights]
        return [
            (
                random.standard_normal((rows, inputs)).astype(weight.dtype),
                weight,
                np.empty((rows, outputs), weight.dtype),
            )
            for weight, (inputs, outputs) in zip(weights, shapes, strict=True)
        ]

    def run(x: NDArray[Any]) -> NDArray[Any]:
        if len(x) not in ready:
            ready[len(x)] = prepare(len(x))
        for rows, weight, out in ready[len(x)]:
            np.matmul(rows, weight, out=out)
        return x

    return run


PEER = Peer("matrix-products", make, answers=False)

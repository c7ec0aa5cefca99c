"""ONNX Runtime as its documentation says: a session of the network's ONNX model, no options."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.bench.peers import Peer
from nnspec.engines.onnxruntime import Program
from nnspec.plan import plan

if TYPE_CHECKING:
    from nnspec.model import Model
    from nnspec.plugin.engine import Run


def make(model: Model) -> Run:
    """Take the session of the engine of the same name."""
    return Program(plan(model.graph))


PEER = Peer("onnxruntime", make, needs=("onnxruntime", "onnx"), install="'nnspec[onnx]'")

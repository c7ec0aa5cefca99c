"""OpenVINO on the network's ONNX model, compiled for each number of rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nnspec.bench.peers import Peer
from nnspec.errors import UsageError
from nnspec.onnx_model import onnx_model
from nnspec.plan import plan

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nnspec.model import Model
    from nnspec.plugin.engine import Run

_SETTINGS = {"PERFORMANCE_HINT": "LATENCY", "INFERENCE_PRECISION_HINT": "f32"}
"""One call at a time; and bfloat16, which it takes on some machines by itself, is another job."""


def make(model: Model) -> Run:
    """Compile the model anew for each number of rows: that is the fastest way it has.

    Raises:
        UsageError: it cannot run this network, or only in float32 where the spec says float64.
    """
    import openvino

    if model.spec.dtype != "float32":
        raise UsageError(f"OpenVINO computes in float32 on a CPU, not in {model.spec.dtype}")
    core = openvino.Core()
    form = onnx_model(plan(model.graph)).SerializeToString()
    compiled: dict[int, Any] = {}

    def run(x: NDArray[Any]) -> NDArray[Any]:
        if len(x) not in compiled:
            try:
                fixed = core.read_model(form)
                fixed.reshape(x.shape)
                compiled[len(x)] = core.compile_model(fixed, "CPU", _SETTINGS)
            except RuntimeError as error:
                reason = str(error).strip().rpartition("\n")[2]
                raise UsageError(f"OpenVINO cannot run {model.spec.name}: {reason}") from error
        y: NDArray[Any] = compiled[len(x)](x, share_inputs=True)[0]
        return y

    return run


PEER = Peer("openvino", make, needs=("openvino", "onnx"), install="openvino 'nnspec[onnx]'")

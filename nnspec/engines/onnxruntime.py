"""onnxruntime: the network as an ONNX model in ONNX Runtime; it needs the extra `onnx`.

It is there to compare with, and as an example of `nnspec_engines`. An engine is one function
that takes a plan and gives something to call with rows; here that is a session of ONNX Runtime.
The plan becomes an ONNX model step by step, each by the ONNX form of its op, and an activation by
its own `onnx`. What has none is refused with a sentence, since a session cannot call back.

Sums are ordered, and functions approximated, as ONNX Runtime does it: a row may differ in its
last bits from one batch to another, so that `deterministic` refuses it, and NaN and infinity may
come out otherwise than in NumPy.
"""

from __future__ import annotations

import os
import re
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from nnspec.errors import MissingExtraError, UsageError
from nnspec.plugin.engine import Engine
from nnspec.plugin.hookspecs import hookimpl

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nnspec.plan import Plan

_ERRORS_ONLY = 3
"""ONNX Runtime would print warnings; its errors come as exceptions."""


class Program:
    """A session; many threads may call it at once.

    The threads of a session do not survive a fork, and its child would wait for them for ever, so
    the child makes a session of its own at its first call.

    Raises:
        MissingExtraError: onnx or onnxruntime is not installed.
        UsageError: something in the plan has no ONNX form, or ONNX Runtime cannot run it.
    """

    def __init__(self, plan: Plan) -> None:
        if find_spec("onnxruntime") is None:
            raise MissingExtraError("the engine onnxruntime", "onnx")
        self._plan = plan
        self._sessions = {os.getpid(): _session(plan)}

    def __call__(self, x: NDArray[Any]) -> NDArray[Any]:
        """Run the rows of x, which is not written to."""
        process = os.getpid()
        if process not in self._sessions:
            # The parent's stays in the table: to free it would be to wait for its threads.
            self._sessions[process] = _session(self._plan)
        (y,) = self._sessions[process].run(None, {"x": x})
        result: NDArray[Any] = y
        return result


def _session(plan: Plan) -> Any:
    from onnxruntime import InferenceSession, SessionOptions

    from nnspec.onnx_model import onnx_model

    options = SessionOptions()
    options.log_severity_level = _ERRORS_ONLY
    model = onnx_model(plan).SerializeToString()
    try:
        return InferenceSession(model, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # it has a class of its own for each of its status codes
        raise UsageError(
            f"ONNX Runtime cannot run {plan.name} in {plan.dtype}: {_reason(str(error))}; "
            "--engine numpy can"
        ) from error


def _reason(message: str) -> str:
    """Say it shorter.

    Examples:
        >>> _reason("[ONNXRuntimeError] : 9 : Could not find an implementation for Elu(6) node")
        'it has no operator Elu for that'
    """
    missing = re.search(r"find an implementation for (\w+)\(", message)
    if missing:
        return f"it has no operator {missing[1]} for that"
    return message.strip().partition("\n")[0].rpartition(" : ")[2]


@hookimpl
def nnspec_engines() -> list[Engine]:
    """Register the engine under the name that `--engine` takes."""
    summary = "ONNX Runtime, to compare with; needs nnspec[onnx]."
    varies = "ONNX Runtime orders sums by the number of rows"
    return [Engine("onnxruntime", Program, summary, varies=varies)]

"""Plan → ONNX model: each step by the ONNX form of its op."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nnspec.errors import UsageError
from nnspec.onnx_builder import OnnxBuilder
from nnspec.plan import INPUT, RESULT

if TYPE_CHECKING:
    from nnspec.plan import Plan

MOST_BYTES = 2**31 - 1
"""A protobuf message cannot be longer."""


def onnx_model(plan: Plan) -> Any:
    """Make a ModelProto with the input `x` of rows × inputs, and one output of rows × outputs.

    Raises:
        MissingExtraError: onnx is not installed.
        UsageError: an op or an activation has no ONNX form, or the weights are too large for it.
    """
    size = sum(
        setting.nbytes
        for step in plan.steps
        for setting in step.settings.values()
        if hasattr(setting, "nbytes")
    )
    if size > MOST_BYTES:
        raise UsageError(
            f"{plan.name} has {size:,} bytes of weights, and an ONNX model in one piece holds at "
            f"most {MOST_BYTES:,}; --engine numpy runs it"
        )
    op = OnnxBuilder(plan.dtype)
    # A slot is written again and again; in ONNX every value has a name of its own.
    held = {INPUT: "x"}
    for step in plan.steps:
        if step.op.onnx is None:
            raise UsageError(f"{step.name}: the op {step.op.name!r} has no ONNX form; {_INSTEAD}")
        inputs = [held[slot] for slot, _ in step.inputs]
        try:
            held[step.output[0]] = step.op.onnx(op, inputs, **step.settings)
        except ValueError as error:
            raise UsageError(f"{step.name}: {error}; {_INSTEAD}") from error
    y = op.Identity(held.get(RESULT, "x"))
    try:
        return op.model({"x": ("rows", plan.inputs)}, {y: ("rows", plan.outputs)})
    except ValueError as error:
        raise UsageError(f"{plan.name} has no ONNX form: {error}; {_INSTEAD}") from error


_INSTEAD = "--engine numpy runs it as it is"

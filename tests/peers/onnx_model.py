"""An ONNX model of one operator."""

from __future__ import annotations

import numpy as np

SELU = {"alpha": 1.67326319217681884765625, "scale": 1.05070102214813232421875}
"""The defaults of Selu, as the operator's definition prints them."""


def single(number):
    """Round to float32, the type of an attribute."""
    return float(np.float32(number))


def one_operator(row, x, opset):
    """Make the model of a row for an input like x; arguments of Clip are inputs, as it wants."""
    from onnx import helper, numpy_helper

    kind = helper.np_dtype_to_tensor_dtype(x.dtype)
    extra = row.arguments if row.function == "Clip" else {}
    node = helper.make_node(row.function, ["x", *extra], ["y"], **({} if extra else row.arguments))
    graph = helper.make_graph(
        [node],
        "one_operator",
        [helper.make_tensor_value_info("x", kind, x.shape)],
        [helper.make_tensor_value_info("y", kind, x.shape)],
        [numpy_helper.from_array(np.asarray(one, x.dtype), name) for name, one in extra.items()],
    )
    # the IR version that onnxruntime 1.20 and every onnx of this age can read
    imports = [helper.make_opsetid("", opset)]
    return helper.make_model(graph, opset_imports=imports, ir_version=10)

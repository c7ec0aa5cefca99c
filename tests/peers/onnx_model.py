"""An ONNX model of one operator."""

from __future__ import annotations

import numpy as np

OPSET = 24
"""The version of the operators, but for those that are younger."""

SELU = {"alpha": 1.67326319217681884765625, "scale": 1.05070102214813232421875}
"""The defaults of Selu, as the operator's definition prints them."""


def single(number):
    """Round to float32, the type of an attribute."""
    return float(np.float32(number))


def one_operator(row, x):
    """Make the model of a row for an input like x.

    Arguments are inputs where the operator has them as such, constants here; the inputs of a
    gated unit are the halves of x, in their order.
    """
    from onnx import defs, helper, numpy_helper

    schema = defs.get_schema(row.function)
    names = [one.name for one in schema.inputs]
    constants = {
        name: np.asarray(one, x.dtype) for name, one in row.arguments.items() if name in names
    }
    attributes = {name: one for name, one in row.arguments.items() if name not in names}
    nodes, inputs = [], ["x", *constants]
    if names == ["A", "B"]:
        inputs = names
        nodes = [helper.make_node("Split", ["x"], inputs, axis=-1, num_outputs=2)]
    nodes.append(helper.make_node(row.function, inputs, ["y"], **attributes))
    kind = helper.np_dtype_to_tensor_dtype(x.dtype)
    graph = helper.make_graph(
        nodes,
        "one_operator",
        [helper.make_tensor_value_info("x", kind, x.shape)],
        [helper.make_tensor_value_info("y", kind, None)],
        [numpy_helper.from_array(array, name) for name, array in constants.items()],
    )
    # the IR version that onnxruntime 1.20 and every onnx of this age can read
    imports = [helper.make_opsetid("", max(OPSET, _first_opset(row.function)))]
    return helper.make_model(graph, opset_imports=imports, ir_version=10)


def _first_opset(operator):
    from onnx import defs

    history = defs.get_all_schemas_with_history()
    return min(one.since_version for one in history if (one.name, one.domain) == (operator, ""))

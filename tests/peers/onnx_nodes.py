"""The ONNX project's own test cases of activations, and what each is in nnspec."""

from __future__ import annotations

import json

import numpy as np

ACTIVATIONS = {
    "Atan": "arctan",
    "Celu": "celu",
    "Clip": "hard_tanh",
    "Cos": "cosine",
    "Elu": "elu",
    "Exp": "exponential",
    "Gelu": "gelu",
    "HardSigmoid": "hard_sigmoid",
    "HardSwish": "hard_swish",
    "Hardmax": "hardmax",
    "Identity": "identity",
    "LeakyRelu": "leaky_relu",
    "LogSoftmax": "log_softmax",
    "Mish": "mish",
    "PRelu": "prelu",
    "Reciprocal": "reciprocal",
    "Relu": "relu",
    "Selu": "selu",
    "Shrink": "hard_shrink",
    "Sigmoid": "sigmoid",
    "Sin": "sine",
    "Softmax": "softmax",
    "Softplus": "softplus",
    "Softsign": "softsign",
    "SwiGLU": "swiglu",
    "Swish": "silu",
    "Tanh": "tanh",
    "ThresholdedRelu": "thresholded_relu",
}
PARAMETERS = {
    "HardSigmoid": {"alpha": "slope", "beta": "offset"},
    "LeakyRelu": {"alpha": "negative_slope"},
    "Selu": {"gamma": "scale"},
    "SwiGLU": {"alpha": "beta"},
    "Swish": {"alpha": "beta"},
    "ThresholdedRelu": {"alpha": "theta"},
}


def express(operator, attributes):
    """Give the name and the parameters in nnspec; the axis of rows is not among them.

    The inputs of SwiGLU are read as two halves of a row, in their order.

    Examples:
        >>> express("Shrink", {"lambd": 1.5, "bias": 1.5})
        ('soft_shrink', {'lambd': 1.5})
        >>> express("Clip", {"min": 0.0})
        ('hard_tanh', {'min': 0.0, 'max': inf})
        >>> express("SwiGLU", {"alpha": 0.5})
        ('swiglu', {'gate': 'first', 'beta': 0.5})
    """
    given = {name: value for name, value in attributes.items() if name != "axis"}
    if operator == "Clip":
        given = {"min": -np.inf, "max": np.inf, **given}
    if operator == "SwiGLU":
        given = {"gate": "first", **given}
    if operator == "Shrink":
        kind = {0.0: "hard_shrink", given["lambd"]: "soft_shrink"}[given.pop("bias")]
        return kind, given
    renamed = PARAMETERS.get(operator, {})
    return ACTIVATIONS[operator], {renamed.get(name, name): x for name, x in given.items()}


def collect():
    """Make the table: `cases`, what each is, as JSON; and the arrays `<case>/<input>`, `<case>/y`.

    Half and integer types are widened to float32, which changes no value.
    """
    import onnx
    from onnx.backend.test.case.node import collect_testcases

    table, cases = {"version": np.array(onnx.__version__)}, {}
    for case in collect_testcases():
        nodes = case.model.graph.node
        expanded = case.name.endswith("_expanded")  # the same case, by the body of the operator
        if expanded or len(nodes) != 1 or nodes[0].op_type not in ACTIVATIONS:
            continue
        schema = onnx.defs.get_schema(nodes[0].op_type)
        names = [
            one.name for one, given in zip(schema.inputs, nodes[0].input, strict=False) if given
        ]
        [(inputs, [y])] = case.data_sets
        arrays = all(isinstance(one, (np.ndarray, np.generic)) for one in (*inputs, y))
        about = {"operator": nodes[0].op_type, "attributes": _attributes(schema, nodes[0])}
        cases[case.name] = {**about, "type": y.dtype.name if arrays else type(y).__name__}
        if not arrays:
            continue
        x, *others = (_widened(one) for one in inputs)
        table[f"{case.name}/x"], table[f"{case.name}/y"] = x, _widened(y)
        for name, other in zip(names[1:], others, strict=True):
            if other.ndim:
                table[f"{case.name}/{name}"] = other
            else:
                about["attributes"][name] = other.item()
    return {**table, "cases": np.array(json.dumps(cases))}


def _attributes(schema, node):
    from onnx.helper import get_attribute_value

    defaults = {name: one.default_value for name, one in schema.attributes.items()}
    given = {one.name: one for one in (*defaults.values(), *node.attribute) if one.name}
    values = {name: get_attribute_value(one) for name, one in given.items()}
    return {name: x.decode() if isinstance(x, bytes) else x for name, x in values.items()}


def _widened(array):
    return array.astype(np.float32)

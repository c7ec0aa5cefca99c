"""Build an ONNX graph: operators are methods, and values go by their names."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.errors import MissingExtraError
from nnspec.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import ArrayLike, DTypeLike, NDArray

    Shape = Sequence[int | str | None]

OPSET = 20
"""The first with Gelu; every later onnxruntime and onnx can run it."""


@dataclass(frozen=True)
class Node:
    """One operator of the graph."""

    operator: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    attributes: Mapping[str, Any]


class OnnxBuilder:
    """A graph that grows by a node with each call; `onnx` itself is needed only for the model.

    `op.Relu(x)` adds a node and returns the name of its output; the name "" stands for an
    optional input that is left out.

    Args:
        dtype: float32 or float64, what the graph computes in.

    Attributes:
        nodes: the operators, in the order in which they were added.
        constants: name → array, of the graph's dtype.

    Examples:
        >>> op = OnnxBuilder("float32")
        >>> op.Mul("x", op.Sigmoid(op.Mul("x", op.constant(1.702))))
        'Mul_2'
        >>> [(node.operator, *node.inputs) for node in op.nodes]
        [('Mul', 'x', 'constant_0'), ('Sigmoid', 'Mul_0'), ('Mul', 'x', 'Sigmoid_1')]
    """

    def __init__(self, dtype: DTypeLike) -> None:
        self.dtype = np.dtype(dtype)
        self.nodes: list[Node] = []
        self.constants: dict[str, NDArray[Any]] = {}

    def __getattr__(self, operator: str) -> Callable[..., str]:
        """Give the method of an operator with one output: `op.Relu`."""
        if not operator[:1].isupper():
            raise AttributeError(f"{operator!r} is neither a method nor an operator of ONNX")
        return partial(self._one, operator)

    def _one(self, operator: str, *inputs: str, **attributes: Any) -> str:
        (output,) = self.add(operator, *inputs, **attributes)
        return output

    def add(
        self, operator: str, *inputs: str, outputs: int = 1, **attributes: Any
    ) -> tuple[str, ...]:
        """Add an operator with any number of outputs, and return their names.

        Examples:
            >>> op = OnnxBuilder("float32")
            >>> op.add("Split", "x", outputs=2, axis=-1, num_outputs=2)
            ('Split_0', 'Split_0_1')
        """
        name = f"{operator}_{len(self.nodes)}"
        names = (name, *(f"{name}_{k}" for k in range(1, outputs)))
        self.nodes.append(Node(operator, inputs, names, attributes))
        return names

    def constant(self, value: ArrayLike) -> str:
        """Give the name of a number, or an array of numbers, of the graph's dtype.

        The same bits get the same name.
        """
        array = np.asarray(value, self.dtype)
        for name, known in self.constants.items():
            if known.shape == array.shape and known.tobytes() == array.tobytes():
                return name
        name = f"constant_{len(self.constants)}"
        self.constants[name] = array
        return name

    def limit(self, number: float) -> str:
        """Give the largest constant that is not above a number, for x to be compared with.

        x is above the one exactly where it is above the other. float32 rounds 0.1 up: its 0.1
        is above the number, but not above the constant.

        Examples:
            >>> op = OnnxBuilder("float32")
            >>> op.limit(0.1) == op.constant(0.1), op.limit(0.5) == op.constant(0.5)
            (False, True)
        """
        near = np.asarray(number, self.dtype)
        return self.constant(near if float(near) <= number else np.nextafter(near, -np.inf))

    def holds(self, *numbers: float) -> bool:
        """Say whether attributes can hold these numbers to the precision of the graph.

        An attribute of an operator is float32 even where all else is float64; a number that it
        cannot hold has to come in as a constant.

        Examples:
            >>> OnnxBuilder("float64").holds(0.5), OnnxBuilder("float64").holds(0.01)
            (True, False)
            >>> OnnxBuilder("float32").holds(0.01)
            True
        """
        return self.dtype == np.float32 or all(float(np.float32(n)) == n for n in numbers)

    def opset(self) -> int:
        """Find the lowest opset, from 20 on, that has all the operators.

        Raises:
            MissingExtraError: onnx is not installed.
            ValueError: the onnx that is installed does not know one of them.
        """
        defs = _onnx().defs
        for version in range(OPSET, defs.onnx_opset_version() + 1):
            if all(defs.has(node.operator, version) for node in self.nodes):
                return version
        unknown = {node.operator for node in self.nodes if not defs.has(node.operator)}
        raise ValueError(f"onnx {_onnx().__version__} has no operator {', '.join(sorted(unknown))}")

    def model(self, inputs: Mapping[str, Shape], outputs: Mapping[str, Shape]) -> Any:
        """Make the ModelProto, and have ONNX check it.

        Args:
            inputs: name → shape, where a text or None is a length that may vary.
            outputs: likewise, of what the graph gives.

        Raises:
            MissingExtraError: onnx is not installed.
            ValueError: there is no such operator or attribute, or the graph does not hold together.
        """
        onnx = _onnx()
        helper = onnx.helper
        kind = helper.np_dtype_to_tensor_dtype(self.dtype)
        opset = self.opset()
        graph = helper.make_graph(
            [_proto(node, opset) for node in self.nodes],
            "nnspec",
            [helper.make_tensor_value_info(name, kind, inputs[name]) for name in inputs],
            [helper.make_tensor_value_info(name, kind, outputs[name]) for name in outputs],
            [onnx.numpy_helper.from_array(array, name) for name, array in self.constants.items()],
        )
        imports = [helper.make_opsetid("", opset)]
        model = helper.make_model(
            graph,
            producer_name="nnspec",
            opset_imports=imports,
            ir_version=helper.find_min_ir_version_for(imports),
        )
        try:
            onnx.checker.check_model(model, full_check=True)
        except (onnx.checker.ValidationError, onnx.shape_inference.InferenceError) as error:
            raise ValueError(str(error).strip().partition("\n")[0]) from error
        return model


def _proto(node: Node, opset: int) -> Any:
    """Give a node the attributes of the types that its operator declares."""
    onnx = _onnx()
    declared = onnx.defs.get_schema(node.operator, opset).attributes
    proto = onnx.helper.make_node(node.operator, node.inputs, node.outputs)
    for name, value in node.attributes.items():
        if name not in declared:
            raise ValueError(f"{node.operator} has no attribute {name!r} in opset {opset}")
        if declared[name].type == onnx.defs.OpSchema.AttrType.FLOAT:
            value = float(value)  # a spec may say 1
        proto.attribute.append(onnx.helper.make_attribute(name, value))
    return proto


def _onnx() -> Any:
    try:
        import onnx
    except ImportError as error:
        raise MissingExtraError("building an ONNX model", "onnx") from error
    return onnx

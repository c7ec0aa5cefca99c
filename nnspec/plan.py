"""Graph → Plan: what runs in which order, and in which buffer every value lives.

A buffer is called a slot. Slot 0 is the caller's x, which is only read; slot 1 is the caller's
result; the others are scratch, and are reused as soon as nobody reads what they hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.records import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import DTypeLike

    from nnspec.graph.ir import Graph, Node, Value
    from nnspec.plugin.op import Op

INPUT, RESULT = 0, 1


@dataclass(frozen=True, eq=False)
class Step:
    """One call of a kernel.

    Attributes:
        op: what to call.
        settings: its attributes and arrays.
        inputs: (slot, features) of each input.
        output: (slot, features); the slot of the first input where it runs in place.
        name: the value that it makes.
    """

    op: Op
    settings: Mapping[str, Any] = field(repr=False)
    inputs: tuple[tuple[int, int], ...]
    output: tuple[int, int]
    name: str

    def settings_in(self, dtype: DTypeLike) -> dict[str, Any]:
        """Give the settings with copies of their arrays in a dtype, C-contiguous."""
        return {
            name: np.array(setting, dtype=dtype, order="C")
            if isinstance(setting, np.ndarray)
            else setting
            for name, setting in self.settings.items()
        }

    def __str__(self) -> str:
        inputs = ", ".join(f"s{slot}[n, {size}]" for slot, size in self.inputs)
        slot, size = self.output
        return f"s{slot}[n, {size}] = {self.op.name}({inputs})  # {self.name}"


@dataclass(frozen=True, eq=False)
class Plan:
    """A graph made ready for an engine.

    Attributes:
        name, dtype: the graph's.
        inputs, outputs: features in and out.
        steps: in order; none means that the result is the input.
        slots: the width of every slot in features.
        flops: floating-point operations for one row.
    """

    name: str
    dtype: str
    inputs: int
    outputs: int
    steps: tuple[Step, ...]
    slots: tuple[int, ...]
    flops: int

    @property
    def scratch_bytes(self) -> int:
        """Bytes of scratch for one row."""
        return sum(self.slots[RESULT + 1 :]) * np.dtype(self.dtype).itemsize

    def __str__(self) -> str:
        """Print it one step a line: `s2[n, 50] = affine(s0[n, 784])  # dense1.affine`."""
        head = f"plan {self.name} {self.dtype}: {self.flops} operations and "
        lines = [f"{head}{self.scratch_bytes} bytes of scratch a row"]
        return "\n".join([*lines, *(f"  {step}" for step in self.steps)])


def plan(graph: Graph) -> Plan:
    """Give every value of a graph its slot.

    A node runs in place where its op allows it and nobody reads its first input afterwards; such
    a chain of values shares a slot. The chain that ends in the output has the result's slot.
    """
    last = _last_reads(graph)
    chain = _chains(graph, last)
    slot_of: dict[Value, int] = {graph.input: INPUT}
    of_chain: dict[Value, int] = {chain[graph.output]: RESULT}
    widths = [graph.input.size, graph.output.size]
    free: list[int] = []
    steps: list[Step] = []
    for index, node in enumerate(graph.nodes):
        head = chain[node.output]
        if head not in of_chain:
            if free:
                free.sort(key=lambda slot: abs(widths[slot] - head.size))
                of_chain[head] = free.pop(0)
                widths[of_chain[head]] = max(widths[of_chain[head]], head.size)
            else:
                of_chain[head] = len(widths)
                widths.append(head.size)
        slot_of[node.output] = of_chain[head]
        steps.append(_step(node, slot_of))
        for value in dict.fromkeys((*node.inputs, node.output)):
            ends = last.get(value, index) == index and chain[value] != chain[node.output]
            unread = value == node.output and value not in last
            if (ends or unread) and slot_of[value] > RESULT:
                free.append(slot_of[value])
    return Plan(
        name=graph.name,
        dtype=graph.dtype,
        inputs=graph.input.size,
        outputs=graph.output.size,
        steps=tuple(steps),
        slots=tuple(widths),
        flops=sum(node.flops for node in graph.nodes),
    )


def _step(node: Node, slot_of: Mapping[Value, int]) -> Step:
    return Step(
        op=node.op,
        settings=node.settings,
        inputs=tuple((slot_of[value], value.size) for value in node.inputs),
        output=(slot_of[node.output], node.output.size),
        name=node.output.name,
    )


def _last_reads(graph: Graph) -> dict[Value, int]:
    """Map each value to the index of the last node that reads it; the output is read at the end."""
    last = {value: index for index, node in enumerate(graph.nodes) for value in node.inputs}
    last[graph.output] = len(graph.nodes)
    return last


def _chains(graph: Graph, last: Mapping[Value, int]) -> dict[Value, Value]:
    """Map each value to the first one of the chain that is computed in place."""
    chain = {graph.input: graph.input}
    for index, node in enumerate(graph.nodes):
        x = node.inputs[0]
        in_place = (
            node.op.in_place
            and last[x] == index
            and x not in node.inputs[1:]
            and chain[x] != graph.input
            and x.size == node.output.size
        )
        chain[node.output] = chain[x] if in_place else node.output
    return chain

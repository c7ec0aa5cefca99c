"""A plan as lines of whole numbers, which the interpreter reads, and the numbers they point at."""

from __future__ import annotations

import ctypes
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.engines.numba.columns import Code, Column, Head
from nnspec.engines.numba.packing import aligned, packed, padded, split
from nnspec.engines.numba.through_numpy import Failures, through_numpy
from nnspec.engines.numba.unsupported import Unsupported
from nnspec.plan import INPUT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from nnspec.engines.numba.functions import Function
    from nnspec.engines.numba.machine import Machine
    from nnspec.plan import Plan, Step

Line = dict[Column, int]
_CACHE = 3 << 17
"""Bytes of all values of a block: they stay in the second cache beside a panel of weights."""
_TALLEST = 96


class Table:
    """A plan for the interpreter.

    Attributes:
        lines: a head, then things to do × columns.
        height: the most rows of a block.
        scratch: the numbers that a block needs room for.
        through_numpy: what has no machine code, and why: "dense1.activation: mine has …".
        failures: what such a step raised.
    """

    def __init__(
        self,
        plan: Plan,
        machine: Machine,
        threads: int,
        function: Callable[[Step], Function],
    ) -> None:
        """Lay out a plan; `function` gives what to do for an activation."""
        self._dtype = np.dtype(plan.dtype)
        self._lanes = machine.lanes(self._dtype.itemsize)
        self._function = function
        self.through_numpy: list[str] = []
        self.failures: Failures = {}
        self._kept: list[Any] = []  # what addresses in the lines point at
        widths = [padded(width, self._lanes) for width in plan.slots]
        tallest = _CACHE // (sum(widths[INPUT + 1 :]) * self._dtype.itemsize)
        step = machine.rows[0]
        self.height = max(step, min(_TALLEST, tallest) // step * step)
        starts = np.cumsum([0, 0, *(width * self.height for width in widths[1:])])
        self._starts = [-1, *(int(start) * self._dtype.itemsize for start in starts[1:])]
        self.scratch = int(starts[-1])
        self._inputs = plan.inputs
        lines = [line for step in plan.steps for line in self._lines(step)]
        _join(lines)
        last = plan.steps[-1].output
        lines.append(self._line(Code.OUT, last, last))
        head = {
            Head.LINES: len(lines),
            Head.INPUTS: plan.inputs,
            Head.OUTPUTS: plan.outputs,
            Head.THREADS: threads,
        }
        self.lines = np.zeros((1 + len(lines), len(Column)), np.int64)
        self.lines[0, list(head)] = list(head.values())
        for number, line in enumerate(lines, 1):
            self.lines[number, list(line)] = list(line.values())

    def _lines(self, step: Step) -> list[Line]:
        make: Mapping[str, Callable[[Step], list[Line]]] = {
            "affine": self._affine,
            "scale": self._scale,
            "clip": self._clip,
            "activate": self._activate,
            "normalize": self._normalize,
            "add": self._two,
            "concat": self._two,
            "identity": self._identity,
        }
        try:
            if step.op.name not in make:
                raise Unsupported(f"{step.op.name} is no op of nnspec's own")
            return make[step.op.name](step)
        except Unsupported as reason:
            self.through_numpy.append(f"{step.name}: {reason}")
            return [self._step(step)]

    def _step(self, step: Step) -> Line:
        """Leave a step to NumPy."""
        line = self._line(Code.STEP, step.inputs[0], step.output)
        strides = [line[Column.LDA], line[Column.LDC]]
        if len(step.inputs) > 1:
            line |= self._second(step)
            strides.insert(1, line[Column.LDB])
        call = through_numpy(step, self._dtype, tuple(strides), self.failures)
        self._kept.append(call)
        address = ctypes.cast(call, ctypes.c_void_p).value
        assert address is not None
        return line | {Column.P: address}

    def _line(
        self, code: Code, source: tuple[int, int], target: tuple[int, int], **more: int
    ) -> Line:
        """Say what to do with one value; (slot, features) each."""
        line = {
            Column.CODE: code,
            Column.A: self._starts[source[0]],
            Column.LDA: self._inputs if source[0] == INPUT else padded(source[1], self._lanes),
            Column.SIZE: source[1],
            Column.C: self._starts[target[0]],
            Column.LDC: padded(target[1], self._lanes),
            Column.PANELS: 1,
        }
        return line | {Column[name]: value for name, value in more.items()}

    def _constant(self, array: NDArray[Any] | None, size: int) -> int:
        """Keep one number a feature; give its address, 0 for none."""
        if array is None:
            return 0
        kept = aligned(np.broadcast_to(array, (size,)), self._dtype)
        self._kept.append(kept)
        return int(kept.ctypes.data)

    def _affine(self, step: Step) -> list[Line]:
        weight = step.settings["weight"]
        wide, few = split(weight.shape[1], self._lanes)
        full, narrow, numbers = packed(weight[:, :wide], self._lanes, self._dtype)
        more = aligned(np.ascontiguousarray(weight[:, wide:].T), self._dtype)
        bias = np.zeros(padded(weight.shape[1], self._lanes))
        if "bias" in step.settings:
            bias[: weight.shape[1]] = step.settings["bias"]
        self._kept += [numbers, more]
        return [
            self._line(
                Code.AFFINE,
                step.inputs[0],
                step.output,
                P=numbers.ctypes.data,
                Q=self._constant(bias, bias.size),
                PANELS=full + narrow,
                NARROW=narrow,
                B=more.ctypes.data,
                SECOND=few,
            )
        ]

    def _scale(self, step: Step) -> list[Line]:
        size = step.output[1]
        return [
            self._line(
                Code.SCALE,
                step.inputs[0],
                step.output,
                P=self._constant(step.settings.get("center"), size),
                Q=self._constant(step.settings.get("scale"), size),
                R=self._constant(step.settings.get("shift"), size),
            )
        ]

    def _clip(self, step: Step) -> list[Line]:
        size = step.output[1]
        return [
            self._line(
                Code.CLIP,
                step.inputs[0],
                step.output,
                P=self._constant(step.settings.get("low"), size),
                Q=self._constant(step.settings.get("high"), size),
            )
        ]

    def _activate(self, step: Step) -> list[Line]:
        found = self._function(step)
        source, more = step.output, {}
        if found.code == Code.PAIRS:
            source, more = step.inputs[0], {"SECOND": step.output[1]}
        elif found.constants:
            kept = np.zeros((len(found.constants), padded(step.output[1], self._lanes)))
            for row, constant in zip(kept, found.constants, strict=True):
                row[: step.output[1]] = constant
            self._kept.append(kept)
            more = {"Q": kept.ctypes.data}
        line = self._line(found.code, source, step.output, P=found.place, **more)
        return [line] if source != step.output else [*self._identity(step), line]

    def _normalize(self, step: Step) -> list[Line]:
        if self._dtype != np.float32:
            raise Unsupported("normalize in float64, which takes pairs of doubles")
        epsilon = aligned([step.settings["epsilon"]], np.float64)
        self._kept.append(epsilon)
        code = Code.LAYERNORM if step.settings["center"] else Code.RMSNORM
        return [self._line(code, step.inputs[0], step.output, P=epsilon.ctypes.data)]

    def _two(self, step: Step) -> list[Line]:
        code = Code.ADD if step.op.name == "add" else Code.CONCAT
        return [self._line(code, step.inputs[0], step.output) | self._second(step)]

    def _second(self, step: Step) -> Line:
        second = self._line(Code.COPY, step.inputs[1], step.output)
        return {
            Column.B: second[Column.A],
            Column.LDB: second[Column.LDA],
            Column.SECOND: second[Column.SIZE],
        }

    def _identity(self, step: Step) -> list[Line]:
        if step.inputs[0] == step.output:
            return []
        return [self._line(Code.COPY, step.inputs[0], step.output)]


def _join(lines: list[Line]) -> None:
    """Tell each product which function its results go through next, and that function so."""
    for product, function in pairwise(lines):
        after = function[Column.CODE] == Code.EACH and function[Column.C] == product[Column.C]
        if product[Column.CODE] == Code.AFFINE and after:
            product[Column.R], function[Column.Q] = function[Column.P], 1

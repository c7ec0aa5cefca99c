"""What an op is: one step of a graph, with a shape rule, a kernel and a cost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nnspec.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


@dataclass(frozen=True)
class Op:
    """One kind of step in a graph; rows are samples, columns are features.

    Attributes:
        name: how the graph prints it.
        size: `size(sizes, settings)`: features out, from the features of each input; raises
            ValueError with a sentence where they do not fit.
        kernel: `kernel(inputs, out, **settings)` writes rows × features to `out`, which is
            never one of the inputs unless `in_place`; settings are attributes and arrays.
        flops: `flops(sizes, settings)`: floating-point operations for one row.
        in_place: `out` may be the first input.
        linear: it is of the form x ↦ x·a + b, so that products can absorb it.
        onnx: `onnx(op, inputs, **settings)` gives the same as ONNX operators, as that of an
            activation does: inputs are names, and so is the result; it raises ValueError with a
            sentence where the settings have no such form.
    """

    name: str
    size: Callable[[Sequence[int], Mapping[str, Any]], int]
    kernel: Callable[..., None]
    flops: Callable[[Sequence[int], Mapping[str, Any]], int]
    in_place: bool = False
    linear: bool = False
    onnx: Callable[..., str] | None = None

    def __repr__(self) -> str:
        return f"Op({self.name!r})"

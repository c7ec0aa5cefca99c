"""identity: the value as it is; what dropout does at inference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nnspec.plugin.op import Op

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray


def size(sizes: Sequence[int], settings: Mapping[str, Any]) -> int:
    """Features out: as many as go in."""
    return sizes[0]


def kernel(inputs: Sequence[NDArray[Any]], out: NDArray[Any]) -> None:
    """Copy."""
    out[...] = inputs[0]


def flops(sizes: Sequence[int], settings: Mapping[str, Any]) -> int:
    """No arithmetic."""
    return 0


IDENTITY = Op("identity", size, kernel, flops, in_place=True, linear=True)

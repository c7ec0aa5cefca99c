"""A spec's bytes, mended as far as that is safe."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from nnspec import folder
from nnspec.fix.original import Original, without_clashes

if TYPE_CHECKING:
    from collections.abc import Callable

    from nnspec.diagnostics.diagnostic import Diagnostic
    from nnspec.examine import Examined
    from nnspec.fix.original import Edit
    from nnspec.fix.repairs import Repair

_ROUNDS = 10
"""One mended word may bring the next to light: a layer's type tells which of its keys are wrong."""


def mend(data: bytes, examine: Callable[[bytes], Examined]) -> tuple[bytes, Examined]:
    """Repair a spec until nothing is left that can safely be repaired.

    Args:
        data: the bytes of the spec.
        examine: judges a spec given as bytes.

    Returns:
        The bytes, which are those given where nothing was to be mended, and the verdict on them.
        Mending them once more changes nothing.
    """
    examined = examine(data)
    for _ in range(_ROUNDS):
        mended = _once(data, examined)
        if mended == data:
            break
        data, examined = mended, examine(mended)
    return data, examined


def mark(data: bytes, examined: Examined) -> tuple[Diagnostic, ...]:
    """Give the diagnostics of a spec; those that mending starts with are marked as mendable."""
    mended = {edit.mends for edit in _edits(data, examined)}
    return tuple(
        replace(one, mendable=True) if one in mended else one for one in examined.diagnostics
    )


def _once(data: bytes, examined: Examined) -> bytes:
    edits = _edits(data, examined)
    return Original.read(data).edited(edits) if edits else data


def _edits(data: bytes, examined: Examined) -> list[Edit]:
    document = examined.document
    if document is None:
        return []
    original = Original.read(data)
    repairs = [cast("Repair", module) for module in folder.modules("nnspec.fix.repairs")]
    edits = [edit for one in repairs for edit in one.repair(examined, document, original)]
    return without_clashes(edits)

"""The repairs, one file each; each module is a `Repair`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nnspec.examine import Examined
    from nnspec.fix.original import Edit, Original
    from nnspec.source.document import Document


class Repair(Protocol):
    """What a module of this folder exports."""

    # Yields edits that cannot be wrong: where two readings are possible, there is none. Applied
    # once and judged again, the spec needs the same repair no more.
    def repair(self, examined: Examined, document: Document, original: Original) -> Iterator[Edit]:
        """Find what is to be mended, and where."""

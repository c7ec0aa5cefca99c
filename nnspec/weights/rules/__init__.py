"""Ways to name the arrays of a network, one per module; each module is a `Rule`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from nnspec.records import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nnspec.spec.parameters import Expected

Shapes = dict[str, tuple[int, ...]]
"""The arrays of a file: name → shape."""


@dataclass(frozen=True)
class Proposal:
    """How a rule reads a file, whether or not the file has all of it.

    Attributes:
        title: the rule's name for a person.
        names: our name → the file's name; where the rule cannot tell, ours is absent.
        transposed: matrices are stored (out, in).
        ignored: arrays of the file that such files have and no network needs.
        keys: our name → the key under `names` in the spec that says so.
    """

    title: str
    names: Mapping[str, str]
    transposed: bool = False
    ignored: frozenset[str] = frozenset()
    keys: Mapping[str, str] = field(default_factory=dict)


class Rule(Protocol):
    """What a module of this folder exports."""

    # Reads a file by its names and shapes alone; a rule that sees nothing of its kind proposes
    # no names, and none is asked to judge whether the shapes are right.
    def propose(self, expected: Sequence[Expected], shapes: Shapes) -> Proposal:
        """Say which array of the file is which of ours."""

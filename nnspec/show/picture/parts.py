"""What a picture consists of. All texts are the spec's own: a language escapes them as it needs."""

from __future__ import annotations

from typing import Literal

from nnspec.records import dataclass

Role = Literal["data", "learned", "fixed", "join"]
"""Data in or out, a step with weights, one without, and where a block's two ways meet."""


@dataclass(frozen=True, slots=True)
class Box:
    """A step.

    Attributes:
        key: its name in the picture, which no text of a spec has a part in: "n3".
        details: lines under the title.
    """

    key: str
    role: Role
    title: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A layer with layers inside.

    Attributes:
        parts: the layers inside, in order.
        join: where what leaves them meets what entered the block; None where that is not so.
    """

    key: str
    title: str
    parts: tuple[Part, ...]
    join: Box | None


Part = Box | Block


@dataclass(frozen=True, slots=True)
class Wire:
    """What goes from one box to another.

    Attributes:
        size: the features of a row.
        skips: it leads past the layers of a block.
    """

    source: str
    target: str
    size: int
    skips: bool = False


@dataclass(frozen=True)
class Picture:
    """A network, from the top to the bottom."""

    title: str
    description: str
    parts: tuple[Part, ...]
    wires: tuple[Wire, ...]

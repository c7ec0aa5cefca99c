"""A place in a document that may hold anything: asked for a type, it gives that or None."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from nnspec.records import dataclass, field
from nnspec.source.document import join

if TYPE_CHECKING:
    from nnspec.spec.model import Number

_ABSENT = object()


@dataclass(frozen=True, slots=True)
class Field:
    """A value in a document, with what the schema refused.

    Attributes:
        refused: pointers whose values are not to be trusted.
    """

    value: Any
    pointer: str = ""
    refused: frozenset[str] = field(default_factory=frozenset)

    @property
    def given(self) -> bool:
        """Whether anything stands here, right or wrong."""
        return self.value is not _ABSENT

    @property
    def sound(self) -> Any:
        """The value; None where there is none, or where the schema refused it."""
        return self.value if self.given and self.pointer not in self.refused else None

    def at(self, *keys: str) -> Field:
        """Go to a place below this one."""
        value, pointer = self.value, self.pointer
        for key in keys:
            value = value.get(key, _ABSENT) if isinstance(value, dict) else _ABSENT
            pointer = join(pointer, key)
        return Field(value, pointer, self.refused)

    def items(self) -> list[Field]:
        """List the places of a list; of anything else there are none."""
        if not isinstance(self.value, list):
            return []
        places = enumerate(self.value)
        return [Field(value, join(self.pointer, i), self.refused) for i, value in places]

    def text(self) -> str | None:
        """Give a text."""
        return self.sound if isinstance(self.sound, str) else None

    def integer(self) -> int | None:
        """Give an integer; true is none."""
        value = self.sound
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def number(self) -> float | None:
        """Give a finite number; true is none."""
        value = self.sound
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return None
        if isinstance(value, int) and value.bit_length() > 1023:
            return None
        return float(value) if math.isfinite(value) else None

    def number_or(self, default: float) -> float | None:
        """Give a finite number, or the default where nothing stands."""
        return self.number() if self.given else default

    def numbers(self) -> Number | None:
        """Give a number, a tuple of numbers, or the name of an array."""
        if isinstance(self.sound, list):
            return self.floats()
        return self.text() or self.number()

    def floats(self) -> tuple[float, ...] | None:
        """Give a list of finite numbers."""
        if not isinstance(self.sound, list):
            return None
        numbers = [item.number() for item in self.items()]
        known = tuple(number for number in numbers if number is not None)
        return known if len(known) == len(numbers) else None

    def texts(self) -> tuple[str, ...] | None:
        """Give a list of texts."""
        if not isinstance(self.sound, list):
            return None
        texts = [item.text() for item in self.items()]
        known = tuple(text for text in texts if text is not None)
        return known if len(known) == len(texts) else None

    def mapping(self) -> dict[str, Any] | None:
        """Give a mapping."""
        return self.sound if isinstance(self.sound, dict) else None

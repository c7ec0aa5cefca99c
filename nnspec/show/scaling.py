"""What is done to the numbers before the first layer and after the last, on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.records import dataclass
from nnspec.show.numbers import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nnspec.spec.model import InputSpec, Number, OutputSpec

_MOST_NUMBERS = 6


@dataclass(frozen=True, slots=True)
class Scaling:
    """One of clip, normalize and denormalize.

    Attributes:
        formula: in the symbols of `numbers`.
        numbers: symbol → its value, in short; foreign text where it names an array.
    """

    name: str
    formula: str
    numbers: dict[str, str]

    def __str__(self) -> str:
        """Write it as one line: `normalize (x - mean) / std; mean 0; std 2`."""
        return "; ".join([f"{self.name} {self.formula}", *self.assignments])

    @property
    def assignments(self) -> list[str]:
        """List symbols with values: `mean 0`."""
        return [f"{symbol} {value}" for symbol, value in self.numbers.items()]


def before(given: InputSpec) -> Iterator[Scaling]:
    """Yield what the input passes through."""
    if given.clip_min is not None or given.clip_max is not None:
        numbers = {
            "low": in_short(given.clip_min, "none"),
            "high": in_short(given.clip_max, "none"),
        }
        yield Scaling("clip", "min(max(x, low), high)", numbers)
    if given.mean is not None or given.std is not None:
        yield Scaling("normalize", "(x - mean) / std", _statistics(given.mean, given.std))


def after(output: OutputSpec) -> Iterator[Scaling]:
    """Yield what the last layer's numbers pass through."""
    if output.mean is not None or output.std is not None:
        yield Scaling("denormalize", "y * std + mean", _statistics(output.mean, output.std))


def in_short(value: Number | None, absent: str = "") -> str:
    """Write one number, the first of several, or the name of the array that holds them."""
    if value is None:
        return absent
    if isinstance(value, str):
        return f"from the array {value} of the weights"
    if not isinstance(value, tuple):
        return number(float(value))
    shown = ", ".join(number(float(one)) for one in value[:_MOST_NUMBERS])
    return shown if len(value) <= _MOST_NUMBERS else f"{shown}, … ({len(value)} numbers)"


def _statistics(mean: Number | None, std: Number | None) -> dict[str, str]:
    return {"mean": in_short(mean, "0"), "std": in_short(std, "1")}

"""The modules of a weights file in the order in which a row passes them."""

from __future__ import annotations

from string import digits
from typing import TYPE_CHECKING

from nnspec.weights.modules import in_order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nnspec.scaffold.arrays import Reading
    from nnspec.weights.modules import Module
    from nnspec.weights.rules import Shapes

OUTPUT = "output"
"""The layer that is last whatever number it has."""


def arrange(reading: Reading, shapes: Shapes) -> tuple[list[Module], bool, bool] | None:
    """Find the order and the layout in which every size fits the one before.

    Args:
        reading: the file, grouped.
        shapes: its arrays.

    Returns:
        The modules, whether matrices are stored (out, in), and whether the names themselves told
        the order; None where no order fits.
    """
    for order, told in _orders(reading):
        for transposed in (reading.transposed, not reading.transposed):
            if _fits(order, reading, shapes, transposed):
                return order, transposed, told
    return None


def sizes(
    module: Module, reading: Reading, shapes: Shapes, transposed: bool
) -> tuple[int, int] | None:
    """Give what enters and what leaves a module; None where its arrays contradict each other."""
    found = [shapes[name] for name in module.names.values()]
    if module.kind != "matrix":
        return (*found[0], *found[0]) if len(set(found)) == 1 and len(found[0]) == 1 else None
    weight = module.names.get(reading.parts["weight"], "")
    bias = module.names.get(reading.parts["bias"])
    if len(shapes.get(weight, ())) != 2:
        return None
    enters, leaves = shapes[weight][::-1] if transposed else shapes[weight]
    return (enters, leaves) if bias is None or shapes[bias] == (leaves,) else None


def _orders(reading: Reading) -> Iterator[tuple[list[Module], bool]]:
    found = reading.modules
    if ordered := in_order(found):
        yield ordered, True
    words = [_word_and_number(module) for module in found]
    counted = {word for word, number in words if number}
    if all(number or word in counted or word == OUTPUT for word, number in words):
        # A layer's normalization has its number and comes after it: fc1, bn1, fc2, …
        yield sorted(found, key=_place), all(module.kind == "matrix" for module in found)
    yield sorted(found, key=_is_output), False


def _place(module: Module) -> tuple[bool, int, bool]:
    number = _word_and_number(module)[1]
    return _is_output(module), int(number or 0), module.kind != "matrix"


def _word_and_number(module: Module) -> tuple[str, str]:
    """Take a name apart: "dense_1" → ("dense", "1"); the first "dense" of Keras has none."""
    name = module.path[-1]
    word = name.rstrip(digits)
    return word.rstrip("_"), name[len(word) :]


def _is_output(module: Module) -> bool:
    return module.path[-1] == OUTPUT


def _fits(order: list[Module], reading: Reading, shapes: Shapes, transposed: bool) -> bool:
    if not order or order[-1].kind != "matrix":
        return False
    before: int | None = None
    for module in order:
        size = sizes(module, reading, shapes, transposed)
        if size is None or before not in {None, size[0]}:
            return False
        before = size[1]
    return True

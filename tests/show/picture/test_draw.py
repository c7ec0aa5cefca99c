"""The picture of a network has every step, and every way that a row takes."""

from __future__ import annotations

from nnspec.show.picture.draw import draw
from nnspec.show.picture.parts import Block, Box


def boxes(parts):
    for part in parts:
        if isinstance(part, Box):
            yield part
        else:
            yield from boxes(part.parts)
            yield part.join


def titled(picture):
    return {box.key: box.title for box in boxes(picture.parts)}


def stack(count: int, sizes: str) -> str:
    layers = "".join(f"  - {{size: {size}}}\n" for size in _sizes(count, sizes))
    return f"nnspec: 1\ntask: regression\ninput: 8\nlayers:\n{layers}output: 1\n"


def _sizes(count: int, sizes: str) -> list[int]:
    return [8 if sizes == "equal" else 8 + k % 3 for k in range(count)]


def test_every_step_is_a_box_with_what_there_is_to_say(nested):
    found = {box.title: (box.role, box.details) for box in boxes(draw(nested).parts)}
    assert found == {
        "input": ("data", ("8 features",)),
        "clip": ("fixed", ("min(max(x, low), high)", "low 0", "high 255")),
        "normalize": ("fixed", ("(x - mean) / std", "mean 1", "std 2")),
        "dense1": ("learned", ("dense 8 → 16", "leaky_relu negative_slope=0.1", "144 parameters")),
        "layernorm1": ("learned", ("layernorm", "32 parameters")),
        "dense2": ("learned", ("dense 16 → 4", "relu", "68 parameters")),
        "concat": ("join", ()),
        "dense3": ("learned", ("dense 20 → 16", "identity", "bias false", "320 parameters")),
        "+": ("join", ()),
        "dropout1": ("fixed", ("dropout", "rate 0.25")),
        "output": ("learned", ("dense 16 → 3", "sigmoid", "51 parameters")),
        "multilabel": ("data", ("3 outputs", "sunny, windy, cold", "threshold 0.4")),
    }


def test_a_residual_adds_what_entered_and_a_concat_puts_it_beside(nested):
    picture = draw(nested)
    name = titled(picture)
    ways = {(name[one.source], name[one.target]): (one.size, one.skips) for one in picture.wires}
    assert ways == {
        ("input", "clip"): (8, False),
        ("clip", "normalize"): (8, False),
        ("normalize", "dense1"): (8, False),
        ("dense1", "layernorm1"): (16, False),
        ("layernorm1", "dense2"): (16, False),
        ("dense2", "concat"): (4, False),
        ("layernorm1", "concat"): (16, True),
        ("concat", "dense3"): (20, False),
        ("dense3", "+"): (16, False),
        ("dense1", "+"): (16, True),
        ("+", "dropout1"): (16, False),
        ("dropout1", "output"): (16, False),
        ("output", "multilabel"): (3, False),
    }


def test_blocks_hold_their_layers(nested):
    outer = next(part for part in draw(nested).parts if isinstance(part, Block))
    assert outer.title == "residual1 (residual)"
    inner = next(part for part in outer.parts if isinstance(part, Block))
    assert [part.title for part in inner.parts] == ["dense2"]


def test_four_of_the_same_in_a_row_are_one_box_and_three_are_three(summed_up):
    def drawn(count):
        return {
            box.title: box.details for box in boxes(draw(summed_up(stack(count, "equal"))).parts)
        }

    assert list(drawn(3)) == ["input", "dense1", "dense2", "dense3", "output", "regression"]
    four = drawn(4)
    assert list(four) == ["input", "dense1 … dense4", "output", "regression"]
    assert four["dense1 … dense4"] == ("4 × dense 8 → 8", "identity", "288 parameters")


def test_the_middle_of_many_layers_is_one_box_that_counts_them(summed_up):
    """300 layers of 8, 9, 10, 8, … units: with 19 last ones and the output, 20 are before them."""
    picture = draw(summed_up(stack(300, "unequal")))
    middle = [box for box in boxes(picture.parts) if box.title == "…"]
    assert len(list(boxes(picture.parts))) == 42
    assert middle[0].details[0] == "262 layers: dense21 to dense282"
    drawn = sum(
        int(line.split()[0].replace(",", ""))
        for box in boxes(picture.parts)
        for line in box.details
        if line.endswith("parameters")
    )
    # 8·8 + 8 at first, then 100 times 8 → 9 and 9 → 10, 99 times 10 → 8, and 10 + 1 at the output
    assert drawn == (8 * 8 + 8) + 100 * (8 * 9 + 9) + 100 * (9 * 10 + 10) + 99 * (10 * 8 + 8) + 11


def test_an_empty_block_is_a_box(summed_up):
    picture = draw(
        summed_up(
            "{nnspec: 1, task: regression, input: 2, "
            "layers: [{type: residual, layers: []}], output: 1}"
        )
    )
    assert "residual1" in titled(picture).values()

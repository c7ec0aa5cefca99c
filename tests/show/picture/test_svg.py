"""A drawing is well laid out, reads well with a screen reader, and stays small."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from nnspec.show.picture.svg import svg
from nnspec.show.renderers import svg as renderer

SMALL = """
nnspec: 1
name: small
description: two inputs, two outputs
task: binary
input: {size: 2, features: [height, weight]}
layers: [{size: 3, activation: tanh}]
output: {size: 1, labels: ["no", "yes"]}
weights:
  values:
    dense1.weight: [[1, -2, 4], [0, 0.5, -4]]
    dense1.bias: [0.25, 0, 0]
    output.weight: [[3], [3], [-1.5]]
    output.bias: [0]
"""


def shapes(drawing, tag: str, look: str = ""):
    return [one for one in drawing.iter(tag) if look in one.get("class", "")]


def box(drawing):
    return [float(number) for number in drawing.get("viewBox").split()]


def corners(rectangle):
    x, y, wide, high = (float(rectangle.get(name, 0)) for name in ("x", "y", "width", "height"))
    return x, y, x + wide, y + high


def texts(drawing) -> list[str]:
    return [one.text for one in drawing.iter("text")]


def test_all_that_is_drawn_lies_on_the_paper(nested):
    drawing = svg(nested)
    _, _, wide, high = box(drawing)
    for one in shapes(drawing, "rect"):
        left, top, right, bottom = corners(one)
        assert 0 <= left < right <= wide
        assert 0 <= top < bottom <= high
    for path in drawing.iter("path"):
        points = re.findall(r"[ML]([\d.]+) ([\d.]+)", path.get("d"))
        assert points
        assert all(0 <= float(x) <= wide and 0 <= float(y) <= high for x, y in points)


def test_steps_stand_below_each_other_with_room_for_the_arrows(nested):
    steps = sorted(
        corners(one)
        for look in ("data", "learned", "fixed", "join")
        for one in shapes(svg(nested), "rect", look)
    )
    edges = sorted((top, bottom) for _, top, _, bottom in steps)
    assert len(edges) == 12
    assert all(after[0] - before[1] >= 30 for before, after in pairwise(edges))


def test_a_block_frames_its_layers_and_its_way_past_them(nested):
    drawing = svg(nested)
    outer, inner = (corners(one) for one in shapes(drawing, "rect", "block"))
    assert outer[0] < inner[0] < inner[2] < outer[2]
    assert outer[1] < inner[1] < inner[3] < outer[3]
    lanes = [
        max(float(x) for x in re.findall(r"[ML]([\d.]+) ", path.get("d")))
        for path in shapes(drawing, "path", "wire")
        if path.get("d").count("L") == 3
    ]
    assert len(lanes) == 2
    assert inner[2] < lanes[1] < outer[2]
    assert lanes[0] < inner[2]


def test_few_units_are_circles_with_the_names_of_inputs_and_outputs(summed_up):
    drawing = svg(summed_up(SMALL))
    assert len(shapes(drawing, "circle", "data")) == 2
    assert len(shapes(drawing, "circle", "learned")) == 4
    assert {"height", "weight", "yes", "tanh", "binary", "9 parameters"} <= set(texts(drawing))
    assert "no" not in texts(drawing)  # the one output is the probability of the second label


def test_a_line_tells_the_sign_and_the_size_of_its_weight(summed_up):
    drawing = svg(summed_up(SMALL))
    assert "weights: blue +, orange −, wider is larger" in texts(drawing)
    lines = [
        (one.find("title").text, one.get("class"), one.get("style")) for one in drawing.iter("line")
    ]
    assert lines == [  # 0.4 to 3.6 pixels, as the share of 4 in the first layer, of 3 in the second
        ("1", "wire positive", "stroke-width: 1.20px"),
        ("-2", "wire negative", "stroke-width: 2.00px"),
        ("4", "wire positive", "stroke-width: 3.60px"),
        ("0", "wire positive", "stroke-width: 0.40px"),
        ("0.5", "wire positive", "stroke-width: 0.80px"),
        ("-4", "wire negative", "stroke-width: 3.60px"),
        ("3", "wire positive", "stroke-width: 3.60px"),
        ("3", "wire positive", "stroke-width: 3.60px"),
        ("-1.5", "wire negative", "stroke-width: 2.00px"),
    ]


def test_without_weights_all_lines_are_alike(summed_up):
    drawing = svg(summed_up(SMALL[: SMALL.index("weights:")]))
    assert {one.get("class") for one in drawing.iter("line")} == {"wire"}
    assert len(list(drawing.iter("line"))) == 9
    assert not any("blue" in text for text in texts(drawing))


@pytest.mark.parametrize("layer", ["{size: 13}", "{type: batchnorm}"])
def test_many_units_and_other_layers_are_boxes(summed_up, layer):
    text = f"{{nnspec: 1, task: regression, input: 2, layers: [{layer}], output: 1}}"
    assert not list(svg(summed_up(text)).iter("circle"))


def test_it_is_told_in_words_to_those_who_cannot_see_it(summed_up):
    drawing = svg(summed_up(SMALL))
    assert drawing.get("role") == "img"
    assert drawing[0].tag == "title"
    assert drawing[0].text == "small"
    assert drawing[1].tag == "desc"
    assert "two inputs, two outputs" in drawing[1].text
    assert "dense1 (3 features, tanh)" in drawing[1].text


def test_a_long_name_is_shortened_and_whole_in_its_title(summed_up):
    long = "sepal " * 100 + "end"
    drawing = svg(summed_up(SMALL.replace("height", long)))
    assert max(map(len, texts(drawing))) < 60
    assert long in [one.text for one in drawing.iter("title")]


def test_wide_letters_have_their_room(summed_up):
    drawing = svg(summed_up(SMALL.replace("height", "層" * 40)))
    shown = next(text for text in texts(drawing) if text.startswith("層"))
    assert len(shown) <= 13  # 150 pixels at 12 a letter, and the ellipsis


def test_hundreds_of_layers_are_tens_of_kilobytes(summed_up):
    layers = ", ".join(f"{{size: {40 + k % 7}, activation: relu}}" for k in range(500))
    text = f"{{nnspec: 1, task: regression, input: 8, layers: [{layers}], output: 1}}"
    assert len(renderer.render(summed_up(text))) < 40_000


def test_it_has_colours_for_dark_pages(nested):
    assert "prefers-color-scheme: dark" in renderer.render(nested)

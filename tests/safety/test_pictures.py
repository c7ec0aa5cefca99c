"""Promise 23: pictures and pages hold no script, no handler, no link, whatever the names are."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from corpus import Case
from measured import ENVIRONMENT, run

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = [
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "' onload='alert(1)", "javascript:alert(1)",
    "</title><script src=//evil.example></script>", "</style><svg/onload=alert(1)>", "]]><script>1</script>", "--><b>",
    "&lt;script&gt;&#60;i&#62;", "&quot; onclick=x", "\\", "a\nb\r\tc", "\x1b[31m\x07\x9b2J\x85", "\u202e\u2066\u2028\ufeff",
    "\ufffe\uffff\x0c\x01", "\U0001f600 e\u0301 \u5c64 \u0bb5", "url(https://evil.example/x)", "@import 'https://evil.example'",
    "<?xml version='1.0'?><!DOCTYPE x SYSTEM 'file:///etc/passwd'>", "<a xlink:href='data:text/html,x'>", "X" * 10_000,
]  # fmt: skip
PLUGIN = """
import numpy as np
import nnspec

@nnspec.hookimpl
def nnspec_activations():
    return [nnspec.Activation("evil", np.tanh, formula="<script>alert(1)</script>", summary="<script>")]
"""
FILE = """<img src=x onerror='alert(1)'>&amp;".npz"""
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
ATTRIBUTES = {
    "lang", "charset", "http-equiv", "content", "name", "class", "style", "role", "viewBox", "viewbox", "width", "height", "x", "y",
    "rx", "d", "cx", "cy", "r", "x1", "x2", "y1", "y2", "value",
}  # fmt: skip
ELEMENTS = {
    "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "br", "code", "pre", "figure", "div", "table",
    "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "meter", "svg", "desc", "g", "rect", "path", "line", "circle", "text",
}  # fmt: skip


def quoted(text: str) -> str:
    """Write a text as YAML does between quotation marks."""
    escapes = {'"': '\\"', "\\": "\\\\"}
    written = [escapes.get(one, one if one.isprintable() else f"\\U{ord(one):08x}") for one in text]
    return f'"{"".join(written)}"'


def spec(names: list[str], layers: str) -> str:
    listed = ", ".join(map(quoted, names))
    return f"""
nnspec: 1
name: {quoted("".join(HOSTILE[:8]))}
description: {quoted(" ".join(HOSTILE[8:]))}
task: multiclass
input: {{size: {len(names)}, features: [{listed}], normalize: {{mean: {quoted(HOSTILE[1])}}}}}
layers: [{layers}]
output: {{size: {len(names)}, labels: [{listed}]}}
weights: {{file: {quoted(FILE)}}}
metadata: {{{quoted(HOSTILE[0])}: {quoted(HOSTILE[1])}}}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pictures")
    few, many = HOSTILE[:10], HOSTILE
    Case(
        "",
        {
            "few/spec.yaml": spec(few, "{size: 2, activation: evil}"),
            "many/spec.yaml": spec(many, "{size: 2}, {type: residual, layers: [{type: dropout}]}"),
            "evil.py": PLUGIN,
        },
        0,
    ).lay(folder)
    for name, count in (("few", len(few)), ("many", len(many))):
        arrays = {"W1": np.ones((count, 2)), "b1": np.zeros(2), HOSTILE[1]: np.zeros(count)}
        arrays |= {"W2": np.ones((2, count)), "b2": np.zeros(count)}
        with (folder / name / FILE).open("wb") as file:
            np.savez(file, **arrays)
    return folder


class Page(HTMLParser):
    """What a browser makes of a page: elements, attributes, text."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements, self.attributes, self.texts, self.comments = [], [], [], []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.texts.append(data)

    def handle_comment(self, data):
        self.comments.append(data)

    unknown_decl = handle_pi = handle_comment


def made(folder, which: str, *command: str) -> str:
    count = {"few": 10, "many": len(HOSTILE)}[which]
    row = [str([1.0] * count)] if command[0] == "trace" else []
    first, *rest = command
    found = run(first, f"{which}/spec.yaml", *row, *rest, "--plugin", "evil.py", cwd=folder)
    assert found.status == 0, found.err
    assert all(one.isprintable() or one in "\n\u200c\u200d\u3000" for one in found.out)
    return found.out


def harmless(elements, attributes) -> None:
    assert set(elements) <= ELEMENTS
    assert {name for name, _ in attributes} <= ATTRIBUTES
    for name, value in attributes:
        assert not name.startswith("on")
        assert value == POLICY or not re.search(r"https?:|//|javascript|url\(|data:", value)


@pytest.mark.parametrize("which", ["few", "many"])
@pytest.mark.parametrize("command", ["show", "trace"])
def test_a_page_is_made_of_our_own_elements_alone(folder, which, command):
    source = made(folder, which, command, "--format", "html")
    page = Page(source)
    harmless(page.elements, page.attributes)
    assert page.comments == []
    assert "<script>alert(1)</script>" in "".join(page.texts)


@pytest.mark.parametrize("command", ["show", "trace"])
def test_a_page_forbids_the_browser_to_run_or_to_fetch_anything(folder, command):
    source = made(folder, "few", command, "--format", "html")
    head = source[: source.index("<title>")]
    assert f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">' in head
    assert head.startswith('<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">')


@pytest.mark.parametrize("which", ["few", "many"])
def test_a_drawing_is_made_of_our_own_elements_alone(folder, which):
    source = made(folder, which, "show", "--format", "svg")
    root = ET.fromstring(source)  # no name breaks the XML
    assert root.tag == f"{SVG}svg"
    tags = [one.tag.removeprefix(SVG) for one in root.iter()]
    harmless(tags, [pair for one in root.iter() for pair in one.items()])
    assert "<!" not in source
    assert "<?" not in source
    styles = "".join(one.text for one in root.iter(f"{SVG}style"))
    assert "evil" not in styles
    assert not re.search(r"url\(|@import|https?:", styles)
    assert any("<script>alert(1)</script>" in (one.text or "") for one in root.iter())


@pytest.mark.parametrize("which", ["few", "many"])
@pytest.mark.parametrize("form", ["mermaid", "dot"])
def test_a_diagram_has_no_directive_link_or_markup_of_a_strangers(folder, which, form):
    source = made(folder, which, "show", "--format", form)
    bare = re.sub(r'"(?:[^"\\]|\\.)*"|acc(?:Title|Descr): .*', "", source)
    assert not re.search(r"script|alert|evil\.example|onload|click|href|URL|%%", bare)
    if form == "mermaid":
        assert "<" not in source.replace("<br>", "")


def test_names_are_written_in_utf_8_wherever_they_go(folder):
    environment = {**ENVIRONMENT, "PYTHONIOENCODING": "ascii"}
    found = run("show", "many/spec.yaml", "--format", "svg", cwd=folder, environment=environment)
    assert found.status == 0, found.err
    assert "\u5c64" in "".join(ET.fromstring(found.out).itertext())

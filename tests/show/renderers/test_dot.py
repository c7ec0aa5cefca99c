"""DOT: read back by the rules of its grammar, a drawing has the names as they are and no more."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from nnspec.show.renderers.dot import quoted, render

# https://graphviz.org/doc/info/lang.html: a string ends at the first quotation mark that no
# backslash stands before.
TOKEN = re.compile(
    r'\s*(?:(?P<string>"(?:[^"\\]|\\.)*")|(?P<id>[A-Za-z_]\w*|\d+)|(?P<sign>->|[{}\[\]=;,]))'
)
HOSTILE = [
    'a" href="javascript:alert(1)', 'a\\" href=x', "a\\", "\\N", "<b>bold</b>", "&lt;", "&#34;", "x\n}", "]; n1 -> n2", "a\\\\",
]  # fmt: skip


def tokens(text: str) -> list[str]:
    found, at = [], 0
    while at < len(text.rstrip()):
        token = TOKEN.match(text, at)
        assert token, text[at : at + 60]
        found.append(token[0].strip())
        at = token.end()
    return found


def read(string: str) -> str:
    """Read a label as Graphviz does: escapes, then entities."""
    inner = re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], string[1:-1])
    return inner.replace("&amp;", "&")


def test_a_network_is_a_directed_graph_with_clusters(nested):
    found = tokens(render(nested))
    assert found[:3] == ["digraph", '"nested"', "{"]
    assert found.count("{") == found.count("}") == 3
    assert found.count("subgraph") == 2
    assert found.count("->") == 13
    assert found.count("dashed") == 2
    text = render(nested)
    assert (
        r'n4 [label="dense1\ndense 8 → 16\nleaky_relu negative_slope=0.1\n144 parameters"' in text
    )


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_one_string_that_reads_as_the_name(name):
    (token,) = tokens(quoted(name))
    assert read(token) == name.replace("\n", "\\n")


def test_names_add_no_attribute_and_no_edge(summed_up):
    def drawn(*names):
        texts = ", ".join("'" + name.replace("\n", "\n\n") + "'" for name in names)
        count = len(names)
        return render(
            summed_up(
                f"{{nnspec: 1, name: 'x', task: multiclass, input: {{size: {count}, features: [{texts}]}}, "
                f"layers: [], output: {{size: {count}, labels: [{texts}]}}}}"
            )
        )

    def frame(text):
        return [token for token in tokens(text) if not token.startswith('"')]

    for name in HOSTILE:
        assert frame(drawn(name, "b")) == frame(drawn("a", "b"))


@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
def test_graphviz_draws_it(nested):
    done = subprocess.run(
        ["dot", "-Tsvg"], input=render(nested).encode(), capture_output=True, check=False
    )
    assert done.returncode == 0
    assert b"warning" not in done.stderr.lower()
    assert done.stdout.count(b'class="node"') == 12

"""Mermaid: whatever a name holds, a line has the one form that it is meant to have.

That Mermaid itself draws these labels as they are was tried with Mermaid 12.3 in Chromium, at its
least strict security level.
"""

from __future__ import annotations

import re

import pytest

from nnspec.show.renderers.mermaid import label, render

TEXT = r"(?:[^\W_]|[ ,.=()→…×_-]|\#\d+;|<br>)*"
FORMS = re.compile(
    rf"""flowchart\ TD
    | \ +acc(?:Title|Descr):\ {TEXT}
    | \ +n\d+(?:\(\["{TEXT}"\]\)|\["{TEXT}"\]|\("{TEXT}"\)|\(\("{TEXT}"\)\)):::(?:data|learned|fixed|join)
    | \ +subgraph\ n\d+\ \["{TEXT}"\]
    | \ +end
    | \ +n\d+\ (?:-->|-\.->)\|"\(n,\ \d+\)"\|\ n\d+
    | \ +classDef\ (?:data|learned|fixed|join)\ fill:\#\w+,stroke:\#\w+,color:\#\w+""",
    re.VERBOSE,
)
HOSTILE = [
    '"]; click n1 "javascript:alert(1)"', "%%{init: {}}%%", "a\nend", "<script>x</script>", "`**b**`",
    "1. list", "1) list", "- item", "# head", "&lt;", "#quot;", "x --> y", "a:::data", "@{ img: x }", "_u_", "{{x}}",
]  # fmt: skip


def decoded(text: str) -> str:
    """Read a label as Mermaid does: entity codes are characters; the joiner has no width."""
    return re.sub(r"#(\d+);", lambda found: chr(int(found[1])), text).replace("\u2060", "")


def test_a_network_has_the_lines_of_a_flowchart(nested):
    lines = render(nested).split("\n")
    assert all(FORMS.fullmatch(line) for line in lines)
    assert (
        '    n4["dense1<br>dense 8 → 16<br>leaky_relu negative_slope=0.1<br>144 parameters"]:::learned'
        in lines
    )
    assert '    subgraph n5 ["residual1 (residual)"]' in lines
    assert '        n11(("#43;")):::join' in lines
    assert '    n4 -.->|"(n, 16)"| n11' in lines
    assert sum(line.strip() == "end" for line in lines) == 2


@pytest.mark.parametrize("name", HOSTILE)
def test_names_stay_within_their_lines_and_are_shown_whole(summed_up, name):
    quoted = "'" + name.replace("'", "''").replace("\n", "\n\n") + "'"
    text = f"""
nnspec: 1
name: {quoted}
description: {quoted}
task: multiclass
input: {{size: 1, features: [{quoted}]}}
layers: []
output: {{size: 2, labels: [{quoted}, b]}}
"""
    drawn = render(summed_up(text))
    assert all(FORMS.fullmatch(line) for line in drawn.split("\n")), drawn
    shown = name.replace("\n", "\\n")
    assert f"accTitle: {shown}\n" in decoded(drawn)
    assert decoded(drawn).count(shown) == 4


@pytest.mark.parametrize("late", [r"\n", "$$x$$", "fa:fa-car", "ﬂ°°60¶ßb", "ﬂ°lt¶ßb"])
def test_what_is_looked_for_in_decoded_labels_is_parted(late):
    """A line break, a formula, an icon, and the marks that Mermaid puts in place of # and ;."""
    shown = re.sub(r"#(\d+);", lambda found: chr(int(found[1])), label(late))
    assert not re.search(r"\\n|\$\$|fa:fa|ﬂ°|¶ß", shown)
    assert decoded(label(late)) == late


def test_a_long_name_is_shortened():
    assert label("x" * 10_000) == "x" * 59 + "…"

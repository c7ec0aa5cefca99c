"""Fuzz the YAML reader: any bytes are a document or faults at their places, in both of PyYAML's."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

from harness import run  # noqa: E402

from nnspec.diagnostics.renderers import text  # noqa: E402
from nnspec.source.yaml import read  # noqa: E402

SPECS = HERE.parents[1] / "specs"
SEEDS = [
    *(path.read_bytes() for path in sorted(SPECS.glob("*.yaml"))),
    b"a: &a {k: 1}\nb: {<<: *a, c: [*a, *a]}\n",
    b"? - a\n: |2-\n  text\n\n...\n---\n'b': >+\n  c\n",
    b'%YAML 1.2\n%TAG !c! tag:yaml.org,2002:\n---\n!c!int "0x1F": !!str {a: "\\u00e9\\\n  b"}\n',
    "é: [１, ٣, \u2028, \ufeff, \x85]\n".encode(),
    b"\xff\xfea\x00:\x00 \x001\x00",
]
WORDS = [
    word.encode()
    for word in ["[", "]", "{", "}", ",", ":", "?", "-", "|", ">", "&", "*", "!", "%", "@", "`", "#", "'", '"', "<<:", "*a", "&a", "!!int", "!!float", ".nan", ".inf", "0o7", "0x1F", "1e999", "~", "true", "|2-", ">+", "---", "...", "%YAML", "%TAG", "\\ud800", "\\x", "\\u00e9"]
] + [b"\n", b"\n  ", b"\t", b"\r", b"\r\n", b": ", b"- ", b" #", b"\x00", b"\xef\xbb\xbf", b"\xc2\x85", b"\xe2\x80\xa8"]  # fmt: skip


def check(data: bytes) -> None:
    """Read any bytes; every place lies in the text, and what is printed prints."""
    document, faults = read(data, name="a.yaml", folder=Path())
    assert document is not None or faults
    shown = text.render(faults)
    assert all(line.replace("\u3000", "").isprintable() or "\u200c" in line or "\u200d" in line for line in shown.split("\n"))  # fmt: skip
    for fault in faults:
        assert (1, 1) <= (fault.line, fault.column) <= (fault.end_line, fault.end_column)
    if document is not None:
        lines = document.text.split("\n")
        for span in (*document.keys.values(), *document.values.values()):
            assert (span.line, span.column) <= (span.end_line, span.end_column)
            assert span.end_column <= len(lines[span.end_line - 1]) + 1


if __name__ == "__main__":
    run("yaml", check, SEEDS, WORDS)

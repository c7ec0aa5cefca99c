"""One HTML page that needs nothing else and can run nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from nnspec.show.markup import add

if TYPE_CHECKING:
    from collections.abc import Sequence

# A browser obeys it even if a text should ever get to be an element: no script, nothing fetched.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_CSS = """
:root { color-scheme: light dark; }
body { font-family: sans-serif; line-height: 1.5; max-width: 64rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
figure, .wide { margin: 1rem 0; overflow-x: auto; }
svg { max-width: 100%; height: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; overflow-wrap: normal; }
caption { text-align: left; font-weight: bold; }
th, td { padding: 0.2rem 0.7rem; border-bottom: 1px solid #a8a29e; text-align: left; }
td.number, th.number { text-align: right; white-space: nowrap; }
tfoot td { font-weight: bold; }
code, pre { font-family: monospace; font-size: 1em; }
pre { white-space: pre-wrap; }
.quiet { opacity: 0.75; }
"""  # noqa: E501


class Page:
    """A page in the making; its parts follow each other."""

    def __init__(self, title: str, description: str) -> None:
        self._html = ET.Element("html", {"lang": "en"})
        head = add(self._html, "head")
        add(head, "meta", "", {"charset": "utf-8"})
        add(head, "meta", "", {"http-equiv": "Content-Security-Policy", "content": _POLICY})
        add(head, "meta", "", {"name": "viewport", "content": "width=device-width"})
        add(head, "title", title)
        add(head, "style").text = _CSS
        self._body = add(add(self._html, "body"), "main")
        add(self._body, "h1", title)
        if description:
            self.say(description)

    def heading(self, text: str) -> None:
        """Begin a part."""
        add(self._body, "h2", text)

    def say(self, text: str, *, look: str = "") -> None:
        """Write a paragraph."""
        add(self._body, "p", text, {"class": look} if look else None)

    def code(self, *texts: str) -> None:
        """Write a paragraph of formulas; what follows the first is a remark."""
        paragraph = add(self._body, "p")
        for k, text in enumerate(filter(None, texts)):
            if k:
                add(paragraph, "br")
            add(paragraph, "code", text, {"class": "quiet"} if k else None)

    def lines(self, text: str) -> None:
        """Write lines as they are."""
        block = add(self._body, "pre")
        for line in text.split("\n"):
            add(block, "code", line).tail = "\n"

    def figure(self, drawing: ET.Element) -> None:
        """Show a picture."""
        add(self._body, "figure").append(drawing)

    def table(
        self,
        head: Sequence[str],
        rows: Sequence[Sequence[str | ET.Element]],
        *,
        numbers: Sequence[int] = (),
        caption: str = "",
        total: Sequence[str] = (),
    ) -> None:
        """Write a table; the columns in `numbers` stand at their right end.

        A cell is a text or an element; without a head there is none.
        """
        table = add(add(self._body, "div", "", {"class": "wide"}), "table")
        if caption:
            add(table, "caption", caption)
        parts = [("thead", "th", [head] if head else []), ("tbody", "td", rows)]
        for part, cell, those in (*parts, ("tfoot", "td", [total] if total else [])):
            inner = add(table, part) if those else table
            for row in those:
                line = add(inner, "tr")
                for k, one in enumerate(row):
                    look = {"class": "number"} if k in numbers else None
                    written = add(line, cell, one if isinstance(one, str) else "", look)
                    if not isinstance(one, str):
                        written.append(one)

    def render(self) -> str:
        """Give the whole page."""
        return f"<!DOCTYPE html>\n{ET.tostring(self._html, 'unicode', method='html')}"

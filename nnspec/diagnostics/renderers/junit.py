"""For Jenkins and others: JUnit XML, with a test case for each spec."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from nnspec.diagnostics.location import relative
from nnspec.diagnostics.quote import escape
from nnspec.diagnostics.renderers import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nnspec.diagnostics.diagnostic import Diagnostic


def render(
    diagnostics: Sequence[Diagnostic], *, files: Sequence[str] | None = None, color: bool = False
) -> str:
    """Give the XML in pure ASCII: a spec with an error fails, warnings are what it printed.

    What XML cannot hold, and what could deceive a reader, is written as escapes.
    """
    del color
    found = {file: list(group) for file, group in groupby(diagnostics, lambda one: one.file)}
    checked = {file: found.get(file, []) for file in [*(files or []), *found]}
    failed = sum(any(map(_is_error, those)) for those in checked.values())
    counts = {"tests": str(len(checked)), "failures": str(failed), "errors": "0", "skipped": "0"}
    root = ET.Element("testsuites", {"name": "nnspec", **counts})
    suite = ET.SubElement(root, "testsuite", {"name": "nnspec validate", **counts})
    for file, those in checked.items():
        suite.append(_case(file, those))
    ET.indent(root)
    document: bytes = ET.tostring(root, "us-ascii", xml_declaration=True)
    return document.decode("ascii")


def _case(file: str, diagnostics: Sequence[Diagnostic]) -> ET.Element:
    path = escape(relative(file))
    case = ET.Element("testcase", {"classname": "nnspec", "name": path, "file": path})
    errors = [one for one in diagnostics if _is_error(one)]
    warnings = [one for one in diagnostics if not _is_error(one)]
    if errors:
        first = errors[0]
        message = f"{first.line}:{first.column}: {first.message}"
        if len(errors) > 1:
            message += f" (and {len(errors) - 1:,} more)"
        about = {"type": escape(first.code), "message": escape(message)}
        ET.SubElement(case, "failure", about).text = text.render(errors)
    if warnings:
        ET.SubElement(case, "system-out").text = text.render(warnings)
    return case


def _is_error(diagnostic: Diagnostic) -> bool:
    return diagnostic.severity == "error"

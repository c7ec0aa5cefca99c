"""For code scanning and editors: SARIF 2.1.0, the OASIS standard for results of static analysis.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from nnspec import __version__
from nnspec.diagnostics import pages
from nnspec.diagnostics.fingerprint import fingerprints
from nnspec.diagnostics.location import uri
from nnspec.diagnostics.quote import escape

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nnspec.diagnostics.diagnostic import Diagnostic, Span

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_ROOT = "%SRCROOT%"
_MARKUP = re.compile(r"^```\w*\n|^#+ |`", re.MULTILINE)


def render(
    diagnostics: Sequence[Diagnostic], *, files: Sequence[str] | None = None, color: bool = False
) -> str:
    """Give one run in JSON, pure ASCII: its rules are the codes found, each with its page.

    Columns are code points, which the run says. Paths are relative to the working directory.
    """
    del color
    codes = list(dict.fromkeys(one.code for one in diagnostics))
    checked = list(dict.fromkeys([*(files or []), *(one.file for one in diagnostics)]))
    rules = {code: number for number, code in enumerate(codes)}
    artifacts = {file: number for number, file in enumerate(checked)}
    results = [
        _result(one, fingerprint, rules, artifacts)
        for one, fingerprint in zip(diagnostics, fingerprints(diagnostics), strict=True)
    ]
    driver = {
        "name": "nnspec",
        "version": __version__,
        "rules": list(map(_rule, codes)),
    }
    run = {
        "tool": {"driver": driver},
        "invocations": [{"executionSuccessful": True}],
        "originalUriBaseIds": {_ROOT: {"description": {"text": "the working directory"}}},
        "artifacts": [
            {"location": _location(file), "roles": ["analysisTarget"]} for file in checked
        ],
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _rule(code: str) -> dict[str, Any]:
    """Tell what a code means; that of a plugin's own rule has no page."""
    if code not in pages.codes():
        return {"id": escape(code)}
    page, meaning = pages.read(code), pages.meaning(code)
    return {
        "id": code,
        "shortDescription": {"text": _MARKUP.sub("", meaning)},
        "fullDescription": {"text": _MARKUP.sub("", meaning), "markdown": meaning},
        "help": {"text": _MARKUP.sub("", page), "markdown": page},
    }


def _result(
    diagnostic: Diagnostic,
    fingerprint: str,
    rules: Mapping[str, int],
    artifacts: Mapping[str, int],
) -> dict[str, Any]:
    message = escape(diagnostic.message)
    if diagnostic.hint:
        message += f"\nhelp: {escape(diagnostic.hint)}"
    region = _region(diagnostic)
    location = {**_location(diagnostic.file), "index": artifacts[diagnostic.file]}
    place: dict[str, Any] = {"physicalLocation": {"artifactLocation": location, "region": region}}
    if diagnostic.pointer:
        place["logicalLocations"] = [{"fullyQualifiedName": escape(diagnostic.pointer)}]
    result = {
        "ruleId": escape(diagnostic.code),
        "ruleIndex": rules[diagnostic.code],
        "level": diagnostic.severity,
        "message": {"text": message},
        "locations": [place],
        "partialFingerprints": {"nnspec/v1": fingerprint},
    }
    if diagnostic.related is not None:
        other = {"artifactLocation": location, "region": _region(diagnostic.related)}
        result["relatedLocations"] = [
            {"id": 1, "physicalLocation": other, "message": {"text": "given here"}}
        ]
    if diagnostic.fix is not None:
        change = {"deletedRegion": region, "insertedContent": {"text": diagnostic.fix}}
        result["fixes"] = [
            {"artifactChanges": [{"artifactLocation": location, "replacements": [change]}]}
        ]
    return result


def _region(span: Span | Diagnostic) -> dict[str, int]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _location(file: str) -> dict[str, Any]:
    address = uri(file)
    return {"uri": address} if address.startswith("file:") else {"uri": address, "uriBaseId": _ROOT}

"""The schema's verdict on a spec; that it finds nothing is kept, since jsonschema costs 0.1 s.

What is kept is one digest, in a file of that name: of the spec's text, of all that the composed
schema is made from, and of what judges by it. Every fault is judged anew, and so is everything
beyond the schema.
"""

from __future__ import annotations

import json
import sys
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from nnspec import cache
from nnspec.plugin.installed import metadata_folders
from nnspec.schema.fragments import as_mapping

if TYPE_CHECKING:
    from pathlib import Path

    from nnspec.diagnostics.diagnostic import Finding
    from nnspec.plugin.registry import Registry
    from nnspec.source.document import Document

MOST = 2000
"""Verdicts that are kept; each has 96 bytes."""
_JUDGES = ("source", "schema")
"""The rooms whose code decides what the schema finds in a text."""


def findings(document: Document, registry: Registry) -> list[Finding]:
    """Find what the composed schema has against a document."""
    place = _place()
    name = place and digest(document.text, registry)
    if place and name and cache.read(place, name) == name.encode():
        return []
    from nnspec.schema.check import check

    found = check(document, _schema(registry))
    if place and name and not found:
        cache.write(place, name, name.encode(), most=MOST)
    return found


def digest(text: str, registry: Registry) -> str | None:
    """Name all that a verdict depends on; None where that cannot be told.

    Equal digests mean equal texts, plugins' parts of the schema, code and distributions: those
    installed stand with their versions in the names of their folders, jsonschema among them.
    """
    folders = metadata_folders()
    try:
        parts = [text, _parts(registry), cache.code(*_JUDGES), folders, sys.version]
        content = json.dumps(parts, default=as_mapping).encode()
    except (TypeError, ValueError, RecursionError, OSError):
        return None  # a plugin's part is no JSON: `compose` says so where it matters
    return None if folders is None else cache.digest(content).hex()


@lru_cache(maxsize=4)
def _schema(registry: Registry) -> dict[str, Any]:
    from nnspec.schema.compose import compose

    return compose(registry)


def _parts(registry: Registry) -> list[Any]:
    """List all that `compose` reads of a registry, in an order that it does not depend on."""
    return [
        [
            [name, one.summary, one.formula, one.parameters, sorted(one.learnable)]
            for name, one in sorted(registry.activations.items())
        ],
        [
            [name, one.title, one.description, one.properties, one.required]
            for name, one in sorted(registry.layers.items())
        ],
        sorted(registry.aliases.items()),
        sorted((*about, str(provider)) for about, provider in registry.origins.items()),
    ]


def _place() -> Path | None:
    folder = cache.folder()
    return folder and folder / "verdicts"

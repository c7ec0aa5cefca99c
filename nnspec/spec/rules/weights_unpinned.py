"""Advice for `--strict`: a digest says which weights were meant, a path only where they lay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.diagnostics.diagnostic import Finding
from nnspec.diagnostics.quote import quote
from nnspec.plugin.hookspecs import hookimpl
from nnspec.plugin.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nnspec.plugin.registry import Registry
    from nnspec.spec.model import Spec


def check(spec: Spec, registry: Registry) -> Iterator[Finding]:
    """Find a weights file without its SHA-256 digest."""
    weights = spec.weights
    if weights is None or weights.file is None or spec.says("/weights/sha256"):
        return
    message = f"nothing tells whether {quote(weights.file)} holds the weights that are meant"
    hint = "'nnspec validate --fix' adds the digest: 'weights: {file: …, sha256: …}'"
    yield Finding("weights-unpinned", message, "/weights/file", hint, "warning")


@hookimpl
def nnspec_rules() -> list[Rule]:
    """Register the rule."""
    return [Rule("weights-unpinned", check, strict=True)]

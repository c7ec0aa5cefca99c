"""Document → Spec: defaults by task, names of layers, sizes from layer to layer."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, cast, get_args

from nnspec.spec import parts
from nnspec.spec.field import Field
from nnspec.spec.layers import LayerBuilder
from nnspec.spec.model import Spec, Task

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal

    from nnspec.diagnostics.diagnostic import Finding
    from nnspec.plugin.registry import Registry
    from nnspec.source.document import Document

_WITHOUT_HARM = frozenset({"missing-key", "unknown-key", "bad-parameter"})
"""Findings about keys that leave the rest of their mapping as good as it was."""


def build(
    document: Document, findings: Sequence[Finding], registry: Registry
) -> tuple[Spec, list[Finding]]:
    """Read a spec off a document, whatever the schema found in it.

    Never raises: what the schema refused is None in the spec, and leads to no further findings,
    so that all faults of a spec come at once.

    Args:
        document: plain data, of any kind.
        findings: what the schema has against it.
        registry: the layer kinds and activations that the document can name.

    Returns:
        The spec, and findings about sizes that do not fit.
    """
    refused = frozenset(f.pointer for f in findings if f.code not in _WITHOUT_HARM)
    root = Field(document.data, "", refused)
    task = root.at("task").text()
    known: Task | None = cast("Task", task) if task in get_args(Task) else None
    dtype = root.at("dtype").text()
    source = parts.input_spec(root.at("input"))
    layers = LayerBuilder(registry)
    hidden, size = layers.sequence(root.at("layers"), source.size)
    output = parts.output_spec(root.at("output"), known, size, layers)
    spec = Spec(
        name=root.at("name").text() or _stem(document.name),
        description=root.at("description").text() or "",
        task=known,
        dtype=cast("Literal['float32', 'float64']", dtype if dtype == "float64" else "float32"),
        input=source,
        layers=hidden,
        output=output,
        weights=parts.weights_spec(root.at("weights")),
        checks=parts.check_specs(root.at("checks"), {finding.pointer for finding in findings}),
        plugins=tuple(item.text() or "" for item in root.at("plugins").items()),
        metadata=root.at("metadata").mapping() or {},
        written=document.data,
    )
    return spec, layers.findings


def _stem(name: str) -> str:
    """Name a spec after its file; "<string>" and the like are no files."""
    return "network" if name.startswith("<") else PurePath(name).stem or "network"

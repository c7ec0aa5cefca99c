"""All that is known of an activation, for people and for programs."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.diagnostics.quote import escape
from nnspec.show.curve import curve
from nnspec.show.table import WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from nnspec.plugin.activation import Activation
    from nnspec.plugin.registry import Registry

_FROM, _TO = -5.0, 5.0


def facts(activation: Activation, registry: Registry) -> dict[str, Any]:
    """Give what is known of an activation as plain data.

    Keys are name, aliases, summary, formula, range, source, rowwise, parameters (name → JSON
    Schema), provider (name, distribution, version) and elsewhere (system → definition).
    """
    provider = registry.origins["activation", activation.name]
    return {
        "name": activation.name,
        "aliases": sorted(
            alias for alias in activation.aliases if owns(activation, alias, registry)
        ),
        "summary": activation.summary,
        "formula": activation.formula,
        "range": activation.range,
        "source": activation.source,
        "rowwise": activation.rowwise,
        "parameters": {name: dict(schema) for name, schema in activation.parameters.items()},
        "provider": {
            "name": provider.name,
            "distribution": provider.distribution,
            "version": provider.version,
        },
        "elsewhere": dict(activation.elsewhere),
    }


def owns(activation: Activation, alias: str, registry: Registry) -> bool:
    """Say whether a spec that writes this alias gets this activation."""
    return registry.aliases.get(alias) == activation.name


def defaults(activation: Activation) -> str:
    """List the parameters in brief: `negative_slope: 0.01`, numbers to four digits."""
    brief = []
    for name, schema in activation.parameters.items():
        unset = "(learned)" if name in activation.learnable else "(required)"
        value = schema.get("default", unset)
        brief.append(f"{name}: {value:.4g}" if isinstance(value, float) else f"{name}: {value}")
    return ", ".join(brief)


def page(activation: Activation, registry: Registry) -> Iterator[str]:
    """Yield the lines of a page on an activation, with its curve."""
    known = facts(activation, registry)
    yield escape(activation.name)
    if activation.summary:
        yield from _paragraph("", activation.summary)
    yield ""
    provider = registry.origins["activation", activation.name]
    kind = "on rows" if activation.rowwise else "on each number"
    for title, text in (
        ("formula", activation.formula),
        ("range", activation.range),
        ("works", kind),
        ("aliases", ", ".join(known["aliases"])),
        ("provider", str(provider)),
        ("source", activation.source),
    ):
        if text:
            yield from _paragraph(title, text)
    yield from _parameters(activation)
    if activation.elsewhere:
        yield ""
        yield "elsewhere"
        for system, definition in activation.elsewhere.items():
            yield from _paragraph("", f"{system}: {definition}", indent="  ")
    yield ""
    yield from _drawing(activation)


def _parameters(activation: Activation) -> Iterator[str]:
    if activation.parameters:
        yield ""
        yield "parameters"
    for name, schema in activation.parameters.items():
        limits = {k: v for k, v in schema.items() if k not in {"title", "description", "default"}}
        value = json.dumps(schema["default"]) if "default" in schema else "required"
        if name in activation.learnable:
            value = f"from the weights ({activation.learnable[name]:g} before training)"
        rest = f"  {json.dumps(limits, ensure_ascii=False)}" if limits else ""
        yield from _paragraph("", f"{name}: {value}{rest}", indent="  ")
        if schema.get("description"):
            yield from _paragraph("", str(schema["description"]), indent="    ")


def _drawing(activation: Activation) -> Iterator[str]:
    if activation.required:
        yield f"no curve: {escape(', '.join(activation.required))} must be given"
        return
    x = np.linspace(_FROM, _TO, 961)
    y = _values(activation, x)
    partner = _partner(activation)
    row = f"the first output of {activation.name} for the row [x, {partner:g}]"
    yield escape(row if activation.rowwise else f"{activation.name}(x), with the defaults")
    yield from curve(x, y) or ["no curve: no value between -5 and 5 is finite"]


def _values(activation: Activation, x: NDArray[Any]) -> NDArray[Any]:
    """Compute the curve; a function on rows is shown by the first output for a row of two.

    Raises:
        PluginError: the function failed.
    """
    from nnspec.ops.activate import ACTIVATE

    rows = x[:, np.newaxis]
    if activation.rowwise:
        rows = np.stack([x, np.full_like(x, _partner(activation))], axis=1)
    settings = {"activation": activation, "parameters": activation.complete({})}
    out = np.empty((len(x), ACTIVATE.size([rows.shape[1]], settings)))
    with np.errstate(all="ignore"):
        ACTIVATE.kernel([rows], out, **settings)
    return out[:, 0]


def _partner(activation: Activation) -> float:
    """Give the number beside x in a row: a gate that is 0 would show nothing but 0."""
    return 0.0 if activation.width is None else 1.0


def _paragraph(title: str, text: str, indent: str = "") -> list[str]:
    start = f"{title.ljust(9)} " if title else indent
    return textwrap.wrap(
        escape(text),
        WIDTH,
        initial_indent=start,
        subsequent_indent=" " * len(start),
        break_long_words=False,
        break_on_hyphens=False,
    )

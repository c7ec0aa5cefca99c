"""nnspec show: the layers, shapes and costs of a network, its weights, its graph, its picture."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import click

from nnspec.commands import (
    engine_option,
    format_option,
    outside_option,
    plugin_option,
    print_doubts,
    report_plugins,
    weights_option,
)
from nnspec.errors import SpecError

RENDERERS = "nnspec.show.renderers"


@click.command()
@click.argument("spec", type=click.Path(path_type=Path), metavar="SPEC")
@format_option(RENDERERS)
@weights_option
@engine_option
@plugin_option
@outside_option
def command(
    spec: Path,
    form: str,
    weights: Path | None,
    engine: str | None,
    plugin: tuple[str, ...],
    allow_outside: bool,
) -> None:
    """Show a network: layers, shapes, parameters, FLOPs, weights, what the passes did, the engine.

    A spec without weights is shown, too, but for its graph. mermaid, dot and svg are pictures,
    html a page with the picture and all the rest; neither holds script or fetches anything.

    \b
    Examples:
      nnspec show specs/digits.yaml
      nnspec show specs/digits.yaml --format json
      nnspec show specs/iris.yaml --format svg > iris.svg
      nnspec show spec.yaml --weights trained.npz
    """
    from nnspec.examine import Options, examine_file
    from nnspec.model import Model
    from nnspec.show.summary import summarize

    options = Options(weights, plugin, allow_outside)
    examined = examine_file(spec, options)
    report_plugins(examined.registry)
    if examined.faulty or examined.spec is None or examined.loaded is None:
        raise SpecError(examined.diagnostics)
    print_doubts(examined.diagnostics)
    model = None if examined.loaded.source is None else Model(examined, options, engine)
    summary = summarize(examined.spec, examined.registry, model)
    text = import_module(f"{RENDERERS}.{form}").render(summary)
    # A page or a picture is UTF-8 wherever it goes; text is what the terminal can show.
    click.echo(text if form == "text" else text.encode())

"""nnspec trace: the forward pass of one row, written out as a textbook does."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nnspec.commands import (
    check_data,
    format_option,
    outside_option,
    plugin_option,
    print_doubts,
    report_plugins,
    weights_option,
)
from nnspec.errors import UsageError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nnspec.data.batches import Batches

RENDERERS = "nnspec.show.trace_renderers"


@click.command()
@click.argument("spec", type=click.Path(path_type=Path), metavar="SPEC")
@click.argument("data", nargs=-1, required=True, metavar="DATA")
@click.option(
    "--row",
    type=click.IntRange(min=0),
    default=0,
    metavar="K",
    show_default=True,
    help="The row to follow, counted from 0.",
)
@format_option(RENDERERS)
@weights_option
@plugin_option
@outside_option
def command(
    spec: Path,
    data: tuple[str, ...],
    row: int,
    form: str,
    weights: Path | None,
    plugin: tuple[str, ...],
    allow_outside: bool,
) -> None:
    """Write the forward pass of one row out, layer by layer: formula, shapes, values.

    DATA is a file, - for standard input, or the row itself as a JSON array. What is shown is the
    network as the spec has it, before anything is folded together.

    \b
    Examples:
      nnspec trace specs/textbook.yaml '[1.0, 0.5]'
      nnspec trace specs/digits.yaml specs/data/digits-x.npy --row 3
      nnspec trace spec.yaml x.csv --format json
      nnspec trace specs/iris.yaml specs/data/iris-x.csv --format html > iris.html
    """
    from nnspec.data import batches
    from nnspec.examine import Options, examine_file
    from nnspec.model import Model
    from nnspec.show.trace import trace

    check_data("trace", str(spec), data)
    if len(data) > 1:
        raise UsageError("trace takes one DATA; --row tells which of its rows to follow")
    (source,) = data
    options = Options(weights, plugin, allow_outside)
    examined = examine_file(spec, options)
    report_plugins(examined.registry)
    model = Model(examined, options)
    print_doubts(model.diagnostics)
    given = model.spec.input
    assert given.size is not None
    with batches.open(
        source, size=given.size, dtype=model.spec.dtype, features=given.features
    ) as rows:
        x = _find(rows, row)
        name = source if source.lstrip().startswith("[") else rows.name
    shown = trace(model, x, source=name, row=row)
    text = import_module(f"{RENDERERS}.{form}").render(shown)
    # A page or a picture is UTF-8 wherever it goes; text is what the terminal can show.
    click.echo(text if form == "text" else text.encode())


def _find(rows: Batches, wanted: int) -> NDArray[Any]:
    """Read up to one row and give it as (1, inputs)."""
    first = 0
    for block in rows:
        if wanted < first + len(block.values):
            return block.values[wanted - first : wanted - first + 1]
        first += len(block.values)
    last = f"; the last is row {first - 1}, since they count from 0" if first else ""
    raise UsageError(
        f"{rows.name} has {first:,} {'row' if first == 1 else 'rows'}, so there is no row "
        f"{wanted}{last}"
    )

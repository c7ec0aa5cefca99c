"""nnspec diff: what differs between two networks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from nnspec.commands import outside_option, plugin_option, print_doubts, report_plugins
from nnspec.errors import SpecError

if TYPE_CHECKING:
    from nnspec.examine import Examined, Options


@click.command()
@click.argument("first", type=click.Path(path_type=Path), metavar="SPEC")
@click.argument("second", type=click.Path(path_type=Path), metavar="SPEC")
@click.option(
    "--data",
    metavar="X",
    help="Rows to run both networks on, a file or a JSON array; layers are compared one by one.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
@plugin_option
@outside_option
def command(
    first: Path,
    second: Path,
    data: str | None,
    as_json: bool,
    plugin: tuple[str, ...],
    allow_outside: bool,
) -> int:
    """Compare two networks: structure, weights, and with --data the outputs layer by layer.

    A default that is written out is no difference, nor is an activation under another of its
    names. Weights and outputs are equal when their bits are; where they are not, the largest
    differences are told. Layers and arrays are paired by name.

    The exit status is 0 if nothing differs, 1 if something does or a spec has a fault, and 2 for
    wrong usage.

    \b
    Examples:
      nnspec diff old.yaml new.yaml
      nnspec diff float64.yaml float32.yaml --data x.npy
      nnspec diff a.yaml b.yaml --data '[1.0, 0.5]' --json
    """
    from nnspec.examine import Options
    from nnspec.plugin.manager import load_plugins
    from nnspec.show.diff import json, text
    from nnspec.show.diff.compare import compare

    report_plugins(load_plugins(plugin))
    options = Options(None, plugin, allow_outside)
    pair = _examine(first, options), _examine(second, options)
    comparison = compare(*pair, options, (str(first), str(second)), data)
    click.echo((json if as_json else text).render(comparison))
    return int(not comparison.equal)


def _examine(path: Path, options: Options) -> Examined:
    from nnspec.examine import examine_file

    examined = examine_file(path, options)
    if examined.faulty or examined.spec is None:
        raise SpecError(examined.diagnostics)
    print_doubts(examined.diagnostics)
    return examined

"""nnspec bench: the engines and their peers on one network, side by side."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from nnspec.commands import outside_option, plugin_option, weights_option


def _rows(_: click.Context, __: click.Parameter, text: str) -> tuple[int, ...]:
    """Read 1,16,64."""
    words = text.split(",")
    if not all(word.strip().isdecimal() and 0 < int(word) < 10**9 for word in words):
        raise click.BadParameter("whole numbers from 1 on, with commas between them: 1,64,1024")
    return tuple(int(word) for word in words)


@click.command()
@click.argument("spec", type=click.Path(path_type=Path), metavar="SPEC")
@click.option(
    "--rows",
    default="1,16,64,1024,20000",
    show_default=True,
    callback=_rows,
    metavar="N,N,...",
    help="Rows of a call.",
)
@click.option(
    "--turns",
    type=click.IntRange(1, 10_000),
    default=7,
    show_default=True,
    help="How often each is measured.",
)
@click.option(
    "--engine",
    multiple=True,
    metavar="NAME",
    help="An engine or a peer to measure; may be given several times. By default all.",
)
@click.option("--json", "as_json", is_flag=True, help="Write it for programs.")
@click.option(
    "--plot",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Draw it, too: .png, .svg or .pdf.",
)
@weights_option
@plugin_option
@outside_option
def command(
    spec: Path,
    rows: tuple[int, ...],
    turns: int,
    engine: tuple[str, ...],
    as_json: bool,
    plot: Path | None,
    weights: Path | None,
    plugin: tuple[str, ...],
    allow_outside: bool,
) -> None:
    """Measure the engines on a network, beside other ways to run it.

    Each runs in a process of its own, on the same rows; they take turns, with a pause before
    each. Peers are ONNX Runtime, OpenVINO and PyTorch where they are installed, and NumPy by
    hand; bare matrix products show what BLAS allows. Random weights stand in where the spec
    names none.

    \b
    Examples:
      nnspec bench specs/digits.yaml
      nnspec bench specs/digits.yaml --rows 1,1000 --engine numpy --engine numpy-by-hand
      nnspec bench spec.yaml --weights trained.npz --json > bench.json
      nnspec bench specs/digits.yaml --plot bench.svg
    """
    from nnspec.bench import json, text
    from nnspec.bench.job import Network
    from nnspec.bench.measure import measure

    if plot is not None:
        from nnspec.bench import figure

        figure.check(plot)
    network = Network(str(spec), None if weights is None else str(weights), plugin, allow_outside)
    with click.progressbar(
        length=len(set(rows)) * turns,
        label=f"measuring {spec}",
        file=sys.stderr,
        hidden=not sys.stderr.isatty(),
    ) as bar:
        report = measure(network, rows=rows, turns=turns, names=engine, tick=lambda: bar.update(1))
    click.echo((json if as_json else text).render(report))
    if plot is not None:
        from nnspec.data.output import atomic

        with atomic(plot) as file:
            file.write(figure.draw(report, plot.suffix.lower().removeprefix(".")))

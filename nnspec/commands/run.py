"""nnspec run: rows in, outputs out."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nnspec.commands import (
    check_data,
    engine_option,
    outside_option,
    plugin_option,
    report_model,
    weights_option,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from contextlib import AbstractContextManager

    from nnspec.data.batches import Batches
    from nnspec.data.table import Block
    from nnspec.model import Model
    from nnspec.runner.local import Result

_BLOCK_BYTES = 8 << 20
"""A block of rows takes about this much memory with all that is computed from it at once."""
_BLOCK_ROWS = 16, 65536
"""Rows of a block, at least and at most."""


@click.command()
@click.argument("spec", metavar="SPEC")
@click.argument("data", nargs=-1, required=True, metavar="DATA...")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="OUT",
    help="Where to write: .npy .npz .csv .tsv .jsonl .parquet, or a folder for several DATA.",
)
@click.option(
    "--emit",
    default="outputs",
    show_default=True,
    metavar="outputs|logits|labels|layer:NAME",
    help="What to compute.",
)
@weights_option
@click.option(
    "--batch-size",
    type=click.IntRange(min=1),
    metavar="N",
    help="Rows to read and compute at once; by default as many as 8 MiB hold.",
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    metavar="N",
    help="Processes that compute, each with a model of its own.",
)
@engine_option
@click.option(
    "--deterministic",
    is_flag=True,
    help="The same row gives the same bits in any batch (the NumPy engine always does).",
)
@click.option(
    "--nan",
    type=click.Choice(["pass", "fail"]),
    default="pass",
    show_default=True,
    help="What to do with NaN and infinity in the data: compute on, or stop.",
)
@click.option(
    "--keep", metavar="COLUMNS", help="Columns of the data to repeat in the output: id,name."
)
@click.option("--preview", is_flag=True, help="Show the first rows as a table, as on a terminal.")
@click.option("-v", "--verbose", is_flag=True, help="Tell which engine computes, and why.")
@plugin_option
@outside_option
def command(
    spec: str,
    data: tuple[str, ...],
    output: Path | None,
    emit: str,
    weights: Path | None,
    batch_size: int | None,
    workers: int,
    engine: str | None,
    deterministic: bool,
    nan: str,
    keep: str | None,
    preview: bool,
    verbose: bool,
    plugin: tuple[str, ...],
    allow_outside: bool,
) -> None:
    """Run a network on rows of data.

    DATA is a file (.npy .npz .csv .tsv .jsonl .parquet), a folder of them, - for standard
    input, or the rows themselves as JSON. Without -o a terminal shows a short table, and
    anything else gets CSV.

    \b
    Examples:
      nnspec run specs/textbook.yaml '[1.0, 0.5]'
      nnspec run specs/digits.yaml specs/data/digits-x.npy -o probabilities.csv
      nnspec run specs/iris.yaml specs/data/iris.csv --emit labels
      nnspec run specs/digits.yaml specs/data/digits-x.npy --emit layer:dense1 -o hidden.npy
      cat rows.csv | nnspec run spec.yaml - > outputs.csv
    """
    import nnspec

    if engine in {None, "numpy"}:
        _import_numpy()  # before anything else does
    from nnspec.data import targets

    check_data("run", spec, data, writes=output is None)
    model = nnspec.load(
        spec,
        weights=weights,
        engine=engine,
        plugins=plugin,
        deterministic=deterministic,
        allow_outside=allow_outside,
    )
    report_model(model)
    if verbose:
        _tell(f"engine {model.choice}: {model.choice.engine.summary}")
    kept = tuple(name.strip() for name in keep.split(",")) if keep else ()
    job = Job(model, emit, batch_size, nan == "fail", kept, workers)
    if output is None and (preview or sys.stdout.isatty()):
        for source in targets.expanded(data):
            job.preview(source)
    else:
        for source, target in targets.pairs(data, output):
            job.run(source, target)
    if verbose:
        for reason in model.stands_in:
            _tell(f"the engine {model.engine} did not compute it all: {reason}")


def _import_numpy() -> None:
    """Import NumPy without the threads of its BLAS, which would start now, spin, and never work.

    The NumPy engine holds the BLAS to one thread and has threads of its own.
    """
    name = "OPENBLAS_NUM_THREADS"
    if name in os.environ:
        return
    os.environ[name] = "1"
    try:
        import numpy  # noqa: F401
    finally:
        del os.environ[name]


def _tell(sentence: str) -> None:
    from nnspec.diagnostics.quote import escape

    click.echo(f"nnspec: {escape(sentence)}", err=True)


class Job:
    """What one call of the command does with each of its DATA."""

    def __init__(
        self,
        model: Model,
        emit: str,
        batch_size: int | None,
        refuse_nan: bool,
        keep: tuple[str, ...],
        workers: int,
    ) -> None:
        from nnspec.show.columns import columns

        self.model, self.emit, self.keep, self.refuse_nan = model, emit, keep, refuse_nan
        self.workers = workers
        self.program = model.program(emit)
        self.columns = columns(model, emit)
        self.batch_size = batch_size or _block_rows(model)

    def open(self, source: str, rows: int) -> Batches:
        """Open DATA for this network."""
        from nnspec.data import batches

        spec = self.model.spec
        assert spec.input.size is not None
        return batches.open(
            source,
            size=spec.input.size,
            dtype=spec.dtype,
            features=spec.input.features,
            keep=self.keep,
            block_rows=rows,
        )

    def preview(self, source: str) -> None:
        """Show the first rows as a table for a person."""
        from nnspec.show import preview

        with self.open(source, preview.ROWS + 1) as batches:
            block = next(iter(batches), None)
            click.echo(preview.render(self.model, self.emit, self.columns, block, batches.rows))

    def run(self, source: str, target: Path | None) -> None:
        """Compute all rows and write them whole, or not at all."""
        from nnspec.data import output
        from nnspec.runner import local
        from nnspec.show.columns import label_texts

        labels = self.emit == "labels"
        texts = labels and output.holds_texts(target)
        multilabel = labels and self.model.spec.task == "multilabel" and not texts
        dtype: Any = (str if texts else "int64") if labels else self.model.spec.dtype
        shape = (len(self.columns),) if multilabel or not labels else ()
        with self.open(source, self.batch_size) as batches:
            several = batches.rows is None or batches.rows > self.batch_size
            total = None if batches.rows is None else -(-batches.rows // self.batch_size)
            with (
                output.writer(
                    target,
                    columns=("label",) if labels and not multilabel else self.columns,
                    dtype=dtype,
                    shape=shape,
                    rows=batches.rows,
                    keep=self.keep,
                ) as writer,
                self._progress(batches, total) as blocks,
                self._computing(several) as compute,
            ):
                tally = local.run(
                    compute,
                    blocks,
                    lambda y, kept: writer.write(
                        label_texts(y, self.model.spec) if texts else y, kept
                    ),
                    refuse_nan=self.refuse_nan,
                    source=batches.name,
                    ahead=several and not batches.waits,
                    behind=several and not output.waits(target),
                )
        if tally.unclean:
            click.echo(f"nnspec: {batches.name}: {tally}", err=True)

    @contextmanager
    def _computing(self, several: bool) -> Iterator[Callable[..., Iterator[Result]]]:
        """Compute here, or in processes of their own where there are several blocks."""
        if self.workers == 1 or not several:
            from nnspec.runner import local

            yield partial(local.compute, self.program)
            return
        from nnspec.runner import workers

        with workers.start(self.model, self.emit, self.workers) as compute:
            yield compute

    def _progress(
        self, batches: Batches, total: int | None
    ) -> AbstractContextManager[Iterable[Block]]:
        """Show a person how far it is; a single block needs no bar, which takes 2 ms to import."""
        if not sys.stderr.isatty() or (total or 2) < 2:
            return nullcontext(batches)
        label = f"{self.model.spec.name} ← {batches.name}"
        return click.progressbar(batches, length=total, label=label, file=sys.stderr)


def _block_rows(model: Model) -> int:
    """Choose how many rows a block has, by what goes in and by the widest layer."""
    widest = max((node.output.size for node in model.original_graph.nodes), default=0)
    least, most = _BLOCK_ROWS
    return min(max(least, _BLOCK_BYTES // (8 * (model.original_graph.input.size + widest))), most)

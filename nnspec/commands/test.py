"""nnspec test: validate specs, then run the checks that they hold."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from nnspec.commands import outside_option, plugin_option, print_diagnostics, report_plugins
from nnspec.errors import NnspecError, OutputError

if TYPE_CHECKING:
    from nnspec.cases import CaseResult
    from nnspec.examine import Options


@click.command()
@click.argument(
    "specs", nargs=-1, required=True, metavar="SPEC...", type=click.Path(path_type=Path)
)
@plugin_option
@outside_option
def command(specs: tuple[Path, ...], plugin: tuple[str, ...], allow_outside: bool) -> int:
    """Validate specs, then run their checks: golden outputs, accuracy, error of prediction.

    Where an output is not the golden one, the actual one is saved beside it as
    NAME.actual.npy. The exit status is 1 if anything fails.

    \b
    Examples:
      nnspec test specs/digits.yaml
      nnspec test specs/*.yaml
      nnspec test spec.yaml --plugin my_activation.py
    """
    from nnspec.diagnostics.quote import escape
    from nnspec.examine import Options
    from nnspec.plugin.manager import load_plugins

    report_plugins(load_plugins(plugin))
    options = Options(None, plugin, allow_outside)
    verdicts: list[bool] = []
    broken = 0
    for spec in specs:
        click.echo(escape(str(spec)))
        try:
            results = _test(spec, options)
        except NnspecError as error:
            click.echo(f"  FAILED  {escape(str(error))}")
            results = None
        if results is None:
            broken += 1
            continue
        if not results:
            click.echo("  no checks")
        for result in results:
            _print(result)
            verdicts.append(result.passed)
    click.echo(_totals(len(specs), verdicts, broken))
    return int(broken > 0 or not all(verdicts))


def _test(path: Path, options: Options) -> list[CaseResult] | None:
    """Run the checks of one spec; None if it has faults, which are printed."""
    from nnspec.cases import run_checks
    from nnspec.examine import examine_file
    from nnspec.model import Model

    examined = examine_file(path, options)
    print_diagnostics(examined.diagnostics)
    if examined.faulty or examined.spec is None:
        click.echo("  FAILED  the spec has faults")
        return None
    if not examined.spec.checks:
        return []
    return run_checks(Model(examined, options), path.parent, allow_outside=options.allow_outside)


def _print(result: CaseResult) -> None:
    from nnspec.diagnostics.quote import escape

    verdict = "ok    " if result.passed else "FAILED"
    click.echo(f"  {verdict}  {escape(result.name)}: {escape(result.message)}")
    if not result.passed and result.difference is not None:
        for line in result.difference.details:
            click.echo(f"          {line}")
    if not result.passed and result.actual is not None:
        click.echo(f"          {escape(_save(result))}")


def _save(result: CaseResult) -> str:
    """Save what came in place of the golden output, and say where."""
    import numpy as np

    from nnspec.data.output import atomic

    assert result.golden is not None
    assert result.actual is not None
    path = result.golden.with_name(f"{result.golden.stem}.actual.npy")
    if path == result.golden:
        return f"the actual output is not saved: {path.name} is the golden one"
    try:
        with atomic(path) as file:
            np.save(file, result.actual, allow_pickle=False)
    except OutputError as error:
        return f"the actual output is not saved: {error}"
    return f"the actual output is in {_near(path)}"


def _near(path: Path) -> Path:
    """Name a path from the working directory, where it is inside."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def _totals(specs: int, verdicts: list[bool], broken: int) -> str:
    failed = verdicts.count(False)
    counts = [f"{len(verdicts) - failed} passed"]
    counts += [f"{failed} failed"] if failed else []
    counts += [f"{_count(broken, 'spec')} could not be tested"] if broken else []
    return f"{_count(specs, 'spec')}, {_count(len(verdicts), 'check')}: {', '.join(counts)}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"

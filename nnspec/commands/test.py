"""nnspec test: validate specs, then run the checks that they hold."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import click

from nnspec import folder
from nnspec.commands import (
    outside_option,
    plugin_option,
    print_diagnostics,
    report_plugins,
    reports_option,
)

RENDERERS = "nnspec.show.case_renderers"


@click.command()
@click.argument(
    "specs", nargs=-1, required=True, metavar="SPEC...", type=click.Path(path_type=Path)
)
@reports_option(RENDERERS)
@click.option("-v", "--verbose", is_flag=True, help="Tell the details of checks that passed, too.")
@plugin_option
@outside_option
def command(
    specs: tuple[Path, ...],
    forms: tuple[str, ...],
    verbose: bool,
    plugin: tuple[str, ...],
    allow_outside: bool,
) -> int:
    """Validate specs, then run their checks: golden outputs, accuracy, error of prediction.

    Where an output y.npy is not the golden one, the actual one is saved beside it as
    y.actual.npy; and if golden outputs of layers lie there, as y.layer.LAYER.npy, the first layer
    that differs is named. The exit status is 1 if anything fails.

    \b
    Examples:
      nnspec test specs/digits.yaml
      nnspec test specs/*.yaml --format text --format junit=report.xml
      nnspec test spec.yaml -v --plugin my_activation.py
      nnspec run spec.yaml x.npy --emit layer:dense1 -o y.layer.dense1.npy
    """
    from nnspec.cases.report import run_spec
    from nnspec.examine import Options
    from nnspec.plugin.manager import load_plugins
    from nnspec.validation.reports import parse

    wanted = parse(forms, folder.names(RENDERERS))
    report_plugins(load_plugins(plugin))
    options = Options(None, plugin, allow_outside)
    reports = []
    for spec in specs:
        reports.append(run_spec(spec, options))
        print_diagnostics(reports[-1].diagnostics)
    for one in wanted:
        renderer = import_module(f"{RENDERERS}.{one.form}")
        one.put(renderer.render(reports, verbose=verbose))
    return int(not all(report.passed for report in reports))

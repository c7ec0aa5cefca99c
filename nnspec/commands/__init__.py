"""The commands, one file each, which exports `command`; and the options that several share.

A command's module is imported when the command is called or listed, so it imports what is heavy
inside its function.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nnspec import folder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nnspec.diagnostics.diagnostic import Diagnostic
    from nnspec.model import Model
    from nnspec.plugin.registry import Registry

plugin_option = click.option(
    "--plugin",
    multiple=True,
    metavar="FILE_OR_MODULE",
    help="Load a plugin from a Python file or a module; may be given several times.",
)
outside_option = click.option(
    "--allow-outside",
    is_flag=True,
    help="Let the spec name files outside its folder and the working directory.",
)
engine_option = click.option("--engine", metavar="NAME", help="What computes; see nnspec plugins.")
weights_option = click.option(
    "--weights",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A weights file in place of the one that the spec names.",
)


def format_option(renderers: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make the option `--format NAME`, which arrives as `form`: a module of that package."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(folder.names(renderers)),
        default="text",
        show_default=True,
        help="How to write it.",
    )


def reports_option(renderers: str) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Make the option `--format NAME[=FILE]…`, which arrives as `forms`."""
    return click.option(
        "--format",
        "forms",
        multiple=True,
        metavar="NAME[=FILE]",
        help=f"How to report: {', '.join(folder.names(renderers))}; on standard output or in FILE. "
        "May be given several times.  [default: text]",
    )


def check_data(command: str, spec: str, data: Sequence[str], *, writes: bool = False) -> None:
    """Refuse words that are no DATA; one that is a file of a known suffix, or JSON, is not judged.

    Args:
        command: its name.
        spec: its first argument.
        data: the others.
        writes: it could write a file, and was not told one.

    Raises:
        UsageError, DataError: it says what was probably meant.
    """
    from nnspec.data import formats

    if all(
        word == "-"
        or (word.lstrip().startswith("[") and "," in word and word.rstrip().endswith("]"))
        or (os.path.isfile(word) and formats.by_suffix(formats.suffix_of(word)))  # noqa: PTH113
        for word in data
    ):
        return
    from nnspec.diagnostics.no_data import no_data

    modules = folder.modules(formats.__name__)
    suffixes = {suffix for module in modules for suffix in module.SUFFIXES}
    wrong = no_data(command, spec, data, suffixes, writes=writes)
    if wrong is not None:
        raise wrong


def print_diagnostics(diagnostics: Sequence[Diagnostic], *, to_stdout: bool = False) -> None:
    """Print diagnostics for a person, each with its source line and a caret."""
    if diagnostics:
        from nnspec.diagnostics.renderers import text

        stream = sys.stdout if to_stdout else sys.stderr
        click.echo(text.render(diagnostics, color=wants_color(stream.isatty())), err=not to_stdout)


def wants_color(terminal: bool) -> bool:
    """Say whether to colour: on a terminal, unless NO_COLOR is set (https://no-color.org)."""
    return terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def report_plugins(registry: Registry) -> None:
    """Name the installed plugins that failed; everything else goes on without them."""
    from nnspec.diagnostics.quote import escape

    for provider in registry.providers:
        if provider.status == "failed":
            name = provider.distribution or provider.name
            click.echo(
                f"nnspec: warning: the plugin {escape(str(provider))} is left out: "
                f"{escape(provider.problem or '')} (NNSPEC_DISABLE_PLUGINS={escape(name)} "
                "silences this)",
                err=True,
            )


def print_doubts(diagnostics: Sequence[Diagnostic]) -> None:
    """Print what bears on the numbers that a command shows: the warnings about weights.

    Advice on how a spec is written is for `nnspec validate` and `nnspec test`.
    """
    print_diagnostics([one for one in diagnostics if one.pointer.startswith("/weights")])


def report_model(model: Model) -> None:
    """Print what a person should know of a model that runs: failed plugins, doubtful weights."""
    report_plugins(model.registry)
    print_doubts(model.diagnostics)

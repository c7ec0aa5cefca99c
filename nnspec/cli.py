"""The command line: finds the commands, and is the one place where an exception ends a run."""

from __future__ import annotations

import gc
import os
import signal
import sys
from typing import TYPE_CHECKING, Any, NoReturn

import click

from nnspec import folder
from nnspec.diagnostics.runner_log import guarded
from nnspec.errors import NnspecError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import FrameType

INTERRUPTED, TERMINATED = 130, 143


class Interrupted(KeyboardInterrupt):
    """SIGINT, not as the plain exception.

    Where that one passes through an `exec`, as of a dataclass, Python ends by the signal in the
    end, whatever exit status it is given.
    """


class Terminated(KeyboardInterrupt):
    """SIGTERM as an exception, so that half-written files are removed on the way out.

    Whatever lets an interruption through, such as the loading of plugins, lets this one through.
    """


class Commands(click.Group):
    """The group whose commands are the modules of nnspec/commands/, imported when called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands: a module's name, with dashes, without a trailing underscore."""
        return [name.rstrip("_").replace("_", "-") for name in folder.names("nnspec.commands")]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of one command."""
        from importlib import import_module

        for module in folder.names("nnspec.commands"):
            if module.rstrip("_").replace("_", "-") == cmd_name:
                command: click.Command = import_module(f"nnspec.commands.{module}").command
                return command
        return None

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Suggest the command that was meant."""
        if self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            import shlex

            from nnspec.diagnostics.quote import quote
            from nnspec.diagnostics.suggest import did_you_mean

            hint = did_you_mean(args[0], self.list_commands(ctx)) or "see nnspec --help"
            if args[0].endswith((".yaml", ".yml")):
                hint = f"a command comes before SPEC: {shlex.join(['nnspec', 'run', *args])}"
            ctx.fail(f"there is no command {quote(args[0])}; {hint}")
        return super().resolve_command(ctx, args)


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from nnspec import __version__

        click.echo(f"nnspec {__version__}")
        ctx.exit()


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Show the version and exit.",
)
def cli() -> None:
    """Run feed-forward neural networks that are declared in YAML.

    \b
    Examples:
      nnspec run specs/textbook.yaml '[1.0, 0.5]'
      nnspec run specs/digits.yaml specs/data/digits-x.npy -o probabilities.csv
      nnspec validate specs/
      nnspec trace specs/textbook.yaml '[1.0, 0.5]'
      nnspec COMMAND --help
    """


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run one command and leave with its exit status."""
    # Start-up makes 100,000 objects that stay; to look for garbage every 700 takes 10 ms of it.
    gc.set_threshold(50_000)
    signal.signal(signal.SIGTERM, _terminate)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # a background job's is not
        signal.signal(signal.SIGINT, _interrupt)
    _open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a name may hold what the terminal cannot show
            stream.reconfigure(errors="backslashreplace")
    try:
        with guarded():
            status = _run(arguments)
    except BrokenPipeError:
        # The reader has seen enough. Python would try to flush once more at exit and complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = _say(f"cannot write to standard output: {_reason(error)}")
    gc.freeze()  # at exit Python would look through all of them, twice, for 20 ms
    sys.exit(status)


def _open_closed_streams() -> None:
    """Lead standard streams that the caller closed to nowhere.

    Python has None for them, and the system would give their numbers to the next files opened.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115


def _run(arguments: Sequence[str] | None) -> int:
    """Run one command; every exception becomes a sentence and an exit status here."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        # Not cli.main, which turns a closed pipe into exit status 1 before anybody can object.
        with cli.make_context("nnspec", words) as context:
            status = cli.invoke(context)
    except click.ClickException as error:
        error.show()
        _show_example(error)
        return error.exit_code
    except click.exceptions.Exit as exit_:
        return exit_.exit_code
    except Terminated:
        return _say("terminated", TERMINATED)
    except (click.Abort, KeyboardInterrupt):
        return _say("interrupted", INTERRUPTED)
    except NnspecError as error:
        return _explain(error)
    except BrokenPipeError:
        raise
    except OSError as error:
        if error.filename is None:  # no file, so it is standard output, which `main` names
            raise
        return _say(f"{error.filename}: {_reason(error)}")
    except MemoryError:
        return _say("out of memory; a smaller --batch-size may help")
    except Exception as error:
        if os.environ.get("NNSPEC_TRACEBACK"):
            raise
        return _say(
            f"a fault of nnspec itself: {type(error).__name__}: {error} (please report it, with "
            "what the same command prints under NNSPEC_TRACEBACK=1)"
        )
    return status if isinstance(status, int) else 0


def _show_example(error: click.ClickException) -> None:
    """Show how a command is called that got too few arguments or too many."""
    context = getattr(error, "ctx", None)
    if context is None or isinstance(context.command, click.Group):
        return
    if isinstance(error, click.NoSuchOption) and error.option_name[1:2].isdigit():
        click.echo("Rows are written in brackets and quotes: '[-1.0, 0.5]'", err=True)
    elif type(error) in {click.MissingParameter, click.UsageError}:
        _, _, examples = (context.command.help or "").partition("Examples:\n")
        click.echo(f"For example: {examples.strip().partition(chr(10))[0]}", err=True)


def _explain(error: NnspecError) -> int:
    from nnspec.errors import SpecError

    if isinstance(error, SpecError):
        from nnspec.commands import print_diagnostics

        print_diagnostics(error.diagnostics)
        return error.exit_status
    return _say(str(error), error.exit_status)


def _say(message: str, status: int = 1) -> int:
    from nnspec.diagnostics.quote import escape

    click.echo(f"nnspec: {escape(message)}", err=True)
    return status


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def _interrupt(_: int, __: FrameType | None) -> NoReturn:
    raise Interrupted


def _terminate(_: int, __: FrameType | None) -> NoReturn:
    raise Terminated

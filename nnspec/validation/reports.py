"""The reports that `--format` asks for: in which form, and whereto."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

from nnspec import folder
from nnspec.data.output import atomic
from nnspec.diagnostics.quote import quote
from nnspec.diagnostics.runner_log import say_to_runner
from nnspec.diagnostics.suggest import did_you_mean
from nnspec.errors import UsageError
from nnspec.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nnspec.diagnostics.diagnostic import Diagnostic
    from nnspec.diagnostics.renderers import Renderer

FORMS = folder.names("nnspec.diagnostics.renderers")


@dataclass(frozen=True, slots=True)
class Report:
    """One report.

    Attributes:
        form: the name of a renderer.
        target: the file it is written to, None for standard output.
    """

    form: str
    target: Path | None = None

    def write(
        self, diagnostics: Sequence[Diagnostic], files: Sequence[str], *, color: bool
    ) -> None:
        """Write it, to a file whole or not at all; `color` is for standard output.

        Raises:
            OutputError: the file cannot be written.
        """
        renderer = cast("Renderer", import_module(f"nnspec.diagnostics.renderers.{self.form}"))
        self.put(renderer.render(diagnostics, files=files, color=color and self.target is None))

    def put(self, text: str) -> None:
        """Write a text that has been rendered.

        Raises:
            OutputError: the file cannot be written.
        """
        if self.target is not None:
            with atomic(self.target) as file:
                file.write(f"{text}\n".encode(errors="backslashreplace") if text else b"")
        elif text and self.form == "github":
            say_to_runner(text)
        elif text:
            print(text)


def parse(wanted: Sequence[str], forms: Sequence[str] = FORMS) -> list[Report]:
    """Read what `--format` was given: NAME or NAME=FILE, text where nothing was.

    Raises:
        UsageError: no form has such a name, or two reports would end up in one place.

    Examples:
        >>> [report.form for report in parse(["text", "sarif=out.sarif"])]
        ['text', 'sarif']
    """
    reports: list[Report] = []
    for given in wanted or ["text"]:
        form, equals, name = given.partition("=")
        if form not in forms:
            hint = did_you_mean(form, forms) or f"known are {', '.join(forms)}"
            raise UsageError(f"--format {quote(given)}: there is no such format; {hint}")
        if equals and not name:
            raise UsageError(f"--format {quote(given)}: the name of the file is missing")
        report = Report(form, Path(name) if name else None)
        if report.target in [other.target for other in reports]:
            place = "standard output" if report.target is None else quote(name)
            raise UsageError(f"two formats for {place}: write one of them to a file, as NAME=FILE")
        reports.append(report)
    return reports

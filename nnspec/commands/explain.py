"""nnspec explain: the page of a diagnostic's code."""

from __future__ import annotations

import click


@click.command()
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """Explain the code of a diagnostic: what it means, why it matters, how to mend it.

    Without a CODE, all codes are listed.

    \b
    Examples:
      nnspec explain unknown-activation
      nnspec explain
    """
    from nnspec.diagnostics import pages
    from nnspec.diagnostics.quote import quote
    from nnspec.diagnostics.suggest import did_you_mean
    from nnspec.errors import UsageError

    if code is None:
        width = max(map(len, pages.codes()))
        for one in pages.codes():
            click.echo(f"{one.ljust(width)}  {pages.meaning(one)}")
    elif code in pages.codes():
        click.echo(pages.read(code))
    else:
        hint = did_you_mean(code, pages.codes()) or "'nnspec explain' lists them all"
        raise UsageError(f"there is no code {quote(code)}; {hint}")

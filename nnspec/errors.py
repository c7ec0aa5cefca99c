"""What can go wrong, as a tree; each is one sentence for a person and never a traceback.

NnspecError             anything that the person at the keyboard can mend: exit status 1
├── SpecError           a spec with faults; `.diagnostics` holds them all, sorted by place
├── WeightsError        a weights file that cannot be read as one
├── DataError           data that do not fit: format, columns, shape, values
├── OutputError         an output that cannot be written; nothing is left half done
├── PluginError         a plugin that cannot be loaded, or broke its promise at run time
├── MissingExtraError   an optional package is needed; the message has the `pip install` line
└── UsageError          wrong usage (an option that does not fit): exit status 2
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nnspec.diagnostics.diagnostic import Diagnostic


class NnspecError(Exception):
    """Anything that the person at the keyboard can mend.

    Examples:
        >>> issubclass(SpecError, NnspecError)
        True
    """

    exit_status = 1


class SpecError(NnspecError):
    """A spec with faults, all of them at once.

    Attributes:
        diagnostics: the faults and warnings, sorted by place.
    """

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        self.diagnostics = list(diagnostics)
        super().__init__("\n".join(str(diagnostic) for diagnostic in self.diagnostics))


class WeightsError(NnspecError):
    """A weights file that cannot be read as one."""


class DataError(NnspecError):
    """Data that do not fit the network: format, columns, shape or values."""


class OutputError(NnspecError):
    """An output that cannot be written; what stood there before stands there still."""


class PluginError(NnspecError):
    """A plugin that cannot be loaded, or that broke its promise at run time."""


class UsageError(NnspecError):
    """Wrong usage: an option that does not fit the spec or another option."""

    exit_status = 2


class MissingExtraError(NnspecError):
    """An optional package is needed and not installed."""

    def __init__(self, purpose: str, extra: str) -> None:
        super().__init__(f"{purpose} needs an optional package: pip install 'nnspec[{extra}]'")

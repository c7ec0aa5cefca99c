"""What mending does to a file: shown as a diff, or written whole or not at all."""

from __future__ import annotations

import re
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

from nnspec.data.output import atomic
from nnspec.diagnostics.quote import escape
from nnspec.examine import examine_text
from nnspec.fix.mend import mend
from nnspec.fix.original import Original
from nnspec.records import dataclass
from nnspec.source.file import MAX_BYTES, UnreadableError, read_bytes

if TYPE_CHECKING:
    from nnspec.examine import Examined, Options

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_NO_NEWLINE = "\\ No newline at end of file"


@dataclass(frozen=True)
class Change:
    """A spec that can be mended.

    Attributes:
        name: how messages call it, and the path of its file.
        before, after: its bytes.
    """

    name: str
    before: bytes
    after: bytes

    def diff(self) -> str:
        """Give a unified diff, which `patch -p0` and `git apply -p0` take."""
        old, new = (_LINE.findall(Original.read(data).text) for data in (self.before, self.after))
        name = escape(self.name)
        lines = (
            line if line.endswith("\n") else f"{line}\n{_NO_NEWLINE}\n"
            for line in unified_diff(old, new, name, name)
        )
        return "".join(lines)

    def write(self) -> None:
        """Put the mended text in the place of the old one; mode and links stay.

        Raises:
            OutputError: it cannot be written; what stood there stands there still.
        """
        with atomic(Path(self.name)) as file:
            file.write(self.after)


def change(name: str, options: Options, text: bytes | None = None) -> Change | None:
    """Mend a spec, from its file or given as text; None where there is nothing to mend.

    A file that cannot be read is left to `nnspec validate`, which says why.
    """
    if text is None:
        try:
            text = read_bytes(Path(name))
        except UnreadableError:
            return None
    if len(text) > MAX_BYTES:
        return None

    def examine(data: bytes) -> Examined:
        return examine_text(data, options, name=name, folder=Path(name).parent)

    mended, _ = mend(text, examine)
    return None if mended == text else Change(name, text, mended)

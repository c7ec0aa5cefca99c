"""What tells one diagnostic from all others, and is the same after an edit elsewhere."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING

from nnspec.diagnostics.location import relative

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nnspec.diagnostics.diagnostic import Diagnostic


def fingerprints(diagnostics: Sequence[Diagnostic]) -> list[str]:
    """Give each a SHA-256 of its file, code, message and source line, in hexadecimal.

    Numbers of lines are no part of it, so that lines may come and go above. Of those that are
    alike in everything, the second and so on are numbered.
    """
    seen: Counter[str] = Counter()
    prints: list[str] = []
    for one in diagnostics:
        line = f" in line {one.related.line}" if one.related else ""
        message = one.message.removesuffix(line)
        key = "\0".join((relative(one.file), one.code, message, one.source.strip()))
        numbered = f"{key}\0{seen[key]}" if seen[key] else key
        seen[key] += 1
        prints.append(sha256(numbered.encode(errors="surrogatepass")).hexdigest())
    return prints

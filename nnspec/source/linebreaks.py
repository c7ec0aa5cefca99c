"""Characters that PyYAML takes for line breaks, or skips, and YAML 1.2 does not."""

from __future__ import annotations

import re

_TROUBLE = re.compile("[\x85\u2028\u2029\ufeff]")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))")


def hide(text: str) -> tuple[str, dict[int, str]]:
    r"""Replace them by stand-ins, one character by one, so that every place stays where it is.

    YAML 1.1, which PyYAML reads, ends a line at U+0085, U+2028 and U+2029; YAML 1.2 does not.
    A stand-in is a private-use character (or the first free one after those) that the text
    holds neither as itself nor as an escape. A text of 4 MiB cannot hold them all.

    Returns:
        The text, and the table for `str.translate` that turns the stand-ins back.

    Examples:
        >>> text, table = hide("a: x\u2028y")
        >>> text.translate(table) == "a: x\u2028y", len(text.splitlines())
        (True, 1)
    """
    trouble = sorted(set(_TROUBLE.findall(text)))
    if not trouble:
        return text, {}
    used = {ord(character) for character in set(text)}
    used.update(int(short or long, 16) for short, long in _ESCAPE.findall(text))
    free = (code for code in range(0xE000, 0x110000) if code not in used and _readable(code))
    stand_ins = dict(zip(trouble, free, strict=False))
    hidden = text.translate({ord(character): code for character, code in stand_ins.items()})
    return hidden, {code: character for character, code in stand_ins.items()}


def _readable(code: int) -> bool:
    return code <= 0xF8FF or code >= 0x10000

"""Foreign text in our messages: short, on one line, and unable to act on a terminal."""

from __future__ import annotations

from typing import Any

LIMIT = 200
_HEAD = 6
# Persian, Indic scripts and emoji need the joiners, Chinese and Japanese the wide space.
_HARMLESS = frozenset("\u200c\u200d\u3000")
_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def escape(text: str) -> str:
    r"""Write what does not print as escapes: controls, bidirectional marks, half surrogates ….

    Examples:
        >>> print(escape("a\x1b[31m\u202eb"))
        a\x1b[31m\u202eb
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_escaped(character) for character in text)


def quote(value: Any) -> str:
    r"""Show a value as a spec would write it, in at most 200 characters.

    Examples:
        >>> print(quote("rleu"), quote("it's\n"), quote(None), quote([1, True, {"a": 0.5}]))
        'rleu' "it's\n" null [1, true, {a: 0.5}]
        >>> len(quote("x" * 1000)), len(quote(list(range(10**6))))
        (200, 21)
    """
    return _cut(_shown(value, depth=2))


def _shown(value: Any, depth: int) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int() if value.bit_length() > 4 * LIMIT:
            return f"a number of {value.bit_length():,} bits"
        case str():
            text = escape(value[: LIMIT + 1].replace("\\", "\\\\"))
            if "'" in text and '"' not in text:
                return _cut(f'"{text}"')
            return _cut("'" + text.replace("'", "\\'") + "'")
        case list() | tuple():
            head = [_shown(item, depth - 1) for item in value[:_HEAD]] if depth else []
            return f"[{_listed(head, len(value))}]"
        case dict():
            pairs = list(zip(range(_HEAD), value.items(), strict=False)) if depth else []
            head = [
                f"{_cut(escape(str(k)[:LIMIT]))}: {_shown(v, depth - 1)}" for _, (k, v) in pairs
            ]
            return f"{{{_listed(head, len(value))}}}"
        case _:
            return escape(str(value)[: LIMIT + 1])


def _listed(head: list[str], size: int) -> str:
    return ", ".join(head + ["…"] * (len(head) < size))


def _cut(text: str) -> str:
    if len(text) <= LIMIT:
        return text
    tail = "…" + text[0] if text[0] in "'\"" else "…"
    return text[: LIMIT - len(tail)] + tail


def _escaped(character: str) -> str:
    if character in _NAMED:
        return _NAMED[character]
    if character.isprintable() or character in _HARMLESS:
        return character
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"

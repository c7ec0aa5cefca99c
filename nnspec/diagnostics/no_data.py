"""What was probably meant by words that stand in the place of DATA and are none."""

from __future__ import annotations

import json
import os
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from nnspec.diagnostics.file_kind import by_name
from nnspec.diagnostics.near_file import near_file
from nnspec.diagnostics.quote import quote
from nnspec.errors import DataError, NnspecError, UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_SPECS = frozenset({".yaml", ".yml"})
_SHOWN = 6
"""Numbers of a row that a message repeats, at most."""


def no_data(
    command: str, spec: str, data: Sequence[str], suffixes: Collection[str], *, writes: bool = False
) -> NnspecError | None:
    """Say what is wrong with DATA, None where nothing is that could be seen before it is read.

    Args:
        command: the name of the command.
        spec: its first argument.
        data: the others.
        suffixes: of the formats that are read.
        writes: the command could write a file, and was not told one.

    Examples:
        >>> print(no_data("run", "spec.yaml", ["1.0", "0.5"], {".csv"}))
        rows are written in brackets and quotes: nnspec run spec.yaml '[1.0, 0.5]'
        >>> print(no_data("run", "x.csv", ["spec.yaml"], {".csv"}))
        SPEC comes first, then DATA: nnspec run spec.yaml x.csv
    """
    rows = None if any(map(_exists, data)) else _rows(" ".join(data))
    if rows is not None and [rows] != list(data):
        return UsageError(f"rows are written in brackets and quotes: {_line(command, spec, rows)}")
    specs = [word for word in data if _suffix(word) in _SPECS]
    if specs and _suffix(spec) not in _SPECS:
        return _swapped(
            command, spec, specs[0], [word for word in data if word not in specs], suffixes
        )
    *first, last = data
    if writes and first and not _exists(last) and _suffix(last) in suffixes:
        right = _line(command, spec, *first, "-o", last)
        return UsageError(f"there is no {quote(last)}; if it is the output: {right}")
    return next(filter(None, (_wrong(command, spec, word, suffixes) for word in data)), None)


def _swapped(
    command: str, spec: str, right: str, others: Sequence[str], suffixes: Collection[str]
) -> NnspecError:
    kind = None if _suffix(spec) in suffixes else by_name(spec)
    if kind is not None:
        return UsageError(f"SPEC comes first; {spec} is {kind.what}: {kind.cure(spec)}")
    return UsageError(f"SPEC comes first, then DATA: {_line(command, right, spec, *others)}")


def _wrong(command: str, spec: str, word: str, suffixes: Collection[str]) -> NnspecError | None:
    if not word.strip():
        return UsageError("DATA is an empty text; was a variable of the shell not set?")
    if _URL.match(word):
        return UsageError(
            f"{quote(word)} is a URL, and nothing is fetched; download the file first"
        )
    if word.lstrip().startswith("{"):
        return UsageError(
            f"a row is a list in JSON: {_line(command, spec, '[1.0, 0.5]')}; rows with names go "
            f"through standard input, as -"
        )
    if _exists(word):
        kind = None if _suffix(word) in suffixes else by_name(word)
        if kind is None:
            return None
        if _suffix(word) in _SPECS:
            right = _line(command, spec, "[1.0, 0.5]")
            return DataError(f"{word}: a spec is given as DATA, which are rows, as in {right}")
        return DataError(f"{word}: {kind.what} is not read as data; {kind.cure(word)}")
    if word == "-":
        return None
    if "*" in word or "?" in word:
        return DataError(f"no file fits the pattern {quote(word)}")
    hint = near_file(Path(word), suffixes)
    if hint is None:
        return None
    return DataError(f"cannot read {word}: no such file or directory; {hint}")


def _rows(text: str) -> str | None:
    """Write the rows that a text with wrong signs between its numbers holds; None if it has none.

    Examples:
        >>> _rows("(1, .5)"), _rows("[[1,2], [3,4]]"), _rows("x.csv"), _rows("[1.0, nan]")
        ('[1, 0.5]', '[[1,2], [3,4]]', None, None)
    """
    if text.lstrip().startswith("["):
        try:
            json.loads(text)
        except (ValueError, RecursionError):
            pass
        else:
            return text
    words = [word for word in re.split(r"[\s,;]+", text.strip(" []()")) if word]
    if not words or not all(map(_NUMBER.fullmatch, words)):
        return None
    shown = [_as_json(word) for word in words[:_SHOWN]] + ["…"] * (len(words) > _SHOWN)
    return f"[{', '.join(shown)}]"


def _as_json(number: str) -> str:
    try:
        json.loads(number)
    except ValueError:
        return repr(float(number))
    return number


def _line(command: str, *words: str) -> str:
    return shlex.join(["nnspec", command, *words])


def _exists(word: str) -> bool:
    return os.path.exists(word)  # noqa: PTH110 - Path.exists raises where a name is too long


def _suffix(word: str) -> str:
    return Path(word).suffix.lower()

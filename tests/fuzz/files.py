"""Bytes through the readers of data and weights: arrays, None where refused; nothing else leaks."""

from __future__ import annotations

import io
import os
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from nnspec.data import batches, formats
from nnspec.data.table import Selection
from nnspec.errors import DataError, WeightsError
from nnspec.weights import reading

LARGEST = 1 << 22
"""Numbers that are looked at; a few bytes of a compressed file may stand for more."""


def rows(data: bytes, suffix: str, block: int = 1000) -> np.ndarray | None:
    """Read all columns as data, or None with one sentence that says why."""
    source = formats.Source(io.BytesIO(data), "x", suffix, len(data))
    try:
        table = formats.by_suffix(suffix).open(source, size=2, features=None)
        found, count = [], 0
        for part in table.blocks(block, Selection(tuple(range(table.width)))):
            assert part.values.ndim == 2
            assert part.values.dtype.kind in "biuf"
            found.append(part.values)
            count += part.values.size
            if count > LARGEST:
                return None
    except DataError as error:
        one_sentence(error)
        return None
    return np.concatenate([np.empty((0, table.width)), *found])


def sniffed(data: bytes) -> None:
    """Read as from a pipe, where the first bytes tell the format."""
    try:
        with batches.open(io.BytesIO(data), size=2, dtype="float32") as opened:
            list(opened)
    except DataError as error:
        one_sentence(error)


def weights(data: bytes, suffix: str) -> dict[str, Any] | None:
    """Read as weights: name → array, None for one of a dtype that is refused; None if unsound."""
    descriptor, name = tempfile.mkstemp(suffix)
    path = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        try:
            archive = reading.read(path)
        except WeightsError as error:
            one_sentence(error)
            return None
        found: dict[str, Any] = {}
        for key, entry in archive.arrays.items():
            try:
                found[key] = entry.load()
            except WeightsError as error:
                one_sentence(error)
                found[key] = None
        return found
    finally:
        path.unlink()


def one_sentence(error: Exception) -> None:
    """See that a message is one printable line of bounded length."""
    message = str(error)
    assert message
    assert message.replace("\u3000", "").replace("\u200c", "").replace("\u200d", "").isprintable()
    assert len(message) < 1500

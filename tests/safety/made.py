"""Parts of files that no library would write: npy headers, zips and safetensors by hand."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from typing import Any

import numpy as np


def npy(array: Any, **options: Any) -> bytes:
    """Give an array as np.save writes it."""
    file = io.BytesIO()
    np.save(file, np.asarray(array), **options)
    return file.getvalue()


def header(text: str, data: bytes = b"", version: int = 1) -> bytes:
    """Give a .npy with any text as its header."""
    width = "<H" if version == 1 else "<I"
    return (
        b"\x93NUMPY"
        + bytes([version, 0])
        + struct.pack(width, len(text))
        + text.encode("latin-1")
        + data
    )


def declared(
    descr: str = "<f8", shape: str = "(1, 2)", order: str = "False", data: bytes = b""
) -> bytes:
    """Give a .npy that declares something."""
    return header(f"{{'descr': '{descr}', 'fortran_order': {order}, 'shape': {shape}, }}\n", data)


def archive(*members: tuple[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    """Give a zip with members, which may have one name."""
    import warnings

    file = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(file, "w", method) as made:
        warnings.simplefilter("ignore")
        for name, data in members:
            made.writestr(name, data)
    return file.getvalue()


def patched(data: bytes, find: bytes, offset: int, form: str, value: int) -> bytes:
    """Write a number at an offset from where some bytes stand."""
    changed = bytearray(data)
    struct.pack_into(form, changed, data.index(find) + offset, value)
    return bytes(changed)


def safetensors(head: Any, data: bytes = b"", length: int | None = None) -> bytes:
    """Give a .safetensors with any header."""
    text = head if isinstance(head, bytes) else json.dumps(head).encode()
    return struct.pack("<Q", len(text) if length is None else length) + text + data

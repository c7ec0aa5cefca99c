"""Hugging Face's .safetensors, read by our own strict reader.

A file is the header's length in eight bytes, the header as JSON, and the numbers without gap or
overlap up to the last byte. What the format's text forbids is refused, also where the reference
implementation (0.8.0) is more lenient: duplicate names, space before the header, an entry that is
a list. Source: the format's description in github.com/huggingface/safetensors, README.md.
"""

from __future__ import annotations

import json
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from nnspec.diagnostics.quote import escape, quote
from nnspec.errors import WeightsError
from nnspec.weights.archive import Archive, Entry
from nnspec.weights.content import content

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

SUFFIXES = (".safetensors",)
LONGEST_HEADER = 100_000_000
LARGEST = 2**64 - 1

FLOAT_NAMES = {"F16": "float16", "BF16": "bfloat16", "F32": "float32", "F64": "float64"}
BITS = {
    name: bits
    for bits, names in {
        4: "F4",
        6: "F6_E2M3 F6_E3M2",
        8: "BOOL U8 I8 F8_E4M3 F8_E5M2 F8_E8M0 F8_E4M3FNUZ F8_E5M2FNUZ",
        16: "U16 I16 F16 BF16",
        32: "U32 I32 F32",
        64: "U64 I64 F64 C64",
    }.items()
    for name in names.split()
}
"""Every dtype that may stand in a file; those not in FLOAT_NAMES are not loaded."""


def read(path: Path) -> Archive:
    """Open a .safetensors file and check its header against every rule of the format.

    Raises:
        WeightsError: a rule is broken.
    """
    data = content(path)
    try:
        header, start = _header(data)
        metadata = _metadata(header.pop("__metadata__", {}))
        arrays = _entries(header, data[start:], path)
    except (ValueError, RecursionError) as error:
        known = type(error) is ValueError  # RecursionError and JSONDecodeError speak of code
        reason = error if known else "the header is not valid JSON"
        raise WeightsError(
            f"{escape(str(path))}: not a sound safetensors file: {reason}"
        ) from error
    return Archive(arrays, metadata, data)


def _header(data: memoryview) -> tuple[dict[str, Any], int]:
    """Parse the header; give it, and where the numbers begin."""
    if len(data) < 8:
        raise ValueError(f"it has {len(data)} bytes, and the header's length alone takes 8")
    length = int.from_bytes(data[:8], "little")
    if length > LONGEST_HEADER or length > len(data) - 8:
        allowed = min(LONGEST_HEADER, len(data) - 8)
        raise ValueError(f"it declares a header of {length} bytes, and at most {allowed} can be")
    text = bytes(data[8 : 8 + length])
    if text[:1] != b"{":
        raise ValueError("the header does not begin with '{'")
    try:
        decoded = text.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ValueError("the header is not UTF-8") from error
    header = json.loads(
        decoded,
        object_pairs_hook=_object,
        parse_int=_integer,
        parse_float=_refuse_number,
        parse_constant=_refuse_number,
    )
    return header, 8 + length


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make a JSON object, in which no name may stand twice."""
    made = dict(pairs)
    if len(made) < len(pairs):
        counts = Counter(name for name, _ in pairs)
        twice = max(counts, key=lambda name: counts[name] > 1)
        raise ValueError(f"the name {quote(twice)} stands twice in the header")
    for name in made:
        _refuse_surrogates(name)
    return made


def _refuse_surrogates(text: str) -> None:
    """Refuse half of a surrogate pair, which JSON can write and no Unicode text can hold."""
    if not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError(f"{quote(text)} in the header is not Unicode")


def _integer(text: str) -> int:
    if text.startswith("-") or len(text) > 20 or int(text) > LARGEST:
        raise ValueError(f"the number {text[:40]} in the header is out of range")
    return int(text)


def _refuse_number(text: str) -> NoReturn:
    raise ValueError(f"the number {text[:40]} in the header is not an integer")


def _metadata(stored: Any) -> dict[str, str]:
    """Check that the metadata map texts to texts."""
    if not isinstance(stored, dict) or not all(isinstance(v, str) for v in stored.values()):
        raise ValueError("__metadata__ does not map texts to texts")
    for text in stored.values():
        _refuse_surrogates(text)
    return stored


def _entries(header: dict[str, Any], data: memoryview, path: Path) -> dict[str, Entry]:
    """Check that the entries tile the data exactly, and give them in the order of the data."""
    ranges = {name: _range(name, entry) for name, entry in header.items()}
    entries: dict[str, Entry] = {}
    position = 0
    for name, (start, end) in sorted(ranges.items(), key=lambda item: item[1]):
        if start != position:
            fault = "overlaps the one before it" if start < position else "leaves a gap before it"
            raise ValueError(f"the array {quote(name)} {fault}")
        position = end
        dtype, shape = header[name]["dtype"], tuple(header[name]["shape"])
        load = partial(
            _load, data[start:end], dtype, shape, f"{escape(str(path))}: array {quote(name)}"
        )
        entries[name] = Entry(shape, FLOAT_NAMES.get(dtype, dtype), load)
    if position != len(data):
        raise ValueError(f"its arrays take {position} bytes, and {len(data)} follow the header")
    return entries


def _range(name: str, entry: Any) -> tuple[int, int]:
    """Check one entry; give the range of its bytes."""
    shown = f"the array {quote(name)}"
    if not isinstance(entry, dict) or set(entry) != {"dtype", "shape", "data_offsets"}:
        raise ValueError(f"{shown} does not have exactly dtype, shape and data_offsets")
    dtype, shape, offsets = entry["dtype"], entry["shape"], entry["data_offsets"]
    if not isinstance(dtype, str) or dtype not in BITS:
        raise ValueError(f"{shown} has the unknown dtype {quote(dtype)}")
    for numbers in (shape, offsets):
        if not isinstance(numbers, list) or not all(type(number) is int for number in numbers):
            raise ValueError(f"{shown} has a shape or offsets that are not lists of integers")
    if len(offsets) != 2 or offsets[0] > offsets[1]:
        raise ValueError(f"{shown} has offsets that are not a start and an end")
    bits = 1
    for size in (*shape, BITS[dtype]):  # each product, as the reference checks it for overflow
        bits *= size
        if bits > LARGEST:
            raise ValueError(f"{shown} has a shape that overflows")
    if bits != 8 * (offsets[1] - offsets[0]):
        size = offsets[1] - offsets[0]
        raise ValueError(f"{shown} of shape {quote(shape)} does not fill its {size} bytes")
    return offsets[0], offsets[1]


def _load(data: memoryview, dtype: str, shape: tuple[int, ...], shown: str) -> NDArray[Any]:
    """Widen the numbers of one array."""
    if dtype not in FLOAT_NAMES:
        reason = (
            "integer and boolean arrays are refused as weights"
            if dtype[0] in "IUB"
            else "weights are F16, BF16, F32 or F64"
        )
        raise WeightsError(f"{shown} is {dtype}; {reason}")
    if len(shape) > 32:
        raise WeightsError(f"{shown} has {len(shape)} dimensions; 32 are allowed")
    if dtype == "BF16":  # the upper half of a float32
        halves = np.frombuffer(data, "<u2").astype(np.uint32)
        return (halves << np.uint32(16)).view(np.float32).reshape(shape)
    stored = np.frombuffer(data, f"<f{BITS[dtype] // 8}").reshape(shape)
    return np.array(stored, dtype=np.float32 if dtype == "F16" else f"=f{BITS[dtype] // 8}")

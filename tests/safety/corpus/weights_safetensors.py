"""Weights in .safetensors against every rule of the format, and odd ones that keep them all."""

from __future__ import annotations

import numpy as np
from made import npy, safetensors

from corpus import SPEC, Case

FILE = SPEC.format(weights="{file: w.safetensors}")
WEIGHT = {"dtype": "F32", "shape": [2, 1], "data_offsets": [0, 8]}
BIAS = {"dtype": "F32", "shape": [1], "data_offsets": [8, 12]}
BOTH = {"output.weight": WEIGHT, "output.bias": BIAS}
DATA = np.array([1, 1, 0], "<f4").tobytes()


def refused(name: str, data: bytes, says: str = "[weights-unreadable]") -> Case:
    return Case(name, {"spec.yaml": FILE, "w.safetensors": data}, 1, says)


def fine(name: str, data: bytes, says: str = "no faults") -> Case:
    return Case(name, {"spec.yaml": FILE, "w.safetensors": data}, 0, says)


def weight(**changes: object) -> bytes:
    """Give the file with another entry for the weight."""
    return safetensors({**BOTH, "output.weight": {**WEIGHT, **changes}}, DATA)


def many(entry: str, count: int, tail: str = "") -> bytes:
    text = "{" + ",".join(f'"{i:06x}":{entry}' for i in range(count)) + tail + "}"
    return safetensors(text.encode())


CASES = [
    fine("as the format says", safetensors(BOTH, DATA)),
    fine("metadata", safetensors({"__metadata__": {"k": "\x1b[31mv"}, **BOTH}, DATA)),
    fine("spaces behind the header", safetensors(b'{"output.weight":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},"output.bias":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}     ', DATA)),
    fine("the arrays in another order", safetensors(dict(reversed(BOTH.items())), DATA)),
    fine("NaN", safetensors(BOTH, np.array([np.nan, 1, 0], "<f4").tobytes()), "warning[weights-nan]"),
    fine("bfloat16", safetensors({"output.weight": {"dtype": "BF16", "shape": [2, 1], "data_offsets": [0, 4]}, "output.bias": {"dtype": "BF16", "shape": [1], "data_offsets": [4, 6]}}, bytes(6))),
    refused("empty", b""),
    refused("seven bytes", b"1234567"),
    refused("a length alone", safetensors(b"")),
    refused("a length of 2^63", safetensors(b"{}", length=2**63)),
    refused("a length of 2^64 - 1", safetensors(b"{}", length=2**64 - 1)),
    refused("a length one too long", safetensors(b"{}", length=3)),
    refused("no arrays", safetensors({}), "[weights-"),
    refused("a list as header", safetensors(b"[]")),
    refused("a space before the header", safetensors(b" {}")),
    refused("no JSON", safetensors(b"{x}")),
    refused("JSON cut off", safetensors(b'{"a":')),
    refused("not UTF-8", safetensors(b'{"\xff":{}}')),
    refused("100,000 brackets", safetensors(b'{"a":' + b"[" * 100_000)),
    refused("half a surrogate pair", safetensors(b'{"\\ud800":{}}')),
    refused("a name twice", safetensors(b'{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}', bytes(4))),
    refused("200,000 names, the last one twice", many("0", 200_000, ',"030d3f":0')),
    refused("200,000 names that are no arrays", many("0", 200_000)),
    refused("a million empty objects", safetensors(b'{"a":[' + b"{}," * 1_000_000 + b"{}]}")),
    refused("a shape of a million sizes", weight(shape=[1] * 1_000_000)),
    refused("20,000 arrays of nothing", many('{"dtype":"F32","shape":[0],"data_offsets":[0,0]}', 20_000), "[weights-"),
    refused("an entry that is a list", safetensors({"a": ["F32", [1], [0, 4]]}, bytes(4))),
    refused("an entry that is null", safetensors({"a": None})),
    refused("an entry with a key too many", weight(x=1)),
    refused("metadata that is no text", safetensors({"__metadata__": {"a": 1}, **BOTH}, DATA)),
    refused("an unknown dtype", weight(dtype="F128")),
    refused("a dtype that is a list", weight(dtype=["F32"])),
    refused("integers", weight(dtype="I32"), "[weights-dtype]"),
    refused("float8", safetensors({"output.weight": {"dtype": "F8_E4M3", "shape": [2, 1], "data_offsets": [0, 2]}, "output.bias": {"dtype": "F8_E4M3", "shape": [1], "data_offsets": [2, 3]}}, bytes(3)), "[weights-dtype]"),
    refused("a shape of another size", weight(shape=[3, 1])),
    refused("a shape that overflows", weight(shape=[2**40, 2**40])),
    refused("a shape that overflows to the right size", weight(shape=[2**63, 2, 1])),
    refused("a shape of 10^15 and no bytes", weight(shape=[10**15], data_offsets=[0, 0])),
    refused("a shape of True", weight(shape=[True, 2])),
    refused("a shape of 2.0", weight(shape=[2.0, 1])),
    refused("a shape of -2", weight(shape=[-2, -1])),
    refused("a shape of 10^5000", safetensors(b'{"a":{"dtype":"F32","shape":[' + b"9" * 5000 + b'],"data_offsets":[0,4]}}', bytes(4))),
    refused("offsets the wrong way round", weight(data_offsets=[8, 0])),
    refused("offsets beyond the end", weight(data_offsets=[0, 8000])),
    refused("offsets that overlap", safetensors({**BOTH, "output.bias": {**BIAS, "data_offsets": [4, 8]}}, DATA)),
    refused("a gap", safetensors({**BOTH, "output.bias": {**BIAS, "data_offsets": [12, 16]}}, bytes(16))),
    refused("one offset", weight(data_offsets=[0])),
    refused("bytes behind the arrays", safetensors(BOTH, DATA + b"PK\x03\x04")),
    refused("bytes missing", safetensors(BOTH, DATA[:-1])),
    refused("another shape", safetensors({"output.weight": {**WEIGHT, "shape": [1, 2]}, "output.bias": BIAS}, DATA), "[weights-"),
    refused("a name of escapes", safetensors({"\x1b[2J\u202e": WEIGHT, "output.bias": BIAS}, DATA), "[weights-"),
    refused("a name that leads upwards", safetensors({"../../x": WEIGHT, "output.bias": BIAS}, DATA), "[weights-"),
    refused("a name of a method", safetensors({"__class__": WEIGHT, "output.bias": BIAS}, DATA), "[weights-"),
    refused("a zip", b"PK\x03\x04" + bytes(100)),
    refused("an npy", npy([1.0])),
    refused("a pickle", b"\x80\x04\x95" + bytes(100)),
]  # fmt: skip

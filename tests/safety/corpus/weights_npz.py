"""Weights in .npz that lie, are damaged, hold payloads, or are odd and fine."""

from __future__ import annotations

import pickle
import zipfile

import numpy as np
from made import archive, declared, header, npy, patched

from corpus import SPEC, Case

WEIGHT, BIAS = npy(np.ones((2, 1), "f4")), npy(np.zeros(1, "f4"))
FILE = SPEC.format(weights="{file: w.npz}")
GOOD = archive(("output.weight.npy", WEIGHT), ("output.bias.npy", BIAS))
DEFLATED = archive(
    ("output.weight.npy", WEIGHT), ("output.bias.npy", BIAS), method=zipfile.ZIP_DEFLATED
)
DIRECTORY, LOCAL, END = b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06"


class Payload:
    """What a pickle runs when it is loaded."""

    def __reduce__(self):
        return exec, ("open('ran', 'w').close()",)


def refused(name: str, data: bytes, says: str = "[weights-unreadable]") -> Case:
    return Case(name, {"spec.yaml": FILE, "w.npz": data}, 1, says)


def fine(name: str, data: bytes, says: str = "no faults") -> Case:
    return Case(name, {"spec.yaml": FILE, "w.npz": data}, 0, says)


def weight(data: bytes, method: int = zipfile.ZIP_STORED) -> bytes:
    """Give the archive with another weight."""
    return archive(("output.weight.npy", data), ("output.bias.npy", BIAS), method=method)


PICKLE = pickle.dumps(Payload())
OBJECTS = npy(np.array([[Payload()], [Payload()]], dtype=object), allow_pickle=True)
ZEROS = bytes(64 << 20)
CASES = [
    fine("as numpy saves it", GOOD),
    fine("compressed", DEFLATED),
    fine("in Fortran's order", weight(npy(np.asfortranarray(np.ones((2, 1)))))),
    fine("in float16", weight(npy(np.ones((2, 1), "f2")))),
    fine("big-endian", weight(npy(np.ones((2, 1), ">f8")))),
    refused("in long double", weight(npy(np.ones((2, 1), "g"))), "[weights-dtype]"),
    fine("a header of version 3", weight(header("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 1), }\n", bytes(16), 3))),
    fine("Python 2's L in the shape", weight(declared(shape="(2L, 1L)", data=bytes(16)))),
    fine("a comment behind the zip", patched(GOOD, END, 20, "<H", 3) + b"abc"),
    fine("NaN", weight(npy([[np.nan], [1]])), "warning[weights-nan]"),
    fine("infinity", weight(npy([[np.inf], [1]])), "warning[weights-nan]"),
    fine("signalling NaN", weight(declared(shape="(2, 1)", data=b"\x01\x00\x00\x00\x00\x00\xf0\x7f" * 2)), "warning[weights-nan]"),
    fine("denormals", weight(npy([[5e-324], [1]]))),
    refused("empty", b""),
    refused("a pickle", PICKLE),
    refused("a pickle as a member", archive(("output.weight.npy", PICKLE))),
    refused("objects", weight(OBJECTS)),
    refused("objects that declare floats' shape", weight(declared("|O", "(2, 1)", data=PICKLE))),
    refused("PyTorch's zip of pickles", archive(("archive/data.pkl", PICKLE), ("archive/version", b"3\n"))),
    refused("code as a descr", weight(declared("__import__('os').system('touch ran')"))),
    refused("an expression as a header", weight(header("__import__('os').system('touch ran')"))),
    refused("a header of brackets", weight(header("{'descr': " + "(" * 5000 + "}"))),
    refused("a header that is a dict twice", weight(header("{}{}"))),
    refused("a header with a key too many", weight(header("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), 'x': 1}"))),
    refused("a header of 4 GiB", weight(b"\x93NUMPY\x02\x00\xff\xff\xff\xff")),
    refused("a header of 60,000 bytes", weight(header(" " * 60_000))),
    refused("10^15 elements", weight(declared(shape="(1000000000000000,)", data=bytes(16)))),
    refused("10^15 elements of no bytes", weight(declared(shape="(1000000000000000, 0)")), "[weights-shape]"),
    refused("a dimension of 2^64", weight(declared(shape="(18446744073709551616, 1)", data=bytes(16)))),
    refused("a dimension of 10^100", weight(declared(shape=f"({10**100}, 1)"))),
    refused("a dimension of -1", weight(declared(shape="(-1, 2)", data=bytes(16)))),
    refused("a dimension of True", weight(declared(shape="(True, 2)", data=bytes(16)))),
    refused("33 dimensions", weight(declared(shape="(" + "1, " * 33 + ")", data=bytes(8)))),
    refused("a shape of 2000 dimensions", weight(declared(shape="(" + "1, " * 2000 + ")", data=bytes(8)))),
    refused("one byte too few", weight(declared(shape="(2, 1)", data=bytes(15)))),
    refused("one byte too many", weight(declared(shape="(2, 1)", data=bytes(17)))),
    refused("an array within the header only", weight(WEIGHT[:100])),
    refused("version 9", weight(WEIGHT[:6] + b"\x09" + WEIGHT[7:])),
    refused("texts", weight(npy(np.array([["a"], ["b"]])))),
    refused("dates", weight(npy(np.array([["2001-01-01"], ["2001-01-02"]], "M8[D]")))),
    refused("complex numbers", weight(npy(np.ones((2, 1), complex)))),
    refused("records", weight(npy(np.zeros(2, [("a", "f4"), ("b", "f4")])))),
    refused("records with titles", weight(header("{'descr': [(('t', 'a'), '<f4')], 'fortran_order': False, 'shape': (2,), }"))),
    refused("integers", weight(npy([[1], [1]])), "[weights-dtype]"),
    refused("booleans", weight(npy([[True], [True]])), "[weights-dtype]"),
    refused("another shape", weight(npy(np.ones((1, 2)))), "[weights-"),
    refused("no arrays", archive(), "[weights-"),
    refused("one array missing", archive(("output.weight.npy", WEIGHT)), "[weights-"),
    refused("a name twice", archive(("output.weight.npy", WEIGHT), ("output.weight.npy", WEIGHT), ("output.bias.npy", BIAS))),
    refused("a name twice, once without .npy", archive(("output.weight.npy", WEIGHT), ("output.weight", WEIGHT), ("output.bias.npy", BIAS))),
    refused("a member that leads upwards", archive(("../../ran.npy", WEIGHT), ("output.bias.npy", BIAS)), "[weights-"),
    refused("a member that is a folder", archive(("output/", b""), ("output.bias.npy", BIAS))),
    refused("a member's name of escapes", archive(("\x1b[31m\u202e.npy", WEIGHT), ("output.bias.npy", BIAS)), "[weights-"),
    refused("a member's name of 60,000 characters", archive(("n" * 60_000 + ".npy", WEIGHT), ("output.bias.npy", BIAS)), "[weights-"),
    refused("an encrypted member", patched(GOOD, DIRECTORY, 8, "<H", 1)),
    refused("bzip2", weight(WEIGHT, zipfile.ZIP_BZIP2)),
    refused("lzma", weight(WEIGHT, zipfile.ZIP_LZMA)),
    refused("an unknown compression", patched(GOOD, DIRECTORY, 10, "<H", 77)),
    refused("a CRC that is wrong", patched(GOOD, DIRECTORY, 16, "<I", 1)),
    refused("a flipped bit", GOOD.replace(b"\x00\x00\x80\x3f", b"\x00\x00\x80\xbf", 1)),
    refused("a size that lies", patched(GOOD, DIRECTORY, 24, "<I", 2**31)),
    refused("a compressed size that lies", patched(DEFLATED, DIRECTORY, 20, "<I", 2**31)),
    refused("an offset beyond the end", patched(GOOD, DIRECTORY, 42, "<I", 2**31)),
    refused("an offset to another member", patched(GOOD, DIRECTORY, 42, "<I", GOOD.rindex(LOCAL))),
    refused("a directory beyond the end", patched(GOOD, END, 16, "<I", 2**31)),
    fine("60,000 members declared where 2 are", patched(GOOD, END, 10, "<H", 60_000)),
    refused("cut off", GOOD[:-30]),
    refused("two zips in one file", GOOD + archive(("x.npy", WEIGHT)), "[weights-"),
    refused("a web page before the zip", b"<html>" + GOOD),
    refused("the first bytes of a zip", b"PK\x03\x04"),
    refused("the end of a zip alone", END + bytes(18), "[weights-"),
    refused("a tar", b"output.weight.npy" + bytes(512)),
    refused("64 MiB of zeros in 64 KiB", weight(header("{'descr': '|u1', 'fortran_order': False, 'shape': (2, 1), }", ZEROS), zipfile.ZIP_DEFLATED)),
    refused("300 MiB of zeros in 300 KiB", patched(weight(ZEROS, zipfile.ZIP_DEFLATED), DIRECTORY, 24, "<I", 300 << 20)),
    refused("60,000 empty members", archive(*((f"{i}.npy", b"") for i in range(60_000)))),
    refused("a safetensors by another name", b"\x02\x00\x00\x00\x00\x00\x00\x00{}"),
]  # fmt: skip

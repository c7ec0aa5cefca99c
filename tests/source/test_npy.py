"""The header of a .npy is believed only as far as the file's size bears it out."""

from __future__ import annotations

import contextlib
import io
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnspec.source import npy


def saved(array, **options):
    file = io.BytesIO()
    np.lib.format.write_array(file, array, **options)
    return file.getvalue()


def forged(text, *, data=b"", version=1):
    raw = text.encode("latin-1")
    length = struct.pack("<H" if version == 1 else "<I", len(raw))
    return b"\x93NUMPY" + bytes([version, 0]) + length + raw + data


def read(data):
    return npy.header(io.BytesIO(data), len(data))


DTYPES = ["?", "u1", "i1", "<i2", ">i4", "<u8", "<f2", ">f2", "<f4", ">f4", "<f8", ">f8"]


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("version", [(1, 0), (2, 0), (3, 0)])
@pytest.mark.parametrize("shape", [(), (3,), (0, 5), (2, 3), (2, 3, 4)])
def test_what_numpy_writes_is_read(dtype, version, shape):
    array = np.ones(shape, dtype, order="F")
    data = saved(array, version=version)
    header = read(data)
    assert header.dtype == array.dtype
    assert header.shape == shape
    assert header.fortran == (array.flags.f_contiguous and not array.flags.c_contiguous)
    assert data[header.offset :] == array.tobytes("F")


@pytest.mark.parametrize(
    "text",
    [
        "{'shape': (2,), 'fortran_order': False, 'descr': '|u1'}",
        '{"descr":"|u1","fortran_order":False,"shape":(2,)}',
        "{'descr': 'u1', 'fortran_order': False, 'shape': (2L,), }   \n",
    ],
)
def test_headers_of_other_writers_are_read(text):
    assert read(forged(text, data=b"ab")).shape == (2,)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "cut off inside its header"),
        (b"\x93NUM", "cut off inside its header"),
        (b"PK\x03\x04 something else", "is no .npy file"),
        (b"\x93NUMPY\x04\x00" + bytes(80), "is of .npy version 4.0"),
        (b"\x93NUMPY\x02\x00\xff\xff\xff\xff", "declares a header of 4,294,967,295 bytes"),
        (b"\x93NUMPY\x01\x00\xff\x00{}", "cut off inside its header"),
        (saved(np.ones(3))[:-1], r"needs 24 bytes, 23 are there"),
        (saved(np.ones(3)) + b"x", "has 1 bytes after its array"),
        (saved(np.array(["a"])), "holds texts"),
        (saved(np.array([b"a"])), "holds texts"),
        (saved(np.array([None]), allow_pickle=True), "holds Python objects; save numbers"),
        (saved(np.ones(2, complex)), "holds complex numbers"),
        (saved(np.ones(2, "M8[s]")), "holds dates"),
        (saved(np.ones(2, [("a", "f4")])), "holds records"),
        (saved(np.ones(2, "V4")), "holds raw bytes"),
    ],
)
def test_what_is_no_array_of_numbers_is_refused_with_the_reason(data, sentence):
    with pytest.raises(ValueError, match=sentence):
        read(data)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "{'descr': '<f8', 'fortran_order': False}",
        "{'descr': '<f8', 'fortran_order': 0, 'shape': (1,)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (-1,)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (True,)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (1 2,)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (1,), 'more': 1}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (1,)} or 1",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (" + "1," * 2000 + ")}",
        "{'descr': '<f3', 'fortran_order': False, 'shape': (1,)}",
        "__import__('os').system('true')",
        "{" * 5000,
    ],
)
def test_a_header_of_any_other_form_is_refused(text):
    with pytest.raises(ValueError, match=r"damaged|unknown type"):
        read(forged(text, data=bytes(8)))


@pytest.mark.parametrize(
    "shape", ["(10000000000000,)", "(9223372036854775807, 9223372036854775807)"]
)
def test_a_declared_size_is_compared_before_memory_is_asked_for(shape):
    text = f"{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}}}"
    with pytest.raises(ValueError, match="is cut off"):
        read(forged(text, data=bytes(80)))


@given(st.binary(max_size=200))
def test_any_bytes_give_a_header_or_a_sentence(data):
    for candidate in (
        data,
        b"\x93NUMPY\x01\x00" + data,
        forged("{'descr': " + data.decode("latin-1")),
    ):
        with contextlib.suppress(ValueError):
            assert read(candidate).size <= len(candidate)


@pytest.mark.parametrize("shape", [(7,), (7, 3), (10**18, 10**6)])
def test_numpy_reads_the_header_that_is_composed(shape):
    file = io.BytesIO(npy.compose("<f4", shape))
    assert np.lib.format.read_magic(file) == (1, 0)
    assert np.lib.format.read_array_header_1_0(file) == (shape, False, np.dtype("<f4"))
    assert file.tell() == 128

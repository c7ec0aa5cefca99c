"""Arrays in memory, .npy and .npz: every dtype, order and shape gives the same rows."""

from __future__ import annotations

import io
import zipfile

import numpy as np
import pytest

from nnspec.data.rows import as_rows
from nnspec.errors import DataError

DTYPES = ["?", "u1", "i1", ">i2", "<i4", "<u8", "<f2", ">f4", "<f8", np.longdouble]


def saved(array):
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


@pytest.fixture(params=["memory", "memmap", "npy", "npz", "deflated", "pipe"])
def given(request, tmp_path):
    """Hand an array over in each of the ways there are."""

    def give(array):
        path = tmp_path / "x.npy"
        match request.param:
            case "memory":
                return array
            case "npz":
                np.savez(tmp_path / "x.npz", anything=array)
                return tmp_path / "x.npz"
            case "deflated":
                np.savez_compressed(tmp_path / "x.npz", array)
                return tmp_path / "x.npz"
            case "pipe":
                return io.BytesIO(saved(array))
        np.save(path, array)
        return np.load(path, mmap_mode="r") if request.param == "memmap" else path

    return give


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("order", ["C", "F"])
def test_every_dtype_and_order_is_read(given, rows, dtype, order):
    array = np.asarray(np.arange(40).reshape(10, 4) % 2, dtype=dtype, order=order)
    assert (rows(given(array), 4) == np.arange(40).reshape(10, 4) % 2).all()


@pytest.mark.parametrize("order", ["C", "F"])
def test_pictures_are_flattened_row_by_row(given, rows, order):
    array = np.asarray(np.arange(7 * 2 * 3 * 2).reshape(7, 2, 3, 2), order=order)
    assert (rows(given(array), 12) == np.arange(84).reshape(7, 12)).all()


@pytest.mark.parametrize(
    ("array", "size", "expected"),
    [
        (np.array([1.0, 0.5]), 2, [[1.0, 0.5]]),
        (np.array([1.0, 0.5]), 1, [[1.0], [0.5]]),
        (np.array([[1.0], [0.5]]), 1, [[1.0], [0.5]]),
        (np.empty((0, 2)), 2, np.empty((0, 2))),
        (np.empty(0), 2, np.empty((0, 2))),
        (np.empty((0, 1, 2)), 2, np.empty((0, 2))),
    ],
)
def test_one_row_one_input_and_no_rows(given, rows, array, size, expected):
    assert np.array_equal(rows(given(array), size), expected)


@pytest.mark.parametrize(
    ("array", "message"),
    [
        (np.zeros((5, 28)), "784 inputs expected, the data have 28 columns$"),
        (np.zeros((5, 1)), "784 inputs expected, the data have 1 column$"),
        (np.zeros(5), "784 inputs expected, the data have 5 values in one row$"),
        (np.zeros((28, 28)), r"28 columns; one row of this shape is saved as \[1, 28, 28\]$"),
        (np.zeros((5, 28, 27)), r"784 inputs expected, the data have rows of shape \[28, 27\]$"),
        (np.zeros((0, 5)), "784 inputs expected, the data have 5 columns$"),
        (np.float64(3), "784 inputs expected, the data have a single number$"),
    ],
)
def test_a_misfit_names_what_was_found_and_expected(given, rows, array, message):
    with pytest.raises(DataError, match=message):
        rows(given(array), 784)


def test_a_truncated_file_names_both_sizes(tmp_path, rows):
    path = tmp_path / "x.npy"
    path.write_bytes(saved(np.zeros((4, 2)))[:-10])
    with pytest.raises(DataError, match=r"x\.npy is cut off: .* needs 64 bytes, 54 are there"):
        rows(path, 2)


def test_a_file_cut_while_it_is_read_is_a_sentence(tmp_path, rows):
    from nnspec.data import batches

    path = tmp_path / "x.npy"
    np.save(path, np.zeros((100_000, 2)))
    data = batches.open(path, size=2, dtype="float64", block_rows=10)
    with path.open("r+b") as file:
        file.truncate(128 + 32)
    with pytest.raises(DataError, match="cut off"):
        list(data)


def test_the_array_called_x_is_taken_among_several(tmp_path, rows):
    np.savez(tmp_path / "x.npz", y=np.zeros(3), x=np.ones((3, 2)))
    assert (rows(tmp_path / "x.npz", 2) == 1).all()


def test_several_arrays_without_x_are_named(tmp_path, rows):
    np.savez(tmp_path / "d.npz", a=np.zeros(3), b=np.ones((3, 2)))
    with pytest.raises(DataError, match=r"d\.npz holds 'a', 'b'; call the one with the inputs 'x'"):
        rows(tmp_path / "d.npz", 2)


def test_two_arrays_of_one_name_are_refused(tmp_path, rows):
    with zipfile.ZipFile(tmp_path / "x.npz", "w") as archive:
        archive.writestr("x.npy", saved(np.zeros(2)))
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("x.npy", saved(np.ones(2)))
    with pytest.raises(DataError, match="two arrays have one name"):
        rows(tmp_path / "x.npz", 2)


@pytest.mark.parametrize("order", ["C", "F"])
def test_a_flipped_bit_in_a_zip_is_seen(tmp_path, rows, order):
    path = tmp_path / "x.npz"
    np.savez(path, np.asarray(np.ones((50, 2)), order=order))
    data = bytearray(path.read_bytes())
    data[400] ^= 1
    path.write_bytes(data)
    with pytest.raises(DataError, match="damaged"):
        rows(path, 2)


def test_a_zip_that_unpacks_to_far_more_is_refused_before_it_is_unpacked(tmp_path, rows):
    with (
        zipfile.ZipFile(tmp_path / "x.npz", "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("x.npy", "w") as member,
    ):
        for _ in range(257):
            member.write(bytes(1 << 20))
    with pytest.raises(DataError, match="above 256 MiB at most 100 times as many"):
        rows(tmp_path / "x.npz", 2)


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"PK\x05\x06" + bytes(18), b"no zip at all"]
)
def test_what_is_no_npz_is_a_sentence(tmp_path, rows, content):
    (tmp_path / "x.npz").write_bytes(content)
    with pytest.raises(DataError, match=r"x\.npz"):
        rows(tmp_path / "x.npz", 2)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ([[1, 2], [3]], "not all of one length"),
        ([["a", "b"]], "texts"),
        ([[1, None]], "not all numbers"),
        (np.ones((1, 2), complex), "complex"),
        (np.ones((1, 2), "M8[s]"), "dates"),
        (np.ones(2, [("a", "f4")]), "records"),
        ([10**400, 1], "out of the range"),
        (object(), "not all numbers"),
    ],
)
def test_python_values_that_are_no_numbers_are_refused(value, message):
    with pytest.raises(DataError, match=message):
        as_rows(value, size=2, dtype="float32")


def test_a_number_beyond_the_dtype_is_refused_with_its_place():
    with pytest.raises(DataError, match=r"row 2, column 1: 1e\+39 is out of the range of float32"):
        as_rows([[1, 2], [1e39, 3]], size=2, dtype="float32")


def test_infinities_and_nan_pass():
    given = [[np.inf, np.nan, -np.inf]]
    assert np.array_equal(as_rows(given, size=3, dtype="float32"), given, equal_nan=True)


def test_the_array_given_is_not_written_to_and_may_be_read_only():
    array = np.ones((2, 2), np.float32)
    array.flags.writeable = False
    assert as_rows(array, size=2, dtype="float32").base is not None

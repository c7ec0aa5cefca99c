"""Separated values: columns by name or number, a strict grammar, the place of every fault."""

from __future__ import annotations

import csv
import math

import numpy as np
import pytest

from nnspec.data import batches
from nnspec.errors import DataError, UsageError

ROWS = [[1.5, -2.0], [3e-7, 4.0], [5.0, 1e300], [0.1, 7.0], [8.0, 9.0]]


@pytest.fixture
def text(tmp_path):
    def write(content, name="x.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.mark.parametrize("header", [True, False])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(("name", "separator"), [("x.csv", ","), ("x.TSV", "\t")])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_what_the_csv_module_writes_is_read(
    text, rows, header, quoting, end, name, separator, mark
):
    path = text(mark, name)
    with path.open("a", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, delimiter=separator, quoting=quoting, lineterminator=end)
        writer.writerows(([["first", "second"]] if header else []) + ROWS)
    assert rows(path, 2).tolist() == ROWS


def test_columns_are_picked_by_name_in_any_order(text, rows, kept):
    path = text("id,b,note,a\nx,2,-,1\ny,4,-,3\n017,6,=,5\nz,8,é,7\n")
    assert rows(path, 2, features=("a", "b")).tolist() == [[1, 2], [3, 4], [5, 6], [7, 8]]
    assert kept(path, 2, features=("a", "b"), keep=["note", "id"]) == {
        "note": ["-", "-", "=", "é"],
        "id": ["x", "y", "017", "z"],
    }


def test_without_names_columns_of_text_are_passed_over(text, rows):
    assert rows(text("id,b,a,kind\nx,2,1,cat\ny,4,3,dog\n"), 2).tolist() == [[2, 1], [4, 3]]


def test_a_kept_column_is_no_input_where_that_makes_the_number_right(text, rows):
    path = text("id,a,b\n7,1,2\n")
    assert rows(path, 2, keep=["id"]).tolist() == [[1, 2]]


def test_names_do_not_matter_where_the_data_have_none(text, rows):
    assert rows(text("1,2\n3,4\n"), 2, features=("a", "b")).tolist() == [[1, 2], [3, 4]]


def test_a_header_of_numbers_is_known_by_the_names_of_the_spec(text, rows):
    assert rows(text("1,0\n5,6\n"), 2, features=("0", "1")).tolist() == [[6, 5]]


@pytest.mark.parametrize("content", [",u,v\na,2,3\n", "0,1,kind\n2,3,a\n"])
def test_headers_as_pandas_writes_them_are_headers(text, rows, content):
    assert rows(text(content), 2).tolist() == [[2, 3]]


@pytest.mark.parametrize("content", ["x,1,2\n3,4,5\n,6,7\n", ",1,2\n3,4,5\n", "a,b,c\n,1,2\n"])
def test_an_empty_cell_never_makes_a_column_of_numbers_disappear(text, rows, content):
    with pytest.raises(DataError):
        rows(text(content), 2)


def test_a_header_alone_has_no_rows(text, rows):
    assert rows(text("a,b\n"), 2).shape == (0, 2)


def test_blank_lines_are_passed_over_and_counted(text, rows):
    assert rows(text("\n1,2\n\n  \n3,4\n\n"), 2).tolist() == [[1, 2], [3, 4]]
    with pytest.raises(DataError, match="line 5"):
        rows(text("1,2\n\n\n\n3,y\n"), 2)


def test_line_breaks_inside_quotes_belong_to_the_cell(text, rows, kept):
    path = text('id,a\n"one\ntwo",1\n"say ""hi""",2\n"three\n",x\n')
    with pytest.raises(DataError, match="line 5: column 'a': 'x'"):
        rows(path, 1, features=("a",))
    path = text('id,a\n"one\ntwo",1\n"say ""hi""",2\n')
    assert kept(path, 1, keep=["id"]) == {"id": ["one\ntwo", 'say "hi"']}


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1", 1.0), ("+1", 1.0), (" 1 ", 1.0), ("1.", 1.0), (".5", 0.5), ("1E+3", 1000.0),
        ("007", 7.0), ("1e-400", 0.0), ("nan", math.nan), ("NaN", math.nan), ("-nan", math.nan),
        ("inf", math.inf), ("-INF", -math.inf), ("Infinity", math.inf),
    ],
)  # fmt: skip
@pytest.mark.parametrize("quote", ["", '"'])
def test_these_are_numbers(text, rows, cell, value, quote):
    path = text(f"a,b\n0,{quote}{cell}{quote}\n")
    assert np.array_equal(rows(path, 2), [[0, value]], equal_nan=True)


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("1_000", "'1_000' is not a number"), ("١٢", "'١٢' is not a number"), ("１", "not a number"),
        ("0x10", "'0x10' is not a number"), ("1e", "'1e' is not a number"), ("1 2", "not a number"),
        ("--1", "not a number"), ("yes", "'yes' is not a number"), ("NA", "'NA' is not a number"),
        ("nan(1)", "not a number"), ("1j", "not a number"), ("\xa01", "not a number"),
        ("", "nothing in the cell"), ("  ", "nothing in the cell"),
        ("1e400", "1e400 is out of range"), ("-1e999", "-1e999 is out of range"),
        ("z" * 5000, "z…' is not a number"), ("\x1b[31m", r"'\\x1b\[31m' is not a number"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("quote", ["", '"'])
def test_these_are_not_and_the_message_says_where(text, rows, cell, sentence, quote):
    path = text(f"a,b\n0,1\n2,3\n4,{quote}{cell}{quote}\n")
    with pytest.raises(DataError, match=f"x\\.csv, line 4: column 'b': .*{sentence}$") as caught:
        rows(path, 2)
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "is empty"),
        ("\n \n", "is empty"),
        ("a,b\n1,2\n3\n", "line 3: 2 columns expected, 1 found"),
        ("a,b\n1,2\n3,4,5\n", "line 3: 2 columns expected, 3 found"),
        ("1,2\n3,4,\n", "line 2: 2 columns expected, 3 found"),
        ("a,b\n1,2,3\n", "line 2: 2 columns expected, 3 found"),
        ("a,b,c\n1,2,3\n", "2 inputs expected, the data have 3 columns$"),
        ("a,b,c\n1,x,y\n", "2 inputs expected, the data have 3 columns, 1 of them with numbers"),
        ("1.5,abc\n1,2\n", "line 1: column 2: 'abc' is not a number"),
        ("1,\n1,2\n", "line 1: column 2: nothing in the cell"),
        ("a;b\n1;2\n", "separated by semicolons"),
        ("1,5;2,5\n", "separated by semicolons"),
        ("a\tb\n1\t2\n", "separated by tabs.* or name it .tsv"),
        ('a,b\n1,"2\n', "line 2: a quoted cell does not end"),
        ('a,b\n1,"2"x\n', "line 2: "),
        ("1,2\r3,4\r", "line 1"),
        (b"\xff\xfe1\x00,\x002\x00", "UTF-16"),
        (b"a,b\n1,\xff\n", "line 2: byte 0xff is not UTF-8"),
        (b"\x00\x01\x02\x03\xfe", "not UTF-8"),
        (b"1,2\n1,\x00\n", "line 2: column 2: '.x00' is not a number"),
    ],
)
def test_a_fault_is_one_sentence_with_its_place(text, rows, content, message):
    with pytest.raises(DataError, match=message) as caught:
        rows(text(content), 2)
    assert "\n" not in str(caught.value)


def test_missing_features_are_named_with_the_nearest_and_what_is_there(text, rows):
    path = text("sepal_length,petal\n1,2\n")
    message = "no column 'sepal_lenght'; did you mean 'sepal_length'. the data have 'sepal_length', 'petal'"
    with pytest.raises(DataError, match=message):
        rows(path, 2, features=("sepal_lenght", "petal"))


def test_a_feature_that_stands_twice_is_refused(text, rows):
    with pytest.raises(DataError, match="column 'a' stands twice"):
        rows(text("a,b,a\n1,2,3\n"), 2, features=("a", "b"))


def test_a_column_to_keep_has_to_be_there(text, rows):
    with pytest.raises(UsageError, match="no column 'idd'; did you mean 'id'"):
        rows(text("id,a\n1,2\n"), 1, features=("a",), keep=["idd"])
    with pytest.raises(UsageError, match="has no named columns, so 'id' cannot be kept"):
        rows(text("1,2\n"), 2, keep=["id"])


def test_a_line_without_end_is_read_to_a_bound_only(text, rows):
    path = text("a,b\n1,2\n")
    with path.open("r+b") as file:
        file.seek(0, 2)
        file.truncate(1 << 32)  # sparse: zeros without a line break
    with pytest.raises(DataError, match="line 3: longer than 8 MiB"):
        rows(path, 2)


def test_a_line_of_very_many_columns_is_refused_before_it_is_split(text, rows):
    with pytest.raises(DataError, match="line 1: more than 300,000 columns"):
        rows(text("1," * 1_500_000 + "1\n"), 2)


def test_the_fault_is_found_behind_many_good_blocks(text):
    path = text("a,b\n" + "1,2\n" * 50_000 + "1,?\n")
    with pytest.raises(DataError, match=r"line 50002: column 'b': '\?' is not a number"):
        list(batches.open(path, size=2, dtype="float32", block_rows=1000))

"""Plain scalars by the regular expressions of YAML 1.2.2, section 10.3.2, worked out by hand."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from nnspec.source.yaml import read

INF = math.inf
VALUES = {
    None: ["null", "Null", "NULL", "~", ""],
    True: ["true", "True", "TRUE"],
    False: ["false", "False", "FALSE"],
}
INTEGERS = {
    "0": 0, "00": 0, "-0": 0, "+0": 0, "7": 7, "+12": 12, "-12": -12, "007": 7, "010": 10,
    "08": 8, "-019": -19, "12345678901234567890": 12345678901234567890,
    "0o0": 0, "0o7": 7, "0o10": 8, "0o755": 493, "0x0": 0, "0xA": 10, "0xdeadBEEF": 3735928559,
    "0x10": 16, "0o00": 0, "0x007": 7,
}  # fmt: skip
FLOATS = {
    "0.": 0.0, "1.": 1.0, "-1.": -1.0, ".5": 0.5, "-.5": -0.5, "+.5": 0.5, "1.5": 1.5, "01.5": 1.5,
    "1e3": 1000.0, "1E3": 1000.0, "1e-5": 1e-5, "1e+5": 1e5, "+1e2": 100.0, "-2E-2": -0.02,
    "1.e2": 100.0, ".5e1": 5.0, "-0.0": 0.0, "0e0": 0.0, "00e1": 0.0, "6.8523015e+5": 685230.15,
    ".inf": INF, ".Inf": INF, ".INF": INF, "+.inf": INF, "+.Inf": INF, "+.INF": INF,
    "-.inf": -INF, "-.Inf": -INF, "-.INF": -INF,
    "1e-400": 0.0, "0.1": 0.1, "123.456e-78": 1.23456e-76,
}  # fmt: skip
NANS = [".nan", ".NaN", ".NAN"]
STRINGS = (
    """
yes Yes YES no No NO on On ON off Off OFF y Y n N nULL tRUE fALSE none None nil
1_000 0b101 0o8 0o 0x 0xg 0X1F 0O7 -0x1 +0x1 -0o7 +0o7 1e 1e+ e5 .e5 . .. ... - +
.iNF inf Inf -inf nan NaN .Nan -.nan +.nan 1.2.3 1,000 1:30 190:20:30 2001-01-01 12e03.5
2001-12-14t21:59:43.10-05:00 0.0.0 1__0 _1 1_ ._1 +-1 --1 1- 1+1 ½ ١٢ １２ ² 0x1.8p3 1e5f 3L <<= =
""".replace(" ... ", " ")
    .replace(" - ", " ")
    .split()
)


def load(text: str):
    document, faults = read(text, name="a.yaml", folder=Path())
    assert faults == []
    assert document is not None
    return document.data


@pytest.mark.parametrize(("text", "value"), [(t, v) for v, ts in VALUES.items() for t in ts])
def test_null_and_booleans_have_three_casings(text: str, value):
    assert load(f"[{{a: {text}}}]")[0]["a"] is value


@pytest.mark.parametrize(("text", "value"), INTEGERS.items())
def test_integers_are_decimal_octal_or_hexadecimal(text: str, value: int):
    found = load(text)
    assert found == value
    assert type(found) is int


@pytest.mark.parametrize(("text", "value"), FLOATS.items())
def test_numbers_with_a_point_or_an_exponent_are_floats(text: str, value: float):
    found = load(text)
    assert found == value
    assert type(found) is float
    assert math.copysign(1, found) == (-1 if text.startswith("-") else 1)


@pytest.mark.parametrize("text", NANS)
def test_nan_has_three_casings(text: str):
    assert math.isnan(load(text))


@pytest.mark.parametrize("text", STRINGS)
def test_everything_else_is_a_string(text: str):
    assert load(text) == text


def test_the_tables_hold_more_than_a_hundred_scalars():
    tables = [INTEGERS, FLOATS, NANS, STRINGS, *VALUES.values()]
    assert sum(map(len, tables)) > 140


@pytest.mark.parametrize("form", ["'{}'", '"{}"', "! {}", "!!str {}", "|-\n  {}", ">-\n  {}"])
@pytest.mark.parametrize("text", ["12", "true", "null", "1e5", "~", ".inf"])
def test_quoted_and_block_scalars_are_strings(form: str, text: str):
    assert load("a: " + form.format(text)) == {"a": text}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("!!int 0o10", 8), ("!!int '12'", 12), ("!!float 3", 3.0), ("!!float .inf", INF),
        ("!!bool 'true'", True), ("!!null ''", None), ("!!null ~", None), ("!!str", ""),
        ("!!map {}", {}), ("!!seq []", []), ("! [1]", [1]), ("!<tag:yaml.org,2002:int> 5", 5),
    ],
)  # fmt: skip
def test_core_tags_are_honoured(text: str, value):
    found = load(f"a: {text}")["a"]
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("!!int four", "invalid-scalar"), ("!!int ''", "invalid-scalar"),
        ("!!int 1.5", "invalid-scalar"), ("!!float x", "invalid-scalar"),
        ("!!bool yes", "invalid-scalar"), ("!!null x", "invalid-scalar"),
        ("1e400", "invalid-scalar"), ("-1e400", "invalid-scalar"), ("9" * 4301, "invalid-scalar"),
        ("-" + "9" * 4301, "invalid-scalar"), ("0x" + "f" * 4000, "invalid-scalar"),
        ("!!timestamp 2001-01-01", "unknown-tag"), ("!!python/name:os.system x", "unknown-tag"),
        ("!foo x", "unknown-tag"), ("!!map x", "unknown-tag"), ("!!map [x]", "unknown-tag"),
        ("!!seq {x: 1}", "unknown-tag"), ("!!int [1]", "unknown-tag"), ("!!set {x}", "unknown-tag"),
    ],
)  # fmt: skip
def test_a_value_that_is_not_what_it_says_is_a_fault_at_its_place(text: str, code: str):
    document, faults = read(f"ok: 1\nkey: {text}\n", name="a.yaml", folder=Path())
    assert document is None
    assert [(fault.code, fault.line, fault.column) for fault in faults] == [(code, 2, 6)]
    assert len(faults[0].message) < 300


def test_the_longest_integer_can_be_printed():
    assert str(load("9" * 4300)) == "9" * 4300
    assert str(load("0x" + "f" * 3570))

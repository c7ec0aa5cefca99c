"""Numbers in bulk are the float64 nearest to their texts, as `float` reads them, to the bit."""

from __future__ import annotations

import random
from decimal import Decimal, getcontext

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nnspec.data.decimals import read

RANDOM = np.random.default_rng(0)
NORMAL = RANDOM.normal(size=4000)


def halfway(count):
    """Decimals at and next to the middle between two float64, which are the hardest to round."""
    getcontext().prec = 60
    some = random.Random(0)
    for _ in range(count):
        middle = Decimal(some.randrange(2**53, 2**54) | 1) * Decimal(2) ** some.randrange(-60, -37)
        whole, _, fraction = format(middle, "f").partition(".")
        yield f"{whole}.{fraction[: 18 - len(whole)]}"


SAMPLES = {
    **{
        f"repr, {size}": [repr(x) for x in (NORMAL * size).tolist()] for size in (0.01, 1, 1e3, 1e6)
    },
    **{f"{digits} digits": [f"{x:.{digits}f}" for x in NORMAL] for digits in (0, 1, 8, 15, 17)},
    "float32": NORMAL.astype(np.float32).astype(str).tolist(),
    "whole": [str(k) for k in range(-2000, 2000)],
    "as np.savetxt writes them": [f"{x:.18e}" for x in NORMAL],
    "exponents": [f"{x:.{k % 12}{'eE'[k % 2]}}" for k, x in enumerate(NORMAL)],
    "huge and tiny": [
        repr(x) for x in (NORMAL * 10.0 ** RANDOM.integers(-285, 285, 4000)).tolist()
    ],
    "large": [f"{x:.3f}" for x in NORMAL * 1e12],
    "with signs": [f"{x:+.5f}" for x in NORMAL],
    "some halfway": [cell for hard in halfway(400) for cell in (hard, *["0.5e1"] * 19)],
}


def as_text(cells, columns):
    rows = [cells[k : k + columns] for k in range(0, len(cells), columns)]
    return "".join(",".join(row) + "\n" for row in rows).encode()


@pytest.mark.parametrize("name", SAMPLES)
def test_as_float_reads_them(name):
    cells = SAMPLES[name]
    values = read(as_text(cells, 8), b",", 8, range(8))
    assert values.tobytes() == np.array(list(map(float, cells))).tobytes()


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.from_regex(r"[+-]?[0-9]{1,17}\.[0-9]{1,23}([eE][+-]?[0-9]{1,4})?", fullmatch=True),
        min_size=1,
    )
)
@example(["18446744073709551615e0", "9999999999.999999999", "0000000000000001.5", "0e999"])
@example(["1e22", "1e-22", "1e23", "4.9e-324", "2.2250738585072014e-308", "1.7976931348623157e308"])
@example(["9007199254740993.0", "-0.0", ".5", "5."])
@example(["0.0000000000000000000001", "12345678.1234567890123456789012"])
def test_any_decimals(cells):
    values = read(as_text(cells, 1), b",", 1, [0])
    if values is not None:  # many of another form are left to others
        assert values.tobytes() == np.array(list(map(float, cells))).tobytes()


def test_a_few_cells_of_other_forms_are_read_as_well():
    cells = [*map(str, range(100)), "1e-3", "nan", " 7 ", "+1", "123456789012"]
    values = read(as_text(cells, 1), b",", 1, [0])
    np.testing.assert_array_equal(values[100:, 0], [1e-3, np.nan, 7, 1, 123456789012])


def test_columns_that_nobody_wants_may_hold_anything():
    assert read(b"1,a b,2\n3,-.-,4\n", b",", 3, [2, 0]).tolist() == [[2, 1], [4, 3]]


@pytest.mark.parametrize("text", [b"1,2\n3\n", b"1\n2,3\n", b"1,2,3\n", b"1,2\n\n", b"1,x\n"])
def test_a_fault_is_left_to_who_can_name_it(text):
    assert read(text, b",", 2, [0, 1]) is None


@pytest.mark.parametrize("cell", ["e5", "-e5", "1e", "1e-", "1e+-5", "1e5.5", "1-e5", "1ee5", "."])
def test_half_a_number_is_none(cell):
    assert read(as_text(["1.5e3"] * 40 + [cell], 1), b",", 1, [0]) is None

"""Activations without NumPy's warnings: silent inside, nothing changed outside, from any thread."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from nnspec.numerics.quiet import quietly

LARGE = np.array([1000.0])


def test_overflow_is_silent_inside_and_raises_outside():
    with np.errstate(all="raise"):
        assert quietly(np.exp, LARGE).tolist() == [np.inf]
        with pytest.raises(FloatingPointError):
            np.exp(LARGE)


def test_who_is_inside_may_call_it_again():
    with np.errstate(all="raise"):
        assert quietly(quietly, np.exp, LARGE).tolist() == [np.inf]


def test_an_error_leaves_it_usable():
    with pytest.raises(ZeroDivisionError):
        quietly(divmod, 1, 0)
    with np.errstate(all="raise"):
        assert quietly(np.exp, LARGE).tolist() == [np.inf]


def test_many_threads_may_be_inside_at_once():
    def both(_):
        with np.errstate(all="raise"):
            return quietly(lambda: quietly(np.exp, np.full(5000, 1000.0)).min())

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(both, range(200))) == {np.inf}

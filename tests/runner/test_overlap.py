"""Reading ahead and writing behind: in order, a few blocks at most, and no thread left."""

from __future__ import annotations

import threading
import time
from functools import partial

import numpy as np
import pytest

from nnspec.data.table import Block
from nnspec.runner import local


def names():
    return {thread.name for thread in threading.enumerate() if thread.name.startswith("nnspec-")}


@pytest.fixture(autouse=True)
def no_thread_is_left():
    yield
    assert names() == set()


def blocks(count, fail=None):
    for k in range(count):
        if k == fail:
            raise OSError(f"block {k}")
        yield Block(np.full((2, 1), float(k)))


def run(source, compute=lambda x: x * 2, write=lambda y, kept: None, **options):
    options = {"refuse_nan": False, "source": "x", "ahead": True, "behind": True, **options}
    return local.run(partial(local.compute, compute), source, write, **options)


@pytest.mark.parametrize("ahead", [True, False])
@pytest.mark.parametrize("behind", [True, False])
@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 50])
def test_the_order_is_kept(ahead, behind, count):
    written = []
    tally = run(
        blocks(count),
        write=lambda y, kept: written.extend(y.ravel()),
        ahead=ahead,
        behind=behind,
    )
    assert written == [2.0 * k for k in range(count) for _ in range(2)]
    assert tally.rows == 2 * count


def test_one_block_needs_no_thread():
    seen = set()
    run(blocks(1), compute=lambda x: seen.update(names()) or x)
    assert seen == set()


def test_the_stages_overlap():
    """Each block waits where it is for as long as the two other stages take; all wait together."""
    meeting = threading.Barrier(3, timeout=20)

    def reading():
        for k, block in enumerate(blocks(30)):
            if 10 <= k < 13:
                meeting.wait()
            yield block

    done = iter(range(30))
    written = iter(range(30))
    run(
        reading(),
        compute=lambda x: (meeting.wait() if 8 <= next(done) < 11 else 0, x)[1],
        write=lambda y, kept: meeting.wait() if 6 <= next(written) < 9 else None,
    )


def test_a_fast_reader_does_not_fill_the_memory():
    read = written = most = 0

    def reading():
        nonlocal read
        for block in blocks(40):
            read += 1
            yield block

    def write(y, kept):
        nonlocal written, most
        time.sleep(0.002)
        most = max(most, read - written)
        written += 1

    run(reading(), write=write)
    assert written == 40
    assert most <= 7  # one in hand in each of three stages, two waiting, and the first two


@pytest.mark.parametrize("place", [0, 1, 2, 3, 20])
@pytest.mark.parametrize("stage", ["read", "compute", "write"])
def test_a_fault_in_any_stage_stops_all(stage, place):
    written = []
    calls = iter(range(100))

    def fail(x):
        if next(calls) == place:
            raise OSError(f"block {place}")
        return x

    stages = {
        "read": {"source": blocks(40, fail=place)},
        "compute": {"compute": fail},
        "write": {"write": lambda y, kept: written.append(fail(y))},
    }[stage]
    source = stages.pop("source", None) or blocks(40)
    with pytest.raises(OSError, match=f"^block {place}$"):
        run(source, **{"write": lambda y, kept: written.append(y), **stages})
    assert len(written) <= place


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, SystemExit])
def test_an_interruption_ends_the_threads(interruption):
    calls = iter(range(100))

    def compute(x):
        if next(calls) == 5:
            raise interruption
        return x

    with pytest.raises(interruption):
        run(blocks(40), compute=compute)


def test_nan_is_counted_in_order():
    def reading():
        for k, block in enumerate(blocks(10)):
            yield Block(block.values + (np.nan if k in {4, 7} else 0))

    tally = run(reading())
    assert (tally.rows, tally.unclean, tally.first) == (20, 4, 8)

"""Threads of the NumPy engine: every range is done once, errors arrive, helpers keep off."""

from __future__ import annotations

import os
import sys
import threading
import time

import pytest

from nnspec.engines.numpy.affinity import send_off
from nnspec.engines.numpy.threads import run_all

RANGES = [(0, 3), (3, 5), (5, 6), (6, 9)]


@pytest.mark.parametrize("seconds", [0.0, 0.001])
def test_every_range_is_done_once_whoever_is_faster(seconds):
    for _ in range(20):
        done = []

        def work(start, stop, done=done):
            if threading.current_thread() is not threading.main_thread():
                time.sleep(seconds)
            done.append((start, stop))

        run_all(work, RANGES)
        assert sorted(done) == RANGES


@pytest.mark.parametrize("bad", RANGES)
def test_an_error_anywhere_arrives_and_the_next_call_is_fine(bad):
    def work(start, stop):
        if (start, stop) == bad:
            raise ValueError(f"in {start}")

    with pytest.raises(ValueError, match=f"in {bad[0]}"):
        run_all(work, RANGES)
    run_all(lambda start, stop: None, RANGES)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="affinity is Linux's")
@pytest.mark.skipif(os.cpu_count() == 1, reason="there is one core")
def test_a_thread_that_is_sent_off_has_all_cores_but_one():
    mine, ready, end = os.sched_getaffinity(0), threading.Event(), threading.Event()

    def wait():
        ready.set()
        end.wait()

    thread = threading.Thread(target=wait)
    thread.start()
    ready.wait()
    try:
        send_off(thread.native_id)
        left = os.sched_getaffinity(thread.native_id)
    finally:
        end.set()
        thread.join()
    assert left < mine
    assert len(left) == max(1, len(mine) - 1)
    assert os.sched_getaffinity(0) == mine


def test_a_thread_that_is_gone_is_nobodys_trouble():
    thread = threading.Thread(target=int)
    thread.start()
    thread.join()
    send_off(thread.native_id)
    send_off(2**30)

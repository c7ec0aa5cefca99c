"""Reading ahead and writing behind on threads of their own, a few blocks at most, in order.

A thread is started when a third block is read or a second one written, so that a small run has
none. Whatever ends the `with` block, an interruption as well, ends the threads first; so neither
may be used where a stage can wait for somebody, as for the other end of a pipe.
"""

from __future__ import annotations

import threading
from collections import deque
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_T = TypeVar("_T")

_WAITING = 1
"""Blocks between two stages, beside the one that each of them has in hand."""


class _Queue(Generic[_T]):
    """A bounded queue from one thread to another, which either side can stop.

    The side that puts may leave an exception, which the other side gets behind the last item.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition(threading.Lock())
        self._items: deque[_T] = deque()
        self._stopped = False
        self._error: BaseException | None = None

    def put(self, item: _T) -> bool:
        """Wait for a place and add an item; tell whether the other side still wants any."""
        with self._changed:
            while len(self._items) >= _WAITING and not self._stopped:
                self._changed.wait()
            self._items.append(item)
            self._changed.notify()
            return not self._stopped

    def __iter__(self) -> Iterator[_T]:
        """Yield the items until the last one is there; raise what the other side left."""
        while True:
            with self._changed:
                while not self._items and not self._stopped:
                    self._changed.wait()
                if not self._items:
                    break
                item = self._items.popleft()
                self._changed.notify()
            yield item
            del item
        if self._error is not None:
            raise self._error

    def stop(self, error: BaseException | None = None, *, drop: bool = False) -> None:
        """Let nothing more in, and let out what is there, unless it is to be dropped."""
        with self._changed:
            self._stopped, self._error = True, error
            if drop:
                self._items.clear()
            self._changed.notify()


@contextmanager
def read_ahead(blocks: Iterable[_T]) -> Iterator[Iterator[_T]]:
    """Give the blocks in their order, the next ones being read while one is used."""
    queue: _Queue[_T] = _Queue()
    source = iter(blocks)
    thread = threading.Thread(target=_fill, args=(queue, source), name="nnspec-read", daemon=True)

    def chained() -> Iterator[_T]:
        start = list(islice(source, 2))
        if len(start) == 2:
            thread.start()
        while start:
            yield start.pop(0)
        if thread.ident is not None:
            yield from queue

    try:
        yield chained()
    finally:
        queue.stop(drop=True)
        if thread.ident is not None:
            thread.join()


def _fill(queue: _Queue[_T], source: Iterator[_T]) -> None:
    try:
        for item in source:
            if not queue.put(item):
                return
            del item
    except BaseException as error:
        queue.stop(error)
    else:
        queue.stop()


@contextmanager
def write_behind(write: Callable[..., None]) -> Iterator[Callable[..., None]]:
    """Give a function that has `write` called with the same arguments, later, in order.

    What `write` raises is raised by a later call or at the end of the `with` block, which ends
    when all is written.
    """
    behind = _Behind(write)
    try:
        yield behind
    except BaseException:
        behind.end(drop=True)
        raise
    behind.end(drop=False)
    if behind.error is not None:
        raise behind.error


class _Behind:
    """Writes the first block at once, and the others on a thread."""

    def __init__(self, write: Callable[..., None]) -> None:
        self.error: BaseException | None = None
        self._write, self._calls = write, 0
        self._queue: _Queue[tuple[Any, ...]] = _Queue()
        self._thread = threading.Thread(target=self._drain, name="nnspec-write", daemon=True)

    def __call__(self, *arguments: Any) -> None:
        self._calls += 1
        if self._calls == 1:
            self._write(*arguments)
            return
        if self._calls == 2:
            self._thread.start()
        if not self._queue.put(arguments) and self.error is not None:
            raise self.error

    def end(self, *, drop: bool) -> None:
        self._queue.stop(drop=drop)
        if self._thread.ident is not None:
            self._thread.join()

    def _drain(self) -> None:
        try:
            for arguments in self._queue:
                self._write(*arguments)
                del arguments
        except BaseException as error:
            self.error = error
            self._queue.stop(drop=True)

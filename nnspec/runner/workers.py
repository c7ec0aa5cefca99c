"""Blocks computed by processes of their own, the results in the order of the blocks.

A process has a model that is made again from the same text and weights, so that every row has the
same bits whoever computes it. A few blocks are on their way at a time, whatever their number.
"""

from __future__ import annotations

from collections import deque
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from nnspec.runner.processes import processes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from concurrent.futures import Executor, Future

    from numpy.typing import NDArray

    from nnspec.data.table import Block
    from nnspec.model import Model
    from nnspec.runner.local import Result

    Waiting = deque[tuple[Future[NDArray[Any]], Mapping[str, Sequence[Any]]]]

_SPARE = 1
"""Blocks that wait beside those that are computed, so that no process has to."""


class _Worker:
    """What one of the processes computes with."""

    model: Model
    emit: str


@contextmanager
def start(
    model: Model, emit: str, count: int
) -> Iterator[Callable[[Iterable[Block]], Iterator[Result]]]:
    """Start so many processes, and give a function that computes blocks with them.

    Raises:
        NnspecError: the system ended one of them.
    """
    with processes(count, _prepare, model, emit) as pool:
        yield lambda blocks: _compute(pool, blocks, count + _SPARE)


def _compute(pool: Executor, blocks: Iterable[Block], most: int) -> Iterator[Result]:
    waiting: Waiting = deque()
    for block in blocks:
        waiting.append((pool.submit(_run, block.values), block.kept))
        if len(waiting) == most:
            yield _first(waiting)
    while waiting:
        yield _first(waiting)


def _first(waiting: Waiting) -> Result:
    future, kept = waiting.popleft()
    return future.result(), kept


def _prepare(model: Model, emit: str) -> None:
    _Worker.model, _Worker.emit = model, emit


def _run(values: NDArray[Any]) -> NDArray[Any]:
    return _Worker.model.program(_Worker.emit)(values)

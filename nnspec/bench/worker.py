"""The far end of a process: reads a job, then answers what it is asked, one line of JSON each.

    python -m nnspec.bench.worker

`{"rows": 64, "do": "time"}` is answered by `{"seconds": …}`, `"do": "check"` by
`{"difference": …}`, the largest of the outputs from those expected; null for what has no outputs.
An error is `{"error": …}`, in one sentence. The end of standard input ends the process.
"""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Any, TextIO

import numpy as np

from nnspec.bench.clock import seconds_a_call
from nnspec.bench.job import Job
from nnspec.bench.peers import peers
from nnspec.errors import NnspecError

if TYPE_CHECKING:
    from numpy.typing import NDArray


def main() -> None:
    """Serve one job."""
    # Whatever a library prints must not come between the answers.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    np.seterr(all="ignore")  # NumPy by hand overflows where its writer would not care
    try:
        _serve(sys.stdin, answers)
    except NnspecError as error:
        _say(answers, error=str(error))
    except Exception as error:  # of a peer's own library, whose name and words are all there is
        _say(answers, error=f"{type(error).__name__}: {str(error).strip().partition(chr(10))[0]}")


def _serve(questions: TextIO, answers: TextIO) -> None:
    job = Job.from_json(questions.readline())
    run, reason = job.run()
    peer = peers().get(job.name)
    x, expected = job.rows.read()
    _say(answers, ready=True, reason=reason)
    for line in questions:
        asked = json.loads(line)
        rows = x[: asked["rows"]]
        if asked["do"] == "time":
            _say(answers, seconds=seconds_a_call(run, rows))
        else:
            y = run(rows)
            gap = difference(y, expected[: len(rows)]) if peer is None or peer.answers else None
            _say(answers, difference=gap)


def difference(y: NDArray[Any], expected: NDArray[Any]) -> float:
    """Give the largest difference; the same infinity twice, and NaN twice, are no difference.

    Examples:
        >>> difference(np.array([1.5, np.inf, np.nan]), np.array([1.25, np.inf, np.nan]))
        0.25
    """
    with np.errstate(invalid="ignore"):
        gaps = np.abs(y - expected)
    gaps[(y == expected) | (np.isnan(y) & np.isnan(expected))] = 0.0
    return float(gaps.max(initial=0.0))


def _say(answers: TextIO, **answer: Any) -> None:
    print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main()

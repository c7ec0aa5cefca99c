"""The scalar form in single precision gives the numbers of the function, to 2 ulp of a float32.

Engines that compile it give it constants of float32; here it gets np.float32 numbers, with which
Python computes likewise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.testing.breach import Breach, differences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nnspec.testing.subject import Subject

NEEDS = "scalar_float32"


def breaches(subject: Subject) -> Iterator[Breach]:
    """Compare finite numbers, infinities and NaN, for the parameters that the form takes."""
    form: Any = subject.activation.scalar_float32
    if form is None:
        return
    code, inputs = form.__code__, 2 if subject.activation.rowwise else 1
    taken = code.co_varnames[inputs : code.co_argcount]
    defaults = subject.activation.complete({})
    others = {name for name in subject.parameters if name not in taken}
    if any(subject.parameters[name] != defaults[name] for name in others):
        return
    x = subject.samples(np.float32)
    special = np.array([np.inf, -np.inf, np.nan], np.float32)
    x = np.concatenate([x, np.tile(special[:, np.newaxis], x.shape[-1]) if x.ndim > 1 else special])
    exact = np.asarray(subject(x.astype(np.float64)))
    given = {name: subject.parameters[name] for name in taken}
    came = np.empty_like(x)
    with np.errstate(all="ignore"):
        if subject.activation.rowwise:
            for row, out in zip(x, came, strict=True):
                form(row, out, **given)
        else:
            came[...] = [form(value, **given) for value in x]
        expected = exact.astype(np.float32)
        near = np.abs(came - exact) <= 2 * np.spacing(np.abs(expected)).astype(np.float64)
    yield from differences(x, np.where(near, expected, came), expected)

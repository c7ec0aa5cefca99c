"""Every value that the schema of a parameter allows gives a result, and its default is one.

This promise comes first by its name: where a function fails at an end of a parameter, no other
promise could be tried there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nnspec.schema.fragments import check_fragment, plain
from nnspec.testing.breach import Breach, form
from nnspec.testing.settings import allows
from nnspec.testing.subject import DTYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nnspec.testing.subject import Subject

NEEDS = None


def breaches(subject: Subject) -> Iterator[Breach]:
    """Judge each schema and its default, then call the function with these values."""
    for name, schema in subject.activation.parameters.items():
        try:
            check_fragment(plain(schema))
        except ValueError as error:
            yield Breach(f"the schema of {name}", str(error), "a sound JSON Schema")
            return
        if "default" in schema and not allows(schema, schema["default"]):
            default = f"its default {schema['default']!r}"
            yield Breach(f"the schema of {name}", default, "a default that the schema allows")
    for dtype in DTYPES:
        y = subject(subject.samples(dtype))
        if not isinstance(y, np.ndarray | np.generic) or y.dtype.kind not in "fiub":
            yield Breach(f"an array of {dtype.__name__}", form(y), "an array of numbers")

"""Arrays and foreign numbers as JSON has them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def plain(value: Any) -> Any:
    """Turn arrays, tuples and mappings into what JSON knows; NaN and infinities become texts.

    Examples:
        >>> import numpy as np
        >>> plain({"y": np.array([[1.0, np.nan, -np.inf]])})
        {'y': [[1.0, 'NaN', '-Infinity']]}
    """
    if hasattr(value, "tolist"):
        value = value.tolist()
    match value:
        case float() if math.isnan(value):
            return "NaN"
        case float() if math.isinf(value):
            return "Infinity" if value > 0 else "-Infinity"
        case list() | tuple():
            return _items(value)
        case dict():
            return _entries(value)
        case _:
            return value


def _items(values: Sequence[Any]) -> list[Any]:
    return [plain(value) for value in values]


def _entries(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: plain(value) for key, value in values.items()}

"""Where an array's numbers are, in a fraction of the time that `array.ctypes.data` takes.

For one row that is a tenth of the whole call.
"""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_HEAD = object.__basicsize__  # after what every object has, an array has its data's address
_word = ctypes.c_int64.from_address
_probe = np.zeros(3)
_KNOWN = (
    ctypes.sizeof(ctypes.c_void_p) == 8
    and id(_probe) % 8 == 0
    and _word(id(_probe) + _HEAD).value == _probe.ctypes.data
)


def address(array: NDArray[Any]) -> int:
    """Give the address of an array's first number.

    Examples:
        >>> a = np.arange(5.0)
        >>> address(a[2:]) - address(a)
        16
    """
    return _word(id(array) + _HEAD).value if _KNOWN else int(array.ctypes.data)

"""What the allocator does with memory that was let go of."""

from __future__ import annotations

import numpy as np

_LARGEST = 30 << 20
"""Bytes; glibc learns from no block of 32 MiB or more."""


def keep_freed() -> None:
    """Have memory of a block of rows used again for the next, instead of given back each time.

    At first glibc gives every array of 128 KiB or more back to the system as soon as it is let go
    of, so that the next one is mapped and zeroed page by page: half of the time that it takes to
    read numbers from a text. When a larger one has been let go of, it keeps arrays up to that size
    (mallopt(3), M_MMAP_THRESHOLD). This one is never touched, so that it costs no memory. Other
    allocators lose nothing by it.
    """
    np.empty(_LARGEST, np.uint8)

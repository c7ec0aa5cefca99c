"""Reading data in one call: all rows of all blocks, in small blocks, so that seams show."""

from __future__ import annotations

import numpy as np
import pytest

from nnspec.data import batches


@pytest.fixture
def rows():
    def read(source, size, *, dtype="float64", block_rows=3, **options):
        with batches.open(source, size=size, dtype=dtype, block_rows=block_rows, **options) as data:
            blocks = list(data)
        for block in blocks:
            assert block.values.flags.c_contiguous
            assert block.values.dtype == dtype
            assert 0 < len(block.values) <= block_rows
            assert block.values.shape[1:] == (size,)
        values = [block.values for block in blocks]
        return np.concatenate(values) if values else np.empty((0, size), dtype)

    return read


@pytest.fixture
def kept():
    def read(source, size, *, keep, block_rows=3, **options):
        options = {"dtype": "float64", "block_rows": block_rows, **options}
        with batches.open(source, size=size, keep=keep, **options) as data:
            blocks = list(data)
        return {name: [v for block in blocks for v in block.kept[name]] for name in keep}

    return read

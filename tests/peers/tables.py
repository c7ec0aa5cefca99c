"""The tables: what each framework answered, one array a row and type, with its version."""

from __future__ import annotations

from pathlib import Path

import numpy as np

FOLDER = Path(__file__).parent / "tables"


def name(framework):
    """Name a framework, and its table, by its file."""
    return framework.__name__.rpartition(".")[2]


def by_key(framework):
    """Give the rows of a framework by the names that their arrays have in the table."""
    return {
        f"{row.key}/{dtype}": row
        for row in framework.ROWS
        for dtype in row.dtypes or framework.DTYPES
    }


def read(table):
    """Give a table as a dictionary; an empty one where there is none yet."""
    path = FOLDER / f"{table}.npz"
    if not path.exists():
        return {}
    with np.load(path) as file:
        return dict(file)


def write(table, arrays):
    """Store a table; the same values give the same bytes."""
    FOLDER.mkdir(exist_ok=True)
    np.savez_compressed(FOLDER / f"{table}.npz", **dict(sorted(arrays.items())))

"""The words of the table that the interpreter reads: one line is one thing to do."""

from __future__ import annotations

from enum import IntEnum, auto


class Code(IntEnum):
    """What to do, with a block of rows."""

    AFFINE = auto()
    SCALE = auto()
    CLIP = auto()
    ADD = auto()
    CONCAT = auto()
    COPY = auto()
    LAYERNORM = auto()
    RMSNORM = auto()
    EACH = auto()
    """A function of each number, in place."""
    ROWS = auto()
    """A function of each row, in place."""
    UNITS = auto()
    """A function of each number and of constants of its unit, in place; they are at Q."""
    PAIRS = auto()
    """A function of both halves of each row."""
    STEP = auto()
    """A step of the plan that NumPy does."""
    OUT = auto()
    """Copy to the result of the call."""


class Column(IntEnum):
    """Where a line says what: offsets in bytes into scratch, −1 for the data; addresses."""

    CODE = 0
    A = auto()
    LDA = auto()
    SIZE = auto()
    """Features of the first input."""
    B = auto()
    LDB = auto()
    SECOND = auto()
    """Features of the second input. A product has none: here is how many columns it has beyond its
    panels, and in B the address of their weights."""
    C = auto()
    LDC = auto()
    P = auto()
    Q = auto()
    R = auto()
    """Addresses of constants: 0 where there is none. P is the function of an activation; R is that
    which follows a product, and its own line has a 1 for Q."""
    PANELS = auto()
    """How many panels a product has; 1 for what is no product."""
    NARROW = auto()
    """How many of them are of one vector, the last one, instead of two."""


class Head(IntEnum):
    """What the first line of a table says of the whole."""

    LINES = 0
    INPUTS = auto()
    OUTPUTS = auto()
    THREADS = auto()

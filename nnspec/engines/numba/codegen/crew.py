"""Threads that wait for work within machine code, where they need no lock of Python's.

Each has a mailbox: a word that says what it is about, and the arguments of `run`, in a line of
the cache of their own. A thread looks into its mailbox for a millisecond or two, which is
how it begins within microseconds, and then goes to sleep.
"""

from __future__ import annotations

from nnspec.engines.numba.codegen import memory
from nnspec.engines.numba.codegen.atomics import exchange, give_way, read, rest, write
from nnspec.engines.numba.codegen.memory import integer, put
from nnspec.engines.numba.crew import ARGUMENTS, ASLEEP, AWAKE, GIVEN, MAILBOX, WORKING

_LOOKS = 50_000
"""How often to look for work before going to sleep: 1 to 2 ms."""
_PATIENCE = 2000


def serve(mailbox):  # type: ignore[no-untyped-def]
    """Do what is given until nothing was given for a while."""
    looked = 0
    while True:
        if read(mailbox) == GIVEN and exchange(mailbox, GIVEN, WORKING):
            here = mailbox + ARGUMENTS
            memory.run(
                integer(here, 0),
                integer(here, 1),
                integer(here, 2),
                integer(here, 3),
                integer(here, 4),
                integer(here, 5),
                integer(here, 6),
                integer(here, 7),
            )
            write(mailbox, AWAKE)
            looked = 0
        looked += 1
        rest()
        if looked > _LOOKS and exchange(mailbox, AWAKE, ASLEEP):
            break


def lead(  # type: ignore[no-untyped-def]
    mailboxes, count, run, x, rows, y, height, table, scratch, counter
):
    """Do work, with the help of all who are awake; what nobody has begun is taken back."""
    for k in range(count):
        here = mailboxes + k * MAILBOX
        if read(here) == AWAKE:
            there = here + ARGUMENTS
            put(there, 0, run)
            put(there, 1, x)
            put(there, 2, rows)
            put(there, 3, y)
            put(there, 4, height)
            put(there, 5, table)
            if height == 0:  # one block in scratch of all; else each has its own
                put(there, 6, scratch)
            put(there, 7, counter)
            write(here, GIVEN)
    memory.run(run, x, rows, y, height, table, scratch, counter)
    for k in range(count):
        here = mailboxes + k * MAILBOX
        looked = 0
        if not exchange(here, GIVEN, AWAKE):
            while read(here) == WORKING:
                looked += 1
                if looked < _PATIENCE:
                    rest()
                else:
                    give_way()

"""One file a framework: SYSTEM, DTYPES, ROWS, version(), offers() and compute(row, x).

SYSTEM is its name in the `elsewhere` of an activation, DTYPES the types it is asked in, ROWS what
it is asked. Frameworks are imported inside the functions, for the rows are read without them.
`offers` names all that it has, so that a function shared with nnspec cannot be forgotten; what it
only seems to have is in NOT_HERE, with the reason.
"""

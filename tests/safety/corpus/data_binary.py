"""Rows in .npy, .npz and .parquet that lie, are damaged, or are odd and fine."""

from __future__ import annotations

import io
import pickle
import zipfile
from typing import TYPE_CHECKING

import numpy as np
import pyarrow
import pyarrow.parquet
from made import archive, declared, header, npy, patched

from corpus import SUM, Case
from corpus.weights_npz import OBJECTS, ZEROS, Payload

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS = npy(np.ones((3, 2)))
NPZ = archive(("x.npy", ROWS))
DEFLATED = archive(("x.npy", ROWS), method=zipfile.ZIP_DEFLATED)
DIRECTORY, END = b"PK\x01\x02", b"PK\x05\x06"


def run(suffix: str, name: str, data: bytes, status: int, says: str = "") -> Case:
    says = says or (f"x.{suffix}" if status else "2")
    return Case(
        f"{suffix}: {name}",
        {"spec.yaml": SUM, f"x.{suffix}": data},
        status,
        says,
        ("run", "spec.yaml", f"x.{suffix}"),
    )


def table(**columns: object) -> bytes:
    file = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(columns), file)
    return file.getvalue()


PARQUET = table(a=[1.0], b=[1.0])
WIDE = table(a=pyarrow.array(np.zeros(500_000, "i1")), b=pyarrow.array(np.zeros(500_000, "i1")))
FINE_NPY = {
    "as numpy saves it": ROWS, "integers": npy(np.ones((3, 2), "i8")), "bytes": npy(np.ones((3, 2), "u1")),
    "booleans": npy(np.ones((3, 2), "?")), "big-endian": npy(np.ones((3, 2), ">f4")), "half": npy(np.ones((3, 2), "f2")),
    "in Fortran's order": npy(np.asfortranarray(np.ones((3, 2)))), "one row": npy(np.ones(2)), "pictures": npy(np.ones((3, 1, 2))),
    "long double": npy(np.ones((3, 2), "g")), "version 2": header("{'descr': '<f8', 'fortran_order': False, 'shape': (1, 2), }", np.ones(2).tobytes(), 2),
}  # fmt: skip
BAD_NPY = {
    "nothing": b"", "the magic alone": b"\x93NUMPY", "objects": OBJECTS, "a pickle": pickle.dumps(Payload()),
    "objects behind an honest header": declared("|O", "(1, 2)", data=pickle.dumps(Payload())),
    "a header of 4 GiB": b"\x93NUMPY\x02\x00\xff\xff\xff\xff", "a header that is code": header("__import__('os').system('touch ran')"),
    "10^15 rows": declared(shape="(1000000000000000, 2)", data=bytes(16)), "2^64 rows": declared(shape=f"({2**64}, 2)", data=bytes(16)),
    "-1 rows": declared(shape="(-1, 2)", data=bytes(16)), "True rows": declared(shape="(True, 2)", data=bytes(16)),
    "a byte too few": ROWS[:-1], "a byte too many": ROWS + b"x", "another array behind": ROWS + ROWS,
    "texts": npy([["a", "b"]]), "dates": npy(np.zeros((1, 2), "M8[s]")), "complex": npy(np.ones((1, 2), complex)),
    "records": npy(np.zeros(2, "f4,f4")), "bytes of no type": npy(np.zeros((1, 2), "V8")), "three columns": npy(np.ones((1, 3))),
    "a number": npy(1.0), "0 columns and 10^18 rows": declared(shape=f"({10**18}, 0)"), "32 dimensions": declared(shape="(" + "1, " * 32 + ")", data=bytes(8)),
    "beyond float32": npy([[1e300, 1]]), "a subarray": header("{'descr': ('<f8', (2,)), 'fortran_order': False, 'shape': (1,), }", bytes(16)),
    "a descr of 9,000 brackets": header("{'descr': " + "[" * 9000), "a descr of escapes": declared("\x1b[31m"),
    "a version of 0": ROWS[:6] + b"\x00" + ROWS[7:], "a csv": b"a,b\n1,2\n", "a zip": NPZ,
}  # fmt: skip
BAD_NPZ = {
    "nothing": b"", "a pickle": pickle.dumps(Payload()), "objects": archive(("x.npy", OBJECTS)), "no array": archive(),
    "two arrays and no x": archive(("a.npy", ROWS), ("b.npy", ROWS)), "x twice": archive(("x.npy", ROWS), ("x.npy", ROWS)),
    "x and X": archive(("x.npy", ROWS), ("X.npy", ROWS)), "encrypted": patched(NPZ, DIRECTORY, 8, "<H", 1),
    "bzip2": archive(("x.npy", ROWS), method=zipfile.ZIP_BZIP2), "a wrong CRC": patched(NPZ, DIRECTORY, 16, "<I", 7),
    "a size that lies": patched(NPZ, DIRECTORY, 24, "<I", 2**31), "cut off": NPZ[:-9], "text in front": b"x" * 9 + NPZ[:-22],
    "an offset beyond the end": patched(NPZ, DIRECTORY, 42, "<I", 2**31), "no array inside": archive(("x.npy", b"abc")),
    "60,000 members": archive(*((f"{i}.npy", b"") for i in range(60_000))), "a bomb": patched(archive(("x.npy", ZEROS), method=8), DIRECTORY, 24, "<I", 2**31),
    "zeros that are no array": archive(("x.npy", ZEROS), method=8), "names of escapes": archive(("\x1b[31m.npy", ROWS), ("\u202e.npy", ROWS)),
}  # fmt: skip
BAD_PARQUET = {
    "nothing": b"", "the magic alone": b"PAR1", "the magic twice": b"PAR1PAR1", "a length that lies": PARQUET[:-8] + b"\xff\xff\xff\x7fPAR1",
    "cut off": PARQUET[:-20], "zeros for metadata": PARQUET[:-60] + bytes(52) + PARQUET[-8:], "texts": table(a=["x"], b=["y"]),
    "one column": table(a=[1.0]), "lists": table(a=[[1.0]], b=[[1.0]]), "an encrypted footer": PARQUET[:-4] + b"PARE",
    "dates": table(a=pyarrow.array([0], pyarrow.date32()), b=[1.0]), "decimals beyond float64": table(a=pyarrow.array([b"x"]), b=[1.0]),
}  # fmt: skip


def damaged() -> Iterator[Case]:
    """Flip a byte at forty places of a table's metadata: refused, or the same numbers."""
    for place in range(len(PARQUET) - 200, len(PARQUET) - 8, 5):
        data = bytearray(PARQUET)
        data[place] ^= 0x55
        yield run("parquet", f"byte {place} changed", bytes(data), -1, "\n")


CASES = [
    *(run("npy", name, data, 0) for name, data in FINE_NPY.items()),
    *(run("npy", name, data, 1) for name, data in BAD_NPY.items()),
    run("npz", "as numpy saves it", NPZ, 0),
    run("npz", "compressed", DEFLATED, 0),
    run("npz", "x among others", archive(("x.npy", ROWS), ("y.npy", OBJECTS)), 0),
    run("npz", "a name that leads upwards", archive(("../../ran.npy", ROWS)), 0),
    *(run("npz", name, data, 1) for name, data in BAD_NPZ.items()),
    run("parquet", "a table", PARQUET, 0),
    run("parquet", "500,000 rows in 2 kB", WIDE, 0, "0"),
    run("parquet", "extension types", table(a=[1.0], b=pyarrow.array([1.0])), 0),
    run("parquet", "null is NaN", table(a=[None, 1.0], b=[1.0, 1.0]), 0, "nan"),
    *(run("parquet", name, data, 1) for name, data in BAD_PARQUET.items()),
    *damaged(),
]  # fmt: skip

"""What a file is that stands where another kind is taken, and where it belongs."""

from __future__ import annotations

import re
import shlex
from pathlib import PurePath

from nnspec.diagnostics.quote import LIMIT
from nnspec.records import dataclass

_PICKLE = "a pickle can run code and is never loaded; save the arrays by numpy.savez"
_TORCH = (
    "save the weights by safetensors.torch.save_file(model.state_dict(), 'model.safetensors'), "
    "then: nnspec new spec.yaml --from model.safetensors"
)
_DATA = "data come after the spec: nnspec run SPEC {name}"
_WEIGHTS = (
    "weights belong to a spec: nnspec run SPEC DATA --weights {name}; "
    "this writes a spec for them: nnspec new spec.yaml --from {name}"
)


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file.

    Attributes:
        what: its name, to follow "this is".
        use: what to do with such a file, where `{name}` is one.
    """

    what: str
    use: str

    def cure(self, name: str) -> str:
        """Say what to do with the file of that name.

        Examples:
            >>> by_name("my rows.csv").cure("my rows.csv")
            "data come after the spec: nnspec run SPEC 'my rows.csv'"
        """
        plain = name if name.isprintable() and len(name) < LIMIT else "FILE"
        return self.use.format(name=shlex.quote(plain))


_BY_SUFFIXES = {
    ".npy": FileKind("a NumPy array", _DATA),
    ".npz": FileKind(
        "an archive of NumPy arrays",
        "data come after the spec: nnspec run SPEC {name}; "
        "for weights, this writes a spec: nnspec new spec.yaml --from {name}",
    ),
    ".csv .tsv": FileKind("a table of data", _DATA),
    ".jsonl .ndjson": FileKind("data in JSON Lines", _DATA),
    ".parquet": FileKind("a Parquet table", _DATA),
    ".json": FileKind(
        "an array in JSON", "rows in JSON go through standard input: nnspec run SPEC - < {name}"
    ),
    ".safetensors": FileKind("a weights file of safetensors", _WEIGHTS),
    ".h5 .hdf5": FileKind("an HDF5 file of weights", _WEIGHTS),
    ".ckpt .pt .pth": FileKind("a model saved by PyTorch", _TORCH),
    ".keras": FileKind(
        "a model saved by Keras",
        "save the weights by model.save_weights('model.weights.h5'), then: "
        "nnspec new spec.yaml --from model.weights.h5",
    ),
    ".onnx": FileKind(
        "an ONNX model",
        "none is read; save its weights as .npz or .safetensors, then: "
        "nnspec new spec.yaml --from FILE",
    ),
    ".dill .joblib .pickle .pkl": FileKind("a pickle of Python objects", _PICKLE),
    ".ods .xls .xlsx": FileKind(
        "a spreadsheet", "save the sheet as CSV, which nnspec run takes after the spec"
    ),
    ".bz2 .gz .xz .zip .zst": FileKind("a compressed file", "unpack it first"),
    ".py": FileKind("a Python file", "a plugin is loaded by --plugin {name}"),
    ".yaml .yml": FileKind("a YAML file", "a spec comes first, before the data"),
}
_KINDS = {suffix: kind for suffixes, kind in _BY_SUFFIXES.items() for suffix in suffixes.split()}
_MAGIC = {
    rb"\x93NUMPY": ".npy",
    rb"PAR1\x15": ".parquet",
    rb"\x89HDF\r\n\x1a\n": ".h5",
    rb".{7}\x00\{": ".safetensors",
    rb"\x08[\x01-\x1f][\x12\x1a\x22\x2a\x30\x3a\x42]": ".onnx",
    rb"\x80[\x02-\x05]": ".pkl",
    rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": ".xls",
    rb"\x1f\x8b": ".gz",
    rb"BZh[1-9]1AY&SY": ".bz2",
    rb"\xfd7zXZ\x00": ".xz",
    rb"\x28\xb5\x2f\xfd": ".zst",
    rb"PK\x03\x04": ".zip",
}
"""How a file begins, as a pattern → its suffix."""
_IN_ZIP = {".npy": ".npz", "data.pkl": ".pt", "metadata.json": ".keras"}
"""How the first name in a zip archive ends → what that archive is."""
_LOOSE = {".pkl": {".ckpt", ".pt", ".pth"}, ".zip": {".keras", ".npz", ".ods", ".pt", ".xlsx"}}
"""What a beginning tells → what it may be as well, if the name says so."""


def by_name(name: str) -> FileKind | None:
    """Give the kind of file that a name's suffix tells, None where that is none of these.

    Examples:
        >>> by_name("Sheet.XLSX").what
        'a spreadsheet'
    """
    return _KINDS.get(PurePath(name).suffix.lower())


def by_content(head: bytes, name: str) -> FileKind | None:
    r"""Give the kind by a file's first bytes, and where these leave it open by its name.

    None is what may be a spec: YAML, and JSON unless it is a list.

    Examples:
        >>> by_content(b"\x93NUMPY\x01\x00", "spec.yaml").what
        'a NumPy array'
        >>> by_content(b"\x80\x02\x8a", "model.pth").what
        'a model saved by PyTorch'
    """
    own = PurePath(name).suffix.lower()
    found = next((end for magic, end in _MAGIC.items() if re.match(magic, head, re.DOTALL)), own)
    if found == ".zip":
        first = head[30 : 30 + int.from_bytes(head[26:28], "little")].decode("latin-1")
        found = next((kind for end, kind in _IN_ZIP.items() if first.endswith(end)), found)
    if own in _LOOSE.get(found, ()):
        found = own
    if found in {".yaml", ".yml"} or (found == ".json" and not head.lstrip().startswith(b"[")):
        return None
    return _KINDS.get(found)

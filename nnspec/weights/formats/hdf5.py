"""HDF5, as Keras writes weights: every dataset is an array, named by its path.

Reading needs the extra `hdf5`. A file may only hold what it stores itself: links and storage that
lead to other files have leaked local files into weights before (Keras, GHSA-3m4q-jmj6-r34q), and
filters outside HDF5's own would load code.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.diagnostics.quote import escape, quote
from nnspec.errors import MissingExtraError, WeightsError
from nnspec.weights.archive import FLOATS, Archive, Entry
from nnspec.weights.content import content

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import h5py
    from numpy.typing import NDArray

SUFFIXES = (".h5", ".hdf5")
EXPANSION = 1000
ALWAYS_ALLOWED = 4 * 1024**3
FILTERS = {1: "gzip", 2: "shuffle", 3: "fletcher32", 32000: "lzf"}
"""The filters that h5py brings along, by their HDF5 numbers."""


def read(path: Path) -> Archive:
    """Open an HDF5 file; an array is called by its path: "dense/kernel:0".

    Raises:
        MissingExtraError: h5py is not installed.
        WeightsError: it is no HDF5 file, a link or a dataset leads to another file, or a dataset
            would expand to more than 4 GiB and more than a thousand times its stored size.
    """
    try:
        import h5py
    except ImportError as error:
        raise MissingExtraError("reading .h5 weights", "hdf5") from error
    data = content(path)
    if bytes(data[:8]) != b"\x89HDF\r\n\x1a\n":
        raise WeightsError(f"{escape(str(path))}: is not an HDF5 file")
    try:
        with h5py.File(path, "r") as file:
            arrays = {name: _entry(path, name, dataset) for name, dataset in _walk(file, path)}
    except WeightsError:
        raise
    except Exception as error:  # HDF5's C library meets damaged bytes in countless ways
        raise WeightsError(f"{escape(str(path))}: is damaged: HDF5 cannot read it") from error
    return Archive(arrays, content=data)


def _walk(file: h5py.File, path: Path) -> Iterator[tuple[str, h5py.Dataset]]:
    """Yield the datasets in the order of their names, by hard links alone."""
    import h5py

    seen: set[Any] = set()
    waiting: list[tuple[str, h5py.Group]] = [("", file)]
    while waiting:
        prefix, group = waiting.pop()
        for key in group:
            name = prefix + key
            if not isinstance(group.get(key, getlink=True), h5py.HardLink):
                raise WeightsError(
                    f"{escape(str(path))}: {quote(name)} is a link; links are not followed"
                )
            item = group[key]
            if isinstance(item, h5py.Dataset):
                yield name, item
            elif isinstance(item, h5py.Group):
                address = h5py.h5o.get_info(item.id).addr
                if address in seen:
                    raise WeightsError(f"{escape(str(path))}: group {quote(name)} is there twice")
                seen.add(address)
                waiting.append((name + "/", item))


def _entry(path: Path, name: str, dataset: h5py.Dataset) -> Entry:
    """Check how one dataset is stored."""
    shown = f"{escape(str(path))}: array {quote(name)}"
    creation = dataset.id.get_create_plist()
    if dataset.is_virtual or creation.get_external_count():
        raise WeightsError(f"{shown} is stored in another file; those are not followed")
    filters = {creation.get_filter(number)[0] for number in range(creation.get_nfilters())}
    if not filters <= FILTERS.keys():
        raise WeightsError(f"{shown} is compressed by other filters than {[*FILTERS.values()]}")
    if dataset.shape is None:
        raise WeightsError(f"{shown} has no shape")
    size, stored = dataset.size * dataset.dtype.itemsize, dataset.id.get_storage_size()
    if size > max(ALWAYS_ALLOWED, EXPANSION * stored):
        raise WeightsError(
            f"{shown} would expand to {size} bytes, "
            f"more than 4 GiB and more than {EXPANSION} times its {stored} stored bytes"
        )
    dtype = dataset.dtype.name
    return Entry(tuple(dataset.shape), dtype, partial(_load, path, name, dtype, shown))


def _load(path: Path, name: str, dtype: str, shown: str) -> NDArray[Any]:
    """Read one dataset; the file is opened anew, so that an archive holds none open."""
    import h5py

    if dtype not in FLOATS:
        raise WeightsError(f"{shown} is {dtype}; weights are float16, float32 or float64")
    try:
        with h5py.File(path, "r") as file:
            stored = file[name][()]
    except Exception as error:  # as in read
        raise WeightsError(f"{shown} is damaged: HDF5 cannot read it") from error
    wide = np.float32 if dtype == "float16" else np.dtype(dtype)
    return np.array(stored, dtype=wide, order="C")

"""Output whole or not at all: a file is written beside its target and put in its place at once."""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from nnspec.data import formats
from nnspec.data.formats import Layout
from nnspec.data.sources import reason
from nnspec.diagnostics.quote import escape, quote
from nnspec.errors import OutputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import DTypeLike

    from nnspec.data.formats import Format, Writer

_DESCRIPTOR = re.compile(r"/dev/(?:fd/(\d{1,9})|(stdout|stderr))|/proc/self/fd/(\d{1,9})")
_STANDARD = {"stdout": 1, "stderr": 2}
_LONGEST_NAME = 200
"""Bytes of the target's name in that of the temporary file; systems allow 255 in all."""


@contextmanager
def writer(
    target: Path | None,
    *,
    columns: tuple[str, ...],
    dtype: DTypeLike,
    shape: tuple[int, ...],
    rows: int | None = None,
    keep: tuple[str, ...] = (),
) -> Iterator[Writer]:
    """Write rows to a file in the format of its suffix; None is CSV on standard output.

    `shape` is that of one row: (columns,), or () for labels, whose blocks are 1-D: int64, or
    texts, with np.str_ as dtype, in the formats where `holds_texts`. The columns to keep stand
    first. `rows` is None where nobody knows yet how many will come.

    Raises:
        OutputError: it cannot be written.
        UsageError: no format has such a suffix, or it cannot hold this.
        MissingExtraError: an optional package is needed.
    """
    format_, suffix = _format(target)
    twice = next((name for name in keep if name in columns or keep.count(name) > 1), None)
    if twice is not None:
        raise UsageError(f"--keep {quote(twice)}: the output would have two columns of that name")
    layout = Layout(columns, np.dtype(dtype), shape, rows, keep, suffix)
    stream = _standard_output() if target is None else atomic(target)
    with stream as file, format_.create(file, layout) as table:
        yield table


def holds_texts(target: Path | None) -> bool:
    """Tell whether an output has named columns and holds label texts.

    Examples:
        >>> from pathlib import Path
        >>> holds_texts(Path("y.npy")), holds_texts(None)
        (False, True)
    """
    return _format(target)[0].TEXTS


def waits(target: Path | None) -> bool:
    """Tell whether writing may wait for somebody, as for the other end of a pipe."""
    try:
        status = os.fstat(sys.stdout.fileno()) if target is None else target.stat()
    except (OSError, ValueError):
        return target is None  # a new file waits for nobody
    return not stat.S_ISREG(status.st_mode)


@contextmanager
def atomic(target: Path) -> Iterator[BinaryIO]:
    """Open a file that appears whole or not at all, whatever ends the `with` block.

    A new file has the mode 0666 less the umask, an old one keeps its mode and, where allowed,
    its owner. A link is followed. What is no file, such as a pipe or a device, is written
    straight. A closed pipe passes through as BrokenPipeError.

    Raises:
        OutputError: it cannot be written; what stood there before stands there still.
    """
    with _faults(escape(str(target))), _opened(target) as file:
        yield file


def _opened(target: Path) -> AbstractContextManager[BinaryIO]:
    if descriptor := _DESCRIPTOR.fullmatch(str(target)):
        number = next(filter(None, descriptor.groups()))
        return os.fdopen(os.dup(_STANDARD.get(number) or int(number)), "wb")
    try:
        real = target.resolve()
    except (ValueError, RuntimeError) as error:  # a zero byte; links in a circle
        raise OSError(str(error)) from None
    old = real.stat() if real.exists() else None
    if old is None or stat.S_ISREG(old.st_mode):
        return _replacing(real, old)
    return real.open("wb")


@contextmanager
def _replacing(real: Path, old: os.stat_result | None) -> Iterator[BinaryIO]:
    """Write beside the target, then take its place: at no moment is there half a file."""
    if old is not None and not os.access(real, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    stem = os.fsdecode(os.fsencode(real.name)[:_LONGEST_NAME])
    temporary = real.with_name(f".{stem}.{os.urandom(8).hex()}.tmp")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        with os.fdopen(descriptor, "wb") as file:
            if old is not None:
                with suppress(OSError):  # only root may give files away
                    os.fchown(descriptor, old.st_uid, old.st_gid)
                os.fchmod(descriptor, stat.S_IMODE(old.st_mode))
            yield file
            file.flush()
            os.fsync(descriptor)
        temporary.replace(real)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _keep_name(real.parent)


def _keep_name(folder: Path) -> None:
    """Have the new name survive a power cut; the file is whole already, so nothing fails here."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def _standard_output() -> Iterator[BinaryIO]:
    with _faults("standard output"):
        sys.stdout.flush()
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()


@contextmanager
def _faults(name: str) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise  # who reads has seen enough; how that ends is for the command line to say
    except OSError as error:
        raise OutputError(f"cannot write {name}: {reason(error)}") from error


def _format(target: Path | None) -> tuple[Format, str]:
    """Find the format by the suffix; what is no file is CSV, as standard output is."""
    suffix = ".csv" if target is None else formats.suffix_of(target.name)
    format_ = formats.by_suffix(suffix)
    if format_ is None and target is not None:
        name = escape(str(target))
        if target.is_dir():
            raise OutputError(f"cannot write {name}: is a directory")
        if _DESCRIPTOR.fullmatch(str(target)) or (target.exists() and not target.is_file()):
            return _format(None)
        raise UsageError(f"{name}: the suffix names the format; known are {formats.known()}")
    assert format_ is not None
    return format_, suffix

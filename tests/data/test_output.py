"""Output files appear whole or not at all, with the right mode, where they were asked for."""

from __future__ import annotations

import errno
import os
import re
import stat
import subprocess
import sys
import threading

import pytest

from nnspec.data.output import atomic
from nnspec.errors import DataError, OutputError

OLD = b"what stood there"


@pytest.fixture(params=["new", "old"])
def target(request, tmp_path):
    path = tmp_path / "y.npy"
    if request.param == "old":
        path.write_bytes(OLD)
    return path


def untouched(target):
    return [p.name for p in target.parent.iterdir()] == (["y.npy"] if target.exists() else []) and (
        not target.exists() or target.read_bytes() == OLD
    )


def write(target, data=b"new", meanwhile=lambda: None):
    with atomic(target) as file:
        file.write(data)
        meanwhile()


def test_what_is_written_is_there_and_nothing_else(target):
    write(target)
    assert target.read_bytes() == b"new"
    assert [p.name for p in target.parent.iterdir()] == ["y.npy"]


def test_until_the_end_the_old_stands_and_the_new_has_a_name_to_recognise(target):
    with atomic(target) as file:
        file.write(b"new")
        file.flush()
        (temporary,) = (p.name for p in target.parent.iterdir() if p != target)
        assert temporary.startswith(".y.npy.")
        assert temporary.endswith(".tmp")
        assert not target.exists() or target.read_bytes() == OLD


@pytest.mark.parametrize("kind", [DataError, KeyboardInterrupt, SystemExit, ZeroDivisionError])
def test_any_exception_leaves_all_as_it_was(target, kind):
    def stop():
        raise kind

    with pytest.raises(kind):
        write(target, meanwhile=stop)
    assert untouched(target)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EDQUOT])
@pytest.mark.parametrize("call", ["os.fsync", "os.open", "os.fdopen", "os.replace"])
def test_a_call_that_fails_is_a_sentence_and_leaves_all_as_it_was(
    target, call, number, monkeypatch
):
    def fail(*args, **options):
        raise OSError(number, os.strerror(number))

    message = re.compile(f"cannot write {target}: {os.strerror(number)}", re.IGNORECASE)
    with monkeypatch.context() as patch:
        patch.setattr(call, fail)
        with pytest.raises(OutputError, match=message):
            write(target)
    assert untouched(target)


def test_a_fault_on_flushing_counts(target):
    program = f"""
import os
from pathlib import Path
from nnspec.data.output import atomic
with atomic(Path({str(target)!r})) as file:
    file.write(b"half")
    os.close(file.fileno())
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert f"OutputError: cannot write {target}: bad file descriptor" in run.stderr
    assert untouched(target)


def test_a_limit_on_the_size_of_files_is_a_sentence(target):
    program = f"""
import resource
from pathlib import Path
from nnspec.data.output import atomic
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
with atomic(Path({str(target)!r})) as file:
    for _ in range(100):
        file.write(bytes(10_000))
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert f"OutputError: cannot write {target}: file too large" in run.stderr
    assert untouched(target)


@pytest.mark.parametrize("umask", [0o022, 0o077, 0o002])
def test_a_new_file_has_0666_less_the_umask(tmp_path, umask):
    before = os.umask(umask)
    try:
        write(tmp_path / "y.npy")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "y.npy").stat().st_mode) == 0o666 & ~umask


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o777])
def test_an_old_file_keeps_its_mode(tmp_path, mode):
    target = tmp_path / "y.npy"
    target.write_bytes(OLD)
    target.chmod(mode)
    write(target)
    assert stat.S_IMODE(target.stat().st_mode) == mode


def test_a_file_that_may_not_be_written_is_not_replaced(tmp_path, monkeypatch):
    target = tmp_path / "y.npy"
    target.write_bytes(OLD)
    monkeypatch.setattr("os.access", lambda path, mode: False)
    with pytest.raises(OutputError, match=r"cannot write .*y\.npy: permission denied"):
        write(target)
    assert untouched(target)


@pytest.mark.parametrize("dangling", [False, True])
def test_a_link_is_followed_and_stays(tmp_path, dangling):
    (tmp_path / "there").mkdir()
    real = tmp_path / "there" / "real.npy"
    if not dangling:
        real.write_bytes(OLD)
    link = tmp_path / "link.npy"
    link.symlink_to("there/real.npy")
    write(link)
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


def test_what_cannot_be_is_a_sentence(tmp_path):
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "file").touch()
    for name, reason in {
        "missing/y.npy": "no such file or directory",
        ".": "is a directory",
        "loop": "(symlink loop|too many levels)",
        "file/y.npy": "not a directory",
        "z" * 256: "file name too long",
        "a\0b": "embedded null byte",
    }.items():
        with pytest.raises(OutputError, match=f"^cannot write .*: .*{reason}"):
            write(tmp_path / name)


def test_a_long_name_that_the_system_allows_is_written(tmp_path):
    write(tmp_path / ("é" * 125 + ".npy"))
    assert len(list(tmp_path.iterdir())) == 1


def test_a_pipe_is_written_straight(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    got = []
    reader = threading.Thread(target=lambda: got.append((tmp_path / "pipe").read_bytes()))
    reader.start()
    write(tmp_path / "pipe")
    reader.join()
    assert got == [b"new"]
    assert [p.name for p in tmp_path.iterdir()] == ["pipe"]


def test_a_pipe_that_nobody_reads_any_more_stays_a_broken_pipe(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    reader = threading.Thread(target=lambda: (tmp_path / "pipe").open("rb").close())
    reader.start()
    with pytest.raises(BrokenPipeError):
        write(tmp_path / "pipe", bytes(1 << 20))
    reader.join()


def test_devices_are_written_straight():
    from pathlib import Path

    write(Path("/dev/null"))
    with pytest.raises(OutputError, match="cannot write /dev/full: no space left on device"):
        write(Path("/dev/full"))
    assert not list(Path("/dev").glob(".*tmp"))


@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
@pytest.mark.parametrize("mode", ["wb", "ab"])
def test_standard_output_by_name_goes_where_it_was_led(tmp_path, name, mode):
    (tmp_path / "log").write_bytes(b"before ")
    program = f"""
from pathlib import Path
from nnspec.data.output import atomic
with atomic(Path({name!r})) as file:
    file.write(b"new")
"""
    with (tmp_path / "log").open(mode) as log:
        subprocess.run([sys.executable, "-c", program], stdout=log, check=True)
    assert (tmp_path / "log").read_bytes() == (b"before new" if mode == "ab" else b"new")
    assert len(list(tmp_path.iterdir())) == 1

"""What is kept between runs: nobody else's, nothing damaged, and never the reason of an error."""

from __future__ import annotations

import os

import pytest

from nnspec import cache

needs_users = pytest.mark.skipif(not hasattr(os, "getuid"), reason="POSIX's owners and modes")


@pytest.fixture
def place(tmp_path):
    return tmp_path / "home" / "nnspec" / "verdicts"


def test_what_is_written_is_read_and_nobody_else_may_look(place):
    cache.write(place, "a", b"content")
    assert cache.read(place, "a") == b"content"
    assert cache.read(place, "b") is None
    assert [path.name for path in place.iterdir()] == ["a"]
    assert place.stat().st_mode & 0o777 == 0o700
    assert place.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("spoil", [b"", b"x", None, "cut", "bit"], ids=str)
def test_a_damaged_file_is_as_good_as_none(place, spoil):
    cache.write(place, "a", b"content")
    whole = (place / "a").read_bytes()
    if spoil == "bit":
        spoilt = [whole[:k] + bytes([whole[k] ^ 1]) + whole[k + 1 :] for k in range(len(whole))]
    elif spoil == "cut":
        spoilt = [whole[:k] for k in range(len(whole))]
    else:
        spoilt = [whole + b"x" if spoil is None else spoil]
    for content in spoilt:
        (place / "a").write_bytes(content)
        assert cache.read(place, "a") is None


@needs_users
@pytest.mark.parametrize("mode", [0o720, 0o702, 0o777])
def test_a_folder_that_others_may_write_to_is_neither_read_nor_written(place, mode):
    cache.write(place, "a", b"content")
    place.chmod(mode)
    assert cache.read(place, "a") is None
    cache.write(place, "b", b"content")
    cache.prune(place, 0)
    assert [path.name for path in place.iterdir()] == ["a"]


@needs_users
def test_a_folder_of_another_user_is_neither_read_nor_written(place, monkeypatch):
    cache.write(place, "a", b"content")
    monkeypatch.setattr(os, "getuid", lambda: place.stat().st_uid + 1)
    assert cache.read(place, "a") is None
    cache.write(place, "b", b"content")
    assert [path.name for path in place.iterdir()] == ["a"]


def test_a_link_to_a_folder_of_ones_own_is_not_followed(place, tmp_path):
    (tmp_path / "mine").mkdir(mode=0o700)
    place.parent.mkdir(parents=True)
    place.symlink_to(tmp_path / "mine")
    cache.write(place, "a", b"content")
    assert list((tmp_path / "mine").iterdir()) == []


def test_where_nothing_can_be_written_nothing_is(tmp_path):
    (tmp_path / "file").write_text("in the way")
    cache.write(tmp_path / "file" / "nnspec" / "verdicts", "a", b"content")
    assert cache.read(tmp_path / "file" / "nnspec" / "verdicts", "a") is None


def test_pruning_keeps_the_newest_half(place):
    for number in range(10):
        cache.write(place, str(number), b"")
        os.utime(place / str(number), (number, number))
    cache.prune(place, 10)
    assert len(list(place.iterdir())) == 10
    cache.prune(place, 8)
    assert sorted(path.name for path in place.iterdir()) == ["6", "7", "8", "9"]


def test_the_folder_is_that_of_the_environment(monkeypatch, tmp_path):
    for name in ("NNSPEC_CACHE_DIR", "NNSPEC_DISABLE_CACHE"):
        monkeypatch.delenv(name, raising=False)
    assert cache.folder(str(tmp_path)) == tmp_path / "nnspec"
    monkeypatch.setenv("NNSPEC_CACHE_DIR", str(tmp_path / "own"))
    assert cache.folder() == tmp_path / "own"
    monkeypatch.setenv("NNSPEC_DISABLE_CACHE", "1")
    assert cache.folder() is None

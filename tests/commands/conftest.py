"""Real commands on real files, through the one boundary that gives exit statuses."""

from __future__ import annotations

import signal
from dataclasses import dataclass

import pytest

from nnspec.cli import main


@dataclass
class Finished:
    status: int
    out: str
    err: str


@pytest.fixture
def call(capsys):
    """Run `nnspec ARGUMENTS` in this process, and put the signal handlers back."""

    def run(*arguments) -> Finished:
        before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            with pytest.raises(SystemExit) as left:
                main([str(argument) for argument in arguments])
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
        return Finished(left.value.code, *capsys.readouterr())

    return run


@pytest.fixture
def spec(tmp_path):
    """Write a spec into the test's folder."""

    def write(text: str, name: str = "spec.yaml"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write

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
    """Run `nnspec ARGUMENTS` in this process, and put the signal handler back."""

    def run(*arguments) -> Finished:
        before = signal.getsignal(signal.SIGTERM)
        try:
            with pytest.raises(SystemExit) as left:
                main([str(argument) for argument in arguments])
        finally:
            signal.signal(signal.SIGTERM, before)
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

"""What tests of reading share."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def nothing_is_kept(monkeypatch):
    """Have each text parsed, though another test read it before; test_kept.py is about the rest."""
    monkeypatch.setenv("NNSPEC_DISABLE_CACHE", "1")

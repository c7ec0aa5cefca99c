"""Environment variables that switch something on."""

from __future__ import annotations

import os


def is_set(variable: str) -> bool:
    """Tell whether a variable has a value that means yes: any but "", 0, false and no."""
    return os.environ.get(variable, "").strip().lower() not in {"", "0", "false", "no"}

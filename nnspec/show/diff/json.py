"""A comparison for programs."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from nnspec.show.json_values import plain

if TYPE_CHECKING:
    from nnspec.show.diff import Comparison


def render(comparison: Comparison) -> str:
    """Give everything as one JSON object; weights and outputs are null where there are none."""
    return json.dumps(plain({"equal": comparison.equal, **asdict(comparison)}), indent=2)

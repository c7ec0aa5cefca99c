"""A feature is clipped to [min, max], so min is not above max."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.diagnostics.diagnostic import Finding
from nnspec.plugin.hookspecs import hookimpl
from nnspec.plugin.rule import Rule
from nnspec.source.document import join

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nnspec.plugin.registry import Registry
    from nnspec.spec.model import Spec


def check(spec: Spec, registry: Registry) -> Iterator[Finding]:
    """Find a minimum above its maximum, for all features or for one."""
    low, high = spec.input.clip_min, spec.input.clip_max
    if low is None or high is None or isinstance(low, str) or isinstance(high, str):
        return
    lows = low if isinstance(low, tuple) else (low,)
    highs = high if isinstance(high, tuple) else (high,)
    if len(lows) == len(highs) or 1 in {len(lows), len(highs)}:
        count = max(len(lows), len(highs))
        lows, highs = lows * (count // len(lows)), highs * (count // len(highs))
    for number, (least, greatest) in enumerate(zip(lows, highs, strict=False)):
        if least > greatest:
            message = f"min is {least:g}, which is above max, {greatest:g}"
            where = join("/input/clip/min", *([number] if isinstance(low, tuple) else []))
            hint = "exchange min and max"
            yield Finding("bad-range", message, where, hint, related="/input/clip/max")
            return


@hookimpl
def nnspec_rules() -> list[Rule]:
    """Register the rule."""
    return [Rule("clip-order", check)]

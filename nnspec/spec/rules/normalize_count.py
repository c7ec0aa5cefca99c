"""A list in clip, normalize or denormalize has one number per feature."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.diagnostics.diagnostic import Finding
from nnspec.plugin.hookspecs import hookimpl
from nnspec.plugin.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nnspec.plugin.registry import Registry
    from nnspec.spec.model import Spec


def check(spec: Spec, registry: Registry) -> Iterator[Finding]:
    """Find lists of another length."""
    inputs, outputs = spec.input.size, spec.output.layer.size_out
    lists = (
        ("/input/clip/min", spec.input.clip_min, inputs, "inputs"),
        ("/input/clip/max", spec.input.clip_max, inputs, "inputs"),
        ("/input/normalize/mean", spec.input.mean, inputs, "inputs"),
        ("/input/normalize/std", spec.input.std, inputs, "inputs"),
        ("/output/denormalize/mean", spec.output.mean, outputs, "outputs"),
        ("/output/denormalize/std", spec.output.std, outputs, "outputs"),
    )
    for pointer, numbers, size, what in lists:
        if isinstance(numbers, tuple) and size is not None and len(numbers) != size:
            message = f"a list of {len(numbers)} for {size} {what}"
            hint = f"give one number for all, or {size} of them"
            yield Finding("normalize-count", message, pointer, hint)


@hookimpl
def nnspec_rules() -> list[Rule]:
    """Register the rule."""
    return [Rule("normalize-count", check)]

"""A check compares outputs or labels, with the limits that go with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.diagnostics.diagnostic import Finding
from nnspec.plugin.hookspecs import hookimpl
from nnspec.plugin.rule import Rule
from nnspec.source.document import join

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nnspec.plugin.registry import Registry
    from nnspec.spec.model import CheckSpec, Spec, Task


def check(spec: Spec, registry: Registry) -> Iterator[Finding]:
    """Find checks whose keys do not go together."""
    for case in spec.checks:
        yield from _outputs_or_labels(case, spec.task)
        if case.min_accuracy is not None and case.labels is None:
            where = join(case.pointer, "min_accuracy")
            message = "accuracy is the share of right labels, and the check has none"
            yield Finding("checks-keys", message, where, "add 'labels: <file>'", at="key")
        if case.max_rmse is not None:
            where = join(case.pointer, "max_rmse")
            if case.output is None:
                message = "the error is taken from outputs, and the check has none"
                yield Finding("checks-keys", message, where, "add 'output: <file>'", at="key")
            elif spec.task not in {None, "regression"}:
                message = f"a {spec.task} task has no root mean square error"
                yield Finding("checks-keys", message, where, "use 'min_accuracy'", at="key")


def _outputs_or_labels(case: CheckSpec, task: Task | None) -> Iterator[Finding]:
    labels = join(case.pointer, "labels")
    if case.output is None and case.labels is None:
        hint = "add 'output: <file>' or 'labels: <file>'"
        message = "the check has nothing to compare with"
        yield Finding("checks-keys", message, case.pointer, hint)
    elif case.output is not None and case.labels is not None:
        hint = "make two checks of it"
        message = "a check compares outputs or labels, and this one has an output already"
        other = join(case.pointer, "output")
        yield Finding("checks-keys", message, labels, hint, at="key", related=other)
    elif case.labels is not None and task == "regression":
        hint = "compare with 'output: <file>'"
        yield Finding("checks-keys", "a regression has no labels", labels, hint, at="key")


@hookimpl
def nnspec_rules() -> list[Rule]:
    """Register the rule."""
    return [Rule("checks-keys", check)]

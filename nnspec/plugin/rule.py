"""What a rule is: a check of a spec that JSON Schema cannot express."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from nnspec.diagnostics.diagnostic import Finding
    from nnspec.plugin.registry import Registry
    from nnspec.spec.model import Spec


@dataclass(frozen=True)
class Rule:
    """A check beyond the schema.

    Attributes:
        name: one word for it, in lists.
        check: `check(spec, registry)` yields findings. What the schema has already refused is
            None in the spec it gets: a rule passes over what it does not know.
        strict: only `--strict` asks for it.
    """

    name: str
    check: Callable[[Spec, Registry], Iterable[Finding]]
    strict: bool = False

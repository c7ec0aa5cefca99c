"""Which array of a file is which of ours: by `names` of the spec, or by the one rule that fits."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from nnspec import folder
from nnspec.records import dataclass, field
from nnspec.weights import faults, patterns

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from nnspec.diagnostics.diagnostic import Finding
    from nnspec.spec.parameters import Expected
    from nnspec.weights.archive import Archive
    from nnspec.weights.rules import Proposal, Rule, Shapes


@dataclass(frozen=True)
class Matching:
    """The names of a file, understood.

    Attributes:
        mapping: our name → the file's name, and whether the matrix is to be transposed; only
            arrays that are there and have the right shape.
        rule: what `nnspec show` calls the way of naming; "" where none was found.
        findings: what is missing, left over, of the wrong shape, or undecided.
    """

    mapping: Mapping[str, tuple[str, bool]]
    rule: str
    findings: list[Finding] = field(default_factory=list)


def match(
    expected: Sequence[Expected],
    archive: Archive,
    *,
    file: str,
    names: Mapping[str, str] | None = None,
    layout: str | None = None,
    extras: Collection[str] = (),
) -> Matching:
    """Find every expected array in a file.

    Args:
        expected: the arrays that the spec needs.
        archive: the file.
        file: what messages call the file.
        names: the spec's key of that name.
        layout: "out_in" where all matrices are stored transposed, "in_out" where none is; None
            leaves it to the rule.
        extras: arrays of the file that normalize and the like take.
    """
    shapes = {name: shape for name, shape in archive.shapes.items() if name not in extras}
    findings: list[Finding] = []
    if names is not None:
        proposal, findings = patterns.propose(expected, names)
        proposals = [proposal]
    else:
        rules = [cast("Rule", module) for module in folder.modules("nnspec.weights.rules")]
        proposals = [rule.propose(expected, shapes) for rule in rules]
    if layout is not None:
        proposals = [replace(one, transposed=layout == "out_in") for one in proposals]
    elif archive.metadata.get("format") == "pt":
        # PyTorch wrote it, so that our own names need not mean that matrices are (in, out).
        proposals += [replace(one, transposed=True) for one in proposals if not one.transposed]

    fitting = [one for one in proposals if _fits(expected, one, shapes)]
    results = [_mapping(expected, one, shapes) for one in fitting]
    if fitting and any(result != results[0] for result in results):
        other = next(i for i, result in enumerate(results) if result != results[0])
        pair = (fitting[0], fitting[other])
        return Matching({}, "", [*findings, faults.ambiguous(file, *pair)])
    best = fitting[0] if fitting else max(proposals, key=lambda one: _likeness(one, shapes))
    if _likeness(best, shapes) == (0, 0):
        return Matching({}, "", [*findings, faults.unmatched(file, expected, shapes)])
    findings += faults.found(file, expected, best, shapes)
    return Matching(_mapping(expected, best, shapes), best.title, findings)


def _mapping(
    expected: Sequence[Expected], proposal: Proposal, shapes: Shapes
) -> dict[str, tuple[str, bool]]:
    """Give what is there with the right shape."""
    mapping: dict[str, tuple[str, bool]] = {}
    for array in expected:
        name = proposal.names.get(array.name)
        shape = array.parameter.shape
        turned = proposal.transposed and len(shape) == 2
        if name in shapes and array.parameter.takes(shapes[name][::-1] if turned else shapes[name]):
            mapping[array.name] = (name, turned and shape != (1, 1))
    return mapping


def _fits(expected: Sequence[Expected], proposal: Proposal, shapes: Shapes) -> bool:
    return len(_mapping(expected, proposal, shapes)) == len(expected)


def _likeness(proposal: Proposal, shapes: Shapes) -> tuple[int, int]:
    """Count the arrays of a file that a rule knows, and those that have our very names."""
    known = [(ours, name) for ours, name in proposal.names.items() if name in shapes]
    return len(known), sum(ours == name for ours, name in known)

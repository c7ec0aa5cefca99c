"""What to say of a file whose arrays are not those that the spec needs."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from nnspec.diagnostics.diagnostic import Finding
from nnspec.diagnostics.quote import quote
from nnspec.diagnostics.suggest import did_you_mean
from nnspec.source.document import join

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nnspec.spec.parameters import Expected
    from nnspec.weights.rules import Proposal, Shapes

PLACE = "/weights/file"
_LISTED = 12
_COMPARED = 200
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_./-]*", re.ASCII)


def found(
    file: str, expected: Sequence[Expected], proposal: Proposal, shapes: Shapes
) -> list[Finding]:
    """Name what is missing, of the wrong shape, or left over when a file is read in one way."""
    taken = {name for name in proposal.names.values() if name in shapes}
    left = [name for name in shapes if name not in taken | proposal.ignored]
    findings = [
        finding
        for array in expected
        if (finding := _fault(file, array, proposal, shapes, left)) is not None
    ]
    if left:
        findings.append(left_over(file, {name: shapes[name] for name in left}))
    return findings


def left_over(file: str, left: Shapes) -> Finding:
    """Name the arrays of a file that nothing takes."""
    return Finding("weights-left-over", f"no layer takes {_listed(left)} from {file}", PLACE)


def _fault(
    file: str, array: Expected, proposal: Proposal, shapes: Shapes, left: Sequence[str]
) -> Finding | None:
    """Say what is wrong with one array; None if nothing is."""
    name, shape = proposal.names.get(array.name), array.parameter.shape
    pointer = PLACE
    if array.name in proposal.keys:
        pointer = join("/weights/names", proposal.keys[array.name])
    if name is None or name not in shapes:
        called = "" if name in (None, array.name) else f" {quote(name)}"
        return Finding(
            "weights-missing",
            f"{file} has no array{called} for {array.name} of shape {shape}",
            pointer,
            did_you_mean(name or array.name, left[:_COMPARED])
            or ("a layer without one says bias: false" if array.parameter.name == "bias" else None),
        )
    turned = proposal.transposed and len(shape) == 2
    stored, there = (shape[::-1] if turned else shape), shapes[name]
    if array.parameter.takes(there[::-1] if turned else there):
        return None
    hint = None
    if len(shape) == 2 and there == stored[::-1]:
        hint = f"if matrices are stored {'(in, out)' if turned else '(out, in)'}, write " + (
            "layout: in_out" if turned else "layout: out_in"
        )
    return Finding(
        "weights-shape",
        f"{quote(name)} in {file} has the shape {_shape(there)}, "
        f"and {array.name} needs {stored}{', stored (out, in)' if turned else ''}",
        pointer,
        hint,
    )


def ambiguous(file: str, one: Proposal, other: Proposal) -> Finding:
    """Say that two readings of a file both fit."""
    if one.names == other.names:
        return Finding(
            "weights-ambiguous",
            f"the matrices of {file} are square, so that nothing tells (in, out) from (out, in)",
            PLACE,
            "write layout: out_in if PyTorch stored them as its own, else layout: in_out",
        )
    return Finding(
        "weights-ambiguous",
        f"{file} can be read as {one.title} and as {other.title}",
        PLACE,
        f"write names: {_block(one.names)} or names: {_block(other.names)}",
    )


def unmatched(file: str, expected: Sequence[Expected], shapes: Shapes) -> Finding:
    """Say that no rule knows a name of the file; propose `names` by the shapes."""
    left = dict(shapes)
    guess: dict[str, str] = {}
    for array in expected:
        fitting = (
            n for n in left if left[n] in (array.parameter.shape, array.parameter.shape[::-1])
        )
        guess[array.name] = next(fitting, "…")
        left.pop(guess[array.name], None)
    holds = _listed(shapes) if shapes else "no arrays"
    return Finding(
        "weights-unmatched",
        f"no array of {file} has a name that is known; it holds {holds}",
        PLACE,
        f"write which is which, for example names: {_block(guess)}",
    )


def _listed(shapes: Shapes) -> str:
    """List arrays with their shapes, and how many more there are."""
    shown = [f"{quote(name)} {_shape(shape)}" for name, shape in [*shapes.items()][:_LISTED]]
    more = len(shapes) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _shape(shape: tuple[int, ...]) -> str:
    return str(shape) if len(shape) <= 8 else f"of {len(shape)} dimensions"


def _block(names: Mapping[str, str]) -> str:
    """Write a mapping as YAML would read it on one line."""
    pairs: Iterable[str] = (
        f"{ours}: {name if _PLAIN.fullmatch(name) or name == '…' else json.dumps(name)}"
        for ours, name in [*names.items()][:_LISTED]
    )
    return "{" + ", ".join(pairs) + (", …}" if len(names) > _LISTED else "}")

"""The key `names` of a spec: our names to the file's, one by one or by patterns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nnspec.diagnostics.diagnostic import Finding
from nnspec.diagnostics.quote import quote
from nnspec.diagnostics.suggest import did_you_mean
from nnspec.source.document import join
from nnspec.weights.rules import Proposal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nnspec.spec.parameters import Expected

_PLACEHOLDER = re.compile(r"\{(n|n0|layer)\}")
_BRACES = re.compile(r"\{[^{}]*\}")


def expand(pattern: str, array: Expected) -> str | None:
    """Fill in a pattern: `{n}` counts dense layers from 1, `{n0}` from 0, `{layer}` is the name.

    None where the pattern asks for a number and the layer is no dense one.

    Examples:
        >>> from nnspec.plugin.layer import Parameter
        >>> from nnspec.spec.parameters import Expected
        >>> array = Expected("output", "dense", 2, Parameter("weight", (100, 10)))
        >>> expand("W{n}", array), expand("{layer}/{n0}", array)
        ('W3', 'output/2')
    """
    values = {"layer": array.layer}
    if array.dense is not None:
        values |= {"n": str(array.dense + 1), "n0": str(array.dense)}
    if not {match[1] for match in _PLACEHOLDER.finditer(pattern)} <= values.keys():
        return None
    return _PLACEHOLDER.sub(lambda match: values[match[1]], pattern)


def propose(
    expected: Sequence[Expected], names: Mapping[str, str]
) -> tuple[Proposal, list[Finding]]:
    """Read a file as `names` says: one by one first, then by patterns, else by our own names.

    Findings are keys that are no names of ours, and placeholders that mean nothing.
    """
    ours = {array.name for array in expected}
    parameters = {array.parameter.name for array in expected}
    mapping: dict[str, str] = {}
    keys: dict[str, str] = {}
    for array in expected:
        key = array.name if array.name in names else array.parameter.name
        written = names.get(key)
        file_name = written if key == array.name else expand(written or "", array)
        if written is not None and file_name is not None:
            keys[array.name] = key
        mapping[array.name] = file_name or array.name
    findings = [
        Finding(
            "weights-names",
            f"no layer has a parameter {quote(key)}",
            join("/weights/names", key),
            did_you_mean(key, [*parameters, *ours])
            or f"the parameters are {', '.join(sorted(ours)[:6])}",
            at="key",
        )
        for key in names
        if key not in ours | parameters
    ]
    findings += [
        Finding(
            "weights-names",
            f"unknown placeholder {quote(braces)}",
            join("/weights/names", key),
            "a pattern can hold {n}, {n0} and {layer}",
        )
        for key, written in names.items()
        if key in parameters - ours
        for braces in _BRACES.findall(_PLACEHOLDER.sub("", written))
    ]
    return Proposal("names in the spec", mapping, keys=keys), findings

"""A spec of the network that a weights file seems to be of."""

from __future__ import annotations

import hashlib
import json
import os
import re
from typing import TYPE_CHECKING

from nnspec.diagnostics.quote import escape
from nnspec.errors import UsageError, WeightsError
from nnspec.examine import Options, examine_text
from nnspec.scaffold.infer import infer
from nnspec.scaffold.layers import lines
from nnspec.scaffold.spec import comment, fill
from nnspec.source.scalars import resolve
from nnspec.weights.reading import read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from nnspec.scaffold.infer import Inferred
    from nnspec.weights.archive import Archive

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_./-]*", re.ASCII)
_ONE_OUTPUT = "one output: binary if it is a probability"
_SEVERAL_OUTPUTS = "several outputs: regression if they are numbers, multilabel if several hold"


def from_weights(path: Path, weights: Path) -> str:
    """Give a commented spec of the network whose weights are in a file.

    Sizes, kinds and order of the layers come from names and shapes of the arrays; `layout` and
    `names` are written only where the file would not be understood without.

    Args:
        path: where the spec will stand, which is where the path in it starts.
        weights: the file.

    Raises:
        WeightsError: it cannot be read, or its arrays are not those of a network that a spec can
            say.
        UsageError: the file is not below the spec's folder or the working directory.
    """
    archive = read(weights)
    shown = escape(str(weights))
    inferred = infer(archive, shown)
    known = _words(path, weights, archive, inferred)
    fault = ""
    for how in _hows(inferred):
        text = fill("from_weights", how=how, **known)
        examined = examine_text(text, Options(), name=path.name, folder=path.parent)
        matching = examined.loaded.mapping if examined.loaded else None
        if not examined.faulty and matching and matching.mapping == inferred.mapping:
            return text
        errors = [one for one in examined.diagnostics if one.severity == "error"]
        if any(one.code == "weights-outside" for one in errors):
            place = escape(str(path.parent))
            raise UsageError(f"{shown} is not below {place}, the folder of the spec; put it there")
        fault = errors[0].message if errors else "its names can be read in two ways"
    raise WeightsError(f"{shown}: no spec can say this network: {fault}")


def _words(path: Path, weights: Path, archive: Archive, inferred: Inferred) -> dict[str, object]:
    """Give what the template leaves open, but for how the file is to be read."""
    found = inferred.layers
    outputs = found[-1].size_out
    one = outputs == 1
    return {
        "file": comment(path.name),
        "weights": comment(weights.name),
        "task": "regression" if one else "multiclass",
        "reason": _ONE_OUTPUT if one else _SEVERAL_OUTPUTS,
        "dtype": "float64" if inferred.double else "float32",
        "inputs": found[0].size_in,
        "normalize": _normalize(inferred.statistics),
        "outputs": outputs,
        "layers": "\n".join(_layers(inferred)),
        "file_name": _scalar(_relative(weights, path)),
        "sha256": hashlib.sha256(archive.content).hexdigest(),
    }


def _layers(inferred: Inferred) -> Iterator[str]:
    hidden = lines(inferred.layers)
    if not inferred.told and any(layer.type != "dense" for layer in inferred.layers):
        yield "# TODO is that the order? The names do not tell it; all sizes fit."
    yield "layers:" if hidden else "layers: []"
    yield from (f"  - {line}" for line in hidden)


def _normalize(statistics: tuple[str, str] | None) -> str:
    if statistics is None:
        return "# normalize: {mean: 0.0, std: 1.0}  # TODO (x - mean) / std, if the training did so"
    mean, std = map(_scalar, statistics)
    return f"normalize: {{mean: {mean}, std: {std}}}  # TODO so the file's names suggest"


def _hows(inferred: Inferred) -> Iterator[str]:
    """Yield what may have to be said of the file, from nothing to everything."""
    layout = f"  layout: {'out_in' if inferred.transposed else 'in_out'}\n"
    pairs = (f"    {ours}: {_scalar(name)}\n" for ours, (name, _) in inferred.mapping.items())
    yield from ("", layout, f"{layout}  names:\n{''.join(pairs)}")


def _relative(weights: Path, path: Path) -> str:
    try:
        return os.path.relpath(weights.resolve(), path.parent.resolve()).replace(os.sep, "/")
    except ValueError as error:  # another drive
        raise UsageError(f"{escape(str(weights))} is not below the folder of the spec") from error


def _scalar(text: str) -> str:
    return text if _PLAIN.fullmatch(text) and isinstance(resolve(text), str) else json.dumps(text)

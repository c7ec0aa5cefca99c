"""Hypothesis strategies: whole specs that are valid, and faults to plant in them."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from functools import cache
from typing import Any

from hypothesis import strategies as st

from nnspec.plugin.manager import load_plugins

NAMES = st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,5}", fullmatch=True)
LABELS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co")),
    min_size=1,
    max_size=6,
)
SIZES = st.integers(1, 6)
NUMBERS = st.floats(-1e3, 1e3)


@cache
def activations() -> list[str]:
    """Name what is built in, keeps the number of features, and needs no setting."""
    registry = load_plugins()
    return sorted(
        name
        for name, one in registry.activations.items()
        if registry.origins["activation", name].name == "nnspec" and one.width is None and not one.required and not one.learnable
    )  # fmt: skip


@st.composite
def layers(draw: st.DrawFn, size: int, depth: int = 2) -> tuple[list[dict[str, Any]], int]:
    """Draw layers that take `size` features; give them with how many come out."""
    drawn: list[dict[str, Any]] = []
    for _ in range(draw(st.integers(0, 3))):
        kind = draw(
            st.sampled_from(
                ["dense", "activation", "dropout", "batchnorm", "layernorm", "rmsnorm", "residual"]
            )
        )
        layer: dict[str, Any] = {} if kind == "dense" and draw(st.booleans()) else {"type": kind}
        if kind == "dense":
            size = layer["size"] = draw(SIZES)
            if draw(st.booleans()):
                layer["bias"] = draw(st.booleans())
        if kind in ("dense", "activation"):
            layer["activation"] = draw(st.sampled_from(activations()))
        if kind == "dropout":
            layer["rate"] = draw(st.floats(0, 0.99))
        if kind == "residual":
            inner, out = draw(layers(size, depth - 1)) if depth else ([], size)
            layer["layers"] = inner if inner and out == size else [*inner, {"size": size}]
        drawn.append(layer)
    return drawn, size


@st.composite
def specs(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a spec that is valid in every respect, with weights from a seed."""
    task = draw(st.sampled_from(["regression", "binary", "multiclass", "multilabel"]))
    size = draw(SIZES)
    inputs: dict[str, Any] = {"size": size}
    if draw(st.booleans()):
        inputs["features"] = draw(st.lists(NAMES, min_size=size, max_size=size, unique=True))
    if draw(st.booleans()):
        inputs["normalize"] = {"mean": draw(NUMBERS), "std": draw(st.floats(0.1, 1e3))}
    if draw(st.booleans()):
        inputs["clip"] = {"min": -1, "max": draw(st.floats(-0.5, 1e3))}
    hidden, _ = draw(layers(size))
    outputs = {"binary": 1, "multiclass": draw(st.integers(2, 5))}.get(task, draw(SIZES))
    output: dict[str, Any] = {"size": outputs}
    if task != "regression" and draw(st.booleans()):
        count = 2 if task == "binary" else outputs
        output["labels"] = draw(st.lists(LABELS, min_size=count, max_size=count, unique=True))
    if task in ("binary", "multilabel") and draw(st.booleans()):
        output["threshold"] = draw(st.floats(0.01, 0.99))
    spec: dict[str, Any] = {
        "nnspec": 1,
        "task": task,
        "input": inputs,
        "layers": hidden,
        "output": output,
    }
    if draw(st.booleans()):
        spec["dtype"] = draw(st.sampled_from(["float32", "float64"]))
    if draw(st.booleans()):
        spec["name"] = draw(LABELS)
    scheme = st.sampled_from(["zeros", "glorot_uniform", "he_normal", "lecun_normal"])
    spec["weights"] = {"init": draw(scheme), "seed": draw(st.integers(0, 2**32))}
    return spec


WHOLE = st.one_of(
    st.none(), st.booleans(), st.integers(-2, 5), st.sampled_from([10**30, 2**64]), st.text(max_size=3),
    st.floats(allow_nan=False, allow_infinity=False).filter(lambda x: not x.is_integer()),
    st.sampled_from(["relu", "gelu", "dense", "dropout", "residual", "multiclass", "w.npz"]),
)  # fmt: skip
ANYTHING = st.recursive(
    WHOLE,
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["size", "type", "name", "activation", "file", "init", "layers", "x"]), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
"""What may stand in the place of any value; numbers such as 2.0 are left out, which JSON Schema takes for 2."""

TOKEN = "planted-here"
NUMBER = -987654321


@dataclass(frozen=True)
class Planted:
    """A spec with one fault, and the text by which its line is found."""

    spec: dict[str, Any]
    token: str


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """List the paths of all values."""
    found = [path] if path else []
    if isinstance(data, (dict, list)):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            found += places(value, (*path, key))
    return found


def at(data: Any, path: tuple[Any, ...]) -> Any:
    """Give the value at a path."""
    for key in path:
        data = data[key]
    return data


@st.composite
def planted(draw: st.DrawFn) -> Planted:
    """Draw a valid spec and plant one fault: a key, a type, a number, a name."""
    spec = copy.deepcopy(draw(specs()))
    paths = places(spec)
    kind = draw(st.sampled_from(["key", "type", "range", "name"]))
    if kind == "key":
        mappings = [(), *(path for path in paths if isinstance(at(spec, path), dict))]
        mapping = at(spec, draw(st.sampled_from(mappings)))
        mapping[TOKEN] = 1
        return Planted(spec, TOKEN)
    if kind == "name":
        chosen = [path for path in paths if path[-1] == "activation"] + [("task",)]
        path = draw(st.sampled_from(chosen))
        at(spec, path[:-1])[path[-1]] = TOKEN
        return Planted(spec, TOKEN)
    numeric = [path for path in paths if path[-1] in ("size", "rate", "threshold", "seed")]
    path = draw(st.sampled_from(numeric))
    token = TOKEN if kind == "type" else str(NUMBER)
    at(spec, path[:-1])[path[-1]] = TOKEN if kind == "type" else NUMBER
    return Planted(spec, token)

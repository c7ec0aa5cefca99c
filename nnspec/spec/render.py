"""Spec → plain data with every default written out, in the order of the contract."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nnspec.spec.model import (
        ActivationUse,
        CheckSpec,
        InputSpec,
        LayerSpec,
        Number,
        OutputSpec,
        Spec,
        WeightsSpec,
    )


def render(spec: Spec) -> dict[str, Any]:
    """Write a spec without faults out whole; building the result again gives the same spec.

    What is absent and has no default stays absent: labels, features, weights, ….
    """
    whole = {
        "nnspec": 1,
        "name": spec.name,
        "description": spec.description or None,
        "task": spec.task,
        "dtype": spec.dtype,
        "input": _input(spec.input),
        "layers": [_layer(layer) for layer in spec.layers],
        "output": _output(spec.output),
        "weights": None if spec.weights is None else _weights(spec.weights),
        "checks": [_check(case) for case in spec.checks] or None,
        "plugins": list(spec.plugins) or None,
        "metadata": dict(spec.metadata) or None,
    }
    return _given(whole)


def _input(part: InputSpec) -> dict[str, Any]:
    clip = {"min": _numbers(part.clip_min), "max": _numbers(part.clip_max)}
    return _given(
        {
            "size": part.size,
            "features": None if part.features is None else list(part.features),
            "clip": _given(clip) or None,
            "normalize": _statistics(part.mean, part.std),
        }
    )


def _output(part: OutputSpec) -> dict[str, Any]:
    threshold = part.threshold
    same = threshold is not None and len(set(threshold)) == 1
    return _given(
        {
            "size": part.layer.size_out,
            "labels": None if part.labels is None else list(part.labels),
            "threshold": threshold[0] if threshold and same else _numbers(threshold),
            "activation": _activation(part.layer.activation),
            "denormalize": _statistics(part.mean, part.std),
        }
    )


def _layer(layer: LayerSpec) -> dict[str, Any]:
    """Write the type, the name, then the settings; a setting whose default is null stays out."""
    whole = {"type": layer.type, "name": layer.name, **_given(dict(layer.settings))}
    if layer.activation is not None:
        whole["activation"] = _activation(layer.activation)
    if layer.type in {"residual", "concat"} or layer.layers:
        whole["layers"] = [_layer(nested) for nested in layer.layers]
    return whole


def _activation(use: ActivationUse | None) -> Any:
    """Write the name as the spec has it, with the parameters where there are any."""
    if use is None or not use.parameters:
        return None if use is None else use.written
    return {"name": use.written, **use.parameters}


def _weights(part: WeightsSpec) -> dict[str, Any]:
    if part.init is not None:
        return {"init": part.init, "seed": part.seed}
    if part.values is not None:
        return {"values": dict(part.values)}
    return _given(
        {
            "file": part.file,
            "sha256": part.sha256,
            "layout": part.layout,
            "names": None if part.names is None else dict(part.names),
        }
    )


def _check(case: CheckSpec) -> dict[str, Any]:
    return _given(
        {
            "input": case.input,
            "output": case.output,
            "labels": case.labels,
            "rtol": case.rtol,
            "atol": case.atol,
            "min_accuracy": case.min_accuracy,
            "max_rmse": case.max_rmse,
        }
    )


def _statistics(mean: Number | None, std: Number | None) -> dict[str, Any] | None:
    return _given({"mean": _numbers(mean), "std": _numbers(std)}) or None


def _numbers(numbers: Number | None) -> Any:
    return list(numbers) if isinstance(numbers, tuple) else numbers


def _given(mapping: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in mapping.items() if value is not None}

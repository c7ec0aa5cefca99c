"""Specs made by hand, for the stages after the schema."""

from __future__ import annotations

from typing import Any

import pytest

from nnspec import folder
from nnspec.plugin.registry import Registry
from nnspec.spec.model import InputSpec, LayerSpec, OutputSpec, Spec, WeightsSpec


@pytest.fixture(scope="session")
def registry():
    """The built-in layers, without the rest of what plugins give."""
    layers = [
        layer for module in folder.modules("nnspec.layers") for layer in module.nnspec_layers()
    ]
    return Registry(layers={layer.type: layer for layer in layers})


@pytest.fixture
def spec():
    """Make a spec of 2 inputs, dense1 of 3 and 2 outputs; `batchnorm` puts one between."""

    def make(
        *,
        dtype: Any = "float32",
        batchnorm: bool = False,
        mean: Any = None,
        std: Any = None,
        **weights: Any,
    ) -> Spec:
        layers = [LayerSpec("dense", "dense1", {"bias": True, "size": 3}, 2, 3, "/layers/0")]
        if batchnorm:
            settings = {"epsilon": 1e-3, "center": True, "scale": True}
            layers.append(LayerSpec("batchnorm", "batchnorm1", settings, 3, 3, "/layers/1"))
        output = LayerSpec("dense", "output", {"bias": True, "size": 2}, 3, 2, "/output")
        return Spec(
            name="net",
            description="",
            task="regression",
            dtype=dtype,
            input=InputSpec(2, mean=mean, std=std),
            layers=tuple(layers),
            output=OutputSpec(output),
            weights=WeightsSpec(**weights) if weights else None,
            checks=(),
            plugins=(),
        )

    return make

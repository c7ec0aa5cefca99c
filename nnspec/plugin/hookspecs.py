"""The hooks that a plugin may implement; nnspec's own parts come in by the same ones.

A plugin is a Python module with one or more of these hooks, each marked by `@nnspec.hookimpl`. It
is found when its distribution has an entry point in the group `nnspec`, or given by `--plugin` or
`plugins=`. `nnspec new-plugin NAME` writes such a distribution. Each example below is a whole
plugin and a whole spec; a test runs them as they stand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nnspec.plugin.activation import Activation
    from nnspec.plugin.engine import Engine
    from nnspec.plugin.layer import Layer
    from nnspec.plugin.rule import Rule

hookspec = pluggy.HookspecMarker("nnspec")
hookimpl = pluggy.HookimplMarker("nnspec")


@hookspec
def nnspec_activations() -> Sequence[Activation]:  # type: ignore[empty-body]
    """Give activations; each becomes part of schema, runner and documentation.

    One function is enough. A parameter is a JSON Schema fragment, and part of the schema of specs
    at once; the function gets it by name. `nnspec.testing.check_activation` tells whether it
    keeps all that an activation promises.

    A plugin::

        import nnspec
        import numpy as np


        def bent(x, width):
            return np.where(np.abs(x) < width, 0.0, x).astype(x.dtype)


        @nnspec.hookimpl
        def nnspec_activations():
            width = {"type": "number", "minimum": 0, "default": 1.0}
            return [
                nnspec.Activation(
                    "dead_zone",
                    bent,
                    parameters={"width": width},
                    formula="0 if |x| < width, else x",
                )
            ]

    A spec that uses it::

        nnspec: 1
        task: regression
        input: 1
        layers:
          - {type: activation, activation: {name: dead_zone, width: 0.5}}
        output: 1
        weights:
          values: {output.weight: [[10.0]], output.bias: [1.0]}
    """


@hookspec
def nnspec_layers() -> Sequence[Layer]:  # type: ignore[empty-body]
    """Give layer kinds; each becomes a `type` that a spec may name.

    A kind has keys with a schema, arrays from the weights file, and `lower`, which turns it into
    ops: those of `nnspec.ops`, or its own. An op's kernel writes to `out`.

    A plugin, with radial basis functions exp(−Σᵢ (xᵢ − centerᵢⱼ)² · sharpnessⱼ)::

        import nnspec
        import numpy as np


        def kernel(inputs, out, *, center, sharpness):
            distance = inputs[0][:, :, np.newaxis] - center
            out[...] = np.exp(-sharpness * np.square(distance).sum(axis=1))


        RADIAL = nnspec.Op(
            "radial",
            size=lambda sizes, settings: settings["center"].shape[1],
            kernel=kernel,
            flops=lambda sizes, settings: 3 * settings["center"].size,
        )


        def parameters(settings, size_in):
            return [
                nnspec.Parameter("center", (size_in, settings["size"])),
                nnspec.Parameter("sharpness", (settings["size"],), initial=1.0),
            ]


        def lower(layer, x):
            center, sharpness = layer.array("center"), layer.array("sharpness")
            return layer.emit(RADIAL, x, center=center, sharpness=sharpness)


        @nnspec.hookimpl
        def nnspec_layers():
            return [
                nnspec.Layer(
                    type="radial",
                    title="Radial basis functions",
                    description="exp(-sharpness * |x - center|²), per feature out.",
                    properties={
                        "size": {
                            "title": "Size",
                            "description": "Features out.",
                            "type": "integer",
                            "minimum": 1,
                        }
                    },
                    required=("size",),
                    parameters=parameters,
                    size=lambda settings, size_in, size_nested: settings["size"],
                    lower=lower,
                )
            ]

    A spec that uses it::

        nnspec: 1
        task: regression
        dtype: float64
        input: 2
        layers:
          - {type: radial, size: 2}
        output: 1
        weights:
          values:
            radial1.center: [[0.0, 3.0], [0.0, 4.0]]
            radial1.sharpness: [0.1, 0.0]
            output.weight: [[1.0], [10.0]]
            output.bias: [0.0]
    """


@hookspec
def nnspec_rules() -> Sequence[Rule]:  # type: ignore[empty-body]
    """Give checks that run on every spec after the schema.

    A check yields findings; the pointer says where in the spec, and `nnspec validate` shows the
    line. An error stops a run, a warning does not, and gives way to errors in the same part of the
    spec. A rule with `strict=True` is asked by `nnspec validate --strict` alone. What the schema
    has refused is None.

    A plugin::

        import nnspec


        def check(spec, registry):
            outputs = spec.output.layer.size_out
            for layer in spec.layers:
                if None not in (layer.size_out, outputs) and layer.size_out < outputs:
                    yield nnspec.Finding(
                        "bottleneck",
                        f"{layer.size_out} features before {outputs} outputs",
                        f"{layer.pointer}/size",
                        f"the outputs cannot all differ; give it {outputs} or more",
                        severity="warning",
                    )


        @nnspec.hookimpl
        def nnspec_rules():
            return [nnspec.Rule("bottleneck", check)]

    A spec with such a layer::

        nnspec: 1
        task: multiclass
        input: 4
        layers:
          - {size: 8, activation: relu}
          - {size: 2, activation: relu}
        output: 3
        weights: {init: zeros}
    """


@hookspec
def nnspec_engines() -> Sequence[Engine]:  # type: ignore[empty-body]
    """Give engines that `--engine` and `engine=` may name.

    An engine turns a plan into a function of rows. A plan is a list of steps; each reads slots
    and writes one. Slot 0 is the input, slot 1 the result. Every op brings a kernel, so that an
    engine may do better where it can and call the kernel elsewhere; this one always calls it.

    A plugin::

        import nnspec
        import numpy as np


        def compile_plan(plan):
            def run(x):
                slots = {0: x}
                for step in plan.steps:
                    slot, size = step.output
                    out = np.empty((len(x), size), plan.dtype)
                    with np.errstate(all="ignore"):
                        step.op.kernel([slots[k] for k, _ in step.inputs], out, **step.settings)
                    slots[slot] = out
                return slots[1] if plan.steps else x.copy()

            return run


        @nnspec.hookimpl
        def nnspec_engines():
            return [nnspec.Engine("plain", compile_plan, "The kernels, one after the other.")]

    A spec that it runs with `--engine plain`::

        nnspec: 1
        task: regression
        dtype: float64
        input: 2
        layers:
          - {size: 2, activation: relu}
          - {type: residual, layers: [{size: 2}]}
        output: 1
        weights:
          values:
            dense1.weight: [[1.0, -1.0], [2.0, 0.5]]
            dense1.bias: [0.5, 0.0]
            dense2.weight: [[0.0, 1.0], [1.0, 0.0]]
            dense2.bias: [0.0, 0.0]
            output.weight: [[10.0], [1.0]]
            output.bias: [-1.0]
    """

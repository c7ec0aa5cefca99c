"""nnspec plot: figures of activations and their derivatives."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nnspec.commands import plugin_option, report_plugins
from nnspec.errors import UsageError

if TYPE_CHECKING:
    from nnspec.plot import Curve
    from nnspec.plugin.registry import Registry


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FILE",
    help="The figure: .png, .svg or .pdf.",
)
@click.option(
    "--from", "start", type=float, default=-6, show_default=True, help="The left end of the x-axis."
)
@click.option(
    "--to", "stop", type=float, default=6, show_default=True, help="The right end of the x-axis."
)
@plugin_option
def command(
    names: tuple[str, ...], output: Path, start: float, stop: float, plugin: tuple[str, ...]
) -> None:
    """Draw activations and their derivatives, several in one figure.

    Parameters follow the name after a colon, several with commas between them. A function on
    rows, such as softmax, is drawn by its first output for the row (x, 0).

    \b
    Examples:
      nnspec plot step -o step.png
      nnspec plot sigmoid -o sigmoid.png
      nnspec plot tanh -o tanh.svg
      nnspec plot relu -o relu.pdf
      nnspec plot gelu gelu:approximate=tanh gelu:approximate=sigmoid -o gelu.png
      nnspec plot mish relu -o mish.png --from -5 --to 3
      nnspec plot threshold:threshold=1,value=-2 -o threshold.svg
    """
    from nnspec.data.output import atomic
    from nnspec.diagnostics.quote import quote
    from nnspec.plot import METADATA, draw
    from nnspec.plugin.manager import load_plugins

    form = output.suffix.lower().removeprefix(".")
    if form not in METADATA:
        known = ", ".join(f".{name}" for name in METADATA)
        raise UsageError(f"{quote(str(output))}: the suffix names the format; known are {known}")
    if not (math.isfinite(start) and math.isfinite(stop) and start < stop):
        raise UsageError(f"--from {start:g} must be less than --to {stop:g}, both finite")
    registry = load_plugins(plugin)
    report_plugins(registry)
    figure = draw([_curve(name, registry) for name in names], form, start=start, stop=stop)
    with atomic(output) as file:
        file.write(figure)


def _curve(word: str, registry: Registry) -> Curve:
    """Read `gelu:approximate=tanh`, and hold it against the schema that specs are held to."""
    from nnspec.diagnostics.quote import quote
    from nnspec.plot import Curve

    name, _, rest = word.partition(":")
    parameters: dict[str, Any] = {}
    for part in rest.split(",") if rest else ():
        key, equals, text = part.partition("=")
        if not equals:
            raise UsageError(
                f"{quote(word)}: parameters are written {name}:parameter=value, not {quote(part)}"
            )
        if key in parameters:
            raise UsageError(f"{quote(word)}: {quote(key)} is given twice")
        parameters[key] = _value(word, text)
    found = registry.activation(name)
    missing = [key for key in found.required if key not in parameters] if found else []
    if missing:
        example = ",".join(f"{key}=…" for key in missing)
        raise UsageError(f"{quote(word)}: {', '.join(missing)} must be given: {name}:{example}")
    _judge(word, {"name": name, **parameters}, registry)
    activation = registry.activations[registry.aliases[name]]
    given = ", ".join(f"{key}={value}" for key, value in parameters.items())
    label = f"{name} ({given})" if given else name
    return Curve(activation, activation.complete(parameters), label)


def _value(word: str, text: str) -> Any:
    from nnspec.diagnostics.quote import quote
    from nnspec.source.scalars import ScalarError, resolve

    try:
        return resolve(text)
    except ScalarError as error:
        raise UsageError(f"{quote(word)}: {error}") from error


def _judge(word: str, activation: dict[str, Any], registry: Registry) -> None:
    """Judge a spec that has the activation as its one layer: the words are those of validate.

    Raises:
        UsageError: the activation is unknown, or a parameter is unknown, missing or out of range.
    """
    from nnspec.diagnostics.quote import quote
    from nnspec.schema.check import check
    from nnspec.schema.compose import compose
    from nnspec.source.document import Document

    layer = {"type": "activation", "activation": activation}
    spec = {"nnspec": 1, "task": "regression", "input": 1, "layers": [layer], "output": 1}
    for finding in check(Document(spec, word, Path(), "", {}, {}), compose(registry)):
        hint = f"; {finding.hint}" if finding.hint else ""
        raise UsageError(f"{quote(word)}: {finding.message}{hint}")

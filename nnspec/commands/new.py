"""nnspec new: a commented spec to start from."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("path", type=click.Path(path_type=Path), metavar="PATH")
@click.option(
    "--from",
    "weights",
    type=click.Path(path_type=Path),
    metavar="WEIGHTS",
    help="Take the layers and their sizes from a weights file: .npz, .safetensors or .h5.",
)
def command(path: Path, weights: Path | None) -> None:
    """Write a commented spec to PATH, which must be new.

    With --from, names and shapes of the arrays tell the layers; the names may be nnspec's own,
    W1 b1 W2 b2 …, those of a PyTorch state dict, or of Keras. What weights cannot tell, such as
    activations, is marked TODO. The spec is valid, and names the file with its sha256.

    \b
    Examples:
      nnspec new spec.yaml
      nnspec new models/mlp.yaml --from models/mlp.safetensors
    """
    import shlex

    from nnspec.diagnostics.quote import escape
    from nnspec.scaffold.from_weights import from_weights
    from nnspec.scaffold.spec import template, write

    write(path, template(path) if weights is None else from_weights(path, weights))
    shown = escape(shlex.quote(str(path)))
    click.echo(f"wrote {escape(str(path))}; next:")
    click.echo(f"  nnspec validate {shown}\n  nnspec show {shown}")

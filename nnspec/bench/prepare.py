"""Make what all contenders get: weights, rows, and the outputs that are right."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from nnspec.bench.rows import save
from nnspec.errors import SpecError, UsageError
from nnspec.examine import examine_file
from nnspec.model import Model
from nnspec.plan import plan
from nnspec.spec.parameters import expected as expected_arrays
from nnspec.spec.parameters import file_arrays
from nnspec.weights.init import initialise

if TYPE_CHECKING:
    from nnspec.bench.job import Network
    from nnspec.bench.rows import Rows
    from nnspec.graph.ir import Graph

MOST = 2**29
"""Numbers in the rows of the largest call: 2 GiB in float32."""
_SCHEME = "glorot_normal"


def load(network: Network, folder: Path) -> tuple[Network, Model, list[str]]:
    """Load a network, once for all; one that names no weights is given random ones.

    Arrays that it takes from its weights file, such as a mean, are then 1.

    Returns:
        What all contenders load, the model, and notes on it.

    Raises:
        SpecError: the spec has faults.
    """
    examined = examine_file(Path(network.spec), network.options)
    if examined.faulty or examined.spec is None or examined.loaded is None:
        raise SpecError(examined.diagnostics)
    if examined.loaded.source is not None:
        return network, Model(examined, network.options), []
    spec, file = examined.spec, folder / "weights.npz"
    arrays = dict(initialise(expected_arrays(spec, examined.registry), _SCHEME, 0, spec.dtype))
    arrays |= {name: np.ones(size, spec.dtype) for name, size in file_arrays(spec).items()}
    np.savez(file, allow_pickle=False, **arrays)
    note = f"{network.spec} names no weights: these are random ({_SCHEME}, seed 0)"
    network = replace(network, weights=str(file))
    return network, network.load(), [note]


def save_rows(model: Model, rows: int, folder: Path) -> Rows:
    """Write rows of normal numbers and their outputs in float64.

    Raises:
        UsageError: so many rows take too much memory.
    """
    size = model.graph.input.size
    if rows * size > MOST:
        raise UsageError(
            f"{rows:,} rows of {size:,} numbers are too many to measure; at most {MOST // size:,}"
        )
    x = np.random.default_rng(0).standard_normal((rows, size), np.float32)
    x = x.astype(model.spec.dtype, copy=False)
    compute = model.registry.engines["numpy"].compile(plan(_widened(model.original_graph)))
    return save(x, compute(x.astype(np.float64)), folder)


def _widened(graph: Graph) -> Graph:
    """Give the same graph in float64, its weights as they are."""
    nodes = tuple(
        replace(node, arrays={name: a.astype(np.float64) for name, a in node.arrays.items()})
        for node in graph.nodes
    )
    return replace(graph, dtype="float64", nodes=nodes)

"""A spec as something to call: the stages in order, and nothing else."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.errors import SpecError, UsageError, WeightsError
from nnspec.examine import Examined, Options, examine_file, examine_text
from nnspec.graph import cut
from nnspec.graph.build import build
from nnspec.graph.labels import labels
from nnspec.graph.optimize import optimize as optimized
from nnspec.plan import plan
from nnspec.plugin.choose import choose
from nnspec.plugin.engine import WarmingRun

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from nnspec.diagnostics.diagnostic import Diagnostic
    from nnspec.graph.ir import Graph
    from nnspec.plugin.engine import Run
    from nnspec.weights.load import Loaded


def load(
    path: str | os.PathLike[str],
    *,
    weights: str | os.PathLike[str] | None = None,
    engine: str | None = None,
    plugins: Sequence[str] = (),
    deterministic: bool = False,
    optimize: bool = True,
    allow_outside: bool = False,
) -> Model:
    """Load a spec from a file, with its weights.

    Args:
        path: the spec.
        weights: a weights file in place of the one that the spec names.
        engine: what runs the network, one of `nnspec plugins`; None takes `numpy`, and with the
            extra `fast` `auto`.
        plugins: Python files or modules to load as plugins, beside the installed ones.
        deterministic: the same row gives the same bits in any batch. The engines numpy and numba
            always do; numba answers through NumPy until it is compiled, which this waits for. An
            engine that cannot is refused.
        optimize: fold and drop what can be; False keeps the graph as the spec has it.
        allow_outside: let the spec name files outside its folder and the working directory.

    Raises:
        SpecError: the spec or its weights have faults; `.diagnostics` holds them all.
        PluginError: one of `plugins` cannot be loaded.
        UsageError: there is no such engine.
    """
    options = Options(Path(weights) if weights is not None else None, tuple(plugins), allow_outside)
    return Model(examine_file(Path(path), options), options, engine, deterministic, optimize)


def loads(
    text: str | bytes,
    *,
    folder: str | os.PathLike[str] = ".",
    name: str = "<string>",
    weights: str | os.PathLike[str] | None = None,
    engine: str | None = None,
    plugins: Sequence[str] = (),
    deterministic: bool = False,
    optimize: bool = True,
    allow_outside: bool = False,
) -> Model:
    """Load a spec from its text; paths in it start at `folder`, messages call it `name`.

    The other arguments and the errors are those of `load`.
    """
    options = Options(Path(weights) if weights is not None else None, tuple(plugins), allow_outside)
    examined = examine_text(text, options, name=name, folder=Path(folder))
    return Model(examined, options, engine, deterministic, optimize)


def validate(
    path: str | os.PathLike[str], *, plugins: Sequence[str] = (), allow_outside: bool = False
) -> list[Diagnostic]:
    """List what is wrong with a spec and its weights, sorted by place; nothing if it is fine.

    Raises:
        PluginError: one of `plugins` cannot be loaded.
    """
    options = Options(None, tuple(plugins), allow_outside)
    return list(examine_file(Path(path), options).diagnostics)


class Model:
    """A network that can be run; call it with rows.

    It may be called from many threads at once, and pickles.

    Attributes:
        spec: what the file says, with every default filled in.
        original_graph: the graph as the spec has it.
        graph: the graph that runs, after the passes.
        notes: what the passes did, and why one did not fire.
        loaded: the weights, and how their names were matched.
        engine: the name of what runs it.
        choice: the engine, and why it was chosen.
    """

    def __init__(
        self,
        examined: Examined,
        options: Options,
        engine: str | None = None,
        deterministic: bool = False,
        optimize: bool = True,
    ) -> None:
        if examined.faulty or examined.document is None:
            raise SpecError(examined.diagnostics)
        assert examined.spec is not None
        assert examined.loaded is not None
        self.spec, self.loaded, self.registry = examined.spec, examined.loaded, examined.registry
        if self.loaded.source is None:
            raise WeightsError(
                f"{examined.document.name} names no weights; give a file with --weights, or write "
                "`weights: FILE` into the spec"
            )
        self.choice = choose(engine, examined.registry, deterministic)
        self.engine = self.choice.engine.name
        self._wanted = engine
        self.diagnostics = examined.diagnostics
        self._examined, self._options = examined, options
        self._optimize, self._deterministic = optimize, deterministic
        self.original_graph = build(
            self.spec, self.loaded.arrays, self.loaded.extras, self.registry
        )
        self.graph, self.notes = self._optimized(self.original_graph)
        self._size, self._dtype = self.graph.input.size, np.dtype(self.graph.dtype)
        self._runs: dict[str, Run] = {}
        self._warming: list[WarmingRun] = []
        self._lock = threading.Lock()

    def __call__(self, x: ArrayLike) -> NDArray[Any]:
        """Compute the outputs: (n, inputs) → (n, outputs) in the model's dtype.

        Raises:
            DataError: the data do not fit the network.
        """
        run = self._runs.get("outputs") or self.program("outputs")
        return run(self._rows(x))

    def logits(self, x: ArrayLike) -> NDArray[Any]:
        """Compute what enters the output activation: (n, inputs) → (n, outputs)."""
        return self.program("logits")(self._rows(x))

    def labels(self, x: ArrayLike) -> NDArray[Any]:
        """Decide: (n,) int64, or (n, outputs) of 0 and 1 for multilabel; -1 for a row with NaN.

        Multiclass takes the largest output (the first of equals), binary and multilabel ask
        whether an output is at least the threshold.

        Raises:
            UsageError: a regression has no labels.
        """
        return self.program("labels")(self._rows(x))

    def layer(self, name: str, x: ArrayLike) -> NDArray[Any]:
        """Compute what leaves a layer, after its activation.

        Raises:
            UsageError: there is no such layer.
        """
        return self.program(f"layer:{name}")(self._rows(x))

    def program(self, emit: str) -> Run:
        """Compile what `--emit` names, once: outputs, logits, labels, or layer:NAME.

        What it returns takes rows × inputs of the model's dtype, C-contiguous.
        """
        if emit not in self._runs:
            with self._lock:
                if emit not in self._runs:
                    self._runs[emit] = self._compile(emit)
        return self._runs[emit]

    @property
    def stands_in(self) -> list[str]:
        """Why something else answers for the engine, for each program of which that is so."""
        return [run.reason for run in self._warming if run.reason]

    def _compile(self, emit: str) -> Run:
        kind, _, layer = emit.partition(":")
        if emit == "outputs":
            return self._engine(self.graph)
        if emit == "logits":
            return self._engine(self._optimized(cut.logits(self.original_graph))[0])
        if emit == "labels":
            decision = labels(self.original_graph, self.spec)
            run = self._engine(self._optimized(decision.graph)[0])
            return lambda x: decision.read(run(x))
        if kind == "layer" and layer:
            if layer not in self.original_graph.marks:
                from nnspec.diagnostics.suggest import did_you_mean

                hint = did_you_mean(layer, self.original_graph.marks)
                hint = hint or f"there are {', '.join(self.original_graph.marks)}"
                raise UsageError(f"there is no layer {layer!r}; {hint}")
            graph = cut.until(self.original_graph, self.original_graph.marks[layer])
            return self._engine(self._optimized(graph)[0])
        raise UsageError(f"--emit takes outputs, logits, labels or layer:NAME, not {emit!r}")

    def _optimized(self, graph: Graph) -> tuple[Graph, tuple[Any, ...]]:
        return optimized(graph) if self._optimize else (graph, ())

    def _engine(self, graph: Graph) -> Run:
        run = self.choice.engine.compile(plan(graph))
        if isinstance(run, WarmingRun):
            self._warming.append(run)
            if self._deterministic:
                run.wait()  # what answers until then may round otherwise
        return run

    def _rows(self, x: ArrayLike) -> NDArray[Any]:
        if (
            type(x) is np.ndarray
            and x.dtype is self._dtype
            and x.ndim == 2
            and x.shape[1] == self._size
            and x.flags.c_contiguous
        ):  # nothing to do, and for one row asking more would take as long as computing it
            return x
        from nnspec.data.rows import as_rows

        return as_rows(x, size=self._size, dtype=self.graph.dtype)

    def __repr__(self) -> str:
        spec = self.spec
        return (
            f"<Model {spec.name}: {spec.input.size} inputs, {spec.output.layer.size_out} outputs>"
        )

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the text and the weights; all else is made again where they land."""
        document = self._examined.document
        assert document is not None
        how = (self._wanted, self._deterministic, self._optimize)
        source = (document.text, document.name, document.folder)
        return _restored, (source, self._options, self.loaded, how)


def _restored(
    source: tuple[str, str, Path],
    options: Options,
    loaded: Loaded,
    how: tuple[str | None, bool, bool],
) -> Model:
    text, name, folder = source
    return Model(
        examine_text(text, options, name=name, folder=folder, loaded=loaded), options, *how
    )

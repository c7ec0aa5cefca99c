"""Figures of activations: the curves and their derivatives, as a textbook prints them."""

from __future__ import annotations

import textwrap
import warnings
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np

from nnspec.errors import MissingExtraError, PluginError
from nnspec.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from nnspec.plugin.activation import Activation

METADATA = {"png": "Software", "svg": "Date", "pdf": "CreationDate"}
"""Format → the entry that would make two files of one figure differ."""

COLORS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000")
"""Those of Okabe and Ito, which people who see fewer colours tell apart."""
_STYLES = ("-", "--", "-.", ":")
_POINTS = 1201
_HALVINGS = 40
_WIDTH = 54  # characters of the title across a panel


@dataclass(frozen=True)
class Curve:
    """What to draw: an activation, all its parameters, and what the figure calls it."""

    activation: Activation
    parameters: Mapping[str, Any]
    label: str

    def function(self, x: NDArray[Any]) -> NDArray[Any]:
        """Compute f(x); of a function on rows the first output for each row (x, 0).

        Raises:
            PluginError: the function failed.
        """
        if not self.activation.rowwise:
            return self._call(self.activation.function, x)[:, 0]
        rows = np.stack([x, np.full_like(x, self.partner)], axis=1)
        return self._call(self.activation.function, rows)[:, 0]

    @property
    def partner(self) -> float:
        """The number beside x in a row of two: a gate that is 0 would show nothing but 0."""
        return 0.0 if self.activation.width is None else 1.0

    @property
    def slope(self) -> Callable[[NDArray[Any]], NDArray[Any]] | None:
        """The derivative, where the activation gives one of numbers."""
        given = self.activation.derivative
        if given is None or self.activation.rowwise:
            return None
        return lambda x: self._call(given, x)[:, 0]

    def _call(self, function: Callable[..., Any], x: NDArray[Any]) -> NDArray[Any]:
        try:
            with np.errstate(all="ignore"), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return np.asarray(function(x, **self.parameters), dtype=float).reshape(len(x), -1)
        except Exception as error:  # a plugin may raise anything; the person needs its name
            raise PluginError(
                f"activation {self.activation.name!r} failed: {type(error).__name__}: {error}"
            ) from error


def draw(curves: Sequence[Curve], form: str, *, start: float = -6.0, stop: float = 6.0) -> bytes:
    """Draw curves over [start, stop], and beside them the derivatives that are known.

    The same curves give the same bytes, by one version of matplotlib.

    Args:
        curves: one or more.
        form: "png", "svg" or "pdf".
        start: the left end of the x-axis.
        stop: the right end.

    Raises:
        MissingExtraError: matplotlib is not installed.
        PluginError: a function failed.
    """
    try:
        from matplotlib import style
        from matplotlib.figure import Figure
    except ImportError as error:
        raise MissingExtraError("drawing a figure", "plot") from error
    panels: list[tuple[str, list[tuple[str, Any]]]] = [
        ("f(x)", [(curve.label, curve.function) for curve in curves]),
        ("f′(x)", [(curve.label, curve.slope) for curve in curves]),
    ]
    panels = [panel for panel in panels if any(function for _, function in panel[1])]
    title = list(_title(curves, _WIDTH * len(panels)))
    settings = {"svg.hashsalt": "nnspec", "text.parse_math": False}
    with style.context(["default", settings]), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph")  # a formula may hold what the font lacks
        height = 3.5 + 0.2 * (len(title) + -(-len(curves) // 3))
        figure = Figure(figsize=(4.8 * len(panels), height), layout="constrained")
        figure.suptitle("\n".join(title), fontsize=10)
        for number, (name, functions) in enumerate(panels, start=1):
            axes = figure.add_subplot(1, len(panels), number)
            _panel(axes, name, functions, (start, stop))
        handles, labels = figure.axes[0].get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside lower center", ncols=3, frameon=False)
        buffer = BytesIO()
        figure.savefig(buffer, format=form, dpi=160, metadata={METADATA[form]: None})
    return buffer.getvalue()


def _title(curves: Sequence[Curve], width: int) -> Iterator[str]:
    for activation in dict.fromkeys(curve.activation.name for curve in curves):
        formula = next(c.activation.formula for c in curves if c.activation.name == activation)
        yield from textwrap.wrap(f"{activation}: {formula}" if formula else activation, width)
    for curve in curves:
        if curve.activation.rowwise:
            yield f"{curve.label}: the first output for the row (x, {curve.partner:g})"


def _panel(
    axes: Axes,
    name: str,
    functions: Sequence[tuple[str, Callable[[NDArray[Any]], NDArray[Any]] | None]],
    ends: tuple[float, float],
) -> None:
    axes.axhline(0.0, color="0.25", linewidth=0.9)
    axes.axvline(0.0, color="0.25", linewidth=0.9)
    low = high = 0.0
    for number, (label, function) in enumerate(functions):
        if function is None:
            continue
        x, y = points(function, *ends)
        axes.plot(
            x,
            y,
            label=label,
            linewidth=1.8,
            color=COLORS[number % len(COLORS)],
            linestyle=_STYLES[number % len(_STYLES)],
        )
        finite = y[np.isfinite(y)]
        low, high = min([low, *finite]), max([high, *finite])
    cut = ends[1] - ends[0]  # what grows without bound would press all else flat
    low, high = max(low, -cut), min(high, cut)
    low, high = (low, high) if high > low else (-1.0, 1.0)
    margin = 0.06 * (high - low)
    axes.set(xlim=ends, ylim=(low - margin, high + margin), xlabel="x", ylabel=name)
    axes.grid(color="0.9")
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)


def points(
    function: Callable[[NDArray[Any]], NDArray[Any]], start: float, stop: float
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Sample a function, and break the curve by a NaN where it jumps.

    Between any two neighbours the half with the greater change is taken again and again: what
    is left of it in the end is a jump, with its two sides as points.

    Examples:
        >>> x, y = points(lambda x: np.where(x < 0.5, 0.0, 1.0), -6.0, 6.0)
        >>> at = int(np.flatnonzero(np.isnan(y))[0])
        >>> x[at - 1 : at + 2].round(6), y[at - 1 : at + 2]
        (array([0.5, 0.5, 0.5]), array([ 0., nan,  1.]))
    """
    x = np.linspace(start, stop, _POINTS)
    y = function(x)
    left, right, below, above = x[:-1], x[1:], y[:-1], y[1:]
    with np.errstate(invalid="ignore"):  # ∞ − ∞
        for _ in range(_HALVINGS):
            middle = (left + right) / 2
            value = function(middle)
            first = np.abs(value - below) > np.abs(above - value)
            left, right = np.where(first, left, middle), np.where(first, middle, right)
            below, above = np.where(first, below, value), np.where(first, value, above)
        jumps = np.flatnonzero(np.abs(above - below) > 1e-6)
    after = np.repeat(jumps + 1, 3)
    edges = np.stack([left, left, right], axis=1)[jumps].ravel()
    values = np.stack([below, np.full_like(below, np.nan), above], axis=1)[jumps].ravel()
    return np.insert(x, after, edges), np.insert(y, after, values)

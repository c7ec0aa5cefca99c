"""nnspec: feed-forward networks declared in YAML, validated, compiled to a NumPy graph, and run.

The names below are bound when they are first used, so that `import nnspec` costs next to nothing.

Examples:
    >>> import nnspec
    >>> model = nnspec.loads('''
    ... nnspec: 1
    ... task: regression
    ... dtype: float64
    ... input: 2
    ... layers: [{size: 1, activation: relu}]
    ... output: 1
    ... weights:
    ...   values:
    ...     dense1.weight: [[1.0], [2.0]]
    ...     dense1.bias: [0.5]
    ...     output.weight: [[10.0]]
    ...     output.bias: [0.0]
    ... ''')
    >>> model([[1.0, 0.5], [-9.0, 0.0]])
    array([[25.],
           [ 0.]])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nnspec.diagnostics.diagnostic import Diagnostic as Diagnostic
    from nnspec.diagnostics.diagnostic import Finding as Finding
    from nnspec.errors import DataError as DataError
    from nnspec.errors import MissingExtraError as MissingExtraError
    from nnspec.errors import NnspecError as NnspecError
    from nnspec.errors import OutputError as OutputError
    from nnspec.errors import PluginError as PluginError
    from nnspec.errors import SpecError as SpecError
    from nnspec.errors import UsageError as UsageError
    from nnspec.errors import WeightsError as WeightsError
    from nnspec.model import Model as Model
    from nnspec.model import load as load
    from nnspec.model import loads as loads
    from nnspec.model import validate as validate
    from nnspec.plugin.activation import Activation as Activation
    from nnspec.plugin.engine import Engine as Engine
    from nnspec.plugin.function import activation as activation
    from nnspec.plugin.hookspecs import hookimpl as hookimpl
    from nnspec.plugin.layer import Layer as Layer
    from nnspec.plugin.layer import Parameter as Parameter
    from nnspec.plugin.op import Op as Op
    from nnspec.plugin.rule import Rule as Rule

_HOME = {
    "Activation": "nnspec.plugin.activation",
    "DataError": "nnspec.errors",
    "Diagnostic": "nnspec.diagnostics.diagnostic",
    "Engine": "nnspec.plugin.engine",
    "Finding": "nnspec.diagnostics.diagnostic",
    "Layer": "nnspec.plugin.layer",
    "MissingExtraError": "nnspec.errors",
    "Model": "nnspec.model",
    "NnspecError": "nnspec.errors",
    "Op": "nnspec.plugin.op",
    "OutputError": "nnspec.errors",
    "Parameter": "nnspec.plugin.layer",
    "PluginError": "nnspec.errors",
    "Rule": "nnspec.plugin.rule",
    "SpecError": "nnspec.errors",
    "UsageError": "nnspec.errors",
    "WeightsError": "nnspec.errors",
    "activation": "nnspec.plugin.function",
    "hookimpl": "nnspec.plugin.hookspecs",
    "load": "nnspec.model",
    "loads": "nnspec.model",
    "validate": "nnspec.model",
}
"""Public name → the module that defines it."""

__version__ = "0.1.0"
__all__ = ["__version__", *_HOME]


def __getattr__(name: str) -> Any:
    """Bind a public name at its first use (PEP 562)."""
    if name not in _HOME:
        raise AttributeError(f"module 'nnspec' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME})

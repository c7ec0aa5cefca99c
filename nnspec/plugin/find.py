"""Look an activation up by a name that a person typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.diagnostics.quote import quote
from nnspec.diagnostics.suggest import did_you_mean
from nnspec.errors import UsageError
from nnspec.plugin.firstparty import DISTRIBUTIONS

if TYPE_CHECKING:
    from nnspec.plugin.activation import Activation
    from nnspec.plugin.registry import Registry


def find(name: str, registry: Registry) -> Activation:
    """Give the activation of a name or alias.

    Raises:
        UsageError: there is none; it says which one may be meant, or which plugin has it.
    """
    found = registry.activation(name)
    if found is None:
        hint = did_you_mean(name, registry.aliases) or "see nnspec activations"
        if name in DISTRIBUTIONS:
            hint = f"it comes with a plugin: pip install {DISTRIBUTIONS[name]}"
        raise UsageError(f"there is no activation {quote(name)}; {hint}")
    return found

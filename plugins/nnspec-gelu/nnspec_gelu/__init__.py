"""GELU under the names that other frameworks give its forms, for nnspec.

`gelu_none`, `gelu_tanh` and `quick_gelu` are the built-in `gelu` with its parameter `approximate`,
for those who come from a model card that says `gelu_new`; `gelu_10` is cut off at both ends.
Each module of this package holds one ACTIVATION.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import nnspec
from nnspec.folder import modules

if TYPE_CHECKING:
    from collections.abc import Sequence


@nnspec.hookimpl
def nnspec_activations() -> Sequence[nnspec.Activation]:
    """Give the activation of each module here."""
    return [module.ACTIVATION for module in modules(__name__)]

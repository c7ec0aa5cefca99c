"""Gated linear units and maxout for nnspec: activations of a row, from which fewer features leave.

    glu      value·σ(gate)              reglu     value·max(gate, 0)
    swiglu   value·gate·σ(β·gate)       bilinear  value·gate
    geglu    value·gate·Φ(gate)         maxout    the largest of every p features

One half of the row is the value, the other the gate. Each module of `nnspec_glu.activations`
holds one ACTIVATION.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import nnspec
from nnspec.folder import modules

if TYPE_CHECKING:
    from collections.abc import Sequence


@nnspec.hookimpl
def nnspec_activations() -> Sequence[nnspec.Activation]:
    """Give the activation of each module in the folder."""
    return [module.ACTIVATION for module in modules("nnspec_glu.activations")]

"""Activations with learned parameters for nnspec.

    prelu            x if x ≥ 0, else α·x
    snake            x + sin²(f·x)/f
    star_relu        s·max(x, 0)² + b
    xielu            αₚ·x² + β·x if x > 0, else αₙ·(exp(x) − 1 − x) + β·x
    learnable_swish  x·σ(β·x)

A parameter that a spec does not fix comes from the weights as `<layer>.activation.<parameter>`:
one number for each unit, or one for all. Each module of this package holds one ACTIVATION.
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

"""Activations that live in distributions of their own: which one to install for a name."""

from __future__ import annotations

_NAMES = {
    "nnspec-mish": ("mish", "hard_mish"),
    "nnspec-gelu": (
        "gelu_none",
        "gelu_python",
        "gelu_tanh",
        "gelu_new",
        "gelu_fast",
        "gelu_pytorch_tanh",
        "gelu_accurate",
        "gelu_approx",
        "quick_gelu",
        "gelu_sigmoid",
        "gelu_10",
        "clipped_gelu",
    ),
    "nnspec-glu": ("glu", "swiglu", "geglu", "reglu", "bilinear", "maxout"),
    "nnspec-learnable": ("prelu", "snake", "star_relu", "xielu", "learnable_swish"),
}

DISTRIBUTIONS = {name: package for package, names in _NAMES.items() for name in names}
"""Activation → the distribution that gives it; a name that is registered never gets here."""

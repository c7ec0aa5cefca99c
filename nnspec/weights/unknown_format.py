"""What to say of a weights file whose suffix is that of no format that is read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nnspec.diagnostics.diagnostic import Finding
from nnspec.diagnostics.quote import escape, quote
from nnspec.schema.foreign import meant
from nnspec.weights.init import SCHEMES

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import PurePath

_TORCH = "PyTorch saves as safetensors by safetensors.torch.save_file(model.state_dict(), FILE)"
_PICKLE = "a pickle can run code and is never loaded; save the arrays by numpy.savez"
_CURES = {
    ".bin .ckpt .pt .pth": _TORCH,
    ".dill .joblib .pickle .pkl .sav": _PICKLE,
    ".keras": "Keras saves weights alone by model.save_weights('model.weights.h5')",
    ".npy": "it holds one array without a name; save all by numpy.savez, under their names",
    ".csv .json .txt .yaml .yml": "a few numbers stand in the spec itself: {values: {…}}",
}
"""Suffixes of other files → how their arrays come into one that is read."""
_BY_SUFFIX = {suffix: cure for suffixes, cure in _CURES.items() for suffix in suffixes.split()}


def unknown_format(path: PurePath, known: Collection[str], pointer: str) -> Finding:
    """Say what is read, and how to come to that; a bare initialiser is told from a file.

    Examples:
        >>> from pathlib import PurePath
        >>> finding = unknown_format(PurePath("xavier"), [".h5", ".npz"], "/weights")
        >>> print(finding.message, "|", finding.hint)
        'xavier' is an initialiser, not a file | write {init: glorot_uniform, seed: 0}
    """
    scheme = _scheme(path)
    if scheme is not None:
        message = f"{quote(str(path))} is an initialiser, not a file"
        return Finding("bad-type", message, pointer, f"write {{init: {scheme}, seed: 0}}")
    *others, last = sorted(known)
    message = (
        f"{escape(str(path))}: weights are read from {', '.join(others)} and {last} files, "
        f"not from {quote(path.suffix) if path.suffix else 'one without a suffix'}"
    )
    hint = _BY_SUFFIX.get(path.suffix.lower(), "its suffix says how a file is to be read")
    return Finding("weights-unreadable", message, pointer, hint)


def _scheme(path: PurePath) -> str | None:
    """Give the initialiser that a name without folder and suffix begins with."""
    if len(path.parts) != 1 or path.suffix:
        return None
    word = re.match(r"(?:init\s*[:=]\s*)?([\w-]+)", path.name)
    return meant(word[1], SCHEMES) if word else None

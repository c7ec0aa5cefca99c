"""The weights of a spec, wherever they come from: arrays by our names, and what is wrong."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from nnspec.diagnostics.diagnostic import Finding
from nnspec.diagnostics.quote import escape, quote
from nnspec.diagnostics.suggest import did_you_mean
from nnspec.errors import MissingExtraError, WeightsError
from nnspec.records import dataclass, field
from nnspec.source.paths import contained
from nnspec.spec.parameters import expected, file_arrays
from nnspec.weights import extras, numbers
from nnspec.weights.names import Matching, match
from nnspec.weights.reading import format_of, formats, read
from nnspec.weights.values import read_values

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from nnspec.plugin.registry import Registry
    from nnspec.spec.model import Spec, WeightsSpec
    from nnspec.spec.parameters import Expected
    from nnspec.weights.archive import Archive

FILE = "/weights/file"


@dataclass(frozen=True)
class Loaded:
    """The weights of a spec.

    Attributes:
        arrays: our name → array of the spec's dtype; all that the spec needs, unless a finding
            says why not.
        extras: the file's name → float64 array, () or (size,), for normalize and the like.
        mapping: how the names of a file were understood; None where there is no file.
        source: where they come from, for a person; None where the spec says nothing of it.
        sha256: of the file, in hexadecimal; None where there is none.
        findings: what is wrong.
    """

    arrays: Mapping[str, NDArray[Any]] = field(default_factory=dict)
    extras: Mapping[str, NDArray[Any]] = field(default_factory=dict)
    mapping: Matching | None = None
    source: str | None = None
    sha256: str | None = None
    findings: list[Finding] = field(default_factory=list)


def load(
    spec: Spec,
    registry: Registry,
    *,
    folder: Path,
    override: Path | None = None,
    allow_outside: bool = False,
) -> Loaded:
    """Load the weights of a spec that has no faults.

    Args:
        spec: the spec.
        registry: what it can name.
        folder: where the path in the spec starts.
        override: a file to take in place of what the spec says; its `names` and `layout` hold
            for it, its `sha256` does not.
        allow_outside: the path in the spec may lead outside its folder.

    Returns:
        The arrays, with a finding for everything that is wrong; nothing is raised.
    """
    weights = spec.weights
    if override is not None:
        return _from_file(spec, registry, override, escape(str(override)), sha256=None)
    if weights is None:
        return Loaded()
    if weights.file is not None:
        shown = escape(weights.file)
        try:
            path = folder / weights.file if allow_outside else contained(weights.file, folder)
        except ValueError as error:
            hint = "put the file beside the spec, or allow it with --allow-outside"
            return Loaded(
                source=shown, findings=[Finding("weights-outside", str(error), FILE, hint)]
            )
        return _from_file(spec, registry, path, shown, sha256=weights.sha256)
    if weights.values is not None:
        return _from_values(spec, expected(spec, registry), weights.values)
    return _from_seed(spec, expected(spec, registry), weights)


def _from_file(
    spec: Spec, registry: Registry, path: Path, shown: str, *, sha256: str | None
) -> Loaded:
    """Read a file, match its names, and load what is needed of it."""
    if format_of(path) is None:
        from nnspec.weights.unknown_format import unknown_format

        return Loaded(source=shown, findings=[unknown_format(PurePath(shown), formats(), FILE)])
    try:
        archive = read(path)
    except (WeightsError, MissingExtraError) as error:
        missing = isinstance(error.__cause__, FileNotFoundError)
        finding = (
            _no_file(path, shown) if missing else Finding("weights-unreadable", str(error), FILE)
        )
        return Loaded(source=shown, findings=[finding])
    from hashlib import sha256 as sha256_of

    digest = sha256_of(archive.content).hexdigest()
    findings: list[Finding] = []
    if sha256 is not None and sha256.lower() != digest:
        findings.append(
            Finding(
                "weights-sha256",
                f"{shown} has the SHA-256 {digest}, not {quote(sha256)}",
                "/weights/sha256",
                "fetch the file that is meant, or write the new digest if the change is",
            )
        )
    needed, used = expected(spec, registry), file_arrays(spec)
    matching = match(
        needed,
        archive,
        file=shown,
        names=spec.weights.names if spec.weights else None,
        layout=spec.weights.layout if spec.weights else None,
        extras=used,
    )
    arrays, faults = _load_matched(needed, archive, matching, spec.dtype, shown)
    taken = extras.from_archive(spec, archive, shown)
    findings += [*matching.findings, *faults, *taken.findings]
    return Loaded(arrays, taken.arrays, matching, shown, digest, findings)


def _load_matched(
    needed: Sequence[Expected], archive: Archive, matching: Matching, dtype: str, shown: str
) -> tuple[dict[str, NDArray[Any]], list[Finding]]:
    """Load, turn and judge the arrays that a matching maps."""
    arrays: dict[str, NDArray[Any]] = {}
    findings: list[Finding] = []
    for array in needed:
        if array.name not in matching.mapping:
            continue
        name, transpose = matching.mapping[array.name]
        stored, faults = numbers.load(archive, name, FILE)
        findings += faults
        if stored is not None:
            turned = stored.T if transpose else stored
            called = f"{quote(name)} in {shown}"
            arrays[array.name], faults = numbers.judge(array, turned, dtype, called, FILE)
            findings += faults
    return arrays, findings


def _from_values(spec: Spec, needed: Sequence[Expected], values: Mapping[str, Any]) -> Loaded:
    """Take the numbers that the spec itself holds."""
    used = file_arrays(spec)
    stored, findings = read_values(values, {array.name: array.parameter for array in needed}, used)
    arrays: dict[str, NDArray[Any]] = {}
    for array in needed:
        if array.name in stored:
            arrays[array.name], faults = numbers.judge(
                array, stored[array.name], spec.dtype, array.name, f"/weights/values/{array.name}"
            )
            findings += faults
    taken = extras.from_values(spec, stored, values)
    return Loaded(
        arrays, taken.arrays, source="values in the spec", findings=findings + taken.findings
    )


def _from_seed(spec: Spec, needed: Sequence[Expected], weights: WeightsSpec) -> Loaded:
    """Fill the arrays from a seed."""
    assert weights.init is not None
    from nnspec.weights.init import initialise

    source = f"{weights.init}, seed {weights.seed}"
    findings = extras.from_values(spec, {}, {}).findings
    try:
        arrays = initialise(needed, weights.init, weights.seed, spec.dtype)
    except WeightsError as error:
        return Loaded(
            source=source, findings=[Finding("weights-too-large", str(error), "/weights/init")]
        )
    return Loaded(arrays, source=source, findings=findings)


def _no_file(path: Path, shown: str) -> Finding:
    """Say that there is no such file, and which one near it may be meant."""
    try:
        near = [file.name for file in path.parent.iterdir() if file.suffix.lower() in formats()]
    except OSError:
        near = []
    return Finding(
        "weights-missing-file",
        f"there is no weights file {shown}",
        FILE,
        did_you_mean(path.name, sorted(near))
        or "the path starts at the folder of the spec; --weights FILE takes another file",
    )

"""From text to a judged spec: syntax, schema, meaning, weights, with all faults at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nnspec.plugin.manager import load_plugins
from nnspec.records import dataclass, field
from nnspec.schema import verdict
from nnspec.source import yaml
from nnspec.source.ignore import suppress
from nnspec.spec.build import build

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from nnspec.diagnostics.diagnostic import Diagnostic, Finding
    from nnspec.plugin.registry import Registry
    from nnspec.source.document import Document
    from nnspec.spec.model import Spec
    from nnspec.weights.load import Loaded


@dataclass(frozen=True)
class Options:
    """How a spec is to be read, beyond what it says itself.

    Attributes:
        weights: a weights file in place of the spec's own.
        plugins: files or modules to load as plugins.
        allow_outside: let the spec name files outside its folder and the working directory.
        strict: ask for more: the rules that are only for `--strict` speak, too.
    """

    weights: Path | None = None
    plugins: tuple[str, ...] = ()
    allow_outside: bool = False
    strict: bool = field(default=False, kw_only=True)


@dataclass(frozen=True)
class Examined:
    """A spec with all that was found out about it.

    Attributes:
        document, spec, loaded: None where the text is no YAML, and `loaded` where the spec has
            faults, since nobody can say which weights it means.
        diagnostics: sorted by place.
    """

    registry: Registry
    diagnostics: tuple[Diagnostic, ...]
    document: Document | None = None
    spec: Spec | None = None
    loaded: Loaded | None = None

    @property
    def faulty(self) -> bool:
        """Whether anything in it is an error."""
        return any(diagnostic.severity == "error" for diagnostic in self.diagnostics)


def examine_file(path: Path, options: Options, *, name: str | None = None) -> Examined:
    """Judge the spec in a file; `name` is what messages call it."""
    return _examine(*yaml.read_file(path, name=name), options)


def examine_text(
    text: str | bytes, options: Options, *, name: str, folder: Path, loaded: Loaded | None = None
) -> Examined:
    """Judge a spec given as text; relative paths in it start at `folder`.

    `loaded` are its weights where they have been read before.
    """
    return _examine(*yaml.read(text, name=name, folder=folder), options, loaded)


def _examine(
    document: Document | None,
    diagnostics: Sequence[Diagnostic],
    options: Options,
    loaded: Loaded | None = None,
) -> Examined:
    registry = load_plugins(options.plugins)
    reads_weights = loaded is None
    if document is None:
        return Examined(registry, tuple(sorted(diagnostics)))
    findings = verdict.findings(document, registry)
    spec, more = build(document, findings, registry)
    findings += more
    rules = [rule for rule in registry.rules if options.strict or not rule.strict]
    judged = [finding for rule in rules for finding in rule.check(spec, registry)]
    findings += (finding for finding in judged if finding.severity == "error")
    found = [one.severity for one in findings] + [one.severity for one in diagnostics]
    if reads_weights and "error" not in found:
        from nnspec.weights.load import load

        loaded = load(
            spec,
            registry,
            folder=document.folder,
            override=options.weights,
            allow_outside=options.allow_outside,
        )
        findings += loaded.findings
    findings += _advice(judged, findings)
    placed = {*diagnostics, *(document.diagnose(finding) for finding in findings)}
    # A comment may be about what was not judged: after an error the weights are not read.
    is_whole = reads_weights and all(one.severity != "error" for one in placed)
    unjudged = {rule.name for rule in registry.rules if rule not in rules} if is_whole else None
    kept = suppress(document, placed, unjudged=unjudged)
    return Examined(registry, tuple(sorted(kept)), document, spec, loaded)


def _advice(judged: Iterable[Finding], findings: Iterable[Finding]) -> Iterator[Finding]:
    """Choose the warnings about parts without errors: mending those may change all there."""
    faulty = {_part(finding) for finding in findings if finding.severity == "error"}
    for finding in judged:
        if finding.severity == "warning" and _part(finding) not in faulty:
            yield finding


def _part(finding: Finding) -> str:
    """Give the spec's own key that a finding is about: "layers" for "/layers/0/size"."""
    return finding.pointer.partition("/")[2].partition("/")[0]

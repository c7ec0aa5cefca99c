"""Specs tested one after the other, and what is to be told of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from nnspec.cases import CaseResult, run_checks
from nnspec.data.output import atomic
from nnspec.errors import NnspecError, OutputError
from nnspec.examine import examine_file
from nnspec.model import Model
from nnspec.records import dataclass

if TYPE_CHECKING:
    from nnspec.diagnostics.diagnostic import Diagnostic
    from nnspec.examine import Options


@dataclass(frozen=True)
class Tested:
    """One check that was run.

    Attributes:
        result: how it went, without the actual output.
        saved: where the actual output is, or why it is nowhere; None for a check that passed.
    """

    result: CaseResult
    saved: str | None = None


@dataclass(frozen=True)
class SpecReport:
    """One spec that was tested.

    Attributes:
        name: the spec, as messages call it.
        problem: why it could not be tested, None if it could.
        diagnostics: what is wrong with the spec itself.
        cases: its checks.
    """

    name: str
    problem: str | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    cases: tuple[Tested, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether it could be tested, and every check passed."""
        return self.problem is None and all(case.result.passed for case in self.cases)


def run_spec(path: Path, options: Options) -> SpecReport:
    """Validate a spec, run its checks, and save what came where it should not.

    Nothing is raised for a fault of the spec, its weights or its data: it is in the report.
    """
    examined = examine_file(path, options)
    name, diagnostics = str(path), examined.diagnostics
    if examined.faulty or examined.spec is None:
        return SpecReport(name, "the spec has faults", diagnostics)
    if not examined.spec.checks:
        return SpecReport(name, None, diagnostics)
    try:
        model = Model(examined, options)
        results = run_checks(model, path.parent, allow_outside=options.allow_outside)
    except NnspecError as error:
        return SpecReport(name, str(error), diagnostics)
    return SpecReport(name, None, diagnostics, tuple(map(_saved, results)))


def _saved(result: CaseResult) -> Tested:
    """Save the actual output of a check that failed, and let go of it."""
    small = replace(result, actual=None)
    if result.passed or result.actual is None or result.golden is None:
        return Tested(small)
    path = result.golden.with_name(f"{result.golden.stem}.actual.npy")
    if path.is_symlink():  # a stranger's, which may lead to any file of the person who tests
        return Tested(small, f"the actual output is not saved: {path.name} is a link")
    if path == result.golden:
        return Tested(small, f"the actual output is not saved: {path.name} is the golden one")
    try:
        with atomic(path) as file:
            np.save(file, result.actual, allow_pickle=False)
    except OutputError as error:
        return Tested(small, f"the actual output is not saved: {error}")
    return Tested(small, f"the actual output is in {_near(path)}")


def _near(path: Path) -> Path:
    """Name a path from the working directory, where it is inside."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path

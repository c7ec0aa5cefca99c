"""What `nnspec run` may import on a spec that the schema has judged before: all of it is listed."""

from __future__ import annotations

import json
import sys

import numpy as np
import pytest

PROGRAM = """
import json, os, sys

class Watch:
    def find_spec(self, name, path=None, target=None):
        if name == "numpy":
            print("threads", os.environ.get("OPENBLAS_NUM_THREADS"), file=sys.stderr)

sys.meta_path.insert(0, Watch())
start = set(sys.modules)
from nnspec.cli import main
try:
    main()
finally:
    print(json.dumps(sorted(set(sys.modules) - start)), file=sys.stderr)
"""

PACKAGES = {"nnspec", "click", "numpy", "pluggy"}
"""What nnspec depends on, without jsonschema and PyYAML: those are for a spec that is new."""

SLOW = {
    *("jsonschema", "referencing", "rpds", "attr", "attrs", "jsonschema_specifications"),
    *(
        "shutil",
        "bz2",
        "csv",
        "termios",
        "importlib.metadata",
        "importlib.resources",
        "email",
        "zipfile",
        "tempfile",
        "random",
    ),
    *("asyncio", "concurrent.futures", "multiprocessing", "logging", "socket", "ssl"),
    *(
        "hashlib",
        "http",
        "urllib.request",
        "difflib",
        "unittest",
        "doctest",
        "pdb",
        "argparse",
        "fractions",
    ),
    *("numpy.random", "numpy.ma", "numpy.fft", "numpy.polynomial", "numpy.testing", "numpy.f2py"),
}
"""Modules that take a millisecond or many, and that no run needs."""

ROOMS = {
    *("cache", "cli", "commands", "data", "diagnostics", "engines", "errors", "examine"),
    *("folder", "graph", "layers", "model", "numerics", "activations", "ops", "plan", "plugin"),
    *("records", "runner", "schema", "show", "source", "spec", "weights"),
}
"""The rooms that a run goes through."""

SCHEMA = {"nnspec.schema", *(f"nnspec.schema.{name}" for name in ("fragments", "verdict", "words"))}
SHOW = {"nnspec.show", "nnspec.show.columns"}
DIAGNOSTICS = {
    "nnspec.diagnostics",
    *(f"nnspec.diagnostics.{name}" for name in ("diagnostic", "pages", "quote", "suggest")),
    "nnspec.diagnostics.runner_log",
}
"""Of these rooms a run that has nothing to complain of needs only so much."""


@pytest.fixture
def imported(nnspec_command, textbook, tmp_path):
    """Run the textbook's network with an empty cache, or one that knows it; give what is imported."""
    np.save(tmp_path / "x.npy", [[1.0, 0.5]])

    def run(*arguments, environment=None):
        environment = {
            "NNSPEC_CACHE_DIR": str(tmp_path / "cache"),
            "NNSPEC_DISABLE_PLUGIN_AUTOLOAD": "1",
            **(environment or {}),
        }
        done = nnspec_command(
            "run",
            textbook,
            tmp_path / "x.npy",
            "--output",  # for -o click asks difflib what else may have been meant
            tmp_path / "y.npy",
            *arguments,
            environment=environment,
            python=("-c", PROGRAM),
        )
        assert done.returncode == 0, done.stderr
        *said, names = done.stderr.splitlines()
        assert "threads 1" in said, "NumPy has been imported with the threads of its BLAS"
        return set(json.loads(names))

    return run


def test_a_run_imports_nothing_that_is_not_listed_here(imported):
    imported()
    names = imported()
    foreign = {name.split(".")[0] for name in names} - sys.stdlib_module_names
    assert foreign <= PACKAGES
    assert {name.split(".")[1] for name in names if name.startswith("nnspec.")} <= ROOMS
    assert names & SLOW == set()
    for room, allowed in (("schema", SCHEMA), ("show", SHOW), ("diagnostics", DIAGNOSTICS)):
        assert {name for name in names if name.startswith(f"nnspec.{room}")} <= allowed


def test_a_run_imports_one_command_one_engine_and_no_initialiser(imported):
    imported()
    names = imported()
    commands = {name for name in names if name.startswith("nnspec.commands.")}
    assert commands == {"nnspec.commands.run"}
    assert not [name for name in names if name.startswith("nnspec.engines.numba.")]
    assert "nnspec.weights.init" not in names


@pytest.mark.parametrize("package", ["jsonschema", "yaml"])
def test_a_new_spec_is_read_by_pyyaml_and_judged_by_jsonschema(imported, package):
    assert package in imported()
    assert package not in imported()
    assert package in imported(environment={"NNSPEC_DISABLE_CACHE": "1"})

"""action.yml: what it says to GitHub, and its script run by bash as the runner runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from nnspec import folder

ROOT = Path(__file__).parents[2]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS = {step.get("name", "Python"): step for step in ACTION["runs"]["steps"]}
SPEC = "nnspec: 1\ntask: regression\ninput: 2\nlayers: []\noutput: 1\n"
BAD = f"{SPEC}dtpye: float64\n"


@pytest.fixture
def step(tmp_path):
    """Run a step's script in a folder `checkout` with inputs, with `nnspec` where it looks."""
    scripts = tmp_path / "temp" / "nnspec" / "bin"
    scripts.mkdir(parents=True)
    program = scripts / "nnspec"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m nnspec "$@"\n')
    program.chmod(0o755)
    (tmp_path / "checkout").mkdir()

    def run(name: str, **inputs: str) -> subprocess.CompletedProcess[str]:
        given = {key: about["default"] for key, about in ACTION["inputs"].items()} | inputs
        environment = {
            key: given[value.split("inputs.")[1].split()[0]]
            for key, value in STEPS[name]["env"].items()
            if "inputs." in value
        }
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", STEPS[name]["run"]],
            cwd=tmp_path / "checkout",
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT),
                "RUNNER_TEMP": str(tmp_path / "temp"),
                **environment,
            },
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_it_is_a_composite_action_whose_scripts_hold_no_input():
    assert ACTION["runs"]["using"] == "composite"
    scripts = [step for step in STEPS.values() if "run" in step]
    assert all(step["shell"] == "bash" for step in scripts)
    assert not any("${{" in step["run"] for step in scripts)
    read = " ".join(str(step.get("env", "")) + str(step.get("with", "")) for step in STEPS.values())
    assert all(f"inputs.{name} " in read for name in ACTION["inputs"])
    assert all(about["description"] for about in ACTION["inputs"].values())


def test_faults_become_annotations_and_end_the_step(tmp_path, step):
    checkout = tmp_path / "checkout"
    (checkout / "50%: a.yaml").write_text(BAD)
    done = step("Validate")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == (
        "::error file=50%25%3A a.yaml,line=6,endLine=6,col=1,endColumn=6,"
        "title=nnspec unknown-key::unknown key 'dtpye'%0Ahelp: did you mean 'dtype'?\n"
    )


def test_paths_are_lines_and_nothing_in_them_is_run(tmp_path, step):
    checkout = tmp_path / "checkout"
    (checkout / "a b").mkdir()
    (checkout / "a b" / "good.yaml").write_text(SPEC)
    hostile = "$(touch ran); `touch ran`.yaml"
    (checkout / hostile).write_text(SPEC)
    (checkout / "-x.yaml").write_text(BAD)
    done = step("Validate", paths=f"a b\n\n{hostile}\n")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert not (checkout / "ran").exists()
    assert step("Validate", paths="-x.yaml").stdout.startswith("::error file=-x.yaml,line=6")


def test_strict_and_sarif_are_passed_on(tmp_path, step):
    checkout = tmp_path / "checkout"
    (checkout / "a.yaml").write_text(
        f"{SPEC}weights: {{values: {{output.weight: [[.nan], [1]], output.bias: [0]}}}}\n"
    )
    assert step("Validate").returncode == 0
    done = step("Validate", strict="true", sarif="out $HOME.sarif")
    assert done.returncode == 1
    (run,) = json.loads((checkout / "out $HOME.sarif").read_text())["runs"]
    assert {result["level"] for result in run["results"]} == {"error"}


def test_the_format_exists_that_it_asks_for():
    assert "github" in folder.names("nnspec.diagnostics.renderers")


def test_the_entry_for_schemastore_has_what_its_catalogue_takes():
    entry = json.loads((ROOT / "schemas" / "schemastore.json").read_text(encoding="utf-8"))
    assert list(entry) == ["name", "description", "fileMatch", "url"]
    assert entry["url"].startswith("https://www.schemastore.org/")
    assert all(pattern.startswith("*.nnspec.") for pattern in entry["fileMatch"])

"""The README's examples for CI: each is read as its host reads it, and its commands are run."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from xml.etree import ElementTree as ET

import yaml

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BAD = "nnspec: 1\ntask: regression\ninput: 2\nlayers: []\noutput: 1\ndtpye: float64\n"


def example(name: str) -> str:
    (block,) = re.findall(rf"```\w+\n(?:#|//) {re.escape(name)}\n(.*?)```", README, re.DOTALL)
    return block


def test_the_workflow_gives_the_action_inputs_that_it_has():
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    workflow = yaml.safe_load(example(".github/workflows/specs.yml"))
    (step,) = [one for one in workflow["jobs"]["specs"]["steps"] if "/nnspec@" in one["uses"]]
    assert set(step["with"]) <= set(action["inputs"])


def test_the_pre_commit_example_names_the_hook():
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    (repository,) = yaml.safe_load(example(".pre-commit-config.yaml"))["repos"]
    assert [one["id"] for one in repository["hooks"]] == [one["id"] for one in hooks]


def test_gitlab_finds_the_reports_that_its_job_writes(tmp_path, nnspec_command):
    job = yaml.safe_load(example(".gitlab-ci.yml"))["specs"]
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "a.yaml").write_text(BAD)
    (command,) = [line for line in job["script"] if line.startswith("nnspec ")]
    done = nnspec_command(*shlex.split(command)[1:])
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.endswith("1 spec: 1 error; 1 can be mended with --fix\n")
    reports = job["artifacts"]["reports"]
    (issue,) = json.loads((tmp_path / reports["codequality"]).read_text())
    assert issue["location"]["path"] == "specs/a.yaml"
    assert ET.parse(tmp_path / reports["junit"]).find(".//failure") is not None


def test_jenkins_finds_the_reports_that_its_stage_writes(tmp_path, nnspec_command):
    pipeline = example("Jenkinsfile")
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "a.yaml").write_text(BAD)
    (command,) = re.findall(r"sh '\.venv/bin/nnspec (.*)'", pipeline)
    assert nnspec_command(*shlex.split(command)).returncode == 1
    for name in re.findall(r"junit '(.*?)'|pattern: '(.*?)'", pipeline):
        assert (tmp_path / "".join(name)).stat().st_size > 0

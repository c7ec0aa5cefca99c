"""The hook of .pre-commit-hooks.yaml, run by pre-commit on a repository of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
SPEC = "nnspec: 1\ntask: regression\ninput: 2\nlayers: []\noutput: 1\n"


@pytest.fixture
def git(tmp_path):
    """Run git as nobody in particular, whatever the machine's settings."""
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("GIT_")},
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        "PRE_COMMIT_HOME": str(tmp_path / "home"),
    }

    def run(folder: Path, *command: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=folder, env=environment, check=check, capture_output=True, text=True
        )

    def commit(folder: Path) -> str:
        run(folder, "git", "init", "--quiet")
        run(folder, "git", "add", ".")
        author = ("-c", "user.name=nobody", "-c", "user.email=nobody@localhost")
        run(folder, "git", *author, "commit", "--quiet", "--message", "all")
        return run(folder, "git", "rev-parse", "HEAD").stdout.strip()

    run.commit = commit
    return run


def test_the_hook_judges_specs_and_passes_over_other_yaml(tmp_path, git):
    """It installs nnspec as pre-commit does for a stranger: from a clone, with pip."""
    hooks = tmp_path / "nnspec"
    shutil.copytree(ROOT / "nnspec", hooks / "nnspec", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"):
        shutil.copy(ROOT / name, hooks)
    revision = git.commit(hooks)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    hook = {"repo": str(hooks), "rev": revision, "hooks": [{"id": "nnspec-validate"}]}
    (scratch / ".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": [hook]}))
    (scratch / "compose.yaml").write_text("services: {web: {image: nginx}}\n")
    (scratch / "good.yaml").write_text(SPEC)
    (scratch / "50% a.yml").write_text(f"{SPEC}dtpye: float64\n")
    (scratch / "notes.txt").write_text("nnspec: 2\n")
    git.commit(scratch)
    pre_commit = (sys.executable, "-m", "pre_commit", "run")
    done = git(scratch, *pre_commit, "--all-files", check=False)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "50% a.yml:6:1: error[unknown-key]: unknown key 'dtpye'" in done.stdout
    assert "2 specs: 1 error" in done.stdout
    done = git(scratch, *pre_commit, "--files", "compose.yaml", "good.yaml", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Passed" in done.stdout

"""nnspec validate: exit statuses, formats beside each other, what counts as a spec."""

from __future__ import annotations

import io
import json
import sys
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import pytest

GOOD = "nnspec: 1\ntask: regression\ninput: 2\nlayers: []\noutput: 1\n"
BAD = GOOD + "dtpye: float64\n"
NAME = "50%: b c.yaml"
INF = "weights: {values: {output.weight: [[.nan], [1]], output.bias: [0]}}\n"


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.yaml").write_text(GOOD)
    (tmp_path / NAME).write_text(BAD)
    return tmp_path


def test_the_last_line_counts_and_the_status_tells(here, call):
    assert call("validate", "good.yaml").out == "1 spec: no faults\n"
    done = call("validate", ".")
    assert done.status == 1
    assert done.out.startswith(f"{NAME}:6:1: error[unknown-key]: unknown key 'dtpye'\n")
    assert done.out.endswith("\n2 specs: 1 error; 1 can be mended with --fix\n")
    assert call("validate", "good.yaml").status == 0


def test_several_formats_at_once_each_pure(here, call):
    done = call(
        "validate", ".", "--format", "json", "--format", "sarif=out.sarif",
        "--format", "junit=out.xml", "--format", "gitlab=out.json", "--format", "github=out.txt",
        "--format", "text=out",
    )  # fmt: skip
    assert (done.status, done.err) == (1, "")
    (found,) = json.loads(done.out)
    assert (found["file"], found["line"]) == (NAME, 6)
    sarif = json.loads((here / "out.sarif").read_text())
    (result,) = sarif["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == (
        "50%25%3A%20b%20c.yaml"
    )
    cases = ET.parse(here / "out.xml").findall(".//testcase")
    assert [case.get("name") for case in cases] == [NAME, "good.yaml"]
    assert json.loads((here / "out.json").read_text())[0]["location"]["path"] == NAME
    assert (here / "out.txt").read_text() == (
        "::error file=50%25%3A b c.yaml,line=6,endLine=6,col=1,endColumn=6,title=nnspec "
        "unknown-key::unknown key 'dtpye'%0Ahelp: did you mean 'dtype'?\n"
    )
    assert (here / "out").read_text().endswith("2 specs: 1 error; 1 can be mended with --fix\n")


def test_no_faults_are_an_empty_report_in_every_form(here, call):
    assert call("validate", "good.yaml", "--format", "github").out == ""
    assert call("validate", "good.yaml", "--format", "json").out == "[]\n"
    assert call("validate", "good.yaml", "--format", "gitlab").out == "[]\n"


def test_a_report_that_cannot_be_written_is_said(here, call):
    done = call("validate", "good.yaml", "--format", "junit=none/out.xml")
    assert (done.status, done.out) == (1, "")
    assert "cannot write none/out.xml" in done.err
    assert not list(here.glob(".*.tmp"))


def test_wrong_usage_is_status_2_and_writes_nothing(here, call):
    done = call("validate", ".", "--format", "sarif=out.sarif", "--format", "jnuit")
    assert (done.status, done.out) == (2, "")
    assert "did you mean 'junit'?" in done.err
    assert not (here / "out.sarif").exists()


def test_strict_shows_warnings_as_errors(here, call):
    (here / "doubtful.yaml").write_text(GOOD + INF)
    lax = call("validate", "doubtful.yaml", "--format", "json")
    assert (lax.status, {one["severity"] for one in json.loads(lax.out)}) == (0, {"warning"})
    strict = call("validate", "doubtful.yaml", "--strict", "--format", "json")
    assert (strict.status, {one["severity"] for one in json.loads(strict.out)}) == (1, {"error"})


def test_only_specs_passes_over_other_files_and_says_so_by_the_count(here, call):
    (here / "other.yaml").write_text("version: 2\n")
    done = call("validate", "other.yaml")
    assert done.status == 1
    assert "this is no spec" in done.out
    done = call("validate", "--only-specs", "other.yaml", "good.yaml")
    assert (done.status, done.out) == (0, "1 spec: no faults\n")
    assert call("validate", "--only-specs", "nowhere.yaml").status == 1


def test_standard_input_has_the_name_that_it_is_given(here, call, monkeypatch):
    for arguments, name in (((), "<stdin>"), (("--stdin-filename", "a/b.yaml"), "a/b.yaml")):
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(BAD.encode())))
        done = call("validate", "-", *arguments)
        assert done.out.startswith(f"{name}:6:1: error[unknown-key]")


@pytest.mark.parametrize(
    ("environment", "terminal", "coloured"),
    [({}, True, True), ({}, False, False), ({"NO_COLOR": "1"}, True, False)],
)
def test_colour_is_for_terminals_without_no_color(
    here, call, monkeypatch, environment, terminal, coloured
):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for key, value in environment.items():
        monkeypatch.setenv(key, value)
    monkeypatch.setattr("nnspec.commands.validate.sys.stdout.isatty", lambda: terminal)
    done = call("validate", NAME, "--format", "text", "--format", "text=out")
    assert ("\x1b[" in done.out) is coloured
    assert "\x1b[" not in (here / "out").read_text()


def test_links_in_a_circle_are_passed_by(call, tmp_path):
    (tmp_path / "good.yaml").write_text(
        "{nnspec: 1, task: regression, input: 1, layers: [], output: 1}"
    )
    (tmp_path / "a.yaml").symlink_to("b.yaml")
    (tmp_path / "b.yaml").symlink_to("a.yaml")
    done = call("validate", str(tmp_path))
    assert (done.status, done.err) == (0, "")
    assert "1 spec" in done.out


def test_a_link_that_leads_out_of_a_folder_is_passed_by(call, tmp_path):
    spec = "nnspec: 1\ntask: regression\ninput: 2\nlayers: []\noutput: 1\n"
    (tmp_path / "outside.yaml").write_text(spec + "secret: 1\n")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "inside.yaml").write_text(spec)
    (folder / "link.yaml").symlink_to(tmp_path / "outside.yaml")
    (folder / "near.yaml").symlink_to(folder / "inside.yaml")
    done = call("validate", str(folder))
    assert (done.status, done.err) == (0, "")
    assert "secret" not in done.out

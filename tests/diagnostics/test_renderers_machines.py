"""What programs are shown: each form by its own rules, and no text in it can forge anything."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree as ET

import jsonschema
import pytest

from nnspec import folder
from nnspec.diagnostics.diagnostic import Diagnostic, Span
from nnspec.diagnostics.renderers import github, gitlab, junit, sarif, text
from nnspec.diagnostics.renderers import json as json_form
from nnspec.errors import UsageError
from nnspec.validation import reports

FORMS = [text, json_form, github, gitlab, sarif, junit]
# Made by OASIS, the final one; from the npm package @datadog/datadog-ci-plugin-sarif.
SARIF = json.loads(
    (Path(__file__).parents[1] / "ci" / "sarif-schema-2.1.0.json").read_text("utf-8")
)
NAME = "50%: b, c.yaml"
HOSTILE = (
    "\x00\x07\x1b]0;x\x9b\x7f\r\n::error::forged%0A##[set-env name=a]b<![CDATA[]]>&\"'</failure>"
    "\u202e\u2066\u2028\ufffe\uffff\udcff,:😀"
)
EVIL = Diagnostic(
    HOSTILE, 2, 3, 2, 5, "error", HOSTILE, HOSTILE, HOSTILE, f"/{HOSTILE}", f"  {HOSTILE}"
)
UNKNOWN = Diagnostic(
    NAME, 7, 28, 7, 32, "error", "unknown-activation", "unknown activation 'rleu'",
    "did you mean 'relu'?", "/layers/0/activation", "  - {size: 50, activation: rleu}",
)  # fmt: skip
ADVICE = Diagnostic(NAME, 12, 1, 14, 3, "warning", "linear", "two: 100%\nof", None, "", "layers:")

MENDED = replace(UNKNOWN, fix="relu")
TWICE = Diagnostic(
    NAME, 9, 1, 9, 5, "error", "duplicate-key", "key 'size' is already given in line 4",
    source="size: 2", related=Span(4, 3, 4, 7),
)  # fmt: skip


def test_every_form_is_tried():
    assert {form.__name__.rpartition(".")[2] for form in FORMS} == set(
        folder.names("nnspec.diagnostics.renderers")
    )


@pytest.mark.parametrize("form", FORMS)
def test_no_form_has_a_raw_control_or_bidirectional_character(form):
    shown = form.render([EVIL, ADVICE], files=[HOSTILE, NAME, "fine.yaml"])
    for character in shown:
        assert character == "\n" or unicodedata.category(character) not in {"Cc", "Cs", "Zl", "Zp"}
        assert unicodedata.bidirectional(character) not in {
            "RLO",
            "LRO",
            "RLI",
            "LRI",
            "FSI",
            "PDI",
        }
    shown.encode()


def parse_commands(output: str) -> list[tuple[str, dict[str, str], str]]:
    """Read workflow commands as the runner does: ActionCommand.TryParseV2, in Python."""
    commands = []
    for line in output.split("\n"):
        if line.lstrip().startswith("::"):
            head, data = line.lstrip()[2:].split("::", 1)
            name, _, listed = head.partition(" ")
            pairs = dict(pair.split("=", 1) for pair in listed.strip().split(","))
            for mapping in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
                pairs = {key: value.replace(*mapping) for key, value in pairs.items()}
            data = data.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
            commands.append((name, pairs, data))
    return commands


def test_github_reads_back_what_was_meant():
    one, two = parse_commands(github.render([UNKNOWN, ADVICE]))
    assert one == (
        "error",
        {"file": NAME, "line": "7", "endLine": "7", "col": "28", "endColumn": "32",
         "title": "nnspec unknown-activation"},
        "unknown activation 'rleu'\nhelp: did you mean 'relu'?",
    )  # fmt: skip
    assert two == (
        "warning",
        {"file": NAME, "line": "12", "endLine": "14", "title": "nnspec linear"},
        r"two: 100%\nof",
    )


def test_github_has_one_line_for_each_diagnostic_whatever_the_text():
    shown = github.render([EVIL] * 3)
    assert len(shown.split("\n")) == len(parse_commands(shown)) == 3
    assert {name for name, _, _ in parse_commands(shown)} == {"error"}


def test_gitlab_has_what_gitlab_requires():
    one, two = json.loads(gitlab.render([UNKNOWN, ADVICE]))
    assert one["description"] == "unknown activation 'rleu' (help: did you mean 'relu'?)"
    assert (one["check_name"], one["severity"]) == ("unknown-activation", "major")
    assert one["location"] == {"path": NAME, "lines": {"begin": 7, "end": 7}}
    assert (two["check_name"], two["severity"]) == ("linear", "minor")
    assert all(re.fullmatch("[0-9a-f]{64}", issue["fingerprint"]) for issue in (one, two))


def test_gitlab_paths_start_at_the_working_directory():
    absolute = Diagnostic(str(Path.cwd() / "a" / "b.yaml"), 1, 1, 1, 2, "error", "c", "m")
    dotted = Diagnostic("./a/./b.yaml", 1, 1, 1, 2, "error", "c", "m")
    paths = [one["location"]["path"] for one in json.loads(gitlab.render([absolute, dotted]))]
    assert paths == ["a/b.yaml", "a/b.yaml"]


def test_fingerprints_are_unique_and_do_not_move_with_the_lines():
    def at(line: int) -> Diagnostic:
        return Diagnostic("a.yaml", line, 1, line, 2, "error", "c", "m", source="x: 1")

    def prints(*diagnostics: Diagnostic) -> list[str]:
        return [one["fingerprint"] for one in json.loads(gitlab.render(diagnostics))]

    before = prints(at(3), at(4), UNKNOWN, TWICE)
    assert len(set(before)) == 4
    moved = replace(TWICE, line=90, message="key 'size' is already given in line 40", related=Span(40, 3, 40, 7))  # fmt: skip
    assert prints(at(30), at(50), UNKNOWN, moved) == before


@pytest.mark.parametrize("diagnostics", [[], [UNKNOWN, ADVICE], [EVIL], [MENDED], [TWICE]])
def test_sarif_is_valid_by_the_official_schema(diagnostics):
    report = json.loads(sarif.render(diagnostics, files=["fine.yaml"]))
    formats = jsonschema.Draft7Validator.FORMAT_CHECKER
    jsonschema.Draft7Validator(SARIF, format_checker=formats).validate(report)


def test_sarif_says_where_and_teaches_with_the_page_of_the_code():
    (run,) = json.loads(sarif.render([UNKNOWN, ADVICE], files=["fine.yaml", NAME]))["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert [one["location"]["uri"] for one in run["artifacts"]] == [
        "fine.yaml", "50%25%3A%20b%2C%20c.yaml",
    ]  # fmt: skip
    first = run["results"][0]
    place = first["locations"][0]["physicalLocation"]
    assert unquote_to_bytes(place["artifactLocation"]["uri"]) == NAME.encode()
    assert (
        run["artifacts"][place["artifactLocation"]["index"]]["location"]["uri"]
        == (place["artifactLocation"]["uri"])
    )
    assert place["region"] == {"startLine": 7, "startColumn": 28, "endLine": 7, "endColumn": 32}
    rule = run["tool"]["driver"]["rules"][first["ruleIndex"]]
    assert rule["id"] == first["ruleId"] == "unknown-activation"
    assert rule["help"]["markdown"].startswith("# `unknown-activation`")
    assert "```" not in rule["help"]["text"]
    assert [result["level"] for result in run["results"]] == ["error", "warning"]


def test_sarif_has_the_repair_that_fix_makes():
    (run,) = json.loads(sarif.render([MENDED, UNKNOWN]))["runs"]
    fixed, open_ = run["results"]
    place = fixed["locations"][0]["physicalLocation"]
    (change,) = fixed["fixes"][0]["artifactChanges"]
    assert change["artifactLocation"] == place["artifactLocation"]
    assert change["replacements"] == [
        {"deletedRegion": place["region"], "insertedContent": {"text": "relu"}}
    ]
    assert "fixes" not in open_


def test_sarif_leads_to_the_other_place_that_a_message_speaks_of():
    (run,) = json.loads(sarif.render([TWICE, UNKNOWN]))["runs"]
    twice, single = run["results"]
    (other,) = twice["relatedLocations"]
    place = other["physicalLocation"]
    assert place["region"] == {"startLine": 4, "startColumn": 3, "endLine": 4, "endColumn": 7}
    assert (
        place["artifactLocation"] == twice["locations"][0]["physicalLocation"]["artifactLocation"]
    )
    assert other["message"]["text"]
    assert "relatedLocations" not in single


def test_sarif_gives_a_file_elsewhere_its_full_address():
    elsewhere = Diagnostic("/x y/\udcff.yaml", 1, 1, 1, 2, "error", "c", "m")
    (run,) = json.loads(sarif.render([elsewhere]))["runs"]
    assert run["artifacts"][0]["location"] == {"uri": "file:///x%20y/%FF.yaml"}


def test_junit_has_a_test_case_for_every_file():
    root = ET.fromstring(junit.render([UNKNOWN, UNKNOWN, ADVICE], files=["fine.yaml", NAME]))
    (suite,) = root
    assert {key: suite.get(key) for key in ("tests", "failures", "errors")} == {
        "tests": "2", "failures": "1", "errors": "0",
    }  # fmt: skip
    fine, bad = suite
    assert (fine.get("name"), len(fine)) == ("fine.yaml", 0)
    assert bad.get("name") == NAME
    failure, printed = bad
    assert failure.get("message") == "7:28: unknown activation 'rleu' (and 1 more)"
    assert failure.text == text.render([UNKNOWN, UNKNOWN])
    assert printed.text == text.render([ADVICE])


def test_junit_escapes_what_xml_cannot_hold_and_keeps_emoji():
    root = ET.fromstring(junit.render([EVIL]))
    assert [element.tag for element in root.iter()] == [
        "testsuites", "testsuite", "testcase", "failure",
    ]  # fmt: skip
    message = root.find(".//failure").get("message")
    assert r"\x00\x07\x1b]0;x" in message
    assert r"\ufffe\uffff\udcff,:😀" in message


def test_one_warning_fails_no_test_case():
    suite = ET.fromstring(junit.render([ADVICE]))[0]
    assert (suite.get("tests"), suite.get("failures")) == ("1", "0")


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        (["sarfi"], "did you mean 'sarif'"),
        (["json", "sarif"], "two formats for standard output"),
        (["json=a", "sarif=a"], "two formats for 'a'"),
        (["json="], "the name of the file is missing"),
    ],
)
def test_formats_that_make_no_sense_are_refused(wanted, message):
    with pytest.raises(UsageError, match=message):
        reports.parse(wanted)

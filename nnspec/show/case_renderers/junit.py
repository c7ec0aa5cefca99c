"""For Jenkins and others: JUnit XML, with a suite for each spec and a test case for each check."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from nnspec.diagnostics.quote import escape
from nnspec.diagnostics.renderers import text as diagnostics_text
from nnspec.show.case_renderers.text import details

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nnspec.cases.report import SpecReport, Tested


def render(reports: Sequence[SpecReport], *, verbose: bool = False) -> str:
    """Give the XML in pure ASCII; a spec that cannot be tested is an error of its suite.

    What XML cannot hold, and what could deceive a reader, is written as escapes.
    """
    del verbose  # what passed has its line
    suites = [_suite(report) for report in reports]
    root = ET.Element("testsuites", {"name": "nnspec test", **_counts(reports)})
    root.extend(suites)
    ET.indent(root)
    document: bytes = ET.tostring(root, "us-ascii", xml_declaration=True)
    return document.decode("ascii")


def _suite(report: SpecReport) -> ET.Element:
    name = escape(report.name)
    suite = ET.Element("testsuite", {"name": name, **_counts([report])})
    if report.problem is not None:
        case = ET.SubElement(suite, "testcase", {"classname": name, "name": "spec", "file": name})
        about = {"type": "spec", "message": escape(report.problem)}
        ET.SubElement(case, "error", about).text = diagnostics_text.render(report.diagnostics)
    for tested in report.cases:
        suite.append(_case(name, tested))
    return suite


def _case(spec: str, tested: Tested) -> ET.Element:
    result = tested.result
    about = {"classname": spec, "name": escape(result.name), "file": spec}
    case = ET.Element("testcase", about)
    if result.passed:
        ET.SubElement(case, "system-out").text = escape(result.message)
    else:
        failure = {"type": "check", "message": escape(result.message)}
        ET.SubElement(case, "failure", failure).text = "\n".join(details(tested))
    return case


def _counts(reports: Sequence[SpecReport]) -> dict[str, str]:
    verdicts = [tested.result.passed for report in reports for tested in report.cases]
    broken = sum(report.problem is not None for report in reports)
    return {
        "tests": str(len(verdicts) + broken),
        "failures": str(verdicts.count(False)),
        "errors": str(broken),
        "skipped": "0",
    }

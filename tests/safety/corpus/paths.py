"""Specs that name files elsewhere, and names that are no plain files."""

from __future__ import annotations

import os
from pathlib import Path

from corpus import SPEC, SUM, Case
from corpus.weights_npz import GOOD

SECRET = "the-secret-words"


def weights(
    name: str,
    written: str,
    status: int,
    says: str,
    files: dict[str, object] | None = None,
    *more: str,
) -> Case:
    spec = SPEC.format(weights=f"{{file: {written!r}}}")
    return Case(
        name,
        {"in/spec.yaml": spec, "secret.npz": SECRET, **(files or {})},
        status,
        says,
        ("validate", "spec.yaml", *more),
        folder="in",
    )  # type: ignore[arg-type]


def link(target: str):
    return lambda path: path.symlink_to(target)


def check(name: str, written: str, says: str) -> Case:
    spec = SUM + f"checks: [{{input: {written!r}, output: y.npy}}]\n"
    return Case(
        f"a check of {name}",
        {"in/spec.yaml": spec, "secret.csv": SECRET},
        1,
        says,
        ("test", "spec.yaml"),
        folder="in",
    )


def named(name: str, path: str, content: object, says: str) -> Case:
    return Case(name, {path: content}, 1, says, ("validate", path))  # type: ignore[dict-item]


ACTUAL = SUM + "checks: [{input: x.csv, output: y.csv}]\n"
OUTSIDE = "[weights-outside]"
CASES = [
    weights("one up", "../secret.npz", 1, OUTSIDE),
    weights("one up, by a folder", "a/../../secret.npz", 1, OUTSIDE),
    weights("one up, to nothing", "../nothing.npz", 1, OUTSIDE),
    weights("absolute", "/etc/passwd", 1, OUTSIDE),
    weights("absolute and not there", "/nowhere/w.npz", 1, OUTSIDE),
    weights("a drive", "C:\\w.npz", 1, OUTSIDE),
    weights("a share", "\\\\host\\share\\w.npz", 1, OUTSIDE),
    weights("a home", "~/w.npz", 1, "[weights-missing-file]"),
    weights("a variable", "$HOME/w.npz", 1, "[weights-missing-file]"),
    weights("a URL", "https://127.0.0.1:9/w.npz", 1, OUTSIDE),
    weights("a file URL", "file:///etc/passwd", 1, OUTSIDE),
    weights("data in a URL", "data:,x", 1, OUTSIDE),
    weights("a device", "/dev/zero", 1, OUTSIDE),
    weights("the process's memory", "/proc/self/mem", 1, OUTSIDE),
    weights("a link upwards", "w.npz", 1, OUTSIDE, {"in/w.npz": link("../secret.npz")}),
    weights("a link to the system", "w.npz", 1, OUTSIDE, {"in/w.npz": link("/etc/passwd")}),
    weights("a link to a link", "w.npz", 1, OUTSIDE, {"in/w.npz": link("v.npz"), "in/v.npz": link("/etc/passwd")}),
    weights("a link to nothing outside", "w.npz", 1, OUTSIDE, {"in/w.npz": link("/nowhere/w.npz")}),
    weights("a linked folder", "d/secret.npz", 1, OUTSIDE, {"in/d": link("..")}),
    weights("a link to itself", "w.npz", 1, "[weights-", {"in/w.npz": link("w.npz")}),
    weights("a link inside", "w.npz", 0, "no faults", {"in/w.npz": link("v.npz"), "in/v.npz": GOOD}),
    weights("a device by a link", "w.npz", 1, OUTSIDE, {"in/w.npz": link("/dev/zero")}),
    weights("a pipe", "w.npz", 1, "[weights-unreadable]", {"in/w.npz": os.mkfifo}),
    weights("a folder", "w.npz", 1, "[weights-unreadable]", {"in/w.npz": Path.mkdir}),
    weights("its own folder", ".", 1, "[weights-"),
    weights("nothing", "", 1, "error["),
    weights("the spec itself", "spec.yaml", 1, "[weights-unreadable]"),
    weights("no suffix", "w", 1, "[weights-"),
    weights("a zero byte", "w\\0.npz", 1, "error["),
    weights("a name of 5,000 characters", "n" * 5000 + ".npz", 1, "error["),
    weights("a name of escapes", "\x1b[31m\u202e.npz", 1, "error["),
    weights("one up, allowed", "../secret.npz", 1, "[weights-unreadable]", None, "--allow-outside"),
    check("one up", "../secret.csv", "leads outside"),
    check("the system", "/etc/passwd", "absolute path"),
    check("a URL", "http://127.0.0.1:9/x.csv", "nothing is fetched"),
    named("a spec that is a pipe", "spec.yaml", os.mkfifo, "[unreadable-spec]"),
    Case("a folder without specs", {"spec.yaml": Path.mkdir}, 2, "no spec"),
    named("a spec that is a device", "spec.yaml", link("/dev/zero"), "[unreadable-spec]"),
    named("a spec that links to itself", "spec.yaml", link("spec.yaml"), "[unreadable-spec]"),
    named("a spec that links to nothing", "spec.yaml", link("nothing"), "[unreadable-spec]"),
    named("a spec named with a newline", "a\nb.yaml", "nnspec: 2\n", "a\\nb.yaml"),
    named("a spec named with escapes", "\x1b[31m.yaml", "nnspec: 2\n", "\\x1b[31m.yaml"),
    named("a spec named in half a surrogate pair", "a\udcff.yaml", "nnspec: 2\n", "yaml:1:"),
    named("a spec named as an error of another", "ok.yaml:1:1: error[x]", "nnspec: 2\n", "error"),
    Case("a spec that is not there", {}, 1, "[unreadable-spec]"),
    Case("a folder of pipes and links", {"d/a.yaml": os.mkfifo, "d/b.yaml": link("b.yaml"), "d/c.yaml": SUM, "d/e": link(".")}, 0, "1 spec", ("validate", "d")),
    Case("a run of a pipe", {"spec.yaml": os.mkfifo}, 1, "[unreadable-spec]", ("run", "spec.yaml", "[1, 2]")),
    Case("data that are a folder", {"spec.yaml": SUM, "x.csv": Path.mkdir}, 2, "no data", ("run", "spec.yaml", "x.csv")),
    Case("data that link to themselves", {"spec.yaml": SUM, "x.csv": link("x.csv")}, 1, "x.csv", ("run", "spec.yaml", "x.csv")),
    Case("an actual output that links upwards", {"in/spec.yaml": ACTUAL, "in/x.csv": "1,2\n", "in/y.csv": "a\n9\n", "in/y.actual.npy": link("../ran")}, 1, "y.actual.npy is a link", ("test", "spec.yaml"), folder="in"),
    Case("an endless device as data", {"spec.yaml": SUM}, 1, "/dev/zero", ("run", "spec.yaml", "/dev/zero")),
    Case("an output into a folder that is not there", {"spec.yaml": SUM}, 1, "no such file", ("run", "spec.yaml", "[1, 2]", "-o", "no/y.csv")),
    Case("an output over a folder", {"spec.yaml": SUM, "y.csv/a": ""}, 2, "into a folder", ("run", "spec.yaml", "[1, 2]", "-o", "y.csv/")),
    Case("code beside the spec", {"spec.yaml": SUM, "numpy.py": "open('ran', 'w')", "conftest.py": "open('ran', 'w')", "nnspec_evil.py": "open('ran', 'w')"}, 0, "3", ("run", "spec.yaml", "[1, 2]")),
]  # fmt: skip

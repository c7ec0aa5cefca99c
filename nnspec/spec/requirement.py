"""Requirements as pip writes them: a distribution and the versions of it that will do."""

from __future__ import annotations

import re

from nnspec.diagnostics.quote import quote
from nnspec.records import dataclass

_REQUIREMENT = r"\s*([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*([^A-Za-z0-9._-].*)?\Z"
_CLAUSE = r"\s*(==|!=|>=|<=|~=|>|<)\s*([0-9A-Za-z.!+*-]+)\s*\Z"
_VERSION = (
    r"(?i:v?(?P<release>[0-9]{1,9}(?:\.[0-9]{1,9})*)"
    r"(?:[-_.]?(?P<phase>alpha|a|beta|b|preview|pre|c|rc)[-_.]?(?P<number>[0-9]{0,9}))?"
    r"(?:[-_.]?(?:post|rev|r)[-_.]?(?P<post>[0-9]{0,9}))?"
    r"(?:[-_.]?dev[-_.]?(?P<dev>[0-9]{0,9}))?"
    r"(?:\+[a-z0-9.]+)?)\Z"
)
_LONGEST = 200

Version = tuple[tuple[int, ...], tuple[int, int], int, int]
"""Release without trailing zeros, phase (alpha, beta, candidate, final), post, dev."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """A distribution, and clauses that its version must fulfil, all of them.

    Examples:
        >>> wanted = parse("nnspec-mish >= 0.1, < 2")
        >>> str(wanted), wanted.names("nnspec_mish"), wanted.allows("0.10.2"), wanted.allows("2.0")
        ('nnspec-mish>=0.1,<2', True, True, False)
    """

    name: str
    clauses: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return self.name + ",".join(operator + version for operator, version in self.clauses)

    def names(self, distribution: str) -> bool:
        """Say whether that is the distribution meant; case, "-", "_" and "." do not count."""
        return _plain(self.name) == _plain(distribution)

    def allows(self, version: str) -> bool:
        """Say whether a version will do; one that is none by PEP 440 does not."""
        have = _version(version)
        return have is not None and all(_holds(have, *clause) for clause in self.clauses)


def parse(text: str) -> Requirement:
    """Read `name`, or `name` with clauses such as `>=0.1,<2`, `~=1.4` or `==1.*`.

    Raises:
        ValueError: it is something else, such as a path or an address; the message says what.
    """
    match = re.match(_REQUIREMENT, text) if len(text) <= _LONGEST else None
    if match is None:
        raise ValueError("a distribution's name comes first")
    clauses = []
    for part in match[2].split(",") if match[2] else ():
        clause = re.match(_CLAUSE, part)
        version = clause[2].removesuffix(".*") if clause and clause[1] in {"==", "!="} else ""
        if clause is None or _version(version or clause[2]) is None:
            raise ValueError(f"{quote(part.strip())} is no condition on a version")
        clauses.append((clause[1], clause[2]))
    return Requirement(match[1], tuple(clauses))


def _version(text: str) -> Version | None:
    """Give what orders versions as PEP 440 does, epochs and local versions apart."""
    match = re.match(_VERSION, text)
    if match is None:
        return None
    release = tuple(int(part) for part in match["release"].split("."))
    while len(release) > 1 and release[-1] == 0:
        release = release[:-1]
    post = -1 if match["post"] is None else int(match["post"] or 0)
    dev = 10**9 if match["dev"] is None else int(match["dev"] or 0)
    if match["phase"]:
        rank = {"a": 0, "b": 1}.get(match["phase"][0].lower(), 2)
        return release, (rank, int(match["number"] or 0)), post, dev
    only_dev = match["dev"] is not None and match["post"] is None
    return release, (-1 if only_dev else 3, 0), post, dev


def _holds(have: Version, operator: str, text: str) -> bool:
    if text.endswith(".*"):
        return _begins(have, text.removesuffix(".*")) == (operator == "==")
    wanted = _version(text)
    if wanted is None:
        return False
    match operator:
        case "==":
            return have == wanted
        case "!=":
            return have != wanted
        case ">=":
            return have >= wanted
        case "<=":
            return have <= wanted
        case ">":
            return have > wanted
        case "<":
            return have < wanted
        case _:  # ~=1.4.2 is >=1.4.2 and ==1.4.*
            return have >= wanted and _begins(have, text.rpartition(".")[0] or text)


def _begins(have: Version, text: str) -> bool:
    start = tuple(int(part) for part in re.findall(r"[0-9]+", text))
    release = have[0] + (0,) * len(start)
    return release[: len(start)] == start


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()

"""`nnspec.records.dataclass` makes what the standard library's makes, case by case."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from dataclasses import field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pytest

from nnspec import records
from nnspec.plugin.layer import Parameter
from nnspec.plugin.registry import Provider
from nnspec.spec.model import InputSpec

if TYPE_CHECKING:
    from collections.abc import Mapping


def body(made):
    """Define one class by either decorator."""

    class Record:
        """A record with one field of each kind."""

        name: str
        size: int = 3
        table: Mapping[str, int] = field(default_factory=dict)
        hidden: str = field(default="h", repr=False, compare=False)
        unhashed: Any = field(default=(), hash=False)
        last: float = field(default=0.5, kw_only=True)

        def double(self) -> int:
            """Give twice the size."""
            return 2 * self.size

    return made(Record)


OPTIONS = [
    {"frozen": True},
    {"frozen": True, "slots": True},
    {"frozen": True, "slots": True, "order": True},
    {"frozen": True, "eq": False},
    {"slots": True, "eq": False},
    {},
]


@pytest.fixture(params=OPTIONS, ids=str)
def pair(request):
    """Give the class by the standard library, and ours."""
    return [body(module.dataclass(**request.param)) for module in (dataclasses, records)]


def outcome(function, *arguments, **named):
    """Give what a call gives, or how it fails, in words."""
    try:
        return repr(function(*arguments, **named))
    except Exception as error:
        return f"{type(error).__name__}: {error}"


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("a",), {}),
        (("a", 1, {"k": 2}, "x", [1]), {"last": 2.0}),
        ((), {"name": "a", "size": 4}),
        ((), {}),
        (("a",), {"nmae": 1}),
        (("a",), {"name": "b"}),
        (("a", 1, {}, "x", (), 0.5), {}),
    ],
)
def test_a_call_gives_the_same_record_or_the_same_complaint(pair, arguments, named):
    theirs, ours = (outcome(cls, *arguments, **named) for cls in pair)
    assert ours == theirs


def test_fields_signature_and_documentation_are_the_same(pair):
    theirs, ours = pair
    assert list(inspect.signature(ours).parameters.values()) != []
    assert [(p.name, p.kind) for p in inspect.signature(ours).parameters.values()] == [
        (p.name, p.kind) for p in inspect.signature(theirs).parameters.values()
    ]
    assert [f.name for f in dataclasses.fields(ours)] == [
        f.name for f in dataclasses.fields(theirs)
    ]
    assert (ours.__doc__, ours.__match_args__) == (theirs.__doc__, theirs.__match_args__)
    assert ours("a").double() == 6
    assert "<factory>" in str(inspect.signature(ours))


def test_each_record_has_a_table_of_its_own(pair):
    ours = pair[1]
    assert ours("a").table == {}
    assert ours("a").table is not ours("a").table


@pytest.mark.parametrize("operation", ["__eq__", "__lt__", "__le__", "__gt__", "__ge__"])
@pytest.mark.parametrize("other", [("a",), ("a", 4), ("a", 3, {}, "other"), ("A", 9)])
def test_comparisons_are_the_same(pair, operation, other):
    def compared(cls):
        return outcome(lambda: getattr(cls("a"), operation)(cls(*other)))

    theirs, ours = map(compared, pair)
    assert ours == theirs


def test_a_record_of_another_class_is_never_equal(pair):
    theirs, ours = pair
    assert ours("a") != theirs("a")
    assert ours("a") != "a"


def test_hashes_are_of_the_fields_that_count(pair):
    def hashed(cls):
        one, two = cls("a", 1, (), "x", [1]), cls("a", 1, (), "y", [2])
        return outcome(lambda: hash(one) == hash(two))

    theirs, ours = map(hashed, pair)
    assert ours.partition(":")[0] == theirs.partition(":")[0]


@pytest.mark.parametrize(
    "change",
    [
        lambda one: setattr(one, "size", 1),
        lambda one: delattr(one, "size"),
        lambda one: setattr(one, "unknown", 1),
    ],
)
def test_a_frozen_record_stays_as_it_is(change):
    for options in ({"frozen": True}, {"frozen": True, "slots": True}):
        one = body(records.dataclass(**options))("a")
        with pytest.raises(dataclasses.FrozenInstanceError):
            change(one)
        assert one == type(one)("a")


def test_a_record_that_is_not_frozen_can_be_changed_and_not_hashed():
    one = body(records.dataclass())("a")
    one.size = 7
    assert one.size == 7
    with pytest.raises(TypeError, match="unhashable"):
        hash(one)


def test_replace_asdict_and_copies(pair):
    for cls in pair:
        one = dataclasses.replace(cls("a"), size=9)
        assert (one.size, one.name) == (9, "a")
        assert dataclasses.asdict(one)["size"] == 9
        assert copy.copy(one).size == copy.deepcopy(one).size == 9


@pytest.mark.parametrize(
    "one", [Parameter("weight", (2, 3)), Provider("a", version="1"), InputSpec(3, mean=0.5)]
)
def test_records_pickle(one):
    assert pickle.loads(pickle.dumps(one)) == one


def test_post_init_runs_on_whole_records_and_own_methods_stay():
    @records.dataclass(frozen=True)
    class Checked:
        """A record that looks at itself."""

        size: int
        seen: list[int] = field(default_factory=list)

        def __post_init__(self):
            self.seen.append(self.size)

        def __repr__(self):
            return "own"

        @cached_property
        def half(self):
            return self.size / 2

    one = Checked(4)
    assert (one.seen, repr(one), one.half) == ([4], "own", 2.0)


def test_a_record_within_itself_can_be_shown():
    @records.dataclass()
    class Ring:
        """A record with a way back to it."""

        next: Any = None

    ring = Ring()
    ring.next = ring
    assert repr(ring).endswith("Ring(next=...)")

"""`dataclass` as the standard library has it, defined in a tenth of the time.

That one writes the source of each method and has it compiled: 0.5 to 1 ms a class, a tenth of a
whole `nnspec run`. Here the methods are closures over the names of the fields; all else, such as
`fields`, `replace` and `asdict`, is the standard library's own.
"""

from __future__ import annotations

import dataclasses
import operator
from dataclasses import field as field
from reprlib import recursive_repr
from types import FunctionType
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass as dataclass  # noqa: TID251
else:

    def dataclass(
        *, frozen: bool = False, slots: bool = False, eq: bool = True, order: bool = False
    ) -> Callable[[type], type]:
        """Make a class a dataclass, with the methods that the standard library would write.

        Examples:
            >>> @dataclass(frozen=True)
            ... class Point:
            ...     "A place."
            ...     x: float
            ...     y: float = 0.0
            >>> Point(1.0), Point(1.0) == Point(1.0, 0.0), dataclasses.replace(Point(1.0), y=2.0)
            (Point(x=1.0, y=0.0), True, Point(x=1.0, y=2.0))
        """

        def define(plain: type) -> type:
            own = set(vars(plain))
            plain_fields = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots)  # noqa: TID251
            cls = plain_fields(plain)
            methods = {"__init__": _init(cls, slots), "__repr__": _repr(cls)}
            if eq:
                methods |= _comparisons(cls, order) | {"__hash__": _hash(cls) if frozen else None}
            if frozen:
                methods |= {"__setattr__": _set, "__delattr__": _delete}
            if frozen and slots:  # what pickle and copy do of themselves would be an assignment
                methods |= {"__getstate__": _state, "__setstate__": _restore}
            for name, method in methods.items():
                if name not in own:
                    if method is not None:
                        method.__qualname__ = f"{cls.__qualname__}.{name}"
                    setattr(cls, name, method)
            return cls

        return define


class _Factory:
    def __repr__(self) -> str:
        return "<factory>"


_FACTORY = _Factory()
"""The default of a field that has a factory, as `help` shows it."""


def _arguments(self: Any) -> None:
    store(locals())  # type: ignore[name-defined]  # noqa: F821 - `_init` gives it


def _init(cls: Any, slots: bool) -> Callable[..., None]:
    """Make `__init__`: the code of `_arguments` with the fields as further arguments.

    So Python itself matches what is given with what is wanted, and complains in its own words.
    """
    fields = dataclasses.fields(cls)
    # As the standard library does it: those by keyword alone come last.
    plain = [one for one in fields if not one.kw_only]
    named = [one for one in fields if one.kw_only]
    factories = [
        (one.name, one.default_factory)
        for one in fields
        if one.default_factory is not dataclasses.MISSING
    ]
    post = getattr(cls, "__post_init__", None)
    write = object.__setattr__

    def store(values: dict[str, Any]) -> None:
        self = values.pop("self")
        for name, factory in factories:
            if values[name] is _FACTORY:
                values[name] = factory()
        if slots:
            for name, value in values.items():
                write(self, name, value)
        else:
            self.__dict__.update(values)
        if post is not None:
            post(self)

    code = _arguments.__code__.replace(
        co_argcount=1 + len(plain),
        co_kwonlyargcount=len(named),
        co_nlocals=1 + len(fields),
        co_varnames=("self", *(one.name for one in [*plain, *named])),
        co_name="__init__",
        co_qualname=f"{cls.__qualname__}.__init__",
    )
    init = FunctionType(code, {"store": store, "locals": locals}, "__init__")
    init.__module__ = cls.__module__
    defaults = {one.name: one.default for one in fields if one.default is not dataclasses.MISSING}
    defaults |= dict.fromkeys(dict(factories), _FACTORY)
    init.__defaults__ = tuple(defaults[one.name] for one in plain if one.name in defaults)
    init.__kwdefaults__ = {one.name: defaults[one.name] for one in named if one.name in defaults}
    init.__annotations__ = {one.name: one.type for one in fields} | {"return": "None"}
    return init


def _repr(cls: Any) -> Callable[[Any], str]:
    names = [one.name for one in dataclasses.fields(cls) if one.repr]

    @recursive_repr()
    def __repr__(self: Any) -> str:  # noqa: N807
        shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{self.__class__.__qualname__}({shown})"

    return __repr__


def _comparisons(cls: Any, order: bool) -> dict[str, Callable[[Any, Any], Any]]:
    values = _reader([one.name for one in dataclasses.fields(cls) if one.compare])

    def method(compare: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
        def compared(self: Any, other: Any) -> Any:
            if other.__class__ is not self.__class__:
                return NotImplemented
            return compare(values(self), values(other))

        return compared

    wanted = ("eq", "lt", "le", "gt", "ge") if order else ("eq",)
    return {f"__{name}__": method(getattr(operator, name)) for name in wanted}


def _hash(cls: Any) -> Callable[[Any], int]:
    values = _reader(
        [
            one.name
            for one in dataclasses.fields(cls)
            if (one.compare if one.hash is None else one.hash)
        ]
    )
    return lambda self: hash(values(self))


def _reader(names: list[str]) -> Callable[[Any], Any]:
    return operator.attrgetter(*names) if names else lambda _: ()


def _set(self: Any, name: str, _: Any) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _delete(self: Any, name: str) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, one.name) for one in dataclasses.fields(self)]


def _restore(self: Any, state: list[Any]) -> None:
    for one, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, one.name, value)

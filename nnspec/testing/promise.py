"""A promise: a module of `nnspec.testing.promises`, as something to call with an activation."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Protocol, cast

from nnspec.folder import modules
from nnspec.records import dataclass
from nnspec.testing.breach import Breach, shown
from nnspec.testing.settings import settings
from nnspec.testing.subject import CallError, Subject

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nnspec.plugin.activation import Activation

PROMISES = "nnspec.testing.promises"


class Module(Protocol):
    """What a module of that folder holds; the first line of its docstring is the promise."""

    # The optional part of an activation that it is about, such as "derivative"; None: all have it.
    NEEDS: str | None
    # A package that it has to import, beyond those that nnspec requires; most name none.
    PACKAGE: str

    def breaches(self, subject: Subject) -> Iterator[Breach]:
        """Yield where an activation breaks the promise; only the first is reported."""


@dataclass(frozen=True)
class Promise:
    """One promise that activations make.

    Attributes:
        name: what it is called: "keeps_dtype".
        text: the promise itself, as a clause.
    """

    name: str
    text: str
    module: Module

    def __repr__(self) -> str:
        return f"Promise({self.name!r})"

    def concerns(self, activation: Activation) -> bool:
        """Say whether an activation has what this promise is about."""
        return self.module.NEEDS is None or bool(getattr(activation, self.module.NEEDS))

    def __call__(
        self, activation: Activation, *, parameters: Mapping[str, Any] | None = None
    ) -> None:
        """Try the promise with the defaults and with each parameter at its ends.

        Raises:
            AssertionError: it is broken; the message says by what.
            ValueError: `parameters` has to say what a parameter without default is tried with.
        """
        if not self.concerns(activation):
            return
        for values in settings(activation, parameters):
            breach = self._first(Subject(activation, values))
            if breach is not None:
                raise AssertionError(self._message(activation, values, breach))

    def _first(self, subject: Subject) -> Breach | None:
        try:
            return next(iter(self.module.breaches(subject)), None)
        except CallError as failed:
            return Breach(shown(failed.x), str(failed), "a result")

    def _message(self, activation: Activation, values: Mapping[str, Any], breach: Breach) -> str:
        lines = [f"activation {activation.name!r} breaks its promise {self.name}: {self.text}"]
        if values:
            shown_values = ", ".join(f"{name}={value!r}" for name, value in values.items())
            lines.append(f"  with      {shown_values}")
        lines.append(f"  input     {breach.input}")
        lines.append(f"  came      {breach.came}")
        lines.append(f"  expected  {breach.expected}")
        return "\n".join(lines)


def promises() -> list[Promise]:
    """Give all promises, in the order of their names.

    One that needs a package is among them only where that package is installed: `matches_onnx`
    is tried where `onnx` is, for nnspec itself by `make peers`.
    """
    found = []
    for module in modules(PROMISES):
        package = getattr(module, "PACKAGE", None)
        if package is not None and find_spec(package) is None:
            continue
        text = (module.__doc__ or "").partition("\n")[0].removesuffix(".")
        name = module.__name__.rpartition(".")[2]
        found.append(Promise(name, text[:1].lower() + text[1:], cast("Module", module)))
    return found

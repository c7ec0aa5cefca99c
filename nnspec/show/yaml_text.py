"""Plain data as YAML 1.2 text that our reader turns into the same data."""

from __future__ import annotations

from functools import cache
from typing import Any

from nnspec.diagnostics.quote import escape
from nnspec.source.scalars import ScalarError, resolve

_TEXT = "tag:yaml.org,2002:str"


def to_yaml(data: Any) -> str:
    r"""Write plain data as YAML, mappings in their order, small collections on one line.

    Texts that YAML 1.1 or 1.2 would read as something else are quoted.

    Examples:
        >>> print(to_yaml({"labels": ["no", "1e-5", "07", "yes or no"], "rate": 1e-5}), end="")
        labels: ['no', '1e-5', '07', yes or no]
        rate: 1.0e-05
    """
    import yaml

    text = yaml.dump(
        data,
        Dumper=_dumper(),
        sort_keys=False,
        allow_unicode=True,
        default_flow_style=None,
        width=100,
    )
    # What a terminal would act on stands in double quotes, where YAML has our escapes, too.
    return "\n".join(map(escape, text.split("\n")))


@cache
def _dumper() -> Any:
    import yaml

    class Dumper(yaml.SafeDumper):
        """PyYAML's, which knows YAML 1.1 only and takes 1e-5 and 0o10 for texts."""

        def ignore_aliases(self, data: Any) -> bool:
            return True

        def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
            """Say what a plain scalar would be read as, so that a text like it is quoted."""
            tag = super().resolve(kind, value, implicit)  # type: ignore[no-untyped-call]
            if kind is yaml.ScalarNode and implicit[0] and tag == _TEXT and _is_more(value):
                return "tag:yaml.org,2002:float"
            return tag

    def text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
        # Next line and the like break lines in YAML 1.1 only; double quotes escape them.
        return dumper.represent_scalar(_TEXT, value, style=None if value.isprintable() else '"')

    Dumper.add_representer(str, text)
    return Dumper


def _is_more(value: str) -> bool:
    try:
        return not isinstance(resolve(value), str)
    except ScalarError:
        return True

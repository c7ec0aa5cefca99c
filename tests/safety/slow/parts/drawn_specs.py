"""Specs that hypothesis-jsonschema draws from our schema: another reader of it, other specs than ours.

tests/safety/slow/drawn.py runs this with the Hypothesis that it needs.
"""

from __future__ import annotations

import copy
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis_jsonschema import _from_schema as strategies
from hypothesis_jsonschema import from_schema
from jsonschema import Draft202012Validator
from referencing import Registry as References

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "property"))

from nnspec.plugin.manager import load_plugins
from nnspec.schema.check import check
from nnspec.schema.compose import compose
from nnspec.source.document import Document
from specs import ANYTHING, at, places

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLES = int(os.environ.get("NNSPEC_EXAMPLES", "2000"))
MANY = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
DEEPEST = 2
WORDS = {"$id", "$schema", "$comment", "title", "description", "default", "examples"}
"""What decides nothing."""
SCHEMA = compose(load_plugins())
STOCK = Draft202012Validator(SCHEMA, registry=References())


def unrolled(schema: Any, depth: int = DEEPEST) -> Any:
    """Write out all references: hypothesis-jsonschema follows none that come back to themselves.

    Layers within layers within layers are empty, for a spec has an end. Its drafts are older than
    ours, and mean the same by all that is left.
    """
    if isinstance(schema, list):
        return [unrolled(one, depth) for one in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        name = schema["$ref"].removeprefix("#/$defs/")
        if name == "layers" and not depth:
            return {"type": "array", "maxItems": 0}
        return unrolled(SCHEMA["$defs"][name], depth - (name == "layers"))
    return {
        key: unrolled(one, depth)
        for key, one in schema.items()
        # What is a mapping is the schema of a key of that name.
        if key != "$defs" and (key not in WORDS or isinstance(one, dict))
    }


def remembered(build: Callable[..., Any]) -> Callable[..., Any]:
    """Build the strategy of a schema once: hypothesis-jsonschema does so at every draw."""
    built: dict[str, Any] = {}

    def once(schema: Any, **options: Any) -> Any:
        key = json.dumps(schema, sort_keys=True)
        if key not in built:
            built[key] = build(schema, **options)
        return built[key]

    return once


for builder in ("__from_schema", "merged_as_strategies"):
    setattr(strategies, builder, remembered(getattr(strategies, builder)))
DRAWN = from_schema(unrolled(json.loads(json.dumps(SCHEMA))))


def verdict(spec: Any) -> list[str]:
    return [str(one) for one in check(Document(spec, "s", Path(), "", {}, {}), SCHEMA)]


@MANY
@given(spec=DRAWN)
def what_is_drawn_from_the_schema_has_no_schema_fault(spec):
    assert STOCK.is_valid(spec)
    assert verdict(spec) == []


@MANY
@given(spec=DRAWN, data=st.data())
def with_one_value_exchanged_the_verdict_is_that_of_jsonschema(spec, data):
    spec = copy.deepcopy(spec)
    path = data.draw(st.sampled_from(places(spec)))
    at(spec, path[:-1])[path[-1]] = data.draw(ANYTHING)
    assert bool(verdict(spec)) is not STOCK.is_valid(spec), (path, spec)


for property_ in (
    what_is_drawn_from_the_schema_has_no_schema_fault,
    with_one_value_exchanged_the_verdict_is_that_of_jsonschema,
):
    property_()
    print(f"{property_.__name__}: {EXAMPLES} specs")

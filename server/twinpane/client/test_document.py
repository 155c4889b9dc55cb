"""The library says what the OpenAPI document says, no less and no more (R5)."""

from __future__ import annotations

import inspect
import types
import typing
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, get_args, get_origin, get_type_hints

import msgspec
import pytest

from twinpane import errors
from twinpane.client import AsyncTwinpane, Twinpane, calls, recordings
from twinpane.client.call import PREFIX, Call, Listing
from twinpane.client.refusals import BY_STATUS
from twinpane.web.conftest import Site

Document = dict[str, Any]
SAMPLES = {str: "x", int: 1, bool: True, datetime: datetime(2026, 1, 1, tzinfo=UTC)}
# Never with an API key.
OF_THE_CONSOLE = (
    errors.NotLoggedInError,
    errors.WrongLogInError,
    errors.LinkGoneError,
    errors.ProviderLogInError,
    errors.InvalidTokenError,
)
NAMES = {str: "string", int: "integer", bool: "boolean", datetime: "string", Any: "any"}


def verbs() -> Iterator[tuple[str, Call[Any]]]:
    """Every verb's call, with everything given that can be given."""
    rooms = (calls, recordings)
    made_here = [each for room in rooms for each in inspect.getmembers(room, inspect.isfunction)]
    for name, make in made_here:
        if make.__module__ in [room.__name__ for room in rooms]:
            hints = get_type_hints(make)
            del hints["return"]
            made = make(**{argument: sample(kind) for argument, kind in hints.items()})
            yield name, made.page("cursor") if isinstance(made, Listing) else made


def sample(kind: Any) -> Any:
    """A value of a type, complete."""
    kind = without_none(kind)[0]
    if typing.is_typeddict(kind):
        return dict.fromkeys(get_type_hints(kind), True)
    origin = get_origin(kind)
    if origin is not None and issubclass(origin, Mapping):
        return {"key": "value"}
    return ["x"] if origin is not None and issubclass(origin, Sequence) else SAMPLES[kind]


def without_none(kind: Any) -> tuple[Any, bool]:
    """A type without its None, and whether it had one."""
    if get_origin(kind) not in (typing.Union, types.UnionType):
        return kind, False
    others = [each for each in get_args(kind) if each is not type(None)]
    return others[0], len(others) < len(get_args(kind))


async def operations(site: Site) -> tuple[Document, dict[tuple[str, str], Document]]:
    _, document, _ = await site.send("GET", "/openapi.json")
    found = {
        (method.upper(), path.removeprefix(PREFIX)): operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }
    return document, found


async def test_r5_every_operation_has_its_verb_and_every_verb_its_operation(site: Site) -> None:
    _, documented = await operations(site)
    assert {(call.method, call.route) for _, call in verbs()} == set(documented)


async def test_r5_every_parameter_can_be_given(site: Site) -> None:
    _, documented = await operations(site)
    for key, operation in documented.items():
        asked = [call for _, call in verbs() if (call.method, call.route) == key]
        told: dict[str, set[str]] = {"path": set(), "query": set()}
        for parameter in operation.get("parameters", []):
            told[parameter["in"]].add(parameter["name"])
        assert {name for call in asked for name in call.places} == told["path"], key
        assert {name for call in asked for name in call.query} == told["query"], key


async def test_r5_every_field_of_a_body_can_be_given(site: Site) -> None:
    document, documented = await operations(site)
    for name, call in verbs():
        schema = documented[call.method, call.route].get("requestBody", {}).get("content", {}).get("application/json")
        assert (schema is None) == (call.body is None), name
        if schema is not None and call.body is not None:
            assert_given(document, schema["schema"], call.body, name)


def assert_given(document: Document, schema: Document, body: Mapping[str, Any], where: str) -> None:
    properties = resolved(document, schema).get("properties")
    if properties is None:
        return  # metadata: any names
    assert set(body) == set(properties), where
    for name, value in body.items():
        if isinstance(value, Mapping):
            assert_given(document, properties[name], value, f"{where}.{name}")


def resolved(document: Document, schema: Document) -> Document:
    """A schema itself, without the null that it may be."""
    for each in schema.get("anyOf", []):
        if each.get("type") != "null":
            return resolved(document, each)
    if "$ref" in schema:
        found: Document = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        return found
    return schema


async def test_r5_every_field_of_an_answer_is_told_with_its_type(site: Site) -> None:
    document, documented = await operations(site)
    for name, call in verbs():
        content = documented[call.method, call.route]["responses"]["200"]["content"]
        assert ("application/json" in content) == (call.told is not None), name
        if call.told is not None:
            assert_told(document, content["application/json"]["schema"], call.told, name)


def assert_told(document: Document, schema: Document, kind: Any, where: str) -> None:
    kind, may_be_none = without_none(kind)
    # What may be missing is None here.
    nullable = any(each.get("type") == "null" for each in schema.get("anyOf", []))
    assert nullable == may_be_none or kind is Any, where
    schema = resolved(document, schema)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        hints = get_type_hints(kind)
        tag = kind.__struct_config__.tag_field
        assert set(schema["properties"]) - {"status", tag} == set(kind.__struct_fields__), where
        for name in kind.__struct_fields__:
            assert_told(document, schema["properties"][name], hints[name], f"{where}.{name}")
    elif get_origin(kind) is list:
        assert schema["type"] == "array", where
        assert_told(document, schema["items"], get_args(kind)[0], f"{where}[]")
    elif get_origin(kind) is dict:
        assert schema["type"] == "object", where
    else:
        assert NAMES[kind] == schema.get("type", "any"), where


def test_both_libraries_have_every_verb() -> None:
    names = {name for name, _ in verbs()}
    for library in (Twinpane, AsyncTwinpane):
        public = {name for name in vars(library) if not name.startswith("_")}
        assert public - {"ask", "close"} == names
        for name in names:
            assert getattr(library, name).__doc__


@pytest.mark.parametrize("problem", errors.ProblemError.__subclasses__())
def test_r3_every_failure_of_the_api_has_its_kind_here(problem: type[errors.ProblemError]) -> None:
    # 503 is RefusedError itself: nobody handles it differently from others.
    if problem.status != 503 and problem not in OF_THE_CONSOLE:
        assert BY_STATUS[problem.status].__name__ == problem.__name__

"""The OpenAPI document tells what the API really does (R5)."""

from __future__ import annotations

import re
from typing import Any

import jsonschema_rs
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from twinpane.web.conftest import AGENT, Site

EXAMPLES = 15
"""A route; a longer run is a matter of this number."""


async def document(site: Site) -> dict[str, Any]:
    status, told, _ = await site.send("GET", "/openapi.json")
    assert status == 200
    return dict(told)


async def test_r5_document_names_every_route_with_its_key_answer_and_failures(site: Site) -> None:
    told = await document(site)
    assert told["openapi"].startswith("3.1")
    assert set(told["components"]["securitySchemes"]) == {"ApiKey", "Bearer"}
    operations = [operation for path in told["paths"].values() for operation in path.values()]
    assert len(operations) == 21
    for operation in operations:
        assert {"200", "401", "403", "404", "422", "429"} <= set(operation["responses"]), operation["summary"]
        assert operation["security"]
        for status, answer in operation["responses"].items():
            kinds = answer.get("content", {})
            assert next(iter(kinds.values()))["schema"], (operation["summary"], status)


async def test_r5_answers_are_as_the_document_says_for_any_input(site: Site) -> None:
    schema = schemathesis.openapi.from_dict(await document(site))
    site.visitor(identities=["Ada"], metadata={"a": 1.5, "b": True})
    await site.ask("POST", "/v1.4/visitors/AAAA2222/watch_url", json=AGENT)
    tried, statuses = 0, set[tuple[str, int]]()
    for result in schema.get_all_operations():
        operation = result.ok()
        for case in drawn(operation.as_strategy(), EXAMPLES):
            sent = case.as_transport_kwargs(base_url=site.url)
            options = {name: sent[name] for name in ("params", "json", "data") if sent.get(name) is not None}
            path = str(sent["url"]).removeprefix(site.url)
            if tried % 2:
                # Half of the requests are about the visitor who is there.
                path = re.sub(r"/visitors/[^/]+", "/visitors/AAAA2222", path)
            status, body, response = await site.ask(str(sent["method"]).upper(), path, **options)
            assert status < 500 or status == 503, (operation.label, path, options, body)
            assert str(status) in operation.definition.raw["responses"], (operation.label, status, body)
            if response.content_type == "application/json":
                definition = operation.definition.raw["responses"][str(status)]
                checked(definition["content"]["application/json"]["schema"], schema.raw_schema, body)
            site.clock.advance(1)
            tried += 1
            statuses.add((operation.method, status))
            site.visitor(identities=["Ada"])
    assert tried >= 16 * 5
    assert {("get", 200), ("post", 200), ("post", 422), ("delete", 200), ("delete", 404)} <= statuses


def drawn(strategy: st.SearchStrategy[Any], count: int) -> list[Any]:
    """Some examples, the same at each run."""
    found: list[Any] = []

    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def draw(case: Any) -> None:
        found.append(case)

    draw()
    return found


def checked(schema: dict[str, Any], document: dict[str, Any], body: Any) -> None:
    """Hold an answer against its schema."""
    validator = jsonschema_rs.Draft202012Validator({**schema, "components": document["components"]})
    errors = [error.message for error in validator.iter_errors(body)]
    assert not errors, errors

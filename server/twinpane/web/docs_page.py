"""`/docs`: the REST API to read, rendered from the OpenAPI document. No script, nothing from elsewhere (R5)."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from twinpane.web.documents import html_page

Document = dict[str, Any]


async def docs(request: Request) -> Response:
    """Every operation with its parameters, body, answers and failures."""
    document: Document = request.app.openapi()
    operations = [
        _operation(document, method, path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    intro = (
        f"<h1>REST API</h1>{_prose(document['info']['description'])}"
        "<p>Every request needs a key: <code>X-Api-Key: KEY</code> or <code>Authorization: Bearer KEY</code>.</p>"
        '<p>For programs: <a href="/openapi.json">openapi.json</a>.</p>'
    )
    return html_page("REST API", intro + "".join(operations))


def _operation(document: Document, method: str, path: str, operation: Document) -> str:
    schema = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    parts = [
        f"<h2>{escape(operation['summary'])}</h2>",
        f"<p><code>{method.upper()} {escape(path)}</code></p>",
        _prose(operation.get("description", "")),
        _list("Parameters", [_parameter(each) for each in operation.get("parameters", [])]),
        _fields(document, "Body", schema) if schema else "",
    ]
    failures = []
    for status, answer in operation["responses"].items():
        kinds = answer.get("content", {})
        if status != "200":
            failures.append(f"<code>{status}</code> {_marked(answer['description'])}")
        elif "application/json" in kinds:
            parts.append(_fields(document, "Answer", kinds["application/json"]["schema"]))
        else:
            parts.append("<p>Answer: the plain text <code>ok</code>.</p>")
    return f"<section>{''.join(parts)}{_list('Failures', failures)}</section>"


def _prose(text: str) -> str:
    """Paragraphs of the document's Markdown, as far as ours goes: blank lines and `code`."""
    return "".join(f"<p>{_marked(part)}</p>" for part in text.split("\n\n") if part.strip())


def _marked(text: str) -> str:
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))


def _parameter(parameter: Document) -> str:
    about = _marked(parameter.get("description", "")) + (" Required." if parameter.get("required") else "")
    return f"<code>{escape(parameter['name'])}</code> ({parameter['in']}) {about}"


def _fields(document: Document, title: str, schema: Document) -> str:
    properties = _resolved(document, schema).get("properties", {})
    return _list(
        title, [f"<code>{escape(name)}</code> {_kind(document, each, 3)}" for name, each in properties.items()]
    )


def _kind(document: Document, schema: Document, depth: int) -> str:
    """What a field holds, in words; fields of fields some levels down."""
    schema = _resolved(document, schema)
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(_kind(document, each, depth) for each in schema["anyOf"]))
    if "const" in schema:
        return f"<code>{escape(str(schema['const']))}</code>"
    if "enum" in schema:
        return " | ".join(f"<code>{escape(str(each))}</code>" for each in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_kind(document, schema.get('items', {}), depth)}"
    if "properties" in schema and depth:
        inner = [
            f"<li><code>{escape(name)}</code> {_kind(document, each, depth - 1)}</li>"
            for name, each in schema["properties"].items()
        ]
        return f"object<ul>{''.join(inner)}</ul>"
    return escape(str(schema.get("type", "anything")))


def _resolved(document: Document, schema: Document) -> Document:
    if "$ref" not in schema:
        return schema
    found: Document = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return found


def _list(title: str, lines: list[str]) -> str:
    if not lines:
        return ""
    return f"<details><summary>{title}</summary><ul>{''.join(f'<li>{line}</li>' for line in lines)}</ul></details>"


ROUTES = [Route("/docs", docs)]

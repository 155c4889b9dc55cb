"""Write docs/rest.md from the OpenAPI document. With --check: fail when it is not fresh."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from twinpane.web.app import API_DESCRIPTION, API_ROUTERS

PAGE = Path(__file__).parent.parent / "docs/rest.md"
Document = dict[str, Any]
_FAILURES = {
    "400": "the body cannot be read",
    "401": "`invalid_api_key`",
    "403": "`forbidden`",
    "404": "`not_found`",
    "409": "`conflict`",
    "413": "the body is too large",
    "422": "`invalid_request`, with `fields`",
    "429": "`rate_limited`, with `Retry-After`",
    "503": "`unavailable`",
}

_INTRODUCTION = """# REST reference

Written from the API's own OpenAPI document (`make generate`); do not edit. The running server has it at
`/openapi.json`, and to read at `/docs`. The rules that are named here (R10 …) are in [api.md](api.md), every code in
[troubleshooting.md](troubleshooting.md).

{about}

Every request needs a key: `X-Api-Key: KEY` or `Authorization: Bearer KEY`. A POST may carry an `Idempotency-Key`.
A failure is `{{"status": "error", "error": CODE, "message": TEXT}}`: {failures}.
"""


def main() -> int:
    page = written(document())
    if "--check" in sys.argv:
        is_fresh = PAGE.is_file() and PAGE.read_text(encoding="utf-8") == page
        print("docs/rest.md is fresh" if is_fresh else "docs/rest.md is not fresh: run make generate")
        return 0 if is_fresh else 1
    PAGE.write_text(page, encoding="utf-8")
    return 0


def document() -> Document:
    """The document that the server serves at /openapi.json."""
    app = FastAPI(title="Twinpane", description=API_DESCRIPTION)
    for router in API_ROUTERS:
        app.include_router(router)
    return app.openapi()


def written(told: Document) -> str:
    operations = [
        (method.upper(), path, operation)
        for path, methods in told["paths"].items()
        for method, operation in methods.items()
    ]
    schemas = told["components"]["schemas"]
    bodies = {_name(schema) for _, _, each in operations if (schema := _body(each))}
    answers = {_name(schema) for _, _, each in operations if (schema := _answer(each))}
    others = sorted(
        name for name in schemas if name not in bodies | answers | {"Problem"} and "properties" in schemas[name]
    )
    lines = [
        *_INTRODUCTION.format(
            about=told["info"]["description"],
            failures=", ".join(f"{status} {words}" for status, words in _FAILURES.items()),
        ).splitlines(),
        "",
        "| operation | path |",
        "|---|---|",
        *[
            f"| [{each['summary']}](#{_anchor(each['summary'])}) | `{method} {path}` |"
            for method, path, each in operations
        ],
        "",
    ]
    for method, path, each in operations:
        lines += _operation(schemas, method, path, each)
    lines += ["# Objects", ""]
    for name in others:
        lines += [f"## {name}", "", *_about(schemas[name]), *_table(schemas[name]), ""]
    return "\n".join(lines).rstrip() + "\n"


def _operation(schemas: Document, method: str, path: str, operation: Document) -> list[str]:
    lines = [f"## {operation['summary']}", "", f"`{method} {path}`", "", operation.get("description", ""), ""]
    parameters = operation.get("parameters", [])
    if parameters:
        lines += ["| parameter | in | type | |", "|---|---|---|---|"]
        for each in parameters:
            about = each.get("description", "") + (" Required." if each.get("required") else "")
            lines.append(f"| `{each['name']}` | {each['in']} | {_kind(each['schema'])} | {_cell(about)} |")
        lines.append("")
    if schema := _body(operation):
        lines += ["Body:", "", *_table(schemas[_name(schema)]), ""]
    answer = _answer(operation)
    lines += ["Answer:", "", *_table(schemas[_name(answer)]), ""] if answer else ["Answer: the plain text `ok`.", ""]
    return lines


def _body(operation: Document) -> Document | None:
    found: Document | None = (
        operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    )
    return found


def _answer(operation: Document) -> Document | None:
    found: Document | None = operation["responses"]["200"].get("content", {}).get("application/json", {}).get("schema")
    return found


def _name(schema: Document) -> str:
    return str(schema["$ref"]).rpartition("/")[2]


def _about(schema: Document) -> list[str]:
    about = schema.get("description")
    return [about, ""] if about else []


def _table(schema: Document) -> list[str]:
    required = schema.get("required", [])
    lines = ["| field | type | |", "|---|---|---|"]
    for name, each in schema.get("properties", {}).items():
        must = "" if name in required or "default" not in each else f"Default `{_plain(each['default'])}`. "
        lines.append(f"| `{name}` | {_kind(each)} | {_cell(must + each.get('description', ''))} |")
    return lines


def _kind(schema: Document) -> str:
    """What a value is, in words: the type, its bounds, the names it may have."""
    if "$ref" in schema:
        return f"[{_name(schema)}](#{_name(schema).lower()})"
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(_kind(each) for each in schema["anyOf"]))
    if "const" in schema:
        return f"`{_plain(schema['const'])}`"
    if "enum" in schema:
        return ", ".join(f"`{_plain(each)}`" for each in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    kind = str(schema.get("type", "anything"))
    low = schema.get("minLength", schema.get("minimum"))
    high = schema.get("maxLength", schema.get("maximum"))
    if high is not None:
        kind += f" ({low if low is not None else 0} to {high})"
    return kind


def _plain(value: object) -> str:
    return (
        {True: "true", False: "false", None: "null"}.get(value, str(value))
        if isinstance(value, bool | None)
        else str(value)
    )


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


def _anchor(summary: str) -> str:
    return summary.lower().replace(" ", "-").replace("'", "")


if __name__ == "__main__":
    sys.exit(main())

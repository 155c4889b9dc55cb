"""The console's contract as TypeScript (`ts/console.ts`) and as a page (docs/console-api.md), for `generate.py`."""

from __future__ import annotations

import json
from typing import Any

import msgspec
from twinpane_protocol import console
from twinpane_protocol.console_answers import ROLES, Nothing
from twinpane_protocol.console_routes import PREFIX, ROUTES

_INTRODUCTION = """# The console's own API

Written from `protocol/twinpane_protocol/console_routes.py` (`make generate`); do not edit. It serves the team console
and nobody else: it may change with it. Integrators use the [REST API](rest.md). How members and log-in work is in
[console.md](console.md).

Shapes named here are in `protocol/ts/console.ts`, with `NEEDS` (who may use a route) and `ConsoleRoutes` (types by
route).

- **Address.** `{prefix}/…`, same origin as the page. JSON in and out. A success has `"status": "ok"` beside the
  fields of the answer; a failure is as in the REST API: `{{"status": "error", "error": CODE, "message": TEXT,
  "fields"?: {{…}}}}`.
- **Log-in** is a cookie that scripts cannot read: `__Host-twinpane` (Secure, HttpOnly, SameSite=Strict, Path=/); over
  plain http, which is taken on localhost only, `twinpane-console`. Each log-in gets a new secret; the server keeps
  its hash.
- **What changes something** needs our own `Origin`, which browsers send by themselves, and with a body `Content-Type:
  application/json`. Else 403 `forbidden`, 422 `invalid_request`.
- **Codes.** 401 `not_logged_in` (no cookie, or the log-in has ended: show the log-in page), 401 `wrong_login`
  (e-mail address or password; never which), 401 `oidc_…` (not logged in by the OpenID provider: `out_of_step`,
  `refused`, `not_trusted`, `unreachable`, `unknown`, `unverified`; [troubleshooting.md](troubleshooting.md)), 403
  `forbidden` (the role does not reach, or the request came from elsewhere), 404 `not_found`, 409 `conflict`, 410
  `link_gone` (one-time link used or expired), 413 `too_large`, 422 `invalid_request` with `fields`, 429
  `rate_limited` with `Retry-After`, 503 `unavailable`.
- **Roles**: {roles}; each may do all that the ones after it may. Only owners invite, change or remove owners, and the
  last owner stays. What is done is in the audit.
- **One-time links** are `/console/join#TOKEN`. What follows `#` is not sent; the page posts it to `/invitation` to
  look at, to `/join` to use. The page is served at `/console` and below, whatever follows.

- **OpenID provider.** `POST /log-in/oidc` tells where the browser goes and sets `__Host-twinpane-begun` (as the
  log-in's cookie, for 10 minutes). The provider sends it back to `/console/oidc?state=…&code=…`; the page posts that to
  `/log-in/oidc/back`.

## Routes

| route | least role | body or query | answer |
|---|---|---|---|
"""
_SOCKET = """
## Socket

`/console/socket`: JSON text frames told apart by `type`, not numbered; nothing is resumed: after a drop connect and
ask again. The log-in is the cookie that comes with the socket's request, whose Origin must be our own. The first
message is `hello` (`role: "console"`, `protocols: [1]`), within 10 s; the server says `welcome` and `totals`.

`list_visitors` and `list_sessions` watch one window each. The answer is the whole window, then what changed in it, at
most four messages a second. A console that reads too slowly misses changes and then gets the whole window again.

`ping` is answered by `pong`; a socket that says nothing for 60 s is hung up on (answering WebSocket pings, as
browsers do, is saying something). A refusal is `error {code, message, advice}` of the protocol's closed list.
`bad_credentials`: not logged in, or no more (logged out, removed, another role, expired): ask `GET /me`. No message
of the socket changes anything.

From the console, `FromConsole`: `ConsoleHello`, `Ping`, `ListVisitors`, `ListSessions`, `StopList`. To the console,
`ToConsole`: `ConsoleWelcome`, `Pong`, `Error`, `Totals`, `Visitors`, `Sessions`.
"""
_UNIONS = {"FromConsole": console.FromConsole, "ToConsole": console.ToConsole}


def console_schema() -> dict[str, Any]:
    """One JSON Schema document with every shape of the console's routes and socket by name."""
    routed = [kind for route in ROUTES for kind in (route.answer, route.body, route.query) if kind is not Nothing]
    wanted = [*_UNIONS.values(), *dict.fromkeys(routed)]
    refs, components = msgspec.json.schema_components(wanted, ref_template="#/$defs/{name}")
    definitions: dict[str, Any] = dict(sorted(components.items()))
    for name, schema in zip(_UNIONS, refs[: len(_UNIONS)], strict=True):
        definitions[name] = {"anyOf": schema["anyOf"]}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "TwinpaneConsole", "$defs": definitions}


def console_tables() -> str:
    """What run time needs, and each route's types, in TypeScript."""
    needs = json.dumps({route.name: route.needs for route in ROUTES}, indent=2)
    routes = "\n".join(
        f"  /** {route.does} */\n"
        f"  {json.dumps(route.name)}: "
        f"{{ body: {_type(route.body)}; query: {_type(route.query)}; answer: {_type(route.answer)} }};"
        for route in ROUTES
    )
    return (
        f"\nexport const CONSOLE_API = {json.dumps(PREFIX)};\n"
        f"\n/** Each may do all that the ones after it may. */\nexport const ROLES = {json.dumps(ROLES)} as const;\n"
        f"\n/** The least role that may use a route; null: no log-in. */\nexport const NEEDS = {needs} as const;\n"
        f"\n/** What goes in and comes out of each route; `{{…}}` is a part of the path. */\n"
        f"export interface ConsoleRoutes {{\n{routes}\n}}\n"
    )


def console_page() -> str:
    """docs/console-api.md."""
    head = _INTRODUCTION.format(prefix=PREFIX, roles=", ".join(ROLES))
    rows = "\n".join(
        f"| `{route.name}`<br>{route.does} | {route.needs or 'anybody'} "
        f"| {_told(route.body, route.query)} | {_told(route.answer)} |"
        for route in ROUTES
    )
    return f"{head}{rows}\n{_SOCKET}"


def _type(kind: type[msgspec.Struct]) -> str:
    return "null" if kind is Nothing else kind.__name__


def _told(*kinds: type[msgspec.Struct]) -> str:
    return " ".join(f"`{kind.__name__}`" for kind in kinds if kind is not Nothing)

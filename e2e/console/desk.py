"""The server's side of the console, played by a test: the contract's structs over real HTTP and a real socket."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect
from twinpane.web.csp import console as policy_of_console
from twinpane_protocol import console_answers as told
from twinpane_protocol.console import (
    ConsoleHello,
    ConsoleWelcome,
    FromConsole,
    ListSessions,
    ListVisitors,
    SessionRow,
    Sessions,
    Totals,
    VisitorRow,
    Visitors,
)
from twinpane_protocol.console_oidc import OidcBegun
from twinpane_protocol.console_proxy import ProxyLink
from twinpane_protocol.console_routes import PREFIX, ROUTES
from twinpane_protocol.settings import AccountSettings

from e2e.console import people
from e2e.flow import free_port, until

Answer = msgspec.Struct | tuple[int, str] | tuple[int, str, dict[str, str]]
"""What is told; or a refusal: status, code, and what is wrong with which field."""


class Desk:
    """What is answered can be changed by a test before the page asks."""

    def __init__(self, assets: Path) -> None:
        self.assets = assets
        self.url = ""
        self.rows: list[VisitorRow] = []
        self.running: list[SessionRow] = []
        self.answers: dict[str, Answer] = {}
        self.takes_sockets = True
        self.lets_search = threading.Event()
        """Searches over the socket are answered once it is set."""
        self.reset()

    def reset(self) -> None:
        """Answer as at first."""
        self.rows, self.running, self.answers = people.ROWS, people.RUNNING, answers()
        self.lets_search.set()
        self.takes_sockets = True

    async def page(self, _request: Request) -> Response:
        names = json.loads((self.assets / "manifest.json").read_text())
        html = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Twinpane</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/static/{names["team.css"]}">
<script type="module" src="/static/{names["team.js"]}"></script></head><body><div id="app"></div></body></html>"""
        return HTMLResponse(html, headers={"Content-Security-Policy": policy_of_console(self.url)})

    async def static(self, request: Request) -> Response:
        return FileResponse(self.assets / request.path_params["name"])

    def api(self, name: str) -> Callable[[Request], Any]:
        async def answer(request: Request) -> Response:
            found = self.answers.get(name, msgspec.defstruct("Done", [])())
            if isinstance(found, tuple):
                status, code, *fields = found
                refusal: dict[str, Any] = {"status": "error", "error": code, "message": code}
                if fields:
                    words = "; ".join(f"{field} {wrong}" for field, wrong in fields[0].items())
                    refusal |= {"message": words, "fields": fields[0]}
                body = msgspec.json.encode(refusal)
                return Response(body, status, media_type="application/json")
            if name == "GET /visitors" and request.query_params.get("search"):
                word = request.query_params["search"].lower()
                found = told.VisitorsAnswer(
                    visitors=[people.visitor(row) for row in self.rows if word in row.name.lower()]
                )
            return Response(
                msgspec.json.encode({"status": "ok", **msgspec.to_builtins(found)}), media_type="application/json"
            )

        return answer

    async def socket(self, socket: WebSocket) -> None:
        if not self.takes_sockets:
            await socket.close()
            return
        await socket.accept()
        try:
            async for text in socket.iter_text():
                message = msgspec.json.decode(text, type=FromConsole)
                if isinstance(message, ListVisitors) and message.search:
                    await asyncio.to_thread(self.lets_search.wait, 30)
                for answer in self.told(message):
                    await socket.send_text(msgspec.json.encode(answer).decode())
        except WebSocketDisconnect:
            return

    def told(self, message: Any) -> Iterator[msgspec.Struct]:
        if isinstance(message, ConsoleHello):
            yield ConsoleWelcome(protocol=1)
            waiting = sum(row.waits_for_agent for row in self.rows)
            yield Totals(online=len(self.rows), waiting=waiting, sessions=len(self.running))
        elif isinstance(message, ListVisitors):
            word = message.search.lower()
            found = [row for row in self.rows if word in f"{row.name} {row.title} {row.short_id}".lower()]
            rows = found[message.first : message.first + message.count]
            order = [row.short_id for row in rows]
            yield Visitors(ask=message.ask, first=message.first, total=len(found), order=order, rows=rows)
        elif isinstance(message, ListSessions):
            order = [row.id for row in self.running]
            yield Sessions(ask=message.ask, first=0, total=len(order), order=order, rows=list(self.running))


def answers() -> dict[str, Answer]:
    """What a filled console is told, by route."""
    first = people.ROWS[0]
    invited = told.Invited(invitation=people.INVITATION, link="https://help.slowpour.example/console/join#mS0t9c2v")
    return {
        "GET /log-in": told.LogInOptions(has_members=True, oidc=told.OidcOption(name="Slow Pour ID")),
        "POST /log-in/oidc": OidcBegun(url="/console/oidc?state=s&code=c"),
        "POST /log-in/oidc/back": (401, "oidc_unknown"),
        "PATCH /team": people.ME,
        "POST /log-in": (401, "wrong_login"),
        "POST /invitation": told.InvitationLook(
            team_name="Slow Pour", role="agent", email="jun@slowpour.example", name=None, renews_password=False
        ),
        "POST /join": people.ME,
        "GET /me": people.ME,
        "GET /members": told.Members(members=people.MEMBERS, invitations=[people.INVITATION]),
        "POST /invitations": invited,
        "POST /members/{member_id}/link": invited,
        "GET /visitors": told.VisitorsAnswer(visitors=[people.visitor(row) for row in people.ROWS[:60]]),
        "GET /visitors/{short_id}": told.VisitorAnswer(visitor=people.visitor(first, with_history=True)),
        "POST /lookup": (404, "not_found"),
        "POST /proxy_sessions": ProxyLink(
            url="https://abcdefgh2345-s-docs-slowpour-example.sites.slowpour.example/__tp/start?t=mS0t9c2v&to=/",
            proxy_session_id="abcdefgh2345",
            expires_at="2026-11-29T13:00:00Z",
        ),
        "GET /sessions": told.SessionsAnswer(sessions=people.SESSIONS, next_cursor="more"),
        "GET /sessions/{session_id}": told.SessionAnswer(session=people.SESSIONS[4]),
        "GET /sessions/{session_id}/notes": told.NotesAnswer(notes=people.NOTES),
        "GET /settings": told.SettingsAnswer(
            settings=msgspec.convert(
                {"maskedElements": [".total", "#account"], "requireControlRequest": True}, AccountSettings
            ),
            allowed_domains=["slowpour.example"],
        ),
        "GET /keys": told.KeysAnswer(public_key="E2ePublic1", keys=people.KEYS),
        "POST /keys": told.KeyMade(key=people.KEYS[0], secret="tp_9fKq2mS0t9c2vXw7bLr4"),
        "GET /webhooks": told.WebhooksAnswer(webhooks=people.WEBHOOKS),
        "GET /audit": told.AuditAnswer(entries=people.AUDIT, next_cursor=None),
        "GET /data-inventory": told.InventoryAnswer(places=people.KEPT_PLACES, retention_days=30),
    }


@contextmanager
def opened(assets: Path, make: Callable[[Path], Desk] = Desk) -> Iterator[Desk]:
    """Serve on a free port until left."""
    desk = make(assets)
    routes: list[Any] = [Route(PREFIX + route.path, desk.api(route.name), methods=[route.method]) for route in ROUTES]
    routes += [WebSocketRoute("/console/socket", desk.socket), Route("/static/{name}", desk.static)]
    routes += [Route("/console", desk.page), Route("/console/{path:path}", desk.page)]
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=routes), host="127.0.0.1", port=port, log_level="warning"))
    desk.url = f"http://127.0.0.1:{port}"
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        until(lambda: server.started, what="the desk")
        yield desk
    finally:
        server.should_exit = True
        thread.join()

"""`twinpane visitors` and `twinpane sessions`: look into the directory, also while the server runs (R11, R12, R19)."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

from twinpane.access.search import parse_search
from twinpane.actions.find_visitors import search_store
from twinpane.actions.shapes import Presence, session_shape, visitor_shape
from twinpane.cli_keys import with_store
from twinpane.cli_settings import AsJson, Data, settings_of
from twinpane.live.clock import RealClock
from twinpane.ports.records import Team, Visitor
from twinpane.ports.store import SessionFilter
from twinpane.store.sql import SqlStore

visitors = typer.Typer(help="Visitors, as the API tells of them.", no_args_is_help=True)
sessions = typer.Typer(help="Sessions, as the API tells of them.", no_args_is_help=True)

Count = Annotated[int, typer.Option(min=1, max=500, help="How many.")]
_RECENT = 5


@visitors.command(name="list")
def list_visitors(
    search: Annotated[str, typer.Argument(help="Words and exact terms, see docs/search.md; else the newest.")] = "",
    count: Count = 50,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """List visitors, newest first: short ID, when last seen, online or not, who, last page.

    Lookup codes are known to the running server only: search those by the API or the console.
    """

    async def work(store: SqlStore, team: Team) -> list[dict[str, Any]]:
        page = await search_store(store, team.id, parse_search(search), count, None)
        recent = await store.recent_sessions(team.id, [each.short_id for each in page.visitors], _RECENT)
        return [_visitor(data, team, each) | _sessions(recent.get(each.short_id, [])) for each in page.visitors]

    _, found = with_store(data, work)
    _print(as_json, found, ("short_id", "last_seen_at", "is_online", "identities", "last_url"))


@visitors.command(name="show")
def show_visitor(short_id: Annotated[str, typer.Argument(help="As in `visitors list`.")], data: Data = None) -> None:
    """Print all that is known of a visitor, as JSON; exit with 1 if there is none."""

    async def work(store: SqlStore, team: Team) -> dict[str, Any] | None:
        found = await store.visitor(team.id, short_id)
        if found is None:
            return None
        return _visitor(data, team, found) | _sessions(await store.sessions_of(team.id, short_id, _RECENT))

    _, told = with_store(data, work)
    _show(told, f"There is no visitor {short_id}.")


@sessions.command(name="list")
def list_sessions(
    visitor: Annotated[str | None, typer.Option(help="Of this visitor, by short ID.")] = None,
    agent: Annotated[str | None, typer.Option(help="With this agent, by your own id.")] = None,
    active: Annotated[bool | None, typer.Option("--active/--ended", help="Only those that run, or ended.")] = None,
    count: Count = 50,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """List sessions, newest first: id, visitor, start, end, length, why it ended."""

    async def work(store: SqlStore, team: Team) -> list[dict[str, Any]]:
        wanted = SessionFilter(short_id=visitor, agent_id=agent, is_active=active)
        page = await store.search_sessions(team.id, wanted, count, None)
        return [session_shape(each, RealClock().now()) for each in page.sessions]

    _, found = with_store(data, work)
    _print(as_json, found, ("id", "visitor_id", "started_at", "ended_at", "formatted_length", "end_reason"))


@sessions.command(name="show")
def show_session(session: Annotated[str, typer.Argument(help="As in `sessions list`.")], data: Data = None) -> None:
    """Print a session with its agents, as JSON; exit with 1 if there is none."""

    async def work(store: SqlStore, team: Team) -> dict[str, Any] | None:
        found = await store.session(team.id, session)
        return None if found is None else session_shape(found, RealClock().now())

    _, told = with_store(data, work)
    _show(told, f"There is no session {session}.")


def _visitor(data: Any, team: Team, visitor: Visitor) -> dict[str, Any]:
    settings = settings_of(data)
    address = settings.public_url or f"http://{settings.host}:{settings.port}"
    presence = Presence(
        is_online=visitor.is_online,
        is_in_session=visitor.is_in_session,
        is_waiting_for_call=False,
        lookup_code=None,
    )
    told = visitor_shape(visitor, team, presence, [], address, RealClock().now())
    # These live in the running server's memory; what is not known is not told.
    return {name: value for name, value in told.items() if name not in ("is_waiting_for_call", "lookup_code")}


def _sessions(records: list[Any]) -> dict[str, Any]:
    return {"sessions": [session_shape(each, RealClock().now()) for each in records]}


def _print(as_json: bool, found: list[dict[str, Any]], columns: tuple[str, ...]) -> None:
    if as_json:
        typer.echo(json.dumps(found))
        return
    for each in found:
        typer.echo("\t".join(_cell(each[name]) for name in columns))


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value or "-")
    # What visitors' pages told must not steer the terminal.
    return "".join(char if char.isprintable() else " " for char in text) or "-"


def _show(told: dict[str, Any] | None, otherwise: str) -> None:
    if told is None:
        typer.echo(otherwise, err=True)
        raise typer.Exit(1)
    typer.echo(json.dumps(told, indent=2))

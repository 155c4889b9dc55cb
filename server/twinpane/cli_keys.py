"""`twinpane keys`: make, list and revoke REST keys, also while the server runs."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, TypeVar, cast

import typer

from twinpane.access.scopes import read_scopes
from twinpane.actions.create_key import create_key, ensure_team
from twinpane.actions.shapes import iso_time
from twinpane.cli_settings import AsJson, Data, settings_of
from twinpane.errors import ProblemError
from twinpane.live.clock import RealChance, RealClock
from twinpane.main import TEAM_NAME, store_of
from twinpane.ports.audit import Deed
from twinpane.ports.records import RestKey, Scope, Team
from twinpane.store.sql import SqlStore

keys = typer.Typer(help="REST keys.", no_args_is_help=True)

Result = TypeVar("Result")


@keys.command()
def create(
    name: Annotated[str, typer.Option(help="What the key is for.")] = "default",
    scopes: Annotated[str, typer.Option(help="Of read, sessions, proxy, admin.")] = "read,sessions,proxy",
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Make a REST key and print it with the public key. The REST key is shown only this once."""

    async def work(store: SqlStore, team: Team) -> str:
        granted = cast("frozenset[Scope]", read_scopes(scopes))
        key, secret = await create_key(store, RealChance(), team.id, name, granted, RealClock().now())
        await store.add_deed(_deed(team, f"create key {key.id}"))
        return secret

    team, secret = with_store(data, work)
    if as_json:
        typer.echo(json.dumps({"public_key": team.public_key, "rest_key": secret}))
        return
    typer.echo(f"public key: {team.public_key}\nREST key:   {secret}")


@keys.command(name="list")
def list_keys(data: Data = None, as_json: AsJson = False) -> None:
    """List the REST keys: number, name, scopes, last use. Secrets are not kept and cannot be shown."""

    async def work(store: SqlStore, team: Team) -> list[RestKey]:
        return await store.rest_keys(team.id)

    team, found = with_store(data, work)
    if as_json:
        typer.echo(json.dumps({"public_key": team.public_key, "keys": [_told(key) for key in found]}))
        return
    typer.echo("\n".join([f"public key: {team.public_key}", *map(_line, found)]))


@keys.command()
def revoke(
    number: Annotated[int, typer.Argument(help="As in `keys list`.")], data: Data = None, as_json: AsJson = False
) -> None:
    """Revoke a REST key, at once."""

    async def work(store: SqlStore, team: Team) -> bool:
        revoked = await store.revoke_rest_key(team.id, number, RealClock().now())
        if revoked:
            await store.add_deed(_deed(team, f"revoke key {number}"))
        return revoked

    _, revoked = with_store(data, work)
    if not revoked:
        typer.echo(f"There is no key {number} to revoke.", err=True)
        raise typer.Exit(1)
    typer.echo(json.dumps({"revoked": number}) if as_json else f"Key {number} is revoked.")


def _deed(team: Team, did: str) -> Deed:
    return Deed(team_id=team.id, at=RealClock().now(), who="command line", did=did, address=None)


def _told(key: RestKey) -> dict[str, object]:
    times = {name: iso_time(getattr(key, name)) for name in ("created_at", "last_used_at", "revoked_at")}
    return {"id": key.id, "name": key.name, "scopes": sorted(key.scopes), **times}


def _line(key: RestKey) -> str:
    state = f"revoked {iso_time(key.revoked_at)}" if key.revoked_at else f"used {iso_time(key.last_used_at) or 'never'}"
    return "\t".join([str(key.id), key.name, ",".join(sorted(key.scopes)), state])


def with_store(data: Path | None, work: Callable[[SqlStore, Team], Awaitable[Result]]) -> tuple[Team, Result]:
    """Do work with the store of a data folder, also while the server runs. Says what went wrong and exits with 1."""
    settings = settings_of(data)

    async def working() -> tuple[Team, Result]:
        store = store_of(settings)
        await store.connect()
        try:
            team = await ensure_team(store, RealChance(), settings.public_key, TEAM_NAME)
            return team, await work(store, team)
        finally:
            await store.close()

    try:
        return asyncio.run(working())
    except ProblemError as problem:
        typer.echo(problem.message, err=True)
        raise typer.Exit(1) from problem

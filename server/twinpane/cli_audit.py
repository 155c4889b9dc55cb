"""`twinpane audit` and `twinpane webhooks`, also while the server runs (R21, R22)."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from twinpane.actions.read_audit import Verified, list_audit, verify_audit
from twinpane.cli_keys import with_store
from twinpane.cli_settings import AsJson, Data
from twinpane.live.clock import RealClock
from twinpane.ports.records import Team
from twinpane.store.sql import SqlStore

audit = typer.Typer(help="Who did what, when, from where.", no_args_is_help=True)
webhooks = typer.Typer(help="Webhooks and what was delivered to them.", no_args_is_help=True)


@audit.command()
def verify(data: Data = None, as_json: AsJson = False) -> None:
    """Look whether the audit is as it was written; exit with 1 if it is not.

    Keep the printed head elsewhere: it shows later that the newest entries were cut off.
    """

    async def work(store: SqlStore, team: Team) -> Verified:
        return await verify_audit(store)

    _, found = with_store(data, work)
    if as_json:
        told = {"entries": found.entries, "broken_at": found.broken_at, "head": found.head.hex()}
        typer.echo(json.dumps(told))
    elif found.broken_at is None:
        typer.echo(f"The audit is whole: {found.entries} entries.\nhead: {found.head.hex()}")
    else:
        typer.echo(f"The audit was changed: entry {found.broken_at} does not follow the {found.entries} before it.")
    raise typer.Exit(0 if found.broken_at is None else 1)


@audit.command(name="list")
def list_entries(
    count: Annotated[int, typer.Option(min=1, max=10_000, help="How many.")] = 50,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """List the newest entries."""

    async def work(store: SqlStore, team: Team) -> list[dict[str, object]]:
        entries: list[dict[str, object]] = (await list_audit(store, team, count, None))["entries"]
        return entries

    _, entries = with_store(data, work)
    if as_json:
        typer.echo(json.dumps(entries))
        return
    for entry in entries:
        typer.echo("\t".join(str(entry[name] or "-") for name in ("id", "at", "who", "ip_address", "did")))


@webhooks.command(name="list")
def list_webhooks(data: Data = None, as_json: AsJson = False) -> None:
    """List the webhooks, those of running sessions too. Secrets are not shown."""

    async def work(store: SqlStore, team: Team) -> list[dict[str, object]]:
        found = await store.webhooks(team.id)
        return [
            {"id": each.id, "url": each.url, "events": each.events, "session_id": each.session_id} for each in found
        ]

    _, found = with_store(data, work)
    if as_json:
        typer.echo(json.dumps(found))
        return
    for each in found:
        typer.echo("\t".join([str(each["id"]), str(each["url"]), str(each["session_id"] or "team")]))


@webhooks.command()
def replay(
    webhook: Annotated[str, typer.Argument(help="As in `webhooks list`.")], data: Data = None, as_json: AsJson = False
) -> None:
    """Deliver again, within a minute, what a webhook was sent in the last seven days or could not be sent."""

    async def work(store: SqlStore, team: Team) -> int:
        return await store.replay_deliveries(team.id, webhook, RealClock().now())

    _, count = with_store(data, work)
    typer.echo(json.dumps({"due": count}) if as_json else f"{count} deliveries are due.")

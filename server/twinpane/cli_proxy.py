"""`twinpane proxy`: start a proxy session on the running server; see whether its domain is set up."""

from __future__ import annotations

import asyncio
import json
import urllib.error
import urllib.request
from typing import Annotated

import typer

from twinpane.actions.create_key import create_key, ensure_team
from twinpane.cli_settings import AsJson, Data, settings_of
from twinpane.live.clock import RealChance, RealClock
from twinpane.main import TEAM_NAME, proxy_base, store_of
from twinpane.proxy_check import check_proxy
from twinpane.settings import Settings

proxy = typer.Typer(help="Browsing on sites that do not carry our script.", no_args_is_help=True)

_TIMEOUT_S = 20


@proxy.command()
def start(
    url: Annotated[str, typer.Argument(help="The first page, such as https://www.example.com/.")],
    unique_id: Annotated[str | None, typer.Option(help="Your own id of the visitor.")] = None,
    server: Annotated[str | None, typer.Option(help="Address of the running server; else as set.")] = None,
    data: Data = None,
    as_json: AsJson = False,
) -> None:
    """Print a link to open in the visitor's browser: once, within five minutes."""
    settings = settings_of(data)
    address = server or settings.public_url or f"http://{settings.host}:{settings.port}"
    body = {"initial_url": url} | ({"unique_id": unique_id} if unique_id else {})
    told = asyncio.run(_with_key(settings, address.rstrip("/"), body))
    if isinstance(told, str):
        typer.echo(told, err=True)
        raise typer.Exit(1)
    typer.echo(json.dumps(told) if as_json else told["url"])


@proxy.command()
def check(data: Data = None, as_json: AsJson = False) -> None:
    """Look whether the proxy's domain can work: its suffix, its wildcard name, its cookie."""
    settings = settings_of(data)
    base = proxy_base(settings, settings.port)
    if base is None:
        typer.echo("[]" if as_json else "No proxy: public_url is set, proxy_domain is not.")
        return
    found = check_proxy(base, settings.public_url)
    if as_json:
        typer.echo(json.dumps([{"ok": line.is_fine, "words": line.words} for line in found]))
    for line in [] if as_json else found:
        typer.echo(f"{'ok  ' if line.is_fine else 'BAD '} {line.words}")
    if not all(line.is_fine for line in found):
        raise typer.Exit(1)


async def _with_key(settings: Settings, address: str, body: dict[str, str]) -> dict[str, str] | str:
    """Ask the server with a key that lives as long as the request."""
    store = store_of(settings)
    await store.connect()
    try:
        team = await ensure_team(store, RealChance(), settings.public_key, TEAM_NAME)
        now = RealClock().now()
        key, secret = await create_key(store, RealChance(), team.id, "twinpane proxy start", frozenset({"proxy"}), now)
        try:
            return await asyncio.to_thread(_post, f"{address}/v1.4/proxy_sessions", body, secret)
        finally:
            await store.revoke_rest_key(team.id, key.id, RealClock().now())
    finally:
        await store.close()


def _post(url: str, body: dict[str, str], secret: str) -> dict[str, str] | str:
    headers = {"Content-Type": "application/json", "X-Api-Key": secret}
    request = urllib.request.Request(url, json.dumps(body).encode(), headers)  # noqa: S310 - the operator's own server
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT_S) as answer:  # noqa: S310
            told: dict[str, str] = json.load(answer)
            return told
    except urllib.error.HTTPError as error:
        with error:
            return _why(error.read())
    except OSError as error:
        return f"The server does not answer at {url.rpartition('/v1.4/')[0]}: {error}"


def _why(body: bytes) -> str:
    try:
        told = json.loads(body)
        return " ".join([told["message"], *(f"{name}: {words}" for name, words in (told.get("fields") or {}).items())])
    except (ValueError, KeyError, TypeError):
        return "The server did not take the request."

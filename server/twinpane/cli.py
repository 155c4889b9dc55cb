"""The command `twinpane`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from twinpane.cli_audit import audit, webhooks
from twinpane.cli_data import backup, check, migrate, restore
from twinpane.cli_directory import sessions, visitors
from twinpane.cli_keys import keys
from twinpane.cli_members import members
from twinpane.cli_proxy import proxy
from twinpane.cli_settings import read_settings
from twinpane.demo import demo
from twinpane.main import run

app = typer.Typer(
    help="Self-hosted co-browsing: see and help in a visitor's browser tab, live.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(keys, name="keys")
app.add_typer(members, name="members")
app.add_typer(visitors, name="visitors")
app.add_typer(sessions, name="sessions")
app.add_typer(proxy, name="proxy")
app.add_typer(audit, name="audit")
app.add_typer(webhooks, name="webhooks")


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen at.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen at; 0 takes a free one.")] = None,
    data: Annotated[Path | None, typer.Option(help="Folder for everything that is kept.")] = None,
    public_url: Annotated[str | None, typer.Option(help="Our address as others know it, such as https://HOST.")] = None,
) -> None:
    """Run the server. Everything else is set by environment or twinpane.toml; see docs/settings.md."""
    run(read_settings(host=host, port=port, data=data, public_url=public_url))


for command in (serve, demo, check, migrate, backup, restore):
    app.command()(command)

"""The command `twinpane`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from pydantic import ValidationError

from twinpane.cli_keys import keys
from twinpane.cli_proxy import proxy
from twinpane.demo import demo
from twinpane.main import run
from twinpane.settings import Settings

app = typer.Typer(
    help="Self-hosted co-browsing: see and help in a visitor's browser tab, live.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(keys, name="keys")
app.add_typer(proxy, name="proxy")
app.command()(demo)


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen at.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen at; 0 takes a free one.")] = None,
    data: Annotated[Path | None, typer.Option(help="Folder for everything that is kept.")] = None,
    public_url: Annotated[str | None, typer.Option(help="Our address as others know it, such as https://HOST.")] = None,
) -> None:
    """Run the server. Everything else is set by environment or twinpane.toml; see docs/settings.md."""
    run(read_settings(host=host, port=port, data=data, public_url=public_url))


def read_settings(**flags: Any) -> Settings:
    """The settings, flags first. Says what is wrong and exits with 2 if something is."""
    try:
        return Settings(**{name: value for name, value in flags.items() if value is not None})
    except ValidationError as error:
        stop_with_words(error)


def stop_with_words(error: ValidationError) -> NoReturn:
    """Name each setting that is wrong, without its value: it may be secret."""
    for each in error.errors(include_input=False):
        name = ".".join(str(place) for place in each["loc"])
        typer.echo(f"Setting {name}: {each['msg'].removeprefix('Value error, ')}", err=True)
    raise typer.Exit(2)

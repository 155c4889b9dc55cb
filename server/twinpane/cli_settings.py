"""What all commands share: the data folder, JSON, and settings that are told what is wrong with them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from pydantic import ValidationError

from twinpane.settings import Settings

Data = Annotated[Path | None, typer.Option(help="The server's data folder.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def settings_of(data: Path | None) -> Settings:
    """The settings, with the folder that was named."""
    return read_settings(data=data)


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

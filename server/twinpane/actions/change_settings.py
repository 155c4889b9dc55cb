"""Set what a team's pages are given, and where they may be (S5, R23)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
from twinpane_protocol.settings import AccountSettings

from twinpane.errors import InvalidRequestError, NotFoundError
from twinpane.ports.records import Team
from twinpane.ports.store import Store

MAX_DOMAINS: Final = 200
_DOMAIN: Final = re.compile(r"(\*\.)?[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?(:[0-9]{1,5})?|\[[0-9a-f:.]+\](:[0-9]{1,5})?")
_PLACE: Final = re.compile(r" - at `\$\.([A-Za-z]+)")
_UNKNOWN: Final = re.compile(r"unknown field `([^`]*)`")


def settings_told(team: Team) -> dict[str, Any]:
    """R23's answer: what the team has set."""
    return {"settings": msgspec.to_builtins(team.settings), "allowed_domains": list(team.allowed_domains)}


async def change_settings(
    store: Store, team: Team, changes: Mapping[str, Any], allowed_domains: Sequence[str] | None = None
) -> Team:
    """Change settings by name; None takes one back. Domains are replaced whole, None leaves them.

    Raises InvalidRequestError, naming each field that is wrong.
    """
    wanted = msgspec.to_builtins(team.settings) | changes
    settings = read_settings({name: value for name, value in wanted.items() if value is not None})
    domains = None if allowed_domains is None else read_domains(allowed_domains)
    changed = await store.change_team(team.id, settings=settings, allowed_domains=domains)
    if changed is None:
        raise NotFoundError("There is no such team.")
    return changed


def read_settings(given: Mapping[str, Any]) -> AccountSettings:
    """Settings by their names in `init`. Raises InvalidRequestError."""
    try:
        return msgspec.convert(given, AccountSettings)
    except msgspec.ValidationError as error:
        words = str(error)
        unknown, place = _UNKNOWN.search(words), _PLACE.search(words)
        name = unknown[1] if unknown else place[1] if place else "settings"
        why = "there is no such setting" if unknown else words.partition(" - at ")[0].replace("`", "")
        raise InvalidRequestError(f"Setting {name}: {why}.", fields={f"settings.{name}": why}) from error


def read_domains(given: Sequence[str]) -> tuple[str, ...]:
    """Domains in lower case, each once. Raises InvalidRequestError."""
    domains = tuple(dict.fromkeys(domain.strip().lower() for domain in given))
    wrong = [domain for domain in domains if not _DOMAIN.fullmatch(domain)]
    if wrong or len(domains) > MAX_DOMAINS:
        why = f"must be at most {MAX_DOMAINS} domains such as shop.example, *.shop.example or localhost:3000"
        raise InvalidRequestError(f"The allowed domains {why}.", fields={"allowed_domains": why})
    return domains

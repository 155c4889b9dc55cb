"""What a console request asks, and what it is answered: the bodies are those of `twinpane_protocol.console_routes`."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

import msgspec
from starlette.requests import Request
from twinpane_protocol.console_routes import Route

from twinpane.actions.log_in import LoggedIn
from twinpane.actions.members import Inviter
from twinpane.errors import InvalidRequestError, NotFoundError
from twinpane.ports.members import Member
from twinpane.ports.records import Team
from twinpane.web.context import Web

_PLACE = re.compile(r" - at `\$\.?([^`]*)`")
_UNKNOWN = re.compile(r"unknown field `([^`]*)`")
_MISSING = re.compile(r"missing required field `([^`]*)`")
Body = TypeVar("Body", bound=msgspec.Struct)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request, let through by the gate."""

    web: Web
    request: Request
    route: Route
    address: str
    """Ours, as `https://HOST`."""
    place: str | None
    """From where: an IP address."""
    secret: str | None
    """Of the log-in that the browser has, if it has one."""
    raw: bytes = b""
    logged_in: LoggedIn | None = None
    its_team: Team | None = None

    @property
    def me(self) -> LoggedIn:
        """Who is logged in; only for routes that need it."""
        assert self.logged_in is not None  # noqa: S101 - the gate saw to it
        return self.logged_in

    @property
    def team(self) -> Team:
        """Their team; only for routes that need a log-in."""
        assert self.its_team is not None  # noqa: S101 - the gate saw to it
        return self.its_team

    @property
    def inviter(self) -> Inviter:
        """The member as one who rules over others."""
        return Inviter(who(self.me.member), self.me.member.role)

    def body(self, kind: type[Body]) -> Body:
        """The body. Raises InvalidRequestError, naming the field."""
        assert kind is self.route.body  # noqa: S101 - the contract says what is sent
        return read(lambda: msgspec.json.decode(self.raw or b"{}", type=kind))

    def query(self, kind: type[Body]) -> Body:
        """What stands after the `?`. Raises InvalidRequestError, naming the field."""
        assert kind is self.route.query  # noqa: S101 - the contract says what is sent
        return read(lambda: msgspec.convert(dict(self.request.query_params), kind, strict=False))

    def text(self, name: str) -> str:
        """A part of the path."""
        return cast(str, self.request.path_params[name])

    def number(self, name: str) -> int:
        """A part of the path that is a number. Raises NotFoundError for anything else."""
        text = self.text(name)
        if not text.isascii() or not text.isdigit() or len(text) > 15:
            raise NotFoundError("There is nothing with this number.")
        return int(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A success. `logged_in` with a secret sets the cookie; `logged_out` takes it away."""

    content: msgspec.Struct | Mapping[str, Any] = field(default_factory=dict)
    logged_in: LoggedIn | None = None
    logged_out: bool = False
    begun: str | None = None
    """Secret of a log-in that is under way at the provider; "" when it is over."""


Handler = Callable[[Asked], Awaitable[Answer]]


def who(member: Member) -> str:
    """A member, in the audit."""
    return f"member {member.id} ({member.name})"


def agent_id_of(member_id: int) -> str:
    """What a member is called as an agent of sessions (R19)."""
    return f"member:{member_id}"


def read(reading: Callable[[], Body]) -> Body:
    """What was read. Raises InvalidRequestError, naming the field that is wrong."""
    try:
        return reading()
    except msgspec.ValidationError as error:
        words = str(error)
        unknown, missing, place = _UNKNOWN.search(words), _MISSING.search(words), _PLACE.search(words)
        at = place[1] if place else ""
        name = ".".join(part for part in (at, (unknown or missing or [""] * 2)[1]) if part) or "body"
        why = words.partition(" - at ")[0].replace("`", "")
        why = "there is no such field" if unknown else "is needed" if missing else why
        raise InvalidRequestError("The request is not as it should be.", fields={name: why}) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InvalidRequestError("The body is not valid JSON.", fields={"body": "is not valid JSON"}) from error

"""One request to the API, before anybody sends it, and how its answer is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeVar
from urllib.parse import quote, urlencode

import msgspec

from twinpane.client.refusals import UnexpectedAnswerError

Answer = TypeVar("Answer")
Item = TypeVar("Item")
PREFIX = "/v1.4"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(Generic[Answer]):
    """What to ask. `route` is a path of the OpenAPI document without its version; None in a query or body is left out.

    `told` is the type of the answer's JSON, None for plain text; `pick` takes from it what the caller wants.
    """

    method: Literal["GET", "POST", "PATCH", "DELETE"]
    route: str
    places: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str | int | None] = field(default_factory=dict)
    body: Mapping[str, Any] | None = None
    idempotency_key: str | None = None
    told: type[Any] | None = None
    pick: Callable[[Any], Answer]

    @property
    def path(self) -> str:
        """Path and query as they are sent."""
        path = PREFIX + self.route.format_map({name: quote(value, safe="") for name, value in self.places.items()})
        query = urlencode({name: value for name, value in self.query.items() if value is not None})
        return f"{path}?{query}" if query else path

    @property
    def content(self) -> bytes | None:
        """The body as JSON."""
        if self.body is None:
            return None
        return msgspec.json.encode({name: value for name, value in self.body.items() if value is not None})

    def read(self, body: bytes) -> Answer:
        """What a success says. Raises UnexpectedAnswerError if it is not the API's."""
        if self.told is None:
            return self.pick(None)
        try:
            return self.pick(msgspec.json.decode(body, type=self.told))
        except msgspec.MsgspecError as error:
            raise UnexpectedAnswerError(
                f"{self.method} {self.route} was answered with something else ({error})."
            ) from None


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Part of a list; `next_cursor` leads on, None at the end."""

    items: list[Item]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class Listing(Generic[Item]):
    """A list that comes in pages: `page(cursor)` is the call for one, None for the first."""

    page: Callable[[str | None], Call[Page[Item]]]


def itself(told: Answer) -> Answer:
    """Pick the whole answer."""
    return told


def nothing(_: object) -> None:
    """Pick nothing: that it was a success is all."""

"""Messages of the link itself. They are not numbered; every other frame after the welcome is (L1)."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from twinpane_protocol.shared import Advice, RefusalCode


class Ack(Struct, frozen=True, kw_only=True, tag_field="type", tag="ack"):
    """All numbered frames up to and including `received` have arrived (L3)."""

    received: Annotated[int, Meta(ge=0)]


class Ping(Struct, frozen=True, kw_only=True, tag_field="type", tag="ping"):
    """Are you there? `t` comes back in the pong (L6)."""

    t: float


class Pong(Struct, frozen=True, kw_only=True, tag_field="type", tag="pong"):
    """Yes. `now_ms` is the server's clock, for measuring delay only."""

    t: float
    now_ms: float


class Bye(Struct, frozen=True, kw_only=True, tag_field="type", tag="bye"):
    """This side leaves for good and will not resume (the tab closes, the server has ended it)."""


class Error(Struct, frozen=True, kw_only=True, tag_field="type", tag="error", omit_defaults=True):
    """Something sent was refused. With advice `stop` the connection closes after it (W6)."""

    code: RefusalCode
    message: str
    advice: Advice
    retry_in_ms: Annotated[int, Meta(ge=0)] | None = None
    """When to connect again, if the server says so (K4)."""

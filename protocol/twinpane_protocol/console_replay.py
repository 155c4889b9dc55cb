"""The console's links to recorded sessions."""

from __future__ import annotations

from msgspec import Struct

from twinpane_protocol.console_answers import Time


class ReplayLink(Struct, frozen=True, kw_only=True):
    """Open `url` as often as wanted until `expires_at`."""

    url: str
    expires_at: Time

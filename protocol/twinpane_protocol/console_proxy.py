"""Links of the team console to sites that cannot carry our script."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from twinpane_protocol.console_answers import Time


class ProxyLink(Struct, frozen=True, kw_only=True):
    """Open `url` within 5 minutes; it opens once. The session behind it lasts until `expires_at`."""

    url: str
    proxy_session_id: str
    expires_at: Time


class ProxyBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """R18, as far as a person fills it in."""

    initial_url: Annotated[str, Meta(max_length=2_000, pattern="^https?://")]
    unique_id: Annotated[str, Meta(min_length=1, max_length=200)] | None = None

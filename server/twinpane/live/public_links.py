"""Links by which somebody without a log-in can watch a visitor whose page asked for it (S2): nothing to store.

A link names visitor and agent, and until when it holds, under an HMAC of the server's secret.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import msgspec

VALID_FOR: Final = timedelta(hours=1)
_MAC_BYTES: Final = 16
_PURPOSE: Final = b"public link\0"


@dataclass(frozen=True, slots=True)
class Invitation:
    """Who may watch whom. Agent id and name are the page's words; nobody has checked them."""

    team_id: int
    short_id: str
    agent_id: str
    agent_name: str


class PublicLinks:
    """Makes and reads the tokens of public links."""

    def __init__(self, server_secret: bytes) -> None:
        self._server_secret = server_secret
        self._decoder = msgspec.json.Decoder(tuple[int, int, str, str, str])

    def token(self, invitation: Invitation, expires_at: datetime) -> str:
        """What follows `/join/` in the link."""
        expires_s = int(expires_at.timestamp())
        named = (invitation.team_id, invitation.short_id, invitation.agent_id, invitation.agent_name)
        body = msgspec.json.encode((expires_s, *named))
        return base64.urlsafe_b64encode(self._mac(body) + body).rstrip(b"=").decode()

    def read(self, token: str, now: datetime) -> Invitation | None:
        """The invitation of a token; None if it is not ours or holds no more."""
        try:
            raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            return None
        mac, body = raw[:_MAC_BYTES], raw[_MAC_BYTES:]
        if not hmac.compare_digest(mac, self._mac(body)):
            return None
        expires_s, team_id, short_id, agent_id, agent_name = self._decoder.decode(body)
        if now >= datetime.fromtimestamp(expires_s, UTC):
            return None
        return Invitation(team_id, short_id, agent_id, agent_name)

    def _mac(self, body: bytes) -> bytes:
        return hmac.new(self._server_secret, _PURPOSE + body, hashlib.sha256).digest()[:_MAC_BYTES]

"""The proof that a browser was given its short ID: nothing to store, nothing to look up."""

from __future__ import annotations

import base64
import hashlib
import hmac

from twinpane_protocol.visitor import Credentials


class Seal:
    """Signs words under the server's secret, so that what was given out need not be stored (K2)."""

    def __init__(self, server_secret: bytes) -> None:
        self._server_secret = server_secret

    def sign(self, purpose: str, *words: str) -> str:
        """HMAC-SHA256, URL-safe, 43 characters; another for each purpose."""
        said = b"\0".join(word.encode() for word in (purpose, *words))
        digest = hmac.new(self._server_secret, said, hashlib.sha256).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


class VisitorProof:
    """Makes and checks visitors' secrets: HMAC-SHA256 of team and short ID under the server's secret."""

    def __init__(self, server_secret: bytes) -> None:
        self._server_secret = server_secret

    def credentials(self, team_id: int, short_id: str) -> Credentials:
        """What the browser keeps and shows at its next hello."""
        digest = hmac.new(self._server_secret, f"{team_id}:{short_id}".encode(), hashlib.sha256).digest()
        secret = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        return Credentials(short_id=short_id, secret=secret)

    def is_true(self, team_id: int, shown: Credentials) -> bool:
        """Whether this browser was given that short ID by this team."""
        right = self.credentials(team_id, shown.short_id)
        return hmac.compare_digest(right.secret.encode(), shown.secret.encode())

"""Ask an OpenID provider who somebody is. Signatures, keys and claims are the library's; how they are fetched is ours.

Nothing is fetched but what the issuer's own metadata name; that document's address is made of the setting.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

import aiohttp
import structlog
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.base_client.async_openid import AsyncOpenIDMixin
from authlib.oauth2.auth import ClientAuth
from authlib.oauth2.client import OAuth2Client
from authlib.oauth2.rfc6749.parameters import prepare_token_request
from authlib.oidc.discovery import get_well_known_url
from joserfc.errors import JoseError

from twinpane.errors import FetchRefusedError, ProviderLogInError
from twinpane.fetch.addresses import Guard
from twinpane.fetch.connecting import Connecting
from twinpane.ports.identity import Attempt, Person
from twinpane.ports.world import Clock

SCOPE: Final = "openid email profile"
TIMEOUT: Final = aiohttp.ClientTimeout(total=15.0, connect=5.0)
_MAX_BYTES: Final = 512 * 1024
_KEPT_S: Final = 3600
"""How long the provider's metadata and keys are believed; a key that is not among them is looked for at once."""
_LEEWAY_S: Final = 60
_SIGNED_BY: Final = frozenset("RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA Ed25519".split())
"""Only what needs the provider's private key: never `none`, never our own secret."""
_FORM: Final = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
_ENDPOINTS: Final = ("authorization_endpoint", "token_endpoint", "jwks_uri")

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenIdOptions:
    """What the operator sets."""

    issuer: str
    """As `https://HOST…`, without a slash at the end."""
    client_id: str
    client_secret: str | None = None
    name: str | None = None
    trust_email: bool = False
    """Whether addresses count as verified that are not said to be."""


class OpenIdProvider(AsyncOpenIDMixin):  # type: ignore[misc]  # The library has no types.
    """See `ports.identity.IdentityProvider`. `close` it at the end."""

    def __init__(self, options: OpenIdOptions, guard: Guard, connecting: Connecting, clock: Clock) -> None:
        """Take what may be connected to; the guard allows the issuer's host by name."""
        self.client_id = options.client_id
        self._options = options
        self._guard = guard
        self._connecting = connecting
        self._clock = clock
        self._sessions: dict[bool, aiohttp.ClientSession] = {}
        self._kept: dict[str, tuple[float, dict[str, Any]]] = {}

    @property
    def name(self) -> str:
        """What people call it."""
        return self._options.name or urlsplit(self._options.issuer).hostname or ""

    async def close(self) -> None:
        """Close the connections that are kept."""
        for session in self._sessions.values():
            await session.close()

    async def log_in_url(self, attempt: Attempt) -> str:
        """Where a browser is sent."""
        metadata = await self.load_server_metadata()
        client = OAuth2Client(
            None, self.client_id, scope=SCOPE, redirect_uri=attempt.back, code_challenge_method="S256"
        )
        url, _ = client.create_authorization_url(
            metadata["authorization_endpoint"],
            state=attempt.state,
            nonce=attempt.nonce,
            code_verifier=attempt.verifier,
        )
        return str(url)

    async def person(self, attempt: Attempt, code: str) -> Person:
        """Whom a code is for."""
        metadata = await self.load_server_metadata()
        token = await self._token(metadata, attempt, code)
        must = {
            "iss": {"essential": True, "value": metadata["issuer"]},
            "aud": {"essential": True, "value": self.client_id},
        }
        try:
            claims = dict(await self.parse_id_token(token, attempt.nonce, must, leeway=_LEEWAY_S) or {})
            subject = str(claims["sub"])
            if "email" not in claims and "userinfo_endpoint" in metadata:
                claims |= await self._more_of(subject, metadata["userinfo_endpoint"], str(token["access_token"]))
        except (JoseError, AuthlibBaseError, ValueError, KeyError, TypeError) as error:
            raise _not_trusted(f"{type(error).__name__}: {error}") from error
        email, name = claims.get("email"), claims.get("name")
        return Person(
            subject=f"{self._options.issuer} {subject}",
            email=email if isinstance(email, str) else None,
            is_email_verified=self._options.trust_email or claims.get("email_verified") in (True, "true"),
            name=name if isinstance(name, str) else None,
        )

    async def load_server_metadata(self) -> dict[str, Any]:
        """The provider's metadata, which the library asks for too."""
        issuer = self._options.issuer
        metadata = await self._remembered(get_well_known_url(issuer, external=True))
        if str(metadata.get("issuer", "")).rstrip("/") != issuer:
            raise _not_trusted(f"the metadata are of another issuer: {metadata.get('issuer')}")
        for endpoint in _ENDPOINTS:
            parts = urlsplit(str(metadata.get(endpoint, "")))
            if not parts.hostname or parts.scheme not in ("https", urlsplit(issuer).scheme):
                raise _not_trusted(f"the metadata's {endpoint} is no https address")
        signed_by = metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
        return metadata | {"id_token_signing_alg_values_supported": [alg for alg in signed_by if alg in _SIGNED_BY]}

    async def fetch_jwk_set(self, force: bool = False) -> dict[str, Any]:
        """The provider's keys; the library forces a look when a token names one that is not among them."""
        url = (await self.load_server_metadata())["jwks_uri"]
        if force:
            self._kept.pop(url, None)
        return await self._remembered(url)

    async def _token(self, metadata: dict[str, Any], attempt: Attempt, code: str) -> dict[str, Any]:
        methods = metadata.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        secret = self._options.client_secret
        method = "client_secret_basic" if "client_secret_basic" in methods else "client_secret_post"
        auth = ClientAuth(self.client_id, secret, method if secret else "none")
        body = prepare_token_request(
            "authorization_code", redirect_uri=attempt.back, code=code, code_verifier=attempt.verifier
        )
        url, headers, body = auth.prepare("POST", metadata["token_endpoint"], dict(_FORM), body)
        return await self._ask("POST", url, headers, body)

    async def _more_of(self, subject: str, url: str, access_token: str) -> dict[str, Any]:
        """What some providers tell only there (Core, 5.3)."""
        told = await self._ask("GET", url, {"Authorization": f"Bearer {access_token}", "Accept": "application/json"})
        if told.get("sub") != subject:
            raise _not_trusted("userinfo is of another subject")
        return told

    async def _remembered(self, url: str) -> dict[str, Any]:
        now_s = self._clock.monotonic()
        at_s, told = self._kept.get(url, (0.0, {}))
        if not told or now_s - at_s > _KEPT_S:
            told = await self._ask("GET", url, {"Accept": "application/json"})
            self._kept[url] = (now_s, told)
        return told

    async def _ask(self, method: str, url: str, headers: dict[str, str], body: str | None = None) -> dict[str, Any]:
        """One request, which follows no redirect; its JSON. Raises ProviderLogInError."""
        headers = {"User-Agent": "Twinpane", "Accept-Encoding": "identity", **headers}
        try:
            session = self._session_for(url)
            async with session.request(method, url, data=body, headers=headers, allow_redirects=False) as answer:
                raw = await answer.content.read(_MAX_BYTES)
                while len(raw) < _MAX_BYTES and (more := await answer.content.read(_MAX_BYTES - len(raw))):
                    raw += more
                told = json.loads(raw)
        except (TimeoutError, aiohttp.ClientError, OSError, ValueError, FetchRefusedError) as error:
            raise _unreachable(url, f"{type(error).__name__}: {error}") from error
        if answer.status != 200 or not isinstance(told, dict):
            why = told.get("error") if isinstance(told, dict) else None
            if method == "POST" and answer.status in (400, 401):
                raise _not_trusted(f"the provider refused the code: {why}")
            raise _unreachable(url, f"status {answer.status}, {why}")
        return told

    def _session_for(self, url: str) -> aiohttp.ClientSession:
        host = urlsplit(url).hostname or ""
        named = self._guard.allows_host(host)
        why = None if named else self._guard.refusal_of_literal(host)
        if why is not None:
            raise FetchRefusedError(why)
        if named not in self._sessions:
            self._sessions[named] = self._connecting.session(named=named, timeout=TIMEOUT)
        return self._sessions[named]


def _not_trusted(why: str) -> ProviderLogInError:
    _log.warning("oidc_not_trusted", why=why)
    return ProviderLogInError("oidc_not_trusted", "What the log-in service sent does not hold. Try again.")


def _unreachable(url: str, why: str) -> ProviderLogInError:
    _log.warning("oidc_unreachable", at=url.partition("?")[0], why=why)
    return ProviderLogInError("oidc_unreachable", "The log-in service cannot be reached. Try again in a moment.")

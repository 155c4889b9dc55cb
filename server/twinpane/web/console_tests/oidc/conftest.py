"""An OpenID provider by the library's server side, which a test can bend, and a site that asks it."""

from __future__ import annotations

import hmac
import json
import os
import threading
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

import pytest
import pytest_asyncio
from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core.grants import OpenIDCode
from flask import Flask, jsonify, request
from joserfc.jwk import KeySet, RSAKey
from twinpane.actions.log_in_by_provider import Newcomers, ProviderLogIns
from twinpane.fetch.addresses import Guard
from twinpane.fetch.connecting import Connecting
from twinpane.fetch.openid import OpenIdOptions, OpenIdProvider
from twinpane.live.clock import RealChance
from twinpane.web.conftest import OpenSite, Site
from twinpane.web.context import Web
from werkzeug.serving import make_server

CLIENT_ID = "twinpane-console"
CLIENT_SECRET = "what the provider gave us"
PERSON = {"sub": "u-1", "email": "agent@shop.example", "email_verified": True, "name": "Zoë Lind"}


class Client:
    """We, at the provider."""

    def get_client_id(self) -> str:
        return CLIENT_ID

    def get_allowed_scope(self, scope: str) -> str:
        return scope

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri.endswith("/console/oidc")

    def check_client_secret(self, client_secret: str) -> bool:
        return client_secret == CLIENT_SECRET

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method == "client_secret_basic"

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


@dataclass
class Code:
    """An authorization code that was not used yet."""

    code: str
    redirect_uri: str
    scope: str
    nonce: str
    code_challenge: str
    code_challenge_method: str

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str:
        return self.nonce

    def get_auth_time(self) -> None: ...

    def get_acr(self) -> None: ...

    def get_amr(self) -> None: ...


@dataclass
class Provider:
    """The provider. What is set here counts from the next request on."""

    url: str = ""
    person: dict[str, Any] = field(default_factory=lambda: dict(PERSON))
    """Whoever logs in."""
    bent: dict[str, Any] = field(default_factory=dict)
    """Claims of the ID token that are not as they should be."""
    metadata: dict[str, Any] = field(default_factory=dict)
    """Metadata that are not as they should be."""
    keys: list[RSAKey] = field(default_factory=lambda: [new_key("first")])
    """Those that it publishes."""
    signs_with: RSAKey | None = None
    """None: the first that it publishes."""
    codes: dict[str, Code] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    tells_only_there: dict[str, Any] = field(default_factory=dict)
    """What userinfo tells besides the subject."""
    lets_in: bool = True
    alg: str | None = None
    """Set: the ID token is signed by this, without a private key."""


def new_key(name: str) -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": name, "use": "sig"}, auto_kid=False)


def app_of(provider: Provider) -> Flask:
    app = Flask("provider")
    server = AuthorizationServer(app, lambda _: Client(), lambda *_: None)
    server.register_grant(_grant(provider), [_openid(provider), CodeChallenge(required=True)])

    @app.before_request
    def note() -> None:
        provider.asked.append(request.path)

    @app.get("/.well-known/openid-configuration")
    def configuration() -> Any:
        told = {
            "issuer": provider.url,
            "authorization_endpoint": f"{provider.url}/authorize",
            "token_endpoint": f"{provider.url}/token",
            "jwks_uri": f"{provider.url}/keys",
            "userinfo_endpoint": f"{provider.url}/userinfo",
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
        }
        return jsonify(told | provider.metadata)

    @app.get("/authorize")
    def authorize() -> Any:
        person = provider.person if provider.lets_in else None
        grant = server.get_consent_grant(end_user=person)
        return server.create_authorization_response(grant_user=person, grant=grant)

    @app.post("/token")
    def token() -> Any:
        return server.create_token_response()

    @app.get("/keys")
    def keys() -> Any:
        return jsonify(KeySet(provider.keys).as_dict(private=False))

    @app.get("/userinfo")
    def userinfo() -> Any:
        return jsonify({"sub": provider.person["sub"]} | provider.tells_only_there)

    return app


def _grant(provider: Provider) -> type[AuthorizationCodeGrant]:
    class Grant(AuthorizationCodeGrant):
        TOKEN_ENDPOINT_AUTH_METHODS: ClassVar = ["client_secret_basic"]

        def save_authorization_code(self, code: str, asked: Any) -> None:
            sent = asked.payload.data
            provider.codes[code] = Code(
                code=code,
                redirect_uri=asked.payload.redirect_uri,
                scope=asked.payload.scope,
                nonce=sent["nonce"],
                code_challenge=sent["code_challenge"],
                code_challenge_method=sent["code_challenge_method"],
            )

        def query_authorization_code(self, code: str, client: Client) -> Code | None:
            return provider.codes.get(code)

        def delete_authorization_code(self, authorization_code: Code) -> None:
            del provider.codes[authorization_code.code]

        def authenticate_user(self, authorization_code: Code) -> dict[str, Any]:
            return provider.person

    return Grant


def _openid(provider: Provider) -> OpenIDCode:
    class OpenId(OpenIDCode):
        def exists_nonce(self, nonce: str, asked: Any) -> bool:
            return any(code.nonce == nonce for code in provider.codes.values())

        def resolve_client_private_key(self, client: Client) -> Any:
            return provider.signs_with or provider.keys[0]

        def get_client_claims(self, client: Client) -> dict[str, Any]:
            return {"iss": provider.url}

        def get_encode_header(self, client: Client) -> dict[str, str]:
            return {"alg": "RS256", "kid": (provider.signs_with or provider.keys[0]).kid or ""}

        def encode_id_token(self, token: dict[str, Any], asked: Any) -> Any:
            if provider.alg is None:
                return super().encode_id_token(token, asked)
            claims = self.get_compatible_claims(asked) | {"nonce": asked.authorization_code.nonce} | provider.person
            return _signed_by_anybody(provider.alg, claims)

        def generate_user_info(self, user: dict[str, Any], scope: str) -> dict[str, Any]:
            return user | provider.bent

    return OpenId(require_nonce=True)


def _signed_by_anybody(alg: str, claims: dict[str, Any]) -> str:
    """A token that is signed by nobody, or by a secret that is no private key. The library does not make these."""

    def text(raw: bytes) -> str:
        return urlsafe_b64encode(raw).rstrip(b"=").decode()

    head = f"{text(json.dumps({'alg': alg}).encode())}.{text(json.dumps(claims).encode())}"
    return f"{head}.{text(hmac.digest(CLIENT_SECRET.encode(), head.encode(), 'sha256')) if alg == 'HS256' else ''}"


@contextmanager
def running_provider() -> Iterator[Provider]:
    """A provider at a free port, which lets everybody in as `person`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "AUTHLIB_INSECURE_TRANSPORT", "1")
        provider = Provider()
        server = make_server("127.0.0.1", 0, app_of(provider), threaded=True)
        provider.url = f"http://127.0.0.1:{server.port}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield provider
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def provider() -> Iterator[Provider]:
    with running_provider() as provider:
        yield provider


@pytest_asyncio.fixture
async def newcomers() -> Newcomers:
    """Who may become a member; a test's own fixture lets some in."""
    return Newcomers()


@pytest_asyncio.fixture
async def site(open_site: OpenSite, provider: Provider, newcomers: Newcomers) -> AsyncIterator[Site]:
    """A site whose members can log in by the provider."""
    guard = Guard(["127.0.0.1"])
    options = OpenIdOptions(issuer=provider.url, client_id=CLIENT_ID, client_secret=CLIENT_SECRET, name="Acme accounts")

    def with_provider(web: Web) -> Web:
        asking = OpenIdProvider(options, guard, Connecting(guard), web.clock)
        closing.append(asking)
        log_ins = ProviderLogIns(web.store, web.clock, RealChance(), web.log_ins, asking, newcomers)
        return replace(web, provider_log_ins=log_ins)

    closing: list[OpenIdProvider] = []
    async with open_site(change=with_provider) as opened:
        yield opened
    for asking in closing:
        await asking.close()

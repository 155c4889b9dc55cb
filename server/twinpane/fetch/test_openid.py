"""How the provider is asked; whether what it says holds is tried in `web/console_tests/oidc`."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer

from twinpane.errors import ProviderLogInError
from twinpane.fetch.addresses import Guard
from twinpane.fetch.connecting import Connecting
from twinpane.fetch.openid import OpenIdOptions, OpenIdProvider
from twinpane.live.manual_clock import ManualClock
from twinpane.ports.identity import Attempt

ATTEMPT = Attempt(state="s", nonce="n", verifier="v" * 43, back="https://help.example/console/oidc")


@dataclass
class Issuer:
    """A server that says what it is told to; it remembers what it was asked."""

    url: str = ""
    told: dict[str, Any] = field(default_factory=dict)
    configuration: web.Response | None = None
    asked: list[tuple[str, dict[str, str], str | None]] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        self.asked.append((request.path, form, request.headers.get("Authorization")))
        if request.path != "/.well-known/openid-configuration":
            return web.json_response({"error": "invalid_grant"}, status=400)
        endpoints = {name: f"{self.url}/{name}" for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")}
        return self.configuration or web.json_response({"issuer": self.url, **endpoints, **self.told})


@pytest_asyncio.fixture
async def issuer() -> AsyncIterator[Issuer]:
    issuer, app = Issuer(), web.Application()
    app.router.add_route("*", "/{path:.*}", issuer.answer)
    async with TestServer(app) as server:
        issuer.url = str(server.make_url("")).rstrip("/")
        yield issuer


def asking(issuer: Issuer, clock: ManualClock | None = None, secret: str | None = "se:cret") -> OpenIdProvider:
    guard = Guard(["127.0.0.1"])
    options = OpenIdOptions(issuer=issuer.url, client_id="twinpane", client_secret=secret)
    return OpenIdProvider(options, guard, Connecting(guard), clock or ManualClock())


async def refusal(provider: OpenIdProvider) -> str:
    with pytest.raises(ProviderLogInError) as caught:
        await provider.person(ATTEMPT, "code")
    return caught.value.code


async def test_the_metadata_are_asked_for_once_an_hour(issuer: Issuer) -> None:
    clock = ManualClock()
    provider = asking(issuer, clock)
    assert provider.name == "127.0.0.1"
    for _ in range(2):
        assert (await provider.log_in_url(ATTEMPT)).startswith(f"{issuer.url}/authorization_endpoint?")
    assert len(issuer.asked) == 1
    clock.advance(3601)
    await provider.log_in_url(ATTEMPT)
    assert len(issuer.asked) == 2
    await provider.close()


@pytest.mark.parametrize(
    ("methods", "secret", "is_basic"),
    [(None, "se:cret", True), (["client_secret_post"], "se:cret", False), (["client_secret_basic"], None, False)],
)
async def test_the_code_goes_with_its_verifier_and_our_secret_as_the_provider_takes_it(
    issuer: Issuer, methods: list[str] | None, secret: str | None, is_basic: bool
) -> None:
    issuer.told = {"token_endpoint_auth_methods_supported": methods} if methods else {}
    provider = asking(issuer, secret=secret)
    assert await refusal(provider) == "oidc_not_trusted"
    path, form, authorization = issuer.asked[-1]
    assert path == "/token_endpoint"
    assert {name: form[name] for name in ("grant_type", "code", "code_verifier", "redirect_uri")} == {
        "grant_type": "authorization_code",
        "code": "code",
        "code_verifier": ATTEMPT.verifier,
        "redirect_uri": ATTEMPT.back,
    }
    if is_basic:
        assert b64decode(str(authorization).removeprefix("Basic ")).startswith(b"twinpane:")
        assert "client_secret" not in form
    else:
        assert (authorization, form["client_id"], form.get("client_secret")) == (None, "twinpane", secret)
    await provider.close()


@pytest.mark.parametrize(
    "said",
    [
        {"status": 302, "headers": {"Location": "/elsewhere"}},
        {"status": 500, "text": "{}"},
        {"text": "<html>"},
        {"text": "[]"},
        {"text": '{"a": "' + "x" * 600_000 + '"}'},
    ],
    ids=["redirect", "failure", "no JSON", "no object", "too long"],
)
async def test_a_provider_that_answers_something_else_cannot_be_reached(issuer: Issuer, said: dict[str, Any]) -> None:
    issuer.configuration = web.Response(**said)
    provider = asking(issuer)
    assert await refusal(provider) == "oidc_unreachable"
    assert [path for path, _, _ in issuer.asked] == ["/.well-known/openid-configuration"]
    await provider.close()

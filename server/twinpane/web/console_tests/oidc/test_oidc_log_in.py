"""Members log in by the team's OpenID provider; what does not hold is refused in words, and logs nobody in."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from twinpane.access.keys import hash_secret
from twinpane.actions.log_in_by_provider import Newcomers
from twinpane.web.conftest import Site
from twinpane.web.console_tests.conftest import Browser, JoinAs, OpenBrowser
from twinpane.web.console_tests.oidc.conftest import CLIENT_ID, PERSON, Provider, new_key
from yarl import URL


async def begin(browser: Browser) -> str:
    """Press the button; where the browser is sent."""
    status, told = await browser.ask("POST", "/log-in/oidc")
    assert status == 200, told
    return str(told["url"])


async def at_provider(browser: Browser, url: str) -> dict[str, str]:
    """Log in there; what the browser brings back."""
    async with browser.http.get(URL(url, encoded=True), allow_redirects=False) as answer:
        assert answer.status == 302, await answer.text()
        back = urlsplit(answer.headers["Location"])
    assert back.path == "/console/oidc"
    return {name: values[0] for name, values in parse_qs(back.query).items()}


async def bring_back(browser: Browser, brought: dict[str, str]) -> tuple[int, Any]:
    sent = {name: value for name, value in brought.items() if name in ("state", "code", "error")}
    return await browser.ask("POST", "/log-in/oidc/back", sent)


async def log_in(browser: Browser) -> tuple[int, Any]:
    return await bring_back(browser, await at_provider(browser, await begin(browser)))


async def refused(browser: Browser) -> str:
    """Log in, which fails; the code. Nobody is logged in after."""
    status, told = await log_in(browser)
    assert status == 401, told
    assert browser.cookie is None
    assert (await browser.ask("GET", "/me"))[0] == 401
    return str(told["error"])


async def test_a_member_logs_in_by_their_verified_address_and_from_then_on_by_subject(
    site: Site, provider: Provider, join_as: JoinAs, open_browser: OpenBrowser
) -> None:
    await join_as("agent")
    browser = open_browser()
    assert (await browser.ask("GET", "/log-in"))[1]["oidc"] == {"name": "Acme accounts"}
    status, told = await log_in(browser)
    assert (status, told["member"]["email"], told["member"]["role"]) == (200, "agent@shop.example", "agent")
    member = await site.store.member_by_email("agent@shop.example")
    assert member is not None
    assert member.subject == f"{provider.url} u-1"
    provider.person = PERSON | {"email": "married@shop.example"}
    status, told = await log_in(open_browser())
    assert (status, told["member"]["email"]) == (200, "agent@shop.example")
    assert "POST /log-in/oidc/back" in str((await (await join_as("owner")).ask("GET", "/audit"))[1])


async def test_the_request_has_pkce_state_and_nonce_and_nothing_of_ours_that_is_secret(
    site: Site, open_browser: OpenBrowser
) -> None:
    browser = open_browser()
    status, told, response = await browser.send("POST", "/log-in/oidc")
    assert status == 200
    asked = {name: values[0] for name, values in parse_qs(urlsplit(told["url"]).query).items()}
    assert asked["redirect_uri"] == f"{site.url}/console/oidc"
    assert (asked["client_id"], asked["response_type"], asked["code_challenge_method"]) == (CLIENT_ID, "code", "S256")
    assert asked["scope"] == "openid email profile"
    assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3
    cookie = response.headers["Set-Cookie"]
    assert cookie.startswith("twinpane-console-begun=")
    assert {"HttpOnly", "Path=/", "SameSite=strict", "Max-Age=600"} <= {part.strip() for part in cookie.split(";")}
    kept = cookie.partition("=")[2].partition(";")[0]
    assert not any(kept in value or value in kept for value in asked.values())
    assert await begin(browser) != told["url"]


async def test_what_was_begun_in_another_browser_or_has_another_state_is_refused(
    provider: Provider, join_as: JoinAs, open_browser: OpenBrowser
) -> None:
    """A link with somebody else's code logs nobody in as them."""
    await join_as("agent")
    thief, victim = open_browser(), open_browser()
    brought = await at_provider(thief, await begin(thief))
    asked = list(provider.asked)
    assert (await bring_back(victim, brought))[1]["error"] == "oidc_out_of_step"
    await begin(victim)
    assert (await bring_back(victim, brought))[1]["error"] == "oidc_out_of_step"
    assert (await bring_back(victim, brought | {"state": ""}))[1]["error"] == "oidc_out_of_step"
    assert victim.cookie is None
    assert provider.asked == asked  # No code was shown to the provider, nor were its metadata needed again.
    assert (await bring_back(thief, brought))[0] == 200


async def test_a_code_works_once(join_as: JoinAs, open_browser: OpenBrowser) -> None:
    await join_as("agent")
    browser = open_browser()
    brought = await at_provider(browser, await begin(browser))
    kept = browser.http.cookie_jar.filter_cookies(URL(browser.site.url))["twinpane-console-begun"].value
    assert (await bring_back(browser, brought))[0] == 200
    assert (await bring_back(browser, brought))[1]["error"] == "oidc_out_of_step"  # The cookie is gone.
    browser.http.cookie_jar.update_cookies({"twinpane-console-begun": kept}, URL(browser.site.url))
    assert (await bring_back(browser, brought))[1]["error"] == "oidc_not_trusted"


@pytest.mark.parametrize(
    "bent",
    [
        {"nonce": "of-somebody-else"},
        {"nonce": None},
        {"aud": "another-client"},
        {"aud": ["another-client"]},
        {"aud": [CLIENT_ID, "another-client"]},
        {"azp": "another-client"},
        {"iss": "https://evil.example"},
        {"exp": "an hour ago"},
        {"exp": None},
        {"iat": "tomorrow"},
        {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
        {"sub": None},
    ],
    ids=str,
)
async def test_a_token_that_is_not_for_us_now_is_refused(
    provider: Provider, join_as: JoinAs, open_browser: OpenBrowser, bent: dict[str, Any]
) -> None:
    await join_as("agent")
    # Not among the cases: their names would not be the same in all workers.
    times = {"an hour ago": int(time.time()) - 3600, "tomorrow": int(time.time()) + 86_400}
    provider.bent = {name: times.get(str(value), value) for name, value in bent.items()}
    assert await refused(open_browser()) == "oidc_not_trusted"


@pytest.mark.parametrize("alg", ["none", "HS256"])
async def test_a_token_that_anybody_could_sign_is_refused(
    provider: Provider, join_as: JoinAs, open_browser: OpenBrowser, alg: str
) -> None:
    await join_as("agent")
    provider.alg = alg
    assert await refused(open_browser()) == "oidc_not_trusted"


async def test_keys_may_change_and_only_published_ones_count(
    provider: Provider, join_as: JoinAs, open_browser: OpenBrowser
) -> None:
    await join_as("agent")
    assert (await log_in(open_browser()))[0] == 200
    provider.keys = [new_key("second"), *provider.keys]
    assert (await log_in(open_browser()))[0] == 200
    assert provider.asked.count("/keys") == 2
    provider.signs_with = new_key("second")  # Of the same name, but not the same.
    assert await refused(open_browser()) == "oidc_not_trusted"


@pytest.mark.parametrize(
    ("person", "code"),
    [
        ({"sub": "u-9", "email": "nobody@shop.example"}, "oidc_unknown"),
        ({"sub": "u-9", "email": None}, "oidc_unknown"),
        ({"sub": "u-9", "email_verified": False}, "oidc_unverified"),
        ({"sub": "u-9", "email_verified": None}, "oidc_unverified"),
    ],
    ids=str,
)
async def test_only_members_with_a_verified_address_get_in(
    site: Site, provider: Provider, join_as: JoinAs, open_browser: OpenBrowser, person: dict[str, Any], code: str
) -> None:
    await join_as("agent")
    provider.person = PERSON | person
    assert await refused(open_browser()) == code
    assert len(await site.store.members(site.team.id)) == 2


async def test_an_address_that_was_given_to_somebody_else_since_does_not_let_them_in(
    provider: Provider, join_as: JoinAs, open_browser: OpenBrowser
) -> None:
    await join_as("agent")
    assert (await log_in(open_browser()))[0] == 200
    provider.person = PERSON | {"sub": "u-2"}
    assert await refused(open_browser()) == "oidc_unknown"


async def test_what_only_userinfo_tells_counts_if_it_is_of_the_same_subject(
    provider: Provider, join_as: JoinAs, open_browser: OpenBrowser
) -> None:
    await join_as("agent")
    provider.person = {"sub": "u-1"}
    provider.tells_only_there = {"email": "agent@shop.example", "email_verified": True, "sub": "u-2"}
    assert await refused(open_browser()) == "oidc_not_trusted"
    provider.tells_only_there = {"email": "Agent@Shop.example", "email_verified": True}
    assert (await log_in(open_browser()))[0] == 200


async def test_no_secret_that_was_given_becomes_a_log_in(
    site: Site, join_as: JoinAs, open_browser: OpenBrowser
) -> None:
    """Session fixation: the cookie is always a new one, and the one before ends."""
    await join_as("agent")
    browser = open_browser()
    browser.http.cookie_jar.update_cookies({"twinpane-console": "chosen-by-somebody-else"}, URL(site.url))
    assert (await log_in(browser))[0] == 200
    first = browser.cookie or ""
    assert first not in ("", "chosen-by-somebody-else")
    assert await site.store.log_in(hash_secret("chosen-by-somebody-else")) is None
    assert (await log_in(browser))[0] == 200
    assert browser.cookie != first
    assert await site.store.log_in(hash_secret(first)) is None


async def test_another_site_can_neither_begin_nor_end_a_log_in(site: Site) -> None:
    for path in ("/console/api/log-in/oidc", "/console/api/log-in/oidc/back"):
        for headers in ({"Origin": "https://evil.example"}, {"Origin": site.url, "Sec-Fetch-Site": "cross-site"}, {}):
            assert (await site.send("POST", path, json={}, headers=headers))[0] == 403


async def test_a_provider_that_lets_nobody_in_or_says_something_else_is_told_in_words(
    site: Site, provider: Provider, join_as: JoinAs, open_browser: OpenBrowser
) -> None:
    await join_as("agent")
    provider.lets_in = False
    assert await refused(open_browser()) == "oidc_refused"
    provider.lets_in = True
    for metadata in (
        {"issuer": "https://evil.example"},
        {"token_endpoint": "ftp://evil.example/token"},
        {"jwks_uri": None},
    ):
        site.clock.advance(3601)
        provider.metadata = metadata
        status, told = await open_browser().ask("POST", "/log-in/oidc")
        assert (status, told["error"]) == (401, "oidc_not_trusted")


async def test_no_address_that_is_not_public_is_asked_but_the_issuers(
    site: Site, provider: Provider, join_as: JoinAs, open_browser: OpenBrowser
) -> None:
    await join_as("agent")
    port = urlsplit(provider.url).port
    for elsewhere in (f"http://127.0.0.2:{port}", f"http://localhost:{port}", "http://169.254.169.254"):
        site.clock.advance(3601)
        provider.metadata = {"token_endpoint": f"{elsewhere}/token"}
        asked = provider.asked.count("/token")
        assert await refused(open_browser()) == "oidc_unreachable"
        assert provider.asked.count("/token") == asked
    provider.metadata = {"jwks_uri": f"{provider.url}/moved"}
    site.clock.advance(3601)
    assert await refused(open_browser()) == "oidc_unreachable"


async def test_guessing_at_codes_is_locked_out(open_browser: OpenBrowser) -> None:
    browser = open_browser()
    told = [await bring_back(browser, {"state": "x", "code": "y"}) for _ in range(31)]
    assert [status for status, _ in told] == [401] * 30 + [429]


class TestNewcomers:
    @pytest.fixture
    def newcomers(self) -> Newcomers:
        return Newcomers(domains=frozenset({"shop.example"}), role="read-only")

    async def test_people_of_an_allowed_domain_join_with_its_role_but_not_as_the_first(
        self, site: Site, provider: Provider, join_as: JoinAs, open_browser: OpenBrowser
    ) -> None:
        provider.person = PERSON | {"sub": "u-5", "email": "New@Shop.example"}
        assert await refused(open_browser()) == "oidc_unknown"
        await join_as("owner")
        status, told = await log_in(open_browser())
        assert status == 200
        assert {name: told["member"][name] for name in ("email", "name", "role", "has_password")} == {
            "email": "new@shop.example",
            "name": "Zoë Lind",
            "role": "read-only",
            "has_password": False,
        }
        for person in (
            {"sub": "u-6", "email": "eve@shop.example", "email_verified": False},
            {"sub": "u-7", "email": "eve@evil-shop.example"},
            {"sub": "u-8", "email": "eve@sub.shop.example"},
        ):
            provider.person = PERSON | person
            assert await refused(open_browser()) in ("oidc_unknown", "oidc_unverified")
        assert len(await site.store.members(site.team.id)) == 2

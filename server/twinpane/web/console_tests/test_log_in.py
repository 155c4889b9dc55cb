"""Members log in and out; whoever is not a member learns nothing."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from twinpane.access.keys import hash_secret
from twinpane.web.conftest import OpenSite, Site
from twinpane.web.console_tests.conftest import PASSWORD, Browser, JoinAs, OpenBrowser, first_link
from yarl import URL


async def test_the_first_owner_joins_by_a_one_time_link_that_works_once(site: Site, open_browser: OpenBrowser) -> None:
    browser, token = open_browser(), (await first_link(site)).token
    assert await browser.ask("GET", "/log-in") == (200, {"status": "ok", "has_members": False, "oidc": None})
    status, look = await browser.ask("POST", "/invitation", {"token": token})
    assert (status, look["role"], look["team_name"], look["email"]) == (200, "owner", "Acme", None)
    body = {"token": token, "password": PASSWORD, "email": "Zoe@Shop.example", "name": "Zoë"}
    status, told = await browser.ask("POST", "/join", body)
    assert (status, told["member"]["email"], told["member"]["role"]) == (200, "zoe@shop.example", "owner")
    assert (await browser.ask("GET", "/me"))[1]["member"]["name"] == "Zoë"
    other = open_browser()
    for path, sent in (("/join", body | {"email": "bo@shop.example"}), ("/invitation", {"token": token})):
        status, told = await other.ask("POST", path, sent)
        assert (status, told["error"]) == (410, "link_gone")
    assert (await other.ask("GET", "/log-in"))[1]["has_members"] is True


async def test_a_newer_first_link_replaces_the_one_before(site: Site, open_browser: OpenBrowser) -> None:
    older, newer = await first_link(site), await first_link(site)
    browser = open_browser()
    assert (await browser.ask("POST", "/invitation", {"token": older.token}))[0] == 410
    assert (await browser.ask("POST", "/invitation", {"token": newer.token}))[0] == 200


async def test_the_cookie_is_for_this_host_alone_and_for_no_script(
    site: Site, open_site: OpenSite, join_as: JoinAs, open_browser: OpenBrowser
) -> None:
    await join_as("owner")
    _, _, response = await open_browser().send("POST", "/log-in", {"email": "owner@shop.example", "password": PASSWORD})
    plain = response.headers["Set-Cookie"]
    assert plain.startswith("twinpane-console=")
    assert {part.strip() for part in plain.split(";")[1:]} == {
        "HttpOnly",
        "Max-Age=1209600",
        "Path=/",
        "SameSite=strict",
    }
    async with open_site(site.store, public_url="https://help.example") as https:
        headers = {"Origin": "https://help.example"}
        sent = {"email": "owner@shop.example", "password": PASSWORD}
        _, _, response = await https.send("POST", "/console/api/log-in", json=sent, headers=headers)
        secure = response.headers["Set-Cookie"]
        assert secure.startswith("__Host-twinpane=")
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=strict"} <= {part.strip() for part in secure.split(";")}
        assert "Domain" not in secure


async def test_logging_in_over_plain_http_is_refused_off_localhost(site: Site, join_as: JoinAs) -> None:
    await join_as("owner")
    headers = {"Host": "help.example", "Origin": "http://help.example"}
    status, told, _ = await site.send(
        "POST", "/console/api/log-in", json={"email": "owner@shop.example", "password": PASSWORD}, headers=headers
    )
    assert (status, told["error"]) == (403, "forbidden")
    assert "https" in told["message"]


async def test_unknown_members_and_wrong_passwords_get_the_same_answer(
    site: Site, join_as: JoinAs, open_browser: OpenBrowser
) -> None:
    await join_as("owner")
    browser = open_browser()
    wrong = await browser.log_in("owner@shop.example", "wrong horse battery staple")
    assert wrong == await browser.log_in("nobody@shop.example")
    assert (wrong[0], wrong[1]["error"]) == (401, "wrong_login")


async def test_guessing_is_locked_out_also_when_all_guesses_come_at_once(
    site: Site, join_as: JoinAs, open_browser: OpenBrowser
) -> None:
    await join_as("owner")
    browser = open_browser()
    for email in ("owner@shop.example", "nobody@shop.example"):
        tries = [browser.send("POST", "/log-in", {"email": email, "password": f"guess {n}"}) for n in range(14)]
        answers = await asyncio.gather(*tries)
        assert sorted(status for status, _, _ in answers) == [401] * 10 + [429] * 4
        refused = next(response for status, _, response in answers if status == 429)
        assert 300 <= int(refused.headers["Retry-After"]) <= 301
    status, told = await browser.log_in("owner@shop.example")
    assert (status, told["error"]) == (429, "rate_limited")
    site.clock.advance(301)
    assert (await browser.log_in("owner@shop.example"))[0] == 200


async def test_no_secret_that_was_given_becomes_a_log_in(
    site: Site, join_as: JoinAs, open_browser: OpenBrowser
) -> None:
    """Session fixation: the cookie is always a new one, and the one before ends."""
    await join_as("owner")
    browser = open_browser()
    browser.http.cookie_jar.update_cookies({"twinpane-console": "chosen-by-somebody-else"}, URL(site.url))
    assert (await browser.ask("GET", "/me"))[0] == 401
    browser.http.cookie_jar.update_cookies({"twinpane-console": "chosen-by-somebody-else"}, URL(site.url))
    assert (await browser.log_in("owner@shop.example"))[0] == 200
    first = browser.cookie
    assert first is not None
    assert first != "chosen-by-somebody-else"
    assert await site.store.log_in(hash_secret("chosen-by-somebody-else")) is None
    assert (await browser.log_in("owner@shop.example"))[0] == 200
    assert browser.cookie != first
    assert await site.store.log_in(hash_secret(first)) is None


async def test_logging_out_ends_the_log_in_on_the_server(
    site: Site, join_as: JoinAs, open_browser: OpenBrowser
) -> None:
    browser, thief = await join_as("agent"), open_browser()
    stolen = browser.cookie
    assert (await browser.ask("POST", "/log-out"))[0] == 200
    assert browser.cookie is None
    thief.http.cookie_jar.update_cookies({"twinpane-console": stolen or ""}, URL(site.url))
    assert (await thief.ask("GET", "/me"))[1]["error"] == "not_logged_in"


@pytest.mark.parametrize(("step", "steps"), [(timedelta(hours=25), 1), (timedelta(hours=23), 15)])
async def test_a_log_in_ends_without_use_and_at_last_with_it(
    site: Site, join_as: JoinAs, step: timedelta, steps: int
) -> None:
    browser = await join_as("agent")
    statuses = []
    for _ in range(steps):
        site.clock.advance(step.total_seconds())
        statuses.append((await browser.ask("GET", "/me"))[0])
    assert statuses == [200] * (steps - 1) + [401]


async def test_a_new_password_ends_the_other_log_ins(site: Site, join_as: JoinAs, open_browser: OpenBrowser) -> None:
    browser, other = await join_as("read-only"), open_browser()
    await other.log_in("read-only@shop.example")
    new = "another horse battery"
    bad = await browser.ask("POST", "/me/password", {"current": "wrong horse battery", "password": new})
    assert (bad[0], bad[1]["fields"]) == (422, {"current": "is wrong"})
    weak = await browser.ask("POST", "/me/password", {"current": PASSWORD, "password": "read-only@shop.example"})
    assert (weak[0], list(weak[1]["fields"])) == (422, ["password"])
    assert (await browser.ask("POST", "/me/password", {"current": PASSWORD, "password": new}))[0] == 200
    assert (await browser.ask("GET", "/me"))[0] == 200
    assert (await other.ask("GET", "/me"))[0] == 401
    assert (await other.log_in("read-only@shop.example", new))[0] == 200


async def test_what_another_site_sends_is_refused(site: Site, join_as: JoinAs) -> None:
    browser = await join_as("owner")
    note = {"role": "owner", "email": "eve@evil.example"}
    for headers in (
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": site.url, "Sec-Fetch-Site": "same-site"},
        {"Origin": site.url.replace("http:", "https:")},
    ):
        status, told = await browser.ask("POST", "/invitations", note, headers=headers)
        assert (status, told["error"]) == (403, "forbidden")
    status, _, _ = await site.send("POST", "/console/api/log-in", json={})  # No Origin at all.
    assert status == 403
    status, _ = await browser.ask("GET", "/visitors", headers={"Sec-Fetch-Site": "cross-site"})
    assert status == 403
    form = {"data": b'{"role":"owner","email":"eve@evil.example"}', "headers": {"Content-Type": "text/plain"}}
    status, told = await browser.ask("POST", "/invitations", **form)
    assert (status, told["fields"]) == (422, {"body": "is not JSON"})
    assert (await browser.ask("GET", "/members"))[1]["invitations"] == []


async def test_no_secret_or_password_is_kept_in_clear_or_told(site: Site, join_as: JoinAs) -> None:
    browser: Browser = await join_as("owner")
    [member] = await site.store.members(site.team.id)
    assert str(member.password_hash).startswith("$argon2id$")
    for path in ("/me", "/members", "/audit"):
        _, told = await browser.ask("GET", path)
        assert "argon2" not in str(told)
        assert str(browser.cookie) not in str(told)

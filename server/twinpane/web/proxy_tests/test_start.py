"""The way into a proxy session, and who is kept out (R18, P1, P2)."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

import pytest
from aiohttp import web
from twinpane.actions.create_key import create_key
from twinpane.actions.start_proxy_session import take_out_unique_id
from twinpane.live.browsing import BrowsingLimits
from twinpane.live.clock import RealChance

from .conftest import FETCH, NAVIGATION

FRAME = {**NAVIGATION, "Sec-Fetch-Dest": "iframe"}


async def page(request: web.Request) -> web.Response:
    return web.Response(text=f"page {request.raw_path}", content_type="text/plain")


async def test_r18_tells_url_id_and_end_and_needs_the_scope_proxy(open_house: Any) -> None:
    async with open_house() as house:
        for path in ("/v1.4/proxy_sessions", "/v1.0/proxy_session", "/v1.2/proxy_sessions.json"):
            status, told = await house.api_post(path, {"initial_url": "https://www.example.com/a?b#c"})
            assert status == 200
            assert set(told) == {"status", "url", "proxy_session_id", "expires_at"}
            parts = urlsplit(told["url"])
            label = f"{told['proxy_session_id']}-s-www-example-com.px.localhost:{house.port}"
            assert (parts.scheme, parts.netloc, parts.path) == ("http", label, "/__tp/start")
            assert parts.query.endswith("&to=/a%3Fb")
            assert parts.fragment == "c"
            assert told["expires_at"] == "2026-01-01T01:00:00.000Z"
        store = house.live._world.store
        _, weak = await create_key(
            store, RealChance(), house.team.id, "weak", frozenset({"read", "sessions"}), house.clock.now()
        )
        status, told = await house.api_post("/v1.4/proxy_sessions", {"initial_url": "https://a.example"}, weak)
        assert (status, told["error"]) == (403, "forbidden")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "initial_url"),
        ({"initial_url": "ftp://a.example/"}, "initial_url"),
        ({"initial_url": "javascript:alert(1)"}, "initial_url"),
        ({"initial_url": "http://169.254.169.254/latest"}, "initial_url"),
        ({"initial_url": "http://user:pass@a.example/"}, "initial_url"),
        ({"initial_url": "https://a.example", "expires_in": 5}, "expires_in"),
        ({"initial_url": "https://a.example", "expires_in": "60"}, "expires_in"),
        ({"initial_url": "https://a.example", "allowed_hosts": "a.example"}, "allowed_hosts"),
        ({"initial_url": "https://a.example", "allowed_hosts": ["b.example"]}, "initial_url"),
        ({"initial_url": "https://a.example", "identities": [1]}, "identities.0"),
        ({"initial_url": "https://a.example", "metadata": {"a": []}}, "metadata"),
    ],
)
async def test_r18_bad_input_is_named(open_house: Any, body: dict[str, Any], field: str) -> None:
    async with open_house(allow=()) as house:
        status, told = await house.api_post("/v1.4/proxy_sessions", body)
        assert (status, told["error"]) == (422, "invalid_request")
        assert any(name.startswith(field) for name in told["fields"]), told


async def test_p1_the_visitor_is_known_before_coming(open_house: Any) -> None:
    async with open_house() as house:
        await house.start(
            "https://a.example/?___upscope_unique_id=u-1&x=1",
            identities=["Zoë"],
            tags=["vip"],
            metadata={"plan": "pro"},
        )
        headers = {"X-Api-Key": house.secret}
        async with house.http.get(f"{house.api}/v1.4/list?search=id:u-1", headers=headers) as response:
            [visitor] = (await response.json())["visitors"]
        assert (visitor["unique_id"], visitor["identities"], visitor["tags"]) == ("u-1", ["Zoë"], ["vip"])
        assert (visitor["metadata"], visitor["is_online"]) == ({"plan": "pro"}, False)


@pytest.mark.parametrize(
    ("url", "rest", "unique_id"),
    [
        ("https://a.example/", "https://a.example/", None),
        ("https://a.example/?___upscope_unique_id=7", "https://a.example/", "7"),
        ("https://a.example/p?a=%20&___upscope_unique_id=a%40b+c&b#f", "https://a.example/p?a=%20&b#f", "a@b c"),
        ("https://a.example/?x=___upscope_unique_id", "https://a.example/?x=___upscope_unique_id", None),
        ("https://a.example/#___upscope_unique_id=1", "https://a.example/#___upscope_unique_id=1", None),
    ],
)
def test_p2_the_unique_id_is_taken_out_and_nothing_else(url: str, rest: str, unique_id: str | None) -> None:
    assert take_out_unique_id(url) == (rest, unique_id)


async def test_p1_a_start_link_opens_once_and_within_five_minutes(open_house: Any, serve_site: Any) -> None:
    async with serve_site({"/{any:.*}": page}) as site, open_house() as house:
        link = await house.start(f"{site}/a?b=1")
        head = await house.ask(link, method="HEAD", headers=NAVIGATION)
        assert head.status == 400
        first = await house.ask(link, headers=NAVIGATION)
        assert first.status == 302
        assert first.headers["Location"].endswith("/a?b=1")
        assert first.headers["Referrer-Policy"] == "no-referrer"
        cookie = next(line for line in first.headers.getall("Set-Cookie") if line.startswith("tps_"))
        assert "; Domain=px.localhost; Path=/; Max-Age=3600; HttpOnly; Secure; SameSite=None; Partitioned" in cookie
        assert (await house.ask(first.headers["Location"], headers=NAVIGATION)).text == "page /a?b=1"
        again = await house.ask(link, headers=NAVIGATION)
        assert (again.status, again.headers["X-Twinpane-Error"]) == (410, "start_link_used")
        late = await house.start(f"{site}/")
        house.clock.advance(301)
        assert (await house.ask(late, headers=NAVIGATION)).status == 410


async def test_p1_without_the_cookie_no_page_opens_and_the_site_is_not_asked(open_house: Any, serve_site: Any) -> None:
    asked = []

    async def note(request: web.Request) -> web.Response:
        asked.append(request.raw_path)
        return web.Response(text="x")

    async with serve_site({"/{any:.*}": note}) as site, open_house() as house:
        origin = await house.open(f"{site}/")
        answer = await house.ask(f"{origin}/secret", headers=NAVIGATION, cookies=False)
        assert (answer.status, answer.headers["X-Twinpane-Error"], asked) == (403, "no_cookie", [])
        assert answer.headers["Content-Type"].startswith("text/html")
        sid = origin.removeprefix("http://")[:12]
        house.cookies[f"tps_{sid}"] = house.cookies[f"tpl_{sid}"] = "guess"
        assert (await house.ask(f"{origin}/secret", headers=NAVIGATION)).status == 403
        robots = await house.ask(f"{origin}/robots.txt", headers={"User-Agent": "bot"}, cookies=False)
        assert robots.text == "User-agent: *\nDisallow: /\n"
        crawler = await house.ask(f"{origin}/secret", headers={"User-Agent": "bot", "Accept": "*/*"}, cookies=False)
        assert (crawler.status, crawler.headers["X-Robots-Tag"]) == (403, "noindex, nofollow")
        assert not asked


async def test_p1_in_a_frame_without_cookies_a_tab_is_offered(open_house: Any, serve_site: Any) -> None:
    async with serve_site({"/{any:.*}": page}) as site, open_house() as house:
        link = await house.start(f"{site}/a?b=1")
        answer = await house.ask(link, headers=FRAME)
        lines = [line for line in answer.headers.getall("Set-Cookie") if line.startswith("tps_")]
        # The partitioned one is for the frame, the other for tabs that are opened from it.
        assert [line.endswith("; Secure; SameSite=None; Partitioned") for line in lines] == [True, False]
        to = link.split("/__tp/")[0] + answer.headers["Location"]
        kept = await house.ask(to, headers=FRAME, cookies=False)
        assert kept.status == 200
        assert "its own tab" in kept.text
        start = kept.text.split('href="/__tp/start?')[1].split('"')[0].replace("&amp;", "&")
        in_tab = await house.ask(f"{link.split('/__tp/')[0]}/__tp/start?{start}", headers=NAVIGATION, cookies=False)
        assert in_tab.status == 302
        assert in_tab.headers["Location"].endswith("/a?b=1")
        with_cookie = await house.ask(to, headers=FRAME)
        assert with_cookie.status == 302
        assert (await house.ask(with_cookie.headers["Location"], headers=FRAME)).text == "page /a?b=1"


async def test_p1_a_session_ends_when_its_time_is_over(open_house: Any, serve_site: Any) -> None:
    async with serve_site({"/{any:.*}": page}) as site, open_house() as house:
        origin = await house.open(f"{site}/", expires_in=60)
        house.clock.advance(59)
        assert (await house.ask(f"{origin}/", headers=NAVIGATION)).status == 200
        house.clock.advance(2)
        ended = await house.ask(f"{origin}/", headers=NAVIGATION)
        assert (ended.status, ended.headers["X-Twinpane-Error"]) == (410, "ended")
        unknown = await house.ask(f"http://aaaaaaaaaaaa-s-a-example.px.localhost:{house.port}/", headers=NAVIGATION)
        assert (unknown.status, unknown.headers["X-Twinpane-Error"]) == (404, "unknown_host")
        base = await house.ask(f"http://px.localhost:{house.port}/v1.4/usage", headers=NAVIGATION)
        assert base.status == 404


async def test_p1_pages_of_hosts_that_are_not_allowed_are_refused(open_house: Any, serve_site: Any) -> None:
    async with (
        serve_site({"/{any:.*}": page}) as site,
        serve_site({"/{any:.*}": page}, "127.0.0.2") as other,
        open_house() as house,
    ):
        origin = await house.open(f"{site}/", allowed_hosts=["127.0.0.1"])
        away = house.proxied(origin, other)
        refused = await house.ask(f"{away}/", headers=NAVIGATION)
        assert (refused.status, refused.headers["X-Twinpane-Error"]) == (403, "not_allowed")
        assert refused.headers["Content-Type"].startswith("text/html")
        assert "<h1>This site is not part of the shared browsing</h1>" in refused.text
        assert "127.0.0.2" in refused.text
        framed = await house.ask(f"{away}/", headers=FRAME)
        assert (framed.status, framed.headers["X-Twinpane-Error"]) == (403, "not_allowed")
        assert (await house.ask(f"{away}/x.js", headers=FETCH)).status == 200


async def test_p5_too_many_requests_at_once_or_without_cookie_are_told(open_house: Any, serve_site: Any) -> None:
    limits = BrowsingLimits(requests_at_once=0, requests_without_cookie_per_s=2, sessions_of_team=1)
    async with serve_site({"/{any:.*}": page}) as site, open_house(limits=limits) as house:
        origin = await house.open(f"{site}/")
        busy = await house.ask(f"{origin}/")
        assert (busy.status, busy.headers["X-Twinpane-Error"]) == (429, "too_many_requests")
        for _ in range(3):
            answer = await house.ask(f"{origin}/font", cookies=False)
        assert answer.status == 429
        assert int(answer.headers["Retry-After"]) >= 1
        status, told = await house.api_post("/v1.4/proxy_sessions", {"initial_url": site})
        assert (status, told["error"]) == (409, "conflict")


async def test_p4_hosts_without_a_label_get_an_alias(open_house: Any) -> None:
    async with open_house() as house:
        origin = await house.open("https://a.example/")
        long = f"https://{'long-name-' * 6}x.example:8443"
        body = f'{{"origin": "{long}"}}'.encode()
        told = await house.ask(f"{origin}/__tp/alias", method="POST", data=body)
        label = json.loads(told.body)["label"]
        assert label.startswith(origin.removeprefix("http://")[:12] + "-x-")
        back = await house.ask(f"{origin}/__tp/alias", method="POST", data=json.dumps({"label": label}))
        assert json.loads(back.body) == {"origin": long}
        unknown = json.dumps({"label": label[:-26] + "a" * 26})
        assert (await house.ask(f"{origin}/__tp/alias", method="POST", data=unknown)).status == 404
        second = await house.open("https://a.example/")
        assert (await house.ask(f"{second}/__tp/alias", method="POST", data=json.dumps({"label": label}))).status == 404
        shown = await house.ask(f"http://{label}.px.localhost:{house.port}/", headers=NAVIGATION)
        assert shown.headers["X-Twinpane-Error"] == "unreachable"
        foreign = {**FETCH, "Sec-Fetch-Site": "cross-site"}
        assert (await house.ask(f"{origin}/__tp/alias", method="POST", data=body, headers=foreign)).status == 403
        assert (await house.ask(f"{origin}/__tp/alias", method="POST", data=b"{}")).status == 400


async def test_p3_the_shim_is_served_for_good(open_house: Any) -> None:
    async with open_house() as house:
        origin = await house.open("https://a.example/")
        answer = await house.ask(f"{origin}/__tp/shim-1.js", cookies=False)
        assert (answer.status, answer.text) == (200, "/* shim-1.js */")
        assert "immutable" in answer.headers["Cache-Control"]
        assert (await house.ask(f"{origin}/__tp/nothing.js")).status == 404


async def test_r18_existing_integration_names_the_hosts_allowed_domains(open_house: Any) -> None:
    async with open_house() as house:
        body = {"initial_url": "https://a.example/", "allowed_domains": ["a.example"], "branding": {"retry_url": None}}
        assert (await house.api_post("/v1.3/proxy_sessions", body))[0] == 200
        status, told = await house.api_post("/v1.3/proxy_session.json", body | {"allowed_domains": ["b.example"]})
        assert (status, told["error"]) == (422, "invalid_request")

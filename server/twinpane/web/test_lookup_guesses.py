"""Nobody finds a visitor by trying lookup codes (S6), by whatever path."""

from __future__ import annotations

import random

from twinpane_protocol.visitor import Hello, LookupCodeWanted, Page

from twinpane.live.admission import Caller
from twinpane.live.conftest import MemoryWire
from twinpane.live.tab_peer import TabPeer
from twinpane.web.conftest import AGENT, Site

GUESSES = 10_000
PATHS = [f"/v1.{version}/list{ending}" for version in range(5) for ending in ("", ".json")]
WRITTEN = ["{}", '"{}"', " {} ", "0000 {}", "{} online", "zoe {}", "{} #vip"]


async def visitor_with_code(site: Site) -> str:
    wire = MemoryWire()
    page = Page(url="https://shop.example/", title="Shop", focused=True, visible=True)
    hello = Hello(protocols=[1], key=site.team.public_key, tab="t1", page=page)
    tab = await site.live.hello_visitor(hello, Caller(wire, "https://shop.example", None, None))
    assert isinstance(tab, TabPeer)
    tab.receive(LookupCodeWanted())
    return str(wire.of_type("lookup_code")[0]["code"])


async def test_s6_ten_thousand_guesses_over_all_paths_never_exceed_the_throttle(site: Site) -> None:
    code = await visitor_with_code(site)
    wrong = [f"{number:04}" for number in range(10_000) if f"{number:04}" != code]
    chance = random.Random(1)
    answered_at: list[float] = []
    for number in range(GUESSES):
        search = chance.choice(WRITTEN).format(wrong[number % len(wrong)])
        headers = chance.choice([{"X-Api-Key": site.secret}, {"Authorization": f"Bearer {site.secret}"}])
        path = chance.choice(PATHS)
        status, told, response = await site.send("GET", path, headers=headers, params={"search": search})
        assert status in (200, 429), told
        if status == 200:
            assert told["visitors"] == []
            answered_at.append(site.clock.monotonic())
        else:
            assert told["error"] == "rate_limited"
            assert int(response.headers["Retry-After"]) >= 1
        site.clock.advance(0.25)
    for first, eleventh in zip(answered_at, answered_at[10:], strict=False):
        assert eleventh - first > 60
    assert len(answered_at) <= 10 * (GUESSES * 0.25 // 300 + 1)


async def test_s6_locked_out_key_cannot_use_the_right_code_either_and_other_searches_go_on(site: Site) -> None:
    code = await visitor_with_code(site)
    for number in [each for each in range(12) if f"{each:04}" != code][:10]:
        assert (await site.ask("GET", "/v1.4/list", params={"search": f"{number:04}"}))[0] == 200
    assert (await site.ask("GET", "/v1.4/list", params={"search": code}))[0] == 429
    assert (await site.ask("GET", "/v1.4/list", params={"search": "online"}))[0] == 200
    site.clock.advance(301)
    _, told, _ = await site.ask("GET", "/v1.4/list", params={"search": code})
    assert [visitor["lookup_code"] for visitor in told["visitors"]] == [code]


async def test_s6_a_code_is_no_visitor_s_id_on_any_path(site: Site) -> None:
    code = await visitor_with_code(site)
    for method, path in (("GET", ""), ("DELETE", ""), ("DELETE", "/session"), ("POST", "/watch_url")):
        status, told, _ = await site.ask(method, f"/v1.4/visitors/{code}{path}", json=AGENT)
        assert status == 404 or told == "ok", (path, told)
    assert (await site.ask("GET", f"/v1.4/sessions?visitor={code}"))[1]["sessions"] == []

"""No address that is not public is ever asked, whatever it is called, whenever it changes (P5)."""

from __future__ import annotations

import socket
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver
from twinpane.rewrite.address import Site, encode_site, encode_url

from .conftest import NAVIGATION

SPELLINGS = [
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "2130706433",
    "0x7f000001",
    "0x7f.0.0.1",
    "0177.0.0.1",
    "017700000001",
    "0x7f.1",
    "127.000.000.001",
    "127.0.0.1.",
    "localhost",
    "LOCALHOST",
    "localhost.",
    "0",
    "0.0.0.0",
    "[::1]",
    "[::]",
    "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b:1::7f00:1]",
    "[4000::1]",
    "[::7f00:1]",
    "[2002:7f00:1::]",
    "[fe80::1]",
    "[fc00::1]",
    "[ff02::1]",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.0.1",
    "169.254.169.254",
    "[fd00:ec2::254]",
    "metadata.google.internal",
    "100.64.0.1",
    "192.0.0.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "①②⑦.⓪.⓪.①",
]


class Counting:
    """A site that nobody may reach."""

    def __init__(self) -> None:
        self.hits = 0

    async def secret(self, request: web.Request) -> web.Response:
        self.hits += 1
        return web.Response(text="secret")


async def test_p5_forbidden_addresses_are_refused_in_every_spelling(open_house: Any, serve_site: Any) -> None:
    inside = Counting()
    async with serve_site({"/{any:.*}": inside.secret}) as site, open_house(allow=()) as house:
        port = urlsplit(site).port
        origin = await house.open("https://www.example.com/")
        browsing = house.live.browsings.get(origin.removeprefix("http://")[:12])
        for host in SPELLINGS:
            url = f"http://{host}:{port}"
            proxied = _as_in_a_page(house, browsing, f"{url}/")
            answer = await house.ask(proxied, headers=NAVIGATION)
            assert answer.status in (403, 404, 502), (host, answer.status)
            assert answer.headers["X-Twinpane-Error"] in ("blocked", "unreachable", "unknown_host"), host
            assert await _upgrade(house, proxied) in (403, 404, 502), host
            status, _ = await house.api_post("/v1.4/proxy_sessions", {"initial_url": url})
            assert status in (200, 422)
        assert inside.hits == 0


def _as_in_a_page(house: Any, browsing: Any, url: str) -> str:
    """The address that a link of a page would get."""
    proxied = encode_url(house.desk.base, browsing.sid, url, browsing.aliases)
    assert urlsplit(proxied).netloc.endswith(house.desk.base.authority), url
    return proxied


async def _upgrade(house: Any, url: str) -> int:
    """Ask for a WebSocket; the status of the refusal."""
    cookie = "; ".join(f"{name}={value}" for name, value in house.cookies.items())
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await house.http.ws_connect(url, headers={"Cookie": cookie, "Host": urlsplit(url).netloc})
    return refused.value.status


def _proxied(house: Any, browsing: Any, host: str, port: int) -> str:
    return encode_site(house.desk.base, browsing.sid, Site("http", host, port), browsing.aliases)


async def test_p5_a_name_that_changes_its_address_meets_the_check_each_time(open_house: Any, serve_site: Any) -> None:
    inside = Counting()

    class Rebinding(AbstractResolver):
        """One that may be asked at first, then one that may not; or both at once."""

        asked = 0

        async def resolve(self, host: str, port: int = 0, family: int = socket.AF_INET) -> list[Any]:
            self.asked += host == "rebind.example"
            first = host == "rebind.example" and self.asked == 1
            ips = ["127.0.0.2"] if first else ["127.0.0.2", "127.0.0.1"] if host == "mixed.example" else ["127.0.0.1"]
            return [
                {"hostname": host, "host": ip, "port": port, "family": socket.AF_INET, "proto": 0, "flags": 0}
                for ip in ips
            ]

        async def close(self) -> None:
            pass

    async def allowed(request: web.Request) -> web.Response:
        return web.Response(text="allowed", headers={"Connection": "close"})

    async with serve_site({"/{any:.*}": inside.secret}) as site:
        port = urlsplit(site).port
        async with (
            serve_site({"/{any:.*}": allowed}, "127.0.0.2", port),
            open_house(allow=("127.0.0.2/32",), resolver=Rebinding()) as house,
        ):
            origin = await house.open("https://www.example.com/")
            browsing = house.live.browsings.get(origin.removeprefix("http://")[:12])
            first = await house.ask(f"{_proxied(house, browsing, 'rebind.example', port)}/", headers=NAVIGATION)
            assert (first.status, "allowed" in first.text) == (200, True)
            # The address that was looked at may be used for some seconds more; the new one never.
            again = await house.ask(f"{_proxied(house, browsing, 'rebind.example', port)}/", headers=NAVIGATION)
            assert again.status == 403 or "allowed" in again.text
            for host in ("mixed.example", "inside.example"):
                answer = await house.ask(f"{_proxied(house, browsing, host, port)}/", headers=NAVIGATION)
                assert (answer.status, answer.headers["X-Twinpane-Error"]) == (403, "blocked"), host
        assert inside.hits == 0


async def test_p5_redirects_and_websockets_to_private_addresses_lead_nowhere(open_house: Any, serve_site: Any) -> None:
    inside = Counting()

    async def away(request: web.Request) -> web.Response:
        raise web.HTTPFound(request.query["to"])

    async with (
        serve_site({"/{any:.*}": inside.secret}, "127.0.0.2") as secret,
        serve_site({"/{any:.*}": away}) as site,
        open_house(allow=("127.0.0.1/32",)) as house,
    ):
        origin = await house.open(f"{site}/")
        answer = await house.ask(f"{origin}/?to={secret}/", headers=NAVIGATION)
        assert answer.status == 302
        followed = await house.ask(answer.headers["Location"], headers=NAVIGATION)
        assert (followed.status, followed.headers["X-Twinpane-Error"]) == (403, "blocked")
        for url in (house.proxied(origin, secret) + "/", f"{origin}/?to={secret}/"):
            assert await _upgrade(house, url) in (403, 502)
        assert inside.hits == 0


async def test_p5_our_own_api_pages_and_proxy_are_not_reached_through_the_proxy(open_house: Any) -> None:
    async with open_house(allow=("127.0.0.0/8", "::1/128", "localhost")) as house:
        origin = await house.open("https://www.example.com/")
        browsing = house.live.browsings.get(origin.removeprefix("http://")[:12])
        for host in ("127.0.0.1", "localhost", "127.0.0.2", "px.localhost", "x.px.localhost", "[::ffff:127.0.0.1]"):
            proxied = _proxied(house, browsing, host, house.port)
            for path in ("/healthz", "/console", "/console/api/me", "/v1.4/visitors"):
                answer = await house.ask(proxied + path, headers=NAVIGATION)
                assert answer.status in (403, 502), (host, path, answer)
                assert answer.headers["X-Twinpane-Error"] in ("blocked", "unreachable"), (host, path)
                assert b'"status"' not in answer.body
            for path in ("/ws", "/console/socket"):
                assert await _upgrade(house, proxied + path) in (403, 502), (host, path)
        for url in (house.api, f"{origin}/", f"http://px.localhost:{house.port}/"):
            status, _ = await house.api_post("/v1.4/proxy_sessions", {"initial_url": url})
            assert status in (200, 422)


@pytest.mark.parametrize("port", [22, 25, 110, 143, 6000, 6667, 10080])
async def test_p5_ports_that_browsers_avoid_are_not_asked(open_house: Any, port: int) -> None:
    async with open_house(allow=()) as house:
        status, told = await house.api_post("/v1.4/proxy_sessions", {"initial_url": f"http://a.example:{port}/"})
        assert status == 422
        assert "Port" in told["fields"]["initial_url"]

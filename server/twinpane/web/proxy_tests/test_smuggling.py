"""Requests that mean one thing to us and another to somebody else are refused."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

PROBES = {
    "length and chunks": "POST / HTTP/1.1\r\nHost: H\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
    "0\r\n\r\n",
    "two lengths": "POST / HTTP/1.1\r\nHost: H\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
    "length with sign": "POST / HTTP/1.1\r\nHost: H\r\nContent-Length: +4\r\n\r\nabcd",
    "folded header": "GET / HTTP/1.1\r\nHost: H\r\nX-A: 1\r\n folded\r\n\r\n",
    "bare line feeds": "GET / HTTP/1.1\nHost: H\nX-A: 1\n\n",
    "space before colon": "GET / HTTP/1.1\r\nHost : H\r\n\r\n",
    "unknown coding": "POST / HTTP/1.1\r\nHost: H\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "chunked twice over": "POST / HTTP/1.1\r\nHost: H\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
    "two hosts": "GET / HTTP/1.1\r\nHost: H\r\nHost: other.example\r\n\r\n",
    "no host": "GET / HTTP/1.1\r\n\r\n",
    "zero byte": "GET / HTTP/1.1\r\nHost: H\r\nX-A: a\0b\r\n\r\n",
    "bad chunk size": "POST / HTTP/1.1\r\nHost: H\r\nTransfer-Encoding: chunked\r\n\r\n0x1\r\na\r\n0\r\n\r\n",
    "huge head": "GET / HTTP/1.1\r\nHost: H\r\n" + "".join(f"X-{n}: {'a' * 1000}\r\n" for n in range(80)) + "\r\n",
}


@pytest.mark.parametrize("probe", PROBES)
async def test_p5_smuggling_probes_are_answered_400(open_house: Any, serve_site: Any, probe: str) -> None:
    asked: list[str] = []

    async def note(request: Any) -> Any:
        asked.append(request.raw_path)
        raise AssertionError

    async with serve_site({"/{any:.*}": note}) as site, open_house() as house:
        origin = await house.open(f"{site}/")
        host = origin.removeprefix("http://")
        cookie = "; ".join(f"{name}={value}" for name, value in house.cookies.items())
        request = PROBES[probe].replace("Host: H", f"Host: {host}\r\nCookie: {cookie}", 1)
        reader, writer = await asyncio.open_connection("127.0.0.1", house.port)
        writer.write(request.encode("latin-1"))
        status = (await asyncio.wait_for(reader.readline(), 5)).split()[1:2]
        writer.close()
        assert status == [b"400"]
        assert not asked

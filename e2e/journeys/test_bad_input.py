"""Whatever arrives, a clear code goes back, nothing is raised and nobody else notices. (Issue A, 9; W1 to W6.)"""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from playwright.sync_api import Browser
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from e2e import flow
from e2e.flow import Server

pytestmark = pytest.mark.journey
SEED = 20261122


def opened(server: Server, path: str = "/ws") -> ClientConnection:
    return connect(server.url.replace("http", "ws") + path, origin="http://shop.example", max_size=None)


def hello(server: Server, **changes: Any) -> str:
    page = {"url": "http://shop.example/", "title": "Shop", "focused": True, "visible": True}
    first = {"type": "hello", "role": "visitor", "protocols": [1], "key": server.public_key, "tab": "t1", "page": page}
    return json.dumps({**first, **changes})


def answer_to(server: Server, first: str | bytes) -> Any:
    with opened(server) as socket:
        socket.send(first)
        return json.loads(socket.recv(timeout=flow.WAIT_S))


@pytest.mark.parametrize(
    ("first", "code"),
    [
        ("{", "bad_message"),
        ("[]", "hello_expected"),
        ('{"type":"no_such_thing"}', "hello_expected"),
        (b"\x00" * 40, "hello_expected"),
        ('{"type":"stopped"}', "hello_expected"),
    ],
)
def test_w6_a_first_frame_that_is_no_hello_gets_a_code(server: Server, first: str | bytes, code: str) -> None:
    answer = answer_to(server, first)
    assert (answer["type"], answer["code"]) == ("error", code)


def test_w2_no_common_protocol_is_told(server: Server) -> None:
    assert answer_to(server, hello(server, protocols=[99]))["code"] == "unsupported_protocol"


def test_w6_unknown_key_and_wrong_grant_are_told(server: Server) -> None:
    assert answer_to(server, hello(server, key="nobodyskey"))["code"] == "unknown_key"
    agent = json.dumps({"type": "hello", "role": "agent", "protocols": [1], "grant": "wrong"})
    with connect(server.url.replace("http", "ws") + "/ws", origin=server.url) as socket:
        socket.send(agent)
        assert json.loads(socket.recv(timeout=flow.WAIT_S))["code"] == "bad_credentials"


def test_w5_oversize_frames_get_a_code_and_the_connection_stays(server: Server) -> None:
    with opened(server) as socket:
        socket.send(hello(server))
        assert json.loads(socket.recv(timeout=flow.WAIT_S))["type"] == "welcome"
        socket.send(json.dumps({"type": "custom_message_sent", "message": "x" * 20_000}))
        assert json.loads(socket.recv(timeout=flow.WAIT_S))["code"] == "frame_too_large"
        socket.send(b"\x11\x00" + bytes(8 * 1024 * 1024 + 100))
        assert json.loads(socket.recv(timeout=flow.WAIT_S))["code"] == "frame_too_large"
        socket.send('{"type":"ping","t":1}')
        assert json.loads(socket.recv(timeout=flow.WAIT_S))["type"] == "pong"


def test_r2_r3_bad_rest_input_gets_codes_in_json(server: Server) -> None:
    assert server.rest("GET", "list", key="wrong")[0] == 401
    assert server.rest("GET", "visitors/AAAAAAAA")[1]["error"] == "not_found"
    assert server.rest("GET", "no/such/path")[1]["status"] == "error"
    status, body = server.rest("POST", "visitors/AAAAAAAA/watch_url", {"agent": {"id": ""}})
    assert status in {404, 422}
    assert body["status"] == "error"


def test_w6_10000_random_frames_disturb_nobody(server: Server, integrator: str, chromium: Browser) -> None:
    """Random bytes and random text on many connections, while a session goes on beside them."""
    visitor = flow.visitor_context(chromium).new_page()
    visitor.goto(f"{integrator}/visitor?id=undisturbed")
    agent = flow.begin(server, chromium, visitor)
    chance, sent, codes = random.Random(SEED), 0, set()
    while sent < 10_000:
        with opened(server) as socket:
            if chance.random() < 0.5:
                socket.send(hello(server))
            try:
                for _ in range(100):
                    size = chance.randrange(0, 200)
                    noise = chance.randbytes(size)
                    socket.send(noise if chance.random() < 0.7 else noise.decode("latin-1"))
                    sent += 1
                while True:
                    answer = json.loads(socket.recv(timeout=0.05))
                    if answer["type"] == "error":
                        codes.add(answer["code"])
            except (ConnectionClosed, TimeoutError):
                continue
    assert codes <= {"bad_message", "hello_expected", "too_many_messages", "stale_page"}, (codes, SEED)
    visitor.fill("[name=message]", "still here")
    flow.until_same(visitor, agent)
    assert "Traceback" not in server.log.read_text()

"""The console's socket over a real connection: cookie and Origin let in, nothing else does."""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import timedelta
from typing import Any, get_args

import msgspec
from twinpane.access.keys import hash_secret
from twinpane.live.test_console_peer import MESSAGES
from twinpane.ports.members import LogIn, Member
from twinpane.web.door_messages import log_in_of
from twinpane.web.door_tests.conftest import House, Line
from twinpane_protocol.agent import FromAgent
from twinpane_protocol.console import ConsoleHello, FromConsole
from twinpane_protocol.console_answers import Role
from twinpane_protocol.visitor import FromVisitor
from websockets.asyncio.client import connect

SECRET = "s3cret"


async def add_member(house: House, role: Role = "owner") -> None:
    now = house.world.clock.now()
    store = house.world.store
    if role != "owner":
        first = Member(id=0, team_id=house.team.id, email="ada@shop.example", name="Ada", role="owner", added_at=now)
        await store.add_member(first)
    member = await store.add_member(
        Member(id=0, team_id=house.team.id, email="zoe@shop.example", name="Zoë", role=role, added_at=now)
    )
    await store.add_log_in(
        LogIn(
            secret_hash=hash_secret(SECRET),
            member_id=member.id,
            began_at=now,
            used_at=now,
            expires_at=now + timedelta(days=14),
            address=None,
        )
    )


async def line(house: House, path: str = "/console/socket", origin: str | None = None, secret: str = SECRET) -> Line:
    connection = connect(
        house.url.replace("http", "ws", 1) + path,
        origin=origin or house.url,  # type: ignore[arg-type]
        additional_headers={"Cookie": f"other=1; twinpane-console={secret}"},
        close_timeout=0.5,
    )
    return Line(await house._stack.enter_async_context(connection))


async def test_a_console_lists_who_comes_and_goes(house: House) -> None:
    await add_member(house)
    console = await line(house)
    await console.send("hello", role="console", protocols=[1])
    await console.expect("welcome", protocol=1)
    await console.expect("totals", online=0)
    await console.send("list_visitors", ask=1, search="shop.example")
    await console.expect("visitors", ask=1, total=0)
    tab = await house.visitor()
    told = await console.expect("visitors", ask=1, total=1)
    assert told["order"] == [tab.welcome["visitor"]["short_id"]]
    await console.send("list_visitors", ask=2, count=1000)
    await console.expect("error", code="bad_message")


async def test_w8_without_the_cookie_or_from_another_site_nothing_is_told(house: House) -> None:
    await add_member(house)
    for options, code in (
        ({"secret": "wrong"}, "bad_credentials"),
        ({"origin": "https://evil.example"}, "origin_not_allowed"),
        ({"path": "/ws"}, "hello_expected"),
    ):
        console = await line(house, **options)
        await console.send("hello", role="console", protocols=[1])
        assert (await console.hear())["code"] == code
        assert await console.closed() == 1008
    agent = await line(house)
    await agent.send("hello", role="agent", protocols=[1], grant="x")
    assert (await agent.hear())["code"] == "hello_expected"
    early = await line(house)
    await early.send("list_visitors", ask=1)
    assert (await early.hear())["code"] == "hello_expected"


def names_of(messages: Any) -> set[str]:
    """What tells the messages of one side apart."""
    return {str(msgspec.inspect.type_info(kind).tag) for kind in get_args(messages)}  # type: ignore[union-attr]


def state_of(house: House) -> dict[str, Any]:
    """Everything that the store remembers, but the marks of a running session (K1); and how many run."""
    store = house.world.store
    kept = {name: copy.deepcopy(value) for name, value in vars(store).items() if not name.endswith("numbers")}
    sessions = {id_: replace(each, state=None, kept_at=None) for id_, each in kept["_sessions"].items()}
    return kept | {"_sessions": sessions, "running": house.live.session_count(house.team.id)}


async def test_a_read_only_member_changes_nothing_by_any_message_of_any_socket(house: House) -> None:
    """Issue E, acceptance 8. Each message of the contract, and the names of all that the other sides may say."""
    await add_member(house, "read-only")
    tab, _ = await house.go_live()
    console = await line(house)
    await console.send("hello", role="console", protocols=[1])
    await console.expect("welcome")
    before = state_of(house)
    assert set(MESSAGES) == set(get_args(FromConsole))
    for kind, message in MESSAGES.items():
        if kind is not ConsoleHello:
            await console.socket.send(msgspec.json.encode(message).decode())
    for number, name in enumerate(sorted((names_of(FromAgent) | names_of(FromVisitor)) - names_of(FromConsole))):
        await console.send(name)
        await console.expect("error", code="bad_message")
        await console.send("ping", t=number)
        await console.expect("pong", t=number)
    assert len(names_of(FromAgent) | names_of(FromVisitor)) > 25
    for name in sorted(names_of(FromAgent) - {"hello"}):
        stranger = await line(house, "/ws")
        await stranger.send(name)
        assert (await stranger.hear())["code"] == "hello_expected", name
        assert await stranger.closed() == 1008
    seated = await line(house, "/ws")
    await seated.send("hello", role="agent", protocols=[1], grant=SECRET)
    assert (await seated.hear())["code"] == "bad_credentials"
    assert state_of(house) == before
    await tab.send("ping", t=1)
    await tab.expect("pong", t=1)


def test_the_log_in_is_read_from_the_cookie_of_the_scheme_only() -> None:
    cookies = "__Host-twinpane=a; twinpane-console=b"
    assert log_in_of("https://help.example", cookies) == "a"
    assert log_in_of("http://localhost:8080", cookies) == "b"
    assert log_in_of("http://help.example", cookies) is None
    assert log_in_of("https://help.example", None) is None

"""The console's socket over a real connection: cookie and Origin let in, nothing else does."""

from __future__ import annotations

from datetime import timedelta

from twinpane.access.keys import hash_secret
from twinpane.ports.members import LogIn, Member
from twinpane.web.door_messages import log_in_of
from twinpane.web.door_tests.conftest import House, Line
from websockets.asyncio.client import connect

SECRET = "s3cret"


async def add_member(house: House) -> None:
    now = house.world.clock.now()
    store = house.world.store
    member = await store.add_member(
        Member(id=0, team_id=house.team.id, email="zoe@shop.example", name="Zoë", role="owner", added_at=now)
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


def test_the_log_in_is_read_from_the_cookie_of_the_scheme_only() -> None:
    cookies = "__Host-twinpane=a; twinpane-console=b"
    assert log_in_of("https://help.example", cookies) == "a"
    assert log_in_of("http://localhost:8080", cookies) == "b"
    assert log_in_of("http://help.example", cookies) is None
    assert log_in_of("https://help.example", None) is None

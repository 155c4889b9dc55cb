"""Bad input and slow readers: a clear code, nothing in the log, nobody else disturbed."""

from __future__ import annotations

import asyncio
import json
import logging
import random
from contextlib import suppress

import pytest
from twinpane.web.door import BAD_IN_A_ROW, DoorOptions
from twinpane.web.door_tests.conftest import KEY, PAGE, House, Line, facts, running
from twinpane_protocol.envelope import Flag
from websockets.exceptions import ConnectionClosed

START = Flag.SNAPSHOT_START
CODES = {"bad_message", "frame_too_large", "hello_expected", "too_many_messages", "not_live", "not_possible"}


def any_bytes(chance: random.Random) -> bytes:
    frame = chance.randbytes(chance.choice([0, 1, 11, 12, 13, 40, 300]))
    # Half of them look like page or asset frames at first sight.
    return bytes([chance.choice([0x11, 0x12])]) + frame if chance.random() < 0.5 else frame


def any_text(chance: random.Random) -> str:
    kind = chance.choice(
        ["page_changed", "answered", "ack", "wish", "hello", "custom_message_sent", "stop", "asset_missing"]
    )
    value = chance.choice([None, -1, 10**30, 1e308, "x", [], {}, [[[]]], {"a": {"b": 1}}, True])
    return chance.choice(
        [
            "".join(chance.choices('{}[]":,0123 abc\\u\x00é', k=chance.randrange(60))),
            json.dumps({"type": kind, chance.choice(["page", "received", "id", "wish", "url"]): value}),
            "[" * chance.randrange(3000),
            json.dumps({"type": "custom_message_sent", "message": value}),
            '{"type":"custom_message_sent","message":' + "[" * 900 + "]" * 900 + "}",
        ]
    )


async def abuse(line: Line, frames: list[bytes | str]) -> None:
    """Send all, hear the answers; they must be errors of the closed list or what a link says by itself."""

    async def hear_all() -> None:
        while True:
            data = await line.socket.recv()
            said = {"type": "frame"} if isinstance(data, bytes) else json.loads(data)
            if said["type"] == "error":
                assert said["code"] in CODES
            else:
                assert said["type"] in ("welcome", "ack", "pong", "session_changed", "lookup_code", "capture")

    hearing = asyncio.create_task(hear_all())
    with suppress(ConnectionClosed):
        for frame in frames:
            await line.socket.send(frame)
    await line.socket.close()
    with suppress(ConnectionClosed):
        await hearing


@pytest.mark.parametrize("welcomed", [True, False])
async def test_w6_ten_thousand_random_frames_get_clear_codes_and_disturb_nobody(
    caplog: pytest.LogCaptureFixture, welcomed: bool
) -> None:
    seed = random.randrange(10**6)
    chance = random.Random(seed)
    async with running(DoorOptions(max_control_per_s=10**9)) as house:
        tab, [agent] = await house.go_live()
        await tab.socket.send(facts(1, 0, START))
        sent = 0
        with caplog.at_level(logging.WARNING):
            while sent < (10_000 if welcomed else 1000):
                # A good frame now and then keeps the connection from being closed after ten bad ones.
                frames: list[bytes | str] = []
                for _ in range(500 if welcomed else 1):
                    frames += [chance.choice([any_bytes, any_text])(chance) for _ in range(BAD_IN_A_ROW - 1)]
                    frames.append('{"type":"ping","t":1}')
                line = await house.visitor(tab=f"bad{sent}") if welcomed else await house.line()
                await abuse(line, frames)
                sent += len(frames)
                await tab.socket.send(facts(1, sent, Flag.VOLATILE))
                assert await agent.until(lambda said, seq=sent: said == facts(1, seq, Flag.VOLATILE))  # type: ignore[misc]
        assert not caplog.records, f"seed {seed}: {[record.getMessage() for record in caplog.records]}"


async def test_x9_a_frozen_agent_neither_slows_nor_breaks_the_others(house: House) -> None:
    tab, [frozen, agent] = await house.go_live(2)
    frozen.socket.transport.pause_reading()
    payload = bytes(200_000)
    await tab.socket.send(facts(1, 0, START | Flag.SNAPSHOT_END, payload))
    for seq in range(1, 80):
        await tab.socket.send(facts(1, seq, 0, payload))
        assert len(await agent.frame()) == len(payload) + 12
        await agent.send("ack", received=agent.numbered)
    metrics = house.live.metrics()
    assert metrics.agents_lagging == 1
    assert metrics.journal_bytes < 40 * 2**20
    frozen_peer = house.live._by_id["session-1"].agents["seat-1"]
    assert frozen_peer.link.retained_bytes < 9 * 2**20
    frozen.socket.transport.resume_reading()
    seen = 0
    while seen < 80:
        data = await frozen.frame()
        assert int.from_bytes(data[4:8], "big") == seen
        seen += 1
        await frozen.send("ack", received=frozen.numbered)
    assert house.live.metrics().agents_lagging == 0


async def test_x9_an_agent_that_lags_into_a_new_epoch_starts_with_its_snapshot(house: House) -> None:
    tab, [frozen] = await house.go_live()
    frozen.socket.transport.pause_reading()
    payload = bytes(2_000_000)
    await tab.socket.send(facts(1, 0, START, payload))
    for seq in range(1, 8):
        await tab.socket.send(facts(1, seq, 0, payload))
    await tab.send("snapshot_needed", reason="changed")
    assert await tab.expect("capture", epoch=2)
    await tab.socket.send(facts(2, 0, START, b"fresh"))
    await tab.send("ping", t=1)
    await tab.expect("pong")
    frozen.socket.transport.resume_reading()
    while not isinstance(said := await frozen.hear(), dict) or said["type"] != "page_reset" or said["epoch"] != 2:
        await frozen.send("ack", received=frozen.numbered)
    assert said["reason"] == "lagged"
    assert await frozen.frame() == facts(2, 0, START, b"fresh")


async def test_w5_a_frame_far_over_the_limit_ends_only_its_own_connection() -> None:
    async with running(DoorOptions(max_frame_bytes=1000)) as house:
        tab, [agent] = await house.go_live()
        other = await house.visitor(tab="other", key=KEY, page=PAGE)
        await other.socket.send(bytes(10_000))
        assert await other.closed() == 1009
        await tab.socket.send(facts(1, 0, START))
        assert await agent.frame() == facts(1, 0, START)


async def test_w6_bytes_that_are_no_websocket_end_the_connection(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    tab = await house.visitor()
    tab.socket.transport.write(b"\x00\x01garbage" * 20)
    assert await tab.closed() in (1002, 1006)
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING and "twinpane" in record.name]

"""Frames of the wire: order, epochs, what cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from . import pages as p

if TYPE_CHECKING:
    from .conftest import Agent

BROKEN = "log.filter(entry => entry[0] === 'broken').length"


def test_f10_frames_are_applied_in_order_as_they_come(agent: Agent) -> None:
    script = """async ([first, seconds]) => {
        const frames = [await harness.frame(first, {deflated: true})];
        for (const slots of seconds) frames.push(await harness.frame(slots, {deflated: slots[3].length > 1}));
        await Promise.all(frames.map((frame) => harness.player.feed(frame)));
    }"""
    texts = [[2, p.TEXT, 6, str(number)] for number in range(30)]
    agent.page.evaluate(script, [[2, *p.document(p.html("p", p.text("0")))], texts])
    assert agent.look("node(5).textContent") == "29"
    assert agent.look(BROKEN) == 0


def test_f2_frames_of_another_epoch_are_ignored(agent: Agent) -> None:
    agent.feed(*p.document(p.html("p", p.text("old"))))
    agent.feed(p.TEXT, 6, "stray", epoch=7, seq=5)
    assert agent.look("node(5).textContent") == "old"
    assert agent.look(BROKEN) == 0


def test_f3_the_old_picture_stays_until_the_new_epoch_comes(any_agent: Agent) -> None:
    agent = any_agent
    agent.feed(*p.document(p.html("p", p.text("old"))))
    agent.page.evaluate("harness.begin(2)")
    assert agent.look("doc.body.textContent") == "old"
    agent.feed(*p.document(p.html("p", p.text("new"))), flags=3)
    assert agent.look("doc.body.textContent") == "new"
    assert agent.look("log.map(e => e[0]).filter(word => word !== 'page')") == ["first", "first", "whole"]


def test_f4_a_gap_breaks_the_epoch_once(agent: Agent) -> None:
    agent.feed(*p.document(p.html("p", p.text("old"))))
    agent.feed(p.POINTER, 1, 1, 0, flags=8)
    agent.feed(p.TEXT, 6, "late", seq=5)
    agent.feed(p.TEXT, 6, "later", seq=1)
    assert agent.look("node(5).textContent") == "old"
    assert agent.look(BROKEN) == 1
    agent.page.evaluate("harness.begin(2)")
    agent.feed(*p.document(p.html("p", p.text("again"))))
    assert agent.look("doc.body.textContent") == "again"


@pytest.mark.parametrize(
    "slots",
    [
        [999],
        ["text"],
        [p.TEXT, 77, "no such node"],
        [p.TEXT, 6],
        [p.SPLICE, 6, 99, 0, "x"],
        [p.INSERT, 4, 99, 7, 1, *p.text("x")],
        [p.INSERT, 4, 0, 5, 1, *p.text("number of another")],
        [p.INSERT, 6, 0, 7, 1, *p.text("a text has no children")],
        [p.INSERT, 4, 0, 7, 1, 99],
        [p.INSERT, 4, 0, 7, 1, 1, "not a tag", 0, 0],
        [p.INSERT, 4, 0, 7, 5_000_000, *p.text("x")],
        [p.MOVE, 5, 0, 1, 4],
        [p.MOVE, 5, 0, 1, 0],
        [p.REMOVE, 1, 77],
        [p.ATTRIBUTE, 6, "title", "a text has none"],
        [p.ATTRIBUTE, 5, 500, "no such string"],
        [p.ROOT, 5, 20, 2, 0, p.BASE, 0],
        [p.ROOT, 77, 20, 1, 0, p.BASE, 0],
        [p.ADOPT, 0, 1, 7],
        [p.RULES, -9, 0],
    ],
    ids=str,
)
def test_f1_what_cannot_be_applied_is_told_once_and_never_thrown(agent: Agent, slots: list[Any]) -> None:
    agent.feed(*p.document(p.html("p", p.text("x"))))
    agent.feed(*slots)
    agent.feed(*slots)
    assert agent.look(BROKEN) == 1
    assert agent.look("typeof log.at(-1)[1]") == "string"


def test_f1_an_unknown_version_and_rubbish_break_the_epoch(agent: Agent) -> None:
    for number, payload in enumerate(["[1]", "{}", "[2", ""], start=5):
        agent.page.evaluate(
            """async ([epoch, payload]) => {
                harness.begin(epoch);
                const frame = await harness.frame([], {});
                const bytes = new TextEncoder().encode(payload);
                const whole = new Uint8Array([...frame.slice(0, 12), ...bytes]);
                await harness.player.feed(whole);
                await harness.player.feed(new Uint8Array(3));
            }""",
            [number, payload],
        )
    assert agent.look(BROKEN) == 4


def test_f7_a_large_page_is_built_in_slices_that_give_way(agent: Agent) -> None:
    agent.feed(*p.document(p.html("div")))
    script = """async ([insert, html, text]) => {
        const rows = [2];
        for (let n = 0; n < 20000; n++) rows.push(insert, 5, 0, 6 + n * 2, 1, html, "p", 0, 1, text, String(n));
        const frame = await harness.frame(rows);
        let turns = 0, done = false;
        const channel = new MessageChannel();
        channel.port1.onmessage = () => { turns++; if (!done) channel.port2.postMessage(0); };
        channel.port2.postMessage(0);
        await harness.player.feed(frame);
        done = true;
        return [turns, harness.node(5).childElementCount];
    }"""
    turns, children = agent.page.evaluate(script, [p.INSERT, 1, 4])
    assert children == 20000
    assert turns > 2

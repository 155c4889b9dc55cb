"""Many nodes as one: a visitor at one and agents at others, and the death of one in mid-session (N1 to N5)."""

from __future__ import annotations

import signal
from pathlib import Path
from time import monotonic

import pytest
from playwright.sync_api import Browser
from twinpane.live.leases import LEASE_S

from e2e import flow
from e2e.conftest import shop
from e2e.nodes.conftest import Cluster

pytestmark = pytest.mark.journey

FIELD = "[name=message]"
PART = "keystrokes go on whatever node is there "


def test_n3_n4_agents_at_other_nodes_help_and_a_killed_node_costs_no_consent_and_no_keystroke(
    cluster: Cluster, chromium: Browser, tmp_path: Path
) -> None:
    a, b, c = (cluster.nodes[name] for name in "abc")
    with shop(b.server, cluster.way.url, tmp_path / "shop-log") as site:
        visitor = flow.visitor_context(chromium).new_page()
        visitor.goto(f"{site}/visitor?id=far")
        short_id = flow.short_id(visitor)
        cluster.know(short_id)
        agent = flow.watch(chromium, flow.watch_url(b.server, short_id, "Zoë"))
        flow.press_card(visitor, "Allow")
        flow.until_same(visitor, agent)
        second = flow.watch(chromium, flow.watch_url(c.server, short_id, "Kim"))
        flow.until_same(visitor, second)
        flow.take_control(agent)
        flow.click(visitor, agent, FIELD)
        agent.keyboard.type(PART, delay=5)
        flow.until_value(visitor, FIELD, PART)
        flow.until_same(visitor, second)

        cluster.turn("c")
        a.end(signal.SIGKILL)
        killed_at = monotonic()
        agent.keyboard.type(PART, delay=5)
        flow.until_value(visitor, FIELD, PART * 2)
        for window in (agent, second):
            flow.until_same(visitor, window)
        took_s = monotonic() - killed_at
        print(f"the pictures were whole {took_s:.1f} s after the kill, with a lease of {LEASE_S:g} s")
        assert visitor.evaluate(flow.CARD_BUTTON, "Allow") is None
        agent.get_by_role("button", name="Release control").wait_for()
        status, found = c.server.rest("GET", f"visitors/{short_id}")
        assert (status, found["visitor"]["is_online"]) == (200, True)

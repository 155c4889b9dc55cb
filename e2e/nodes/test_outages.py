"""What a live session over two nodes notices when a node, the broker or the database goes away. (N1, N4, N5)"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from e2e import flow
from e2e.conftest import shop
from e2e.nodes.conftest import Cluster

pytestmark = pytest.mark.journey

FIELD = "[name=message]"


@dataclass
class Helped:
    """A visitor at the first node, helped by an agent who came to the second."""

    visitor: Page
    agent: Page
    short_id: str
    typed: str = ""

    def type(self, words: str) -> None:
        """Type as the agent, and see it at both."""
        self.agent.keyboard.type(words)
        self.typed += words
        flow.until_value(self.visitor, FIELD, self.typed)
        flow.until_same(self.visitor, self.agent)


@pytest.fixture
def helped(cluster: Cluster, chromium: Browser, tmp_path: Path) -> Iterator[Helped]:
    b = cluster.nodes["b"].server
    with shop(b, cluster.way.url, tmp_path / "shop-log") as site:
        visitor = flow.visitor_context(chromium).new_page()
        visitor.goto(f"{site}/visitor?id=far")
        short_id = flow.short_id(visitor)
        cluster.know(short_id)
        agent = flow.watch(chromium, flow.watch_url(b, short_id))
        flow.press_card(visitor, "Allow")
        flow.until_same(visitor, agent)
        flow.take_control(agent)
        flow.click(visitor, agent, FIELD)
        yield Helped(visitor, agent, short_id)
        for window in (visitor, agent):
            window.context.close()


def test_n5_broker_that_is_away_costs_new_starts_at_other_nodes_and_nothing_else(
    cluster: Cluster, helped: Helped
) -> None:
    a, b, _ = (cluster.nodes[name].server for name in "abc")
    cluster.broker.stop()
    helped.type("without a broker ")
    body = {"agent": {"id": "kim", "name": "Kim"}}
    assert b.rest("POST", f"visitors/{helped.short_id}/watch_url", body)[0] == 503
    assert a.rest("POST", f"visitors/{helped.short_id}/watch_url", body)[0] == 200
    cluster.broker.start()
    flow.until(
        lambda: b.rest("POST", f"visitors/{helped.short_id}/watch_url", body)[0] == 200,
        what="a start by way of the broker",
    )
    helped.type("and with it")


def test_n1_database_that_is_away_longer_than_a_lease_costs_the_session_nothing(
    cluster: Cluster, helped: Helped
) -> None:
    b, c = cluster.nodes["b"].server, cluster.nodes["c"].server
    cluster.may_meet_exceptions = True  # What cannot be written meanwhile is logged with its trace.
    cluster.database.stop()
    helped.type("without a database ")
    status, said = c.rest("GET", f"visitors/{helped.short_id}")
    assert (status, said["error"]) == (503, "unavailable")

    def lease_is_over() -> bool:
        return cluster.nodes["a"].server.log.read_text().count("lease_not_renewed") >= 8

    flow.until(lease_is_over, what="eight tries to renew the lease, one a second", page=helped.agent, wait_s=90)
    helped.type("for longer than a lease ")
    cluster.database.start()
    flow.until(lambda: b.rest("GET", f"visitors/{helped.short_id}")[0] == 200, what="the database", page=helped.agent)
    flow.until(
        lambda: all("lease_lapsed" in node.server.log.read_text() for node in cluster.nodes.values()),
        what="all nodes to have a lease again",
        page=helped.agent,
    )
    helped.type("and with it")
    assert all("sessions_taken_over" not in node.server.log.read_text() for node in cluster.nodes.values())


def test_n4_node_that_is_stopped_hands_its_sessions_on(cluster: Cluster, helped: Helped) -> None:
    helped.type("before ")
    cluster.turn("b")
    cluster.nodes["a"].end(signal.SIGTERM)
    helped.type("and after")
    assert helped.visitor.evaluate(flow.CARD_BUTTON, "Allow") is None

"""Three agents who may do different things. What one may not is refused by the server, and by the page alone as well.

(Issue E, acceptance 3; X4, X11, D2; api.md, Permissions.)
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any, get_args

import msgspec
import pytest
from playwright.sync_api import Browser, Page
from twinpane_protocol.shared import Wish

from e2e import flow
from e2e.bare_agent import BareAgent, bare_agent
from e2e.conftest import shop
from e2e.flow import Server, started

pytestmark = pytest.mark.journey

NOTHING = dict.fromkeys(
    ("allow_click", "allow_scroll", "allow_type", "allow_draw", "allow_agent_redirect", "allow_console"), False
)
SOME = {
    "looks": NOTHING,
    "draws": NOTHING | {"allow_draw": True, "allow_scroll": True},
    "clicks": NOTHING | {"allow_click": True, "allow_agent_redirect": True},
}
BOX = {"node": 0, "fx": 0.5, "fy": 0.5}
WISHES: dict[str, tuple[str, dict[str, Any]]] = {
    "click": ("allow_click", BOX),
    "focus": ("allow_click", {"node": 0}),
    "select_options": ("allow_click", {"node": 0, "indexes": [0]}),
    "press_key": ("allow_type", {"key": "x"}),
    "type_text": ("allow_type", {"text": "x"}),
    "set_value": ("allow_type", {"node": 0, "value": "x"}),
    "scroll_to": ("allow_scroll", {"node": 0, "x": 0, "y": 300}),
    "draw": ("allow_draw", {"node": 0, "mark": 1, "shape": "outline"}),
    "clear_drawings": ("allow_draw", {}),
    "point": ("allow_draw", BOX | {"laser": True}),
    "travel": ("allow_agent_redirect", {"to": "back"}),
    "open_url": ("allow_agent_redirect", {"url": "/visitor/cart"}),
    "read_console": ("allow_console", {}),
}
assert set(WISHES) == {str(msgspec.inspect.type_info(kind).tag) for kind in get_args(Wish)}, "every wish is tried"  # type: ignore[union-attr]
NEEDS_NO_CONTROL = {"draw", "clear_drawings", "point", "travel", "open_url", "read_console"}


@pytest.fixture(scope="module", params=["both gates", "the page's gate alone"])
def gated(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server as it is, and one whose own gate is open."""
    if request.param == "both gates":
        yield request.getfixturevalue("server")
        return
    server = Server.fresh(tmp_path_factory.mktemp("ungated"))
    command = [sys.executable, "-m", "e2e.ungated", str(server.data)]
    with started(command, server.environment(), server.log, cwd=flow.ROOT):
        server.wait_until_ready()
        yield server
    assert "Traceback" not in server.log.read_text(), f"the server met an exception, see {server.log}"


@pytest.fixture
def visitor(chromium: Browser, gated: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    context = flow.visitor_context(chromium)
    with shop(gated, gated.url, tmp_path_factory.mktemp("shop") / "log") as url:
        page = context.new_page()
        page.goto(f"{url}/visitor?id=three")
        page.evaluate("() => Upscope('init', { allowRemoteConsole: true })")
        yield page
    context.close()


@pytest.fixture
def agents(gated: Server, visitor: Page) -> Iterator[dict[str, BareAgent]]:
    """The three of them in one session that is live."""
    short_id = flow.short_id(visitor)
    with ExitStack() as seats:
        urls = {name: flow.watch_url(gated, short_id, name, permissions=may) for name, may in SOME.items()}
        found = {name: seats.enter_context(bare_agent(url, gated.url)) for name, url in urls.items()}
        flow.press_card(visitor, "Allow")
        for agent in found.values():
            agent.until_session(phase="live")
        yield found


def expect_refused(agent: BareAgent, kind: str, code: str) -> None:
    found, sentence = agent.refusal(agent.wish(kind, **WISHES[kind][1]))
    assert found == code, kind
    assert sentence.endswith("."), f"{kind}: in words, not {sentence!r}"


def test_x4_x11_d2_each_forbidden_wish_is_refused_with_a_code_and_a_sentence(
    agents: dict[str, BareAgent], visitor: Page
) -> None:
    before = visitor.evaluate("[location.href, scrollY, document.activeElement.tagName]")
    for name, agent in agents.items():
        for kind, (right, _) in WISHES.items():
            if not SOME[name][right]:
                expect_refused(agent, kind, "not_allowed")
            elif kind not in NEEDS_NO_CONTROL:
                expect_refused(agent, kind, "no_control")
    assert visitor.evaluate("[location.href, scrollY, document.activeElement.tagName]") == before


def test_x4_who_has_control_is_held_to_the_rest_of_the_limits(agents: dict[str, BareAgent], visitor: Page) -> None:
    for name in ("draws", "clicks"):
        agent = agents[name]
        agent.say("request_control")
        agent.until_session(control=agent.me)
        for kind, (right, _) in WISHES.items():
            if not SOME[name][right]:
                expect_refused(agent, kind, "not_allowed")
        if name == "draws":
            agent.wish("scroll_to", node=0, x=0, y=120)
            flow.until(lambda: visitor.evaluate("scrollY") == 120, what="what they may is done", page=visitor)
        agent.say("release_control")
        agent.until_session(control=None)


def test_x3_x4_control_is_of_no_use_to_who_may_only_look(agents: dict[str, BareAgent]) -> None:
    looker = agents["looks"]
    looker.say("request_control")
    answer = looker.until(lambda message: message["type"] == "control_refused")
    assert answer["code"] == "not_allowed"
    assert answer["message"].endswith(".")

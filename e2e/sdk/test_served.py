"""Functions of S2 through the real server: what agents and REST see of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from e2e import flow
from e2e.flow import Server, short_id, until

Served = Callable[..., Page]


def page(options: str = "{}", before: str = "") -> str:
    return f"<h1>A shop</h1><script>{before}; Upscope('init', {options})</script>"


def visitor(server: Server, tab: Page) -> Any:
    status, answer = server.rest("GET", f"visitors/{short_id(tab)}?with_history=true")
    return answer["visitor"] if status == 200 else {}


@pytest.fixture
def live(served: Served, server: Server, chromium: Browser) -> Callable[..., tuple[Page, Page]]:
    """A visitor's page and the page of the agent who sees it."""

    def live(options: str = "{}", before: str = "") -> tuple[Page, Page]:
        tab = served(page(options, before))
        return tab, flow.begin(server, chromium, tab)

    return live


def test_s9a_an_agent_who_is_requested_shows_in_rest_and_is_accepted_by_a_session(
    served: Served, server: Server
) -> None:
    tab = served(page(before="window.heard = []; Upscope('on', 'agentRequestUpdate', (status) => heard.push(status))"))
    tab.evaluate("() => Upscope('requestAgent')")
    until(lambda: visitor(server, tab).get("is_waiting_for_call"), what="the visitor waiting", page=tab)
    flow.watch_url(server, short_id(tab))
    tab.wait_for_function("() => heard.length === 2")
    assert tab.evaluate("() => heard") == ["requested", "accepted"]
    assert not visitor(server, tab)["is_waiting_for_call"]


def test_s2_a_public_link_lets_the_named_agent_watch(served: Served, chromium: Browser) -> None:
    tab = served(page())
    short_id(tab)
    link = tab.evaluate("() => Upscope('getPublicLink', { agentId: '7', agentName: 'Mika' })")
    agent = flow.watch(chromium, link)
    agent.get_by_role("button").first.click()
    until(lambda: "Mika" in flow.card_words(tab), what="the agent's name on the card", page=tab)
    flow.press_card(tab, "Allow")
    flow.until_same(tab, agent)


def test_s9_an_announced_absence_is_told_to_the_agent_in_the_page_s_words(
    live: Callable[..., tuple[Page, Page]],
) -> None:
    tab, agent = live()
    tab.evaluate("""() => {
      Upscope("expectDisconnect", { returnTimeSeconds: 300, title: "At the bank", message: "Confirms a payment" });
      location.href = "about:blank";
    }""")
    agent.get_by_text("At the bank").first.wait_for()
    agent.get_by_text("Confirms a payment").first.wait_for()


def test_x13_an_absence_is_told_though_the_socket_drops_it(live: Callable[..., tuple[Page, Page]]) -> None:
    tab, agent = live()
    tab.evaluate("""() => {
      WebSocket.prototype.send = () => {};
      Upscope("expectDisconnect", { returnTimeSeconds: 300, title: "At the bank" });
      location.href = "about:blank";
    }""")
    agent.get_by_text("At the bank").first.wait_for()


def test_r12_saved_history_is_in_rest(served: Served, server: Server) -> None:
    tab = served(page(), two="<title>Second</title><script>Upscope('init')</script>")
    short_id(tab)
    tab.evaluate("() => Upscope('saveHistory')")
    tab.goto(tab.url + "two")
    until(lambda: len(visitor(server, tab).get("pageviews", [])) == 2, what="two pages", page=tab)
    assert [re.sub(r".*/", "/", view["url"]) for view in visitor(server, tab)["pageviews"]] == ["/two", "/"]


def test_s4_prompt_and_call_name_reach_the_agent_and_are_cleared_by_null(
    live: Callable[..., tuple[Page, Page]], server: Server
) -> None:
    tab, agent = live("{ callName: 'Ada B.', agentPrompt: 'Has a parcel' }")
    agent.get_by_text("Ada B.").first.wait_for()
    agent.get_by_text("Has a parcel").first.wait_for()
    assert visitor(server, tab)["call_name"] == "Ada B."
    tab.evaluate("() => Upscope('updateConnection', { callName: null, agentPrompt: undefined })")
    until(lambda: visitor(server, tab)["call_name"] is None, what="the name gone", page=tab)
    agent.get_by_text("Has a parcel").first.wait_for()
    tab.evaluate("() => Upscope('updateConnection', { agentPrompt: null })")
    agent.get_by_text("Has a parcel").first.wait_for(state="hidden")


def test_s4_every_field_is_left_by_undefined_cleared_by_null_and_integration_ids_add(
    served: Served, server: Server
) -> None:
    given = (
        "{ uniqueId: 'u1', identities: ['Ada', 'ada@shop.example'], tags: ['vip'], "
        "integrationIds: ['crm:1', 'chat:2'], metadata: { plan: 'pro', seats: 3, trial: false } }"
    )
    tab = served(page(given))

    def known() -> dict[str, Any]:
        names = ("unique_id", "identities", "tags", "integration_ids", "metadata")
        return {name: visitor(server, tab).get(name) for name in names}

    def becomes(**expected: Any) -> None:
        until(lambda: known() == expected, what=f"{expected}, not {known()}", page=tab)

    all_of_it = {
        "unique_id": "u1",
        "identities": ["Ada", "ada@shop.example"],
        "tags": ["vip"],
        "integration_ids": ["crm:1", "chat:2"],
        "metadata": {"plan": "pro", "seats": 3, "trial": False},
    }
    becomes(**all_of_it)
    tab.evaluate("""() => Upscope("updateConnection", {
      uniqueId: undefined, identities: undefined, tags: "new",
      integrationIds: ["chat:", "desk:5"], metadata: { plan: null },
    })""")
    integration_ids, metadata = ["crm:1", "desk:5"], {"seats": 3, "trial": False}
    becomes(**all_of_it | {"tags": ["new"], "integration_ids": integration_ids, "metadata": metadata})
    cleared = "{ uniqueId: null, identities: null, tags: null, integrationIds: null, metadata: null }"
    tab.evaluate(f"() => Upscope('updateConnection', {cleared})")
    becomes(unique_id=None, identities=[], tags=[], integration_ids=[], metadata={})


def test_s3_a_real_agent_is_observed_from_coming_to_going(live: Callable[..., tuple[Page, Page]]) -> None:
    names = "newObserver observerUpdate observerGone observerContentVisible observersCount customMessage"
    tab, agent = live(
        before=f"window.events = []; for (const name of '{names}'.split(' ')) "
        "Upscope('on', name, (...args) => events.push([name, ...args]))"
    )
    tab.wait_for_function("() => events.some(([name]) => name === 'observerContentVisible')")
    _, seat, data = tab.evaluate("() => events.find(([name]) => name === 'newObserver')")
    assert (data["name"], data["windowWidth"], data["windowHeight"]) == ("Zoë", 1100, 900)
    agent.set_viewport_size({"width": 900, "height": 800})
    tab.wait_for_function(
        "() => events.some(([name, , data]) => name === 'observerUpdate' && data.windowWidth === 900)"
    )
    agent.close()
    tab.wait_for_function("(seat) => events.some(([name, id]) => name === 'observerGone' && id === seat)", arg=seat)
    assert tab.evaluate("() => events.at(-1)") == ["observersCount", 0]

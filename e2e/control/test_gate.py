"""The page's gate holds for every way to reach a node (X4, M4, M5)."""

from __future__ import annotations

import pytest

from e2e.control.twin import Twin


def test_m4_masked_fields_take_neither_clicks_nor_keys(plain: Twin) -> None:
    assert plain.click("#secret") == "masked"
    assert plain.click("#secretlabel", fx=0.1) == "masked"
    assert plain.wish("focus", "#secret") == "masked"
    plain.page.evaluate("secret.focus()")
    assert plain.type("x") == "masked"
    assert plain.key("a") == "masked"
    assert plain.get("#secret") == ""


def test_m4_text_typed_into_a_field_stops_where_the_page_jumps_to_a_masked_one(plain: Twin) -> None:
    plain.click("#short")
    plain.page.evaluate("short.oninput = () => secret.focus(), null")
    assert plain.type("abc") == "masked"
    assert plain.get("#short") == "a"
    assert plain.get("#secret") == ""


def test_m4_tab_passes_over_what_may_not_be_touched(plain: Twin) -> None:
    plain.wish("focus", "#agree")
    plain.keys("Tab")
    assert plain.page.evaluate("document.activeElement.id") == "summary"


def test_m4_no_remote_zones_refuse_also_through_the_forms_default_button(plain: Twin) -> None:
    assert plain.click("#handsoff") == "no_remote"
    assert plain.click("#pay") == "no_remote"
    plain.click("#open")
    plain.log()
    plain.keys("Enter")
    assert not any("submit" in line or "click" in line for line in plain.log())


def test_m5_what_is_ours_is_never_clicked(plain: Twin) -> None:
    assert plain.click("#oursbutton") == "no_remote"
    plain.log()
    plain.page.evaluate("ours.style.cssText = 'position:fixed;inset:0'")
    assert plain.click("#plain") is None
    heard = plain.log()
    assert "click plain" in heard
    assert not any("ours" in line for line in heard)


def test_x4_without_control_only_pointing_passes(plain: Twin) -> None:
    assert plain.click("#plain", control=False) == "no_control"
    assert plain.wish("type_text", text="x", control=False) == "no_control"
    assert plain.wish("point", "#plain", fx=0.5, fy=0.5, control=False) is None


def test_x4_the_pages_own_settings_are_a_ceiling(plain: Twin) -> None:
    plain.page.evaluate("twin.stop(); window.twin = startTwin({allowRemoteClick: false, allowRemoteType: false})")
    assert plain.click("#plain") == "not_allowed"
    assert plain.type("x") == "not_allowed"
    assert plain.wish("scroll_to", "document", x=0, y=10) is None


def test_x4_unknown_and_removed_nodes_are_refused(plain: Twin) -> None:
    assert plain.wish("click", node=99999, fx=0.5, fy=0.5) == "unknown_node"
    number = plain.page.evaluate("twin.number('#plain')")
    plain.page.evaluate("plain.remove()")
    assert plain.wish("click", node=number, fx=0.5, fy=0.5) == "unknown_node"


def test_x4_the_visitors_own_input_wins_and_agents_wait(plain: Twin) -> None:
    plain.page.locator("#name").click()
    assert plain.click("#plain") == "visitor_active"
    plain.page.keyboard.press("a")
    assert plain.type("x") == "visitor_active"
    plain.page.evaluate("window.tries = []")
    plain.page.evaluate(
        """() => { const id = twin.number("#plain"); const from = performance.now();
            const timer = setInterval(async () => {
            if (await twin.wish({kind: 'click', node: id, fx: .5, fy: .5}) === null) {
                window.waited ??= performance.now() - from; clearInterval(timer) } }, 20) }"""
    )
    plain.until("window.waited > 0")
    assert 500 < plain.page.evaluate("waited") < 1500


def test_x4_the_visitors_input_inside_a_frame_counts_too(plain: Twin) -> None:
    plain.page.frame_locator("#frame").locator("#inner").click()
    assert plain.click("#plain") == "visitor_active"


def test_x4_an_agents_own_typing_does_not_count_as_the_visitors(plain: Twin) -> None:
    plain.click("#name")
    assert plain.type("a") is None
    assert plain.type("b") is None
    assert plain.click("#plain") is None


def test_x4_the_page_holds_an_agent_to_their_own_permissions(plain: Twin) -> None:
    plain.permissions = {"allow_click": False, "allow_draw": False, "allow_agent_redirect": False}
    assert plain.click("#plain") == "not_allowed"
    assert plain.wish("draw", "#plain", mark=1, shape="outline") == "not_allowed"
    assert plain.wish("clear_drawings") == "not_allowed"
    assert plain.wish("point", "#plain", fx=0.5, fy=0.5, laser=True) == "not_allowed"
    assert plain.wish("travel", to="reload") == "not_allowed"
    assert plain.wish("open_url", url="/react.html") == "not_allowed"
    assert plain.wish("scroll_to", "document", x=0, y=10) is None


def test_x11_the_pages_own_setting_keeps_agents_from_travelling(plain: Twin) -> None:
    plain.page.evaluate("twin.stop(); window.twin = startTwin({allowAgentRedirect: false})")
    assert plain.wish("open_url", url="/react.html") == "not_allowed"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "about:blank", "https://", "blob:x"])
def test_x11_only_web_addresses_are_opened(plain: Twin, url: str) -> None:
    assert plain.wish("open_url", url=url) == "not_possible"


def test_x11_an_agent_opens_an_address_goes_back_and_forward_and_loads_again(plain: Twin) -> None:
    page = plain.page
    for wish, there in (
        ("{kind: 'open_url', url: 'editors.html'}", "/editors.html"),
        ("{kind: 'travel', to: 'back'}", "/plain.html"),
        ("{kind: 'travel', to: 'forward'}", "/editors.html"),
        ("{kind: 'travel', to: 'back'}", "/plain.html"),
    ):
        page.wait_for_function("() => window.twin")
        # Whoever leaves the page cannot wait for an answer.
        page.evaluate(f"() => {{ void twin.wish({wish}) }}")
        page.wait_for_function("there => location.pathname === there", arg=there)
    page.evaluate("window.old = true")
    page.evaluate("() => { void twin.wish({kind: 'travel', to: 'reload'}) }")
    page.wait_for_function("() => !window.old && window.twin")

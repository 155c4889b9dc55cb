"""Options of S5, each by its effect; those of canvases, drawings and frames are in `e2e/player` and `e2e/journeys`."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, expect
from twinpane_protocol.settings import AccountSettings
from twinpane_protocol.shared import Asking, Click, OpenUrl, ScrollTo, TypeText
from twinpane_protocol.visitor import (
    Answered,
    AssetsOffered,
    HistorySaved,
    LookupCodeWanted,
    PageChanged,
    SessionChanged,
    Stopped,
    WishMade,
    WishRefused,
)

from e2e.flow import card_words, press_card, short_id, until
from e2e.sdk.door import Door, session_for
from e2e.sdk.test_core import go_live, now, snapshot

Visit = Callable[..., Page]


@pytest.fixture
def opened(visit: Visit) -> Callable[..., Page]:
    def opened(options: str = "{}", html: str = "") -> Page:
        tab = visit(html=f"{html}<script>Upscope('init', {options})</script>")
        short_id(tab)
        return tab

    return opened


def asked(door: Door, kind: Any = "view", **fields: Any) -> None:
    phase = "asking" if kind == "view" else "live"
    now(door, phase, asking=Asking(kind=kind, agent="agent-1", agent_name=fields.get("name", "Zoë")))


def says(tab: Page, *words: str) -> None:
    until(lambda: all(word in card_words(tab) for word in words), what=f"{words} on the card", page=tab)


def test_s5_the_server_is_told_what_to_ask_of_the_page_before_agents_see_it(
    opened: Callable[..., Page], door: Door
) -> None:
    """`proxyAssets`; what the server makes of it is in `live/test_assets.py`."""
    tab = opened("{ proxyAssets: ['*/my/*', '*.svg'] }")
    go_live(door, tab)
    assert [offer.globs for offer in door.peer.of(AssetsOffered)] == [["*/my/*", "*.svg"]]
    tab.evaluate("() => Upscope('init', { proxyAssets: null })")
    snapshot(door, 2, tab)
    assert len(door.peer.of(AssetsOffered)) == 1


# ---- texts ---------------------------------------------------------------------------------------


def test_s5_the_page_s_own_words_ask_the_visitor(opened: Callable[..., Page], door: Door) -> None:
    tab = opened(
        "{ authorizationPromptTitle: 'May {%agentName%|a helper} look at {%currentDomain%}?', "
        "authorizationPromptMessage: 'Case {%nothing%} of {%agentName%}', "
        "translationsYes: 'Aye', translationsNo: 'Nay' }"
    )
    asked(door)
    says(tab, "May Zoë look at 127.0.0.1?", "Case {%nothing%} of Zoë", "Aye", "Nay")
    press_card(tab, "Nay")
    until(lambda: door.peer.of(Answered), what="the answer", page=tab)
    assert not door.peer.of(Answered)[0].allowed


def test_s5_a_text_that_names_the_lookup_code_has_it(opened: Callable[..., Page], door: Door) -> None:
    tab = opened("{ authorizationPromptMessage: 'Say {%lookupCode%} to {%agentName%|your helper}' }")
    asked(door, name="")
    says(tab, "Say 1234 to your helper")


def test_s5_the_page_s_own_words_while_live_and_at_the_end(opened: Callable[..., Page], door: Door) -> None:
    tab = opened(
        "{ translationsStopSession: 'Stop it', endOfScreenshareMessage: 'Bye from {%agentName%}', "
        "translationsOk: 'Fine' }"
    )
    go_live(door, tab)
    press_card(tab, "Stop it")
    until(lambda: door.peer.of(Stopped), what="the end", page=tab)
    now(door, "ended", end_reason="agent_stopped")
    says(tab, "Bye from Zoë")
    press_card(tab, "Fine")
    until(lambda: "Fine" not in card_words(tab), what="the card gone", page=tab)


@pytest.mark.parametrize("shown", [True, False])
def test_s5_the_terminate_button_and_our_name_can_be_left_out(
    opened: Callable[..., Page], door: Door, shown: bool
) -> None:
    tab = opened(f"{{ showTerminateButton: {json.dumps(shown)}, showUpscopeLink: {json.dumps(shown)} }}")
    asked(door)
    says(tab, "Allow")
    assert ("Co-browsing by Twinpane" in card_words(tab)) is shown
    now(door, "live")
    says(tab, "Zoë can see this page")
    assert ("End session" in card_words(tab)) is shown


# ---- languages -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "lang", "allow"),
    [("{ language: 'de-CH' }", "fr", "Erlauben"), ("{}", "fr-CA", "Autoriser"), ("{}", "xx", "Allow")],
    ids=["by option", "by the page", "by the browser"],
)
def test_s5_our_words_are_in_the_visitor_s_language(
    visit: Visit, door: Door, options: str, lang: str, allow: str
) -> None:
    tab = visit(html=f"<script>document.documentElement.lang = '{lang}'; Upscope('init', {options})</script>")
    short_id(tab)
    asked(door)
    says(tab, allow)


def test_s5_a_language_from_right_to_left_turns_the_card(opened: Callable[..., Page], door: Door) -> None:
    tab = opened("{ language: 'ar' }")
    asked(door)
    says(tab, "سماح", "رفض")
    turned = """() => {
      const card = window.__roots.find((root) => root.querySelector(".card")).querySelector(".card");
      const [deny, allow] = [...card.querySelectorAll("button")].map((button) => button.getBoundingClientRect().x);
      return [getComputedStyle(card).direction, deny > allow];
    }"""
    assert tab.evaluate(turned) == ["rtl", True]


def test_s5_words_that_cannot_be_had_are_english(opened: Callable[..., Page], door: Door) -> None:
    del door.files["/words-de.js"]
    tab = opened("{ language: 'de' }")
    asked(door)
    says(tab, "Allow")


# ---- consent and limits --------------------------------------------------------------------------


def test_s5_the_page_may_ask_for_control_in_its_own_words(opened: Callable[..., Page], door: Door) -> None:
    tab = opened("{ onControlRequest: (answer, name) => { window.asked = name; answer(false) } }")
    go_live(door, tab)
    asked(door, "control")
    until(lambda: door.peer.of(Answered), what="the answer", page=tab)
    assert (tab.evaluate("() => asked"), door.peer.of(Answered)[0].allowed) == ("Zoë", False)


LIMITS = {
    "allowRemoteClick": Click(node=0, fx=0.5, fy=0.5),
    "allowRemoteScroll": ScrollTo(node=0, x=0, y=10),
    "allowRemoteType": TypeText(text="a"),
    "allowAgentRedirect": OpenUrl(url="/two"),
}


@pytest.mark.parametrize("whose", ["page", "account"])
@pytest.mark.parametrize("name", LIMITS)
def test_s5_what_page_or_account_do_not_allow_is_refused(
    opened: Callable[..., Page], door: Door, name: str, whose: str
) -> None:
    if whose == "account":
        snake = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)
        door.settings = AccountSettings(**{snake: False})
    tab = opened(f"{{ {name}: {json.dumps(whose == 'account')} }}")
    go_live(door, tab, control="agent-1")
    door.peer.send(WishMade(agent="agent-1", id=1, wish=LIMITS[name]))
    until(lambda: door.peer.of(WishRefused), what="the refusal", page=tab)
    assert door.peer.of(WishRefused)[0].code == "not_allowed"


def test_s5_the_server_is_told_the_page_s_limits(opened: Callable[..., Page], door: Door) -> None:
    opened("{ requireAuthorizationForSession: false, requireControlRequest: true, allowRemoteConsole: true }")
    told = door.peer.hellos[0].ceiling
    assert (told.require_authorization_for_session, told.require_control_request, told.allow_remote_console) == (
        False,
        True,
        True,
    )


def test_s5_masks_of_page_and_account_add_up(opened: Callable[..., Page], door: Door) -> None:
    door.settings = AccountSettings(masked_elements=[".theirs"])
    html = "<p class=theirs>first secret</p><p class=ours>second secret</p><p>open words</p>"
    tab = opened("{ maskedElements: '.ours' }", html)
    go_live(door, tab)
    frames = b"".join(door.peer.frames)
    assert b"open words" in frames
    assert b"secret" not in frames


def test_s5_mask_all_shows_what_is_unmasked(opened: Callable[..., Page], door: Door) -> None:
    tab = opened("{ maskAll: true, unmaskedElements: ['.shown'] }", "<p>hidden words</p><p class=shown>open words</p>")
    go_live(door, tab)
    frames = b"".join(door.peer.frames)
    assert b"open words" in frames
    assert b"hidden words" not in frames


def test_m3_with_all_masked_neither_query_nor_title_is_told_at_any_time(
    opened: Callable[..., Page], door: Door
) -> None:
    here = "<title>secret title</title><script>history.replaceState(0, '', '/?q=secret#secret')</script>"
    tab = opened("{ maskAll: true }", here)
    tab.evaluate("Upscope('saveHistory')")
    until(lambda: door.peer.of(HistorySaved), what="the page view", page=tab)
    tab.evaluate("history.pushState(0, '', '/next?q=secret'); window.dispatchEvent(new Event('popstate'))")
    until(lambda: door.peer.of(PageChanged), what="the new address", page=tab)
    told = [door.peer.hellos[0].page, door.peer.of(HistorySaved)[0].views[0], door.peer.of(PageChanged)[0].page]
    assert [(page.url.removeprefix(door.url), page.title) for page in told] == [("/", ""), ("/", ""), ("/next", "")]


@pytest.mark.parametrize("whose", ["page", "account"])
def test_s5_a_zone_without_control_refuses(opened: Callable[..., Page], door: Door, whose: str) -> None:
    if whose == "account":
        door.settings = AccountSettings(no_remote_elements=["html"])
    tab = opened("{}" if whose == "account" else "{ noRemoteElements: ['html'] }")
    go_live(door, tab, control="agent-1")
    door.peer.send(WishMade(agent="agent-1", id=1, wish=Click(node=2, fx=0.5, fy=0.5)))
    until(lambda: door.peer.of(WishRefused), what="the refusal", page=tab)
    assert door.peer.of(WishRefused)[0].code == "no_remote"


# ---- the lookup code -----------------------------------------------------------------------------


def test_s6_an_injected_button_shows_the_code_and_is_gone_while_live(opened: Callable[..., Page], door: Door) -> None:
    tab = opened("{ injectLookupCodeButton: true }")
    press_card(tab, "Code for help")
    says(tab, "Your code", "1234")
    press_card(tab, "OK")
    now(door, "live")
    until(lambda: "Code for help" not in card_words(tab), what="the button gone", page=tab)
    now(door, "ended", end_reason="agent_stopped")
    says(tab, "Code for help")
    tab.evaluate("() => Upscope('init', { injectLookupCodeButton: false })")
    until(lambda: "Code for help" not in card_words(tab), what="the button gone", page=tab)


def test_s6_the_button_is_there_before_the_page_connects(visit: Visit, door: Door) -> None:
    tab = visit(html="<script>Upscope('init', { autoconnect: false, injectLookupCodeButton: true })</script>")
    tab.wait_for_function("() => window.Upscope && !Upscope.q")
    says(tab, "Code for help")
    assert door.peers == []
    press_card(tab, "Code for help")
    says(tab, "1234")


def test_s6_key_and_repetitions_are_the_page_s(opened: Callable[..., Page]) -> None:
    tab = opened("{ enableLookupCodeOnKey: true, lookupCodeKey: 27, lookupCodeKeyRepetitions: 3 }")
    tab.evaluate("() => Upscope('getWatchLink')")
    for _ in range(2):
        tab.keyboard.press("Escape")
    tab.keyboard.press("a")
    tab.keyboard.press("Escape")
    assert tab.locator("twinpane-cards").count() == 0
    for _ in range(2):
        tab.keyboard.press("Escape")
    says(tab, "1234")


def test_s6_the_page_s_element_has_the_code_whenever_it_comes(opened: Callable[..., Page], door: Door) -> None:
    tab = opened("{ lookupCodeElement: '#code' }")
    until(lambda: door.peer.of(LookupCodeWanted), what="the question", page=tab)
    tab.evaluate("() => document.body.insertAdjacentHTML('beforeend', '<b id=code></b>')")
    expect(tab.locator("#code")).to_have_text("1234")
    tab.evaluate("() => Upscope('newLookupCode')")
    expect(tab.locator("#code")).to_have_text("4711")


def test_s6_when_all_codes_are_in_use_page_and_visitor_are_told(opened: Callable[..., Page], door: Door) -> None:
    tab = opened(
        "{ injectLookupCodeButton: true }", "<script>Upscope('on', 'error', (e) => { window.told = e })</script>"
    )
    door.has_codes = False
    assert tab.evaluate("() => Upscope('getLookupCode')") == ""
    assert tab.evaluate("() => told") == "no_lookup_code"
    press_card(tab, "Code for help")
    says(tab, "No code is free right now")
    press_card(tab, "OK")
    door.has_codes = True
    press_card(tab, "Code for help")
    says(tab, "1234")


# ---- the account ---------------------------------------------------------------------------------


def test_s5_the_account_s_settings_are_defaults_and_null_brings_them_back(
    opened: Callable[..., Page], door: Door
) -> None:
    door.settings = AccountSettings(translations_yes="Of course", authorization_prompt_title="From the account")
    tab = opened("{ translationsYes: 'Mine' }")
    asked(door)
    says(tab, "Mine", "From the account")
    tab.evaluate("() => Upscope('init', { translationsYes: null })")
    door.peer.send(SessionChanged(session=replace(session_for(door.peer, "asking"), asking=None)))
    asked(door)
    says(tab, "Of course")

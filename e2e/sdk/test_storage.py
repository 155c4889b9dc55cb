"""Where the SDK keeps what it knows of a visitor, and where it may not: S4, S5, S9."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, Playwright

from e2e.conftest import CHROMIUM, QUIET, installed
from e2e.flow import short_id, until, visitor_context
from e2e.sdk.conftest import page
from e2e.sdk.door import Door

Visit = Callable[..., Page]
IN_OBJECT = """<script>
  const kept = (window.kept = JSON.parse(sessionStorage.shop ?? "{}"));
  const put = () => { sessionStorage.shop = JSON.stringify(kept) };
  Upscope("updateConnection", UPDATE);
  Upscope("init", { storageImplementation: {
    getItem: (name) => kept[name] ?? null,
    setItem: (name, value) => { kept[name] = value; put() },
    removeItem: (name) => { delete kept[name]; put() },
  } });
</script>"""
# The recipe of docs/sdk.md.
IN_COOKIE = """<script>
  const DOMAIN = "shop.localhost";
  const write = (name, value, age_s) => {
    document.cookie = `${name}=${encodeURIComponent(value)}; Domain=${DOMAIN}; Path=/; Max-Age=${age_s}; SameSite=Lax`;
  };
  Upscope("init", { storageImplementation: {
    getItem: (name) => {
      const found = document.cookie.split("; ").find((part) => part.startsWith(`${name}=`));
      return found ? decodeURIComponent(found.slice(name.length + 1)) : null;
    },
    setItem: (name, value) => write(name, value, 2592000),
    removeItem: (name) => write(name, "", 0),
  } });
</script>"""


def test_s5_the_page_s_own_storage_holds_the_visitor_and_ours_nothing(visit: Visit, door: Door) -> None:
    door.files["/again"] = page(IN_OBJECT.replace("UPDATE", "{}"))
    tab = visit(html=IN_OBJECT.replace("UPDATE", "{ uniqueId: 'ada' }"))
    first = short_id(tab)
    assert json.loads(tab.evaluate("() => kept['twinpane.TestKey001.visitor']"))["short_id"] == first
    assert [name for name in tab.evaluate("() => Object.keys(localStorage)") if "twinpane" in name] == []
    tab.goto(door.url + "/again")
    assert short_id(tab) == first
    identity = door.peer.hellos[0].identity
    assert identity is not None
    assert identity.unique_id == "ada"
    tab.evaluate("() => Upscope('updateConnection', { uniqueId: 'bea' })")
    tab.reload()
    short_id(tab)
    assert door.peer.hellos[0].identity.unique_id == "bea"  # type: ignore[union-attr]
    tab.evaluate("() => Upscope('reset', false)")
    assert tab.evaluate("() => Object.keys(kept)") == []


def elsewhere(door: Door, host: str) -> str:
    return door.url.replace("127.0.0.1", host)


def test_s9_sub_domains_are_apart_unless_the_page_shares_a_storage(chromium: Browser, door: Door) -> None:
    door.files["/shared"] = page(IN_COOKIE)
    tab = visitor_context(chromium).new_page()
    seen = {}
    for path in ("/", "/shared"):
        for host in ("www.shop.localhost", "pay.shop.localhost"):
            tab.goto(elsewhere(door, host) + path)
            seen[path, host] = short_id(tab)
    assert seen["/", "www.shop.localhost"] != seen["/", "pay.shop.localhost"]
    assert seen["/shared", "www.shop.localhost"] == seen["/shared", "pay.shop.localhost"]
    tab.goto(elsewhere(door, "other.localhost") + "/shared")
    assert short_id(tab) != seen["/shared", "pay.shop.localhost"]
    tab.context.close()


def test_s9_by_default_no_cookie_carries_the_visitor(visit: Visit) -> None:
    tab = visit()
    short_id(tab)
    assert tab.context.cookies() == []


def test_s9_a_private_window_is_a_visitor_of_its_own_and_stays_one_over_its_pages(
    chromium: Browser, door: Door
) -> None:
    ids = []
    for _ in range(2):
        context = visitor_context(chromium)  # as private as a private window: a profile in memory
        tab = context.new_page()
        tab.goto(door.url)
        first = short_id(tab)
        tab.goto(door.url + "/two")
        assert short_id(tab) == first
        ids.append(first)
        context.close()
    assert ids[0] != ids[1]


def test_s4_with_cookies_and_storage_blocked_a_page_connects_and_asks(
    playwright: Playwright, door: Door, tmp_path: Path
) -> None:
    """Blocked as people block it: in the browser's settings."""
    settings = {"profile": {"default_content_setting_values": {"cookies": 2}}}
    (tmp_path / "Default").mkdir()
    (tmp_path / "Default/Preferences").write_text(json.dumps(settings))
    context = playwright.chromium.launch_persistent_context(tmp_path, executable_path=installed(CHROMIUM), args=QUIET)
    tab = context.new_page()
    tab.goto(door.url)
    assert tab.evaluate("() => { try { return !localStorage } catch { return true } }")
    short_id(tab)
    assert tab.evaluate("() => Upscope('getLookupCode')") == "1234"
    tab.evaluate("() => Upscope('updateConnection', { uniqueId: 'ada' })")
    tab.evaluate("() => Upscope('saveHistory')")
    until(lambda: any("ada" in str(message) for message in door.peer.messages), what="the identity", page=tab)
    context.close()

"""Browser and device by User-Agent (R30)."""

from __future__ import annotations

import pytest

from twinpane.live.devices import Device, device_of

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"
ANDROID = "Mozilla/5.0 (Linux; Android 14; {}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 {}Safari/537.36"
IPAD = "Mozilla/5.0 (iPad; CPU OS 15_0 like Mac OS X) AppleWebKit/605.1.15 Version/15.0 Mobile/15E148 Safari/604.1"


@pytest.mark.parametrize(
    ("user_agent", "browser", "kind"),
    [
        (f"{WINDOWS} AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36", "Chrome", "desktop"),
        (f"{WINDOWS[:-1]}; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox", "desktop"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox", "desktop"),
        (ANDROID.format("Pixel 8", "Mobile "), "Chrome Mobile", "mobile"),
        (ANDROID.format("SM-X900", ""), "Chrome", "tablet"),
        (IPAD, "Mobile Safari", "tablet"),
        (f"{WINDOWS[:-1]}; Xbox; Xbox One) AppleWebKit/537.36 Edge/44.18363.8131", "Edge", "console"),
        ("Mozilla/5.0 (SMART-TV; Linux; Tizen 6.0) AppleWebKit/537.36 Version/6.0 TV Safari/537.36", None, "smarttv"),
    ],
)
def test_r30_browser_and_kind_of_device_are_told(user_agent: str, browser: str | None, kind: str) -> None:
    device = device_of(user_agent)
    assert device.type == kind
    assert browser is None or device.browser == browser


@pytest.mark.parametrize("user_agent", [None, ""])
def test_r30_without_a_user_agent_nothing_is_known(user_agent: str | None) -> None:
    assert device_of(user_agent) == Device(None, None, None)


def test_r30_odd_user_agent_is_no_trouble() -> None:
    assert device_of("x" * 100_000).type is None

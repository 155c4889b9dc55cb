"""Pages with a strict Content-Security-Policy, as docs/csp.md has it: no violation from loading to a live session."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser

from e2e import flow
from e2e.flow import Server, until
from e2e.sdk.conftest import SNIPPET, opened_site
from e2e.sdk.door import KEY

NOTE = """window.violations = [];
addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
  violations.push(`${violatedDirective} ${blockedURI}`));"""
NONCE = "bm9uY2Utb25l"
STRICT = "default-src 'none'; style-src 'nonce-bm9uY2Utb25l'; connect-src HOST SOCKET; "


def with_snippet(script: str) -> str:
    snippet = SNIPPET.replace("<script>", f'<script nonce="{NONCE}">').replace(f"/{KEY}.js", script)
    return f"{snippet}<script nonce={NONCE}>Upscope('init')</script>"


def with_nonce_passed_on(script: str) -> str:
    return with_snippet(script).replace("s.async = true;", f's.async = true; s.nonce = "{NONCE}";')


def with_tag(script: str) -> str:
    return (
        f"<script nonce={NONCE}>window.Upscope = function () {{ Upscope.q.push(arguments); }}; Upscope.q = [];"
        f"Upscope('init')</script><script async nonce={NONCE} src='{script}'></script>"
    )


POLICIES: dict[str, tuple[str, Callable[[str], str]]] = {
    "our host is named": (STRICT + f"script-src 'nonce-{NONCE}' HOST", with_snippet),
    "a nonce alone": (STRICT + f"script-src 'nonce-{NONCE}'", with_nonce_passed_on),
    "strict-dynamic": (STRICT + f"script-src 'nonce-{NONCE}' 'strict-dynamic'", with_snippet),
    "trusted types": (
        STRICT + f"script-src 'nonce-{NONCE}' HOST; require-trusted-types-for 'script'; trusted-types 'none'",
        with_tag,
    ),
}


@pytest.mark.parametrize("way", POLICIES)
def test_s1_a_strict_policy_lets_a_whole_session_through(server: Server, browser: Browser, way: str) -> None:
    policy, head = POLICIES[way]
    policy = policy.replace("HOST", server.url).replace("SOCKET", server.url.replace("http", "ws"))
    body = head(f"{server.url}/{server.public_key}.js")
    html = f"<!DOCTYPE html><title>Strict</title><style nonce={NONCE}>p {{ color: teal }}</style>{body}<p>Words</p>"
    with opened_site({"/": ("text/html", html.encode())}, policy=policy) as site:
        context = flow.visitor_context(browser)
        context.add_init_script(NOTE)
        tab = context.new_page()
        tab.goto(site.url)
        # What Playwright waits by needs `eval`, which the policy forbids: look again and again.
        until(lambda: tab.evaluate("() => !!window.Upscope && !Upscope.q"), what="the script", page=tab)
        agent = flow.watch(browser, flow.watch_url(server, tab.evaluate("() => Upscope('getShortId')")))
        flow.press_card(tab, "Allow")
        flow.until_same(tab, agent)
        flow.take_control(agent)
        found: list[str] = tab.evaluate("() => violations")
        # Firefox asks for an icon by itself, whatever the page says.
        assert [each for each in found if not each.endswith("/favicon.ico")] == []
        context.close()


def test_s1_a_policy_that_leaves_our_host_out_is_told_on_the_console_and_harms_nothing(
    server: Server, chromium: Browser
) -> None:
    body = with_snippet(f"{server.url}/{server.public_key}.js")
    html = f"<!DOCTYPE html>{body}<p>Words</p>"
    policy = f"default-src 'none'; script-src 'nonce-{NONCE}' {server.url}"
    with opened_site({"/": ("text/html", html.encode())}, policy=policy) as site:
        context = flow.visitor_context(chromium)
        context.add_init_script(NOTE)
        thrown: list[str] = []
        context.on("weberror", lambda error: thrown.append(str(error.error)))
        tab = context.new_page()
        tab.goto(site.url)
        barred = "() => violations.some((each) => each.startsWith('connect-src'))"
        until(lambda: tab.evaluate(barred), what="the violation", page=tab)
        assert thrown == []
        context.close()

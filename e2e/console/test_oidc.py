"""A member logs in by the team's OpenID provider, in a real browser and with the real server."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from twinpane.web.console_tests.oidc.conftest import CLIENT_ID, CLIENT_SECRET, PERSON, Provider, running_provider

from e2e import flow
from e2e.flow import Server, started

pytestmark = pytest.mark.journey


@pytest.fixture
def provider() -> Iterator[Provider]:
    with running_provider() as provider:
        yield provider


@pytest.fixture
def house(provider: Provider, tmp_path: Path) -> Iterator[Server]:
    """A server that asks the provider, and lets in whoever has an address of the shop."""
    server = Server.fresh(tmp_path)
    server.settings = {
        "TWINPANE_OIDC_ISSUER": provider.url,
        "TWINPANE_OIDC_CLIENT_ID": CLIENT_ID,
        "TWINPANE_OIDC_CLIENT_SECRET": CLIENT_SECRET,
        "TWINPANE_OIDC_NAME": "Acme accounts",
        "TWINPANE_OIDC_JOIN_DOMAINS": "new.example",
    }
    command = [str(Path(sys.executable).with_name("twinpane")), "serve", "--port", "0", "--data", str(server.data)]
    with started(command, server.environment(), server.log):
        server.wait_until_ready()
        yield server
    assert "Traceback" not in server.log.read_text(), f"the server met an exception, see {server.log}"


def join_first(page: Page, house: Server) -> None:
    """Become the owner by the one-time link, and log out."""
    link = flow.until(lambda: re.search(r"https?://\S+/console/join#\S+", house.log.read_text()), what="the link")
    page.goto(link[0])
    page.get_by_label("Name").fill("Zoë Lind")
    page.get_by_label("E-mail address").fill(str(PERSON["email"]))
    page.get_by_label("Password").fill("correct horse battery staple")
    page.get_by_role("button", name="Join and open the console").click()
    expect(page.get_by_role("heading", name="Visitors")).to_be_visible()
    page.get_by_role("button", name="Log out").click()


def test_a_member_logs_in_by_the_provider_and_others_are_told_why_not(
    provider: Provider, house: Server, browser: Browser
) -> None:
    page = browser.new_context().new_page()
    join_first(page, house)
    button = page.get_by_role("button", name="Log in with Acme accounts")
    provider.lets_in = False
    button.click()
    expect(page.get_by_role("alert")).to_have_text("The log-in service did not let you in.")
    assert page.url == f"{house.url}/console/oidc"
    page.get_by_role("link", name="Go to log-in").click()
    provider.lets_in, provider.person = True, PERSON | {"sub": "u-9", "email": "eve@evil.example"}
    button.click()
    expect(page.get_by_role("alert")).to_contain_text("Ask an admin to invite you.")
    page.get_by_role("link", name="Go to log-in").click()
    provider.person = PERSON
    button.click()
    expect(page.get_by_role("heading", name="Visitors")).to_be_visible()
    assert page.url == f"{house.url}/console"
    page.reload()
    expect(page.get_by_role("heading", name="Visitors")).to_be_visible()
    newcomer = browser.new_context().new_page()
    provider.person = PERSON | {"sub": "u-2", "email": "bo@new.example", "name": "Bo Grey"}
    newcomer.goto(f"{house.url}/console")
    newcomer.get_by_role("button", name="Log in with Acme accounts").click()
    expect(newcomer.get_by_role("heading", name="Visitors")).to_be_visible()
    page.get_by_role("link", name="Members").click()
    expect(page.get_by_role("row", name="Bo Grey")).to_contain_text("by single sign-on")
    for log in (house.log.read_text(),):
        assert CLIENT_SECRET not in log
        assert "code=" not in log
    for each in (page, newcomer):
        each.context.close()

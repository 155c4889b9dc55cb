"""A server as it comes, with no setting made: what a new user's visitors and a stranger meet. (S7, X2, S6.)"""

from __future__ import annotations

import json
import re
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from twinpane_protocol.console_routes import PREFIX, ROUTES

from bench.mirror.fidelity.site import Site, serving
from e2e import flow
from e2e.cable import cable_to
from e2e.flow import Server, started
from e2e.wire.place import card_number, word
from e2e.wire.search import decoded, hits, raw

pytestmark = pytest.mark.journey
SECRETS = {name: word(f"fresh {name}") for name in ("password", "code", "one-time", "token", "csrf")}
SECRETS["card"] = card_number("fresh card")
SHOWN = word("what anybody may see")
FORM = """<!doctype html><html><head><title>Pay</title><meta name=csrf content={csrf}><script>
window.Upscope = window.Upscope || function () {{ (Upscope.q = Upscope.q || []).push(arguments); }};
Upscope("init", {{}});</script><script src="{url}/{key}.js"></script></head><body><h1>{shown}</h1><form>
<input type=hidden name=token value={token}><label>E-mail <input name=email></label>
<label>Password <input type=password name=password value={password}></label>
<label>Card <input name=number id=card></label><label>CVC <input autocomplete=cc-csc value={code}></label>
<label>Code <input autocomplete=one-time-code value={one_time}></label><button>Pay</button></form></body></html>"""


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server.fresh(tmp_path_factory.mktemp("fresh"))
    command = [str(Path(sys.executable).with_name("twinpane")), "serve", "--port", "0", "--data", str(server.data)]
    with started(command, server.environment(), server.log):
        server.wait_until_ready()
        yield server


def test_s7_x2_no_secret_of_a_stock_form_and_no_picture_before_the_yes(chromium: Browser, fresh: Server) -> None:
    site = Site()
    filled = {name.replace("-", "_"): secret for name, secret in SECRETS.items()}
    with serving(site) as (origin, _), cable_to(fresh.url, listens=True) as cable:
        site.pages["/pay"] = FORM.format(url=cable.url, key=fresh.public_key, shown=SHOWN, **filled)
        context = flow.visitor_context(chromium)
        visitor = context.new_page()
        visitor.goto(f"{origin}/pay")
        agent = flow.watch(chromium, flow.watch_url(fresh, flow.short_id(visitor)))
        flow.until(lambda: flow.card_words(visitor), what="the question", page=visitor)
        assert SHOWN.encode() not in decoded(cable.said), "a picture before the yes"
        flow.press_card(visitor, "Allow")
        flow.until(lambda: SHOWN.encode() in decoded(cable.said), what="the picture", page=agent)
        visitor.focus("#card")
        visitor.keyboard.type(SECRETS["card"])
        visitor.evaluate("(end) => document.body.append(end)", "THE" + SHOWN)
        flow.until(lambda: ("THE" + SHOWN).encode() in decoded(cable.said), what="the last change", page=agent)
        found = hits(SECRETS, {"bytes": raw(cable.said), "messages, decoded": decoded(cable.said)})
        context.close()
        agent.context.close()
    assert found == [], "\n".join(found)


def answer(fresh: Server, method: str, path: str, body: object = None) -> int:
    """The status of a request of somebody who has nothing."""
    data = json.dumps(body).encode() if body is not None else None
    headers = {"Content-Type": "application/json", "Origin": fresh.url}
    request = urllib.request.Request(fresh.url + path, data, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=60) as answered:
            return int(answered.status)
    except urllib.error.HTTPError as refused:
        return refused.code


def test_no_route_of_the_console_is_open_and_nobody_becomes_the_first_member(fresh: Server) -> None:
    for route in ROUTES:
        if route.path in ("/log-in", "/log-in/oidc", "/log-in/oidc/back"):
            continue
        path = PREFIX + re.sub(r"\{[^}]*\}", "1", route.path)
        status = answer(fresh, route.method, path, None if route.method == "GET" else {})
        assert 400 <= status < 500, f"{route.method} {path}: {status}"
    made_up = {"token": word("a link"), "name": "Eve", "password": "correct horse battery staple"}
    assert answer(fresh, "POST", f"{PREFIX}/join", made_up) in (403, 404, 410, 422)


def test_no_key_link_or_token_can_be_done_without(fresh: Server) -> None:
    for path in ("/v1.4/list", "/v1.4/settings", "/watch/guess", "/join/guess", "/replay/recording", "/assets/a/b"):
        assert 400 <= answer(fresh, "GET", path) < 500, path


def test_s6_lookup_codes_cannot_be_guessed(fresh: Server) -> None:
    statuses = [fresh.rest("GET", f"list?search={code:04}")[0] for code in range(30)]
    assert statuses.count(429) >= 19, statuses

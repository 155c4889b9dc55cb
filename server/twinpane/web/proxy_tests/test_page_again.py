"""Pages that a site's service worker answers with are rewritten on their way to the browser (P3)."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import FETCH, NAVIGATION
from .test_rewriting import PAGE, config_in, typed

AGAIN = "/__tp/page?to=%2Fp%3Fa&for=document"


async def test_p3_a_page_from_the_sites_worker_gets_the_shim_and_our_addresses(
    open_house: Any, serve_site: Any
) -> None:
    async with serve_site({"/p": typed(PAGE, "text/html")}) as site, open_house() as house:
        origin = await house.open(f"{site}/")
        fetched = await house.ask(f"{origin}/p")
        assert fetched.text == PAGE
        sent = {**FETCH, "Content-Type": "text/html; charset=utf-8"}
        answer = await house.ask(f"{origin}{AGAIN}", method="POST", data=fetched.body, headers=sent)
        shown = await house.ask(f"{origin}/p", headers=NAVIGATION)
        assert answer.text == shown.text
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        assert answer.headers["Content-Security-Policy"] == shown.headers["Content-Security-Policy"]
        framed = await house.ask(
            f"{origin}{AGAIN.replace('document', 'iframe')}", method="POST", data=fetched.body, headers=sent
        )
        assert config_in(framed.text)["top"] is False
        # What is rewritten already stays as it is.
        again = await house.ask(f"{origin}{AGAIN}", method="POST", data=shown.body, headers=sent)
        assert again.text == shown.text


@pytest.mark.parametrize(
    ("method", "path", "headers", "cookies", "code"),
    [
        ("GET", AGAIN, FETCH, True, "bad_request"),
        ("POST", "/__tp/page?to=p&for=document", FETCH, True, "bad_request"),
        ("POST", "/__tp/page?to=%2Fp&for=script", FETCH, True, "bad_request"),
        ("POST", AGAIN, FETCH, False, "no_cookie"),
        ("POST", AGAIN, {**FETCH, "Sec-Fetch-Site": "same-site"}, True, "no_cookie"),
    ],
)
async def test_p4_only_the_sites_own_worker_has_pages_rewritten(
    open_house: Any, serve_site: Any, method: str, path: str, headers: dict[str, str], cookies: bool, code: str
) -> None:
    async with serve_site({"/p": typed(PAGE, "text/html")}) as site, open_house() as house:
        origin = await house.open(f"{site}/")
        data = b"<p>" if method == "POST" else None
        answer = await house.ask(f"{origin}{path}", method=method, headers=headers, cookies=cookies, data=data)
        assert answer.headers["X-Twinpane-Error"] == code

"""The watch page: opened once by its token, reloaded by its seat (R15a)."""

from __future__ import annotations

from html import escape
from typing import Any
from urllib.parse import quote

import msgspec
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from twinpane.access.keys import hash_secret
from twinpane.actions.watch import open_watch_url
from twinpane.ports.records import Seat
from twinpane.web.context import Web, address_of, web_of
from twinpane.web.csp import page_in, watch
from twinpane.web.csp import seen as seen_csp
from twinpane.web.csp import stage as stage_csp
from twinpane.web.documents import fill, links_to, not_built, page_file, words_page
from twinpane.web.misses import misses_of

_EMBEDDABLE = {"Cross-Origin-Resource-Policy": "cross-origin", "Cache-Control": "no-store"}


async def open_page(request: Request) -> Response:
    """`/watch/TOKEN`: use up the token and show the seat. Only a real visit does: HEAD and prefetching do not."""
    web = web_of(request)
    if request.method == "HEAD":
        return _shell(request, {})
    if "prefetch" in request.headers.get("sec-purpose", request.headers.get("purpose", "")):
        return Response(status_code=503, headers=_EMBEDDABLE)
    token = request.path_params["token"]
    opened = await open_watch_url(web.store, web.chance, token, web.clock.now())
    if opened is None:
        seat = await web.store.seat_by_token(hash_secret(token))
        answer = _gone(web, seat)
        return misses_of(request).or_too_many(request, answer) if seat is None else answer
    branding = opened.seat.branding
    asked = {name: branding[name] for name in ("retry_url", "language") if branding.get(name)}
    return _shell(request, {"seat": opened.seat.id, "grant": opened.grant, **asked}, branding.get("logo_url"))


async def reload_page(request: Request) -> Response:
    """`/watch/s/SEAT`: the page again; it has kept its grant itself."""
    seat_id = request.path_params["seat"]
    seat = await web_of(request).store.seat(seat_id)
    return _shell(request, {"seat": seat_id}, seat.branding.get("logo_url") if seat else None)


async def stage(request: Request) -> Response:
    """`/stage`: the empty page in which the player rebuilds the visitor's."""
    csp = stage_csp(web_of(request).options.frame_ancestors)
    headers = {"Content-Security-Policy": csp, "Cache-Control": "public, max-age=300"}
    return HTMLResponse(page_file("stage.html"), headers=headers)


async def seen(request: Request) -> Response:
    """`/seen`: plays to a visitor what agents see (M7). All that it shows it is handed by the page that opened it."""
    script = web_of(request).bundles.entry("seen.js")
    if script is None:
        return not_built("This page")
    page = fill("seen.html", script=f"/static/{escape(script.name)}")
    return HTMLResponse(page, headers={**_EMBEDDABLE, "Content-Security-Policy": seen_csp()})


async def seen_stage(request: Request) -> Response:
    """`/seen/stage`: the stage in it, which stands in any site as well."""
    headers = {"Content-Security-Policy": stage_csp(["*"]), "Cache-Control": "public, max-age=300"}
    return HTMLResponse(page_file("stage.html"), headers={**_EMBEDDABLE, **headers})


async def watch_link(request: Request) -> Response:
    """`/w/SHORT_ID` (R30): the visitor in the team console, which asks whoever is not logged in to log in."""
    if web_of(request).bundles.entry("team.js") is None:
        return not_built("The team console")
    return RedirectResponse(f"/console/visitors/{quote(request.path_params['short_id'], safe='')}", 303)


def _shell(request: Request, seat: dict[str, Any], logo_url: str | None = None) -> Response:
    web = web_of(request)
    links = links_to(web.bundles, "watch", *_words(request, seat.get("language")))
    if links is None:
        return not_built("The watch page")
    page = fill(
        "watch.html",
        # Inside a script element only "<" could end it.
        seat=msgspec.json.encode(seat).decode().replace("<", "\\u003c"),
        **links,
        # The page takes messages from whom its policy lets embed it (A4).
        embedders=escape(" ".join(web.options.frame_ancestors)),
    )
    csp = watch(address_of(request), web.options.frame_ancestors, logo_url)
    return HTMLResponse(page, headers={**_EMBEDDABLE, "Content-Security-Policy": csp})


def _words(request: Request, language: str | None) -> list[str]:
    """The bundle of words that the page will ask for first, as far as can be told."""
    accepted = request.headers.get("accept-language", "").split(",")[:20]
    for tag in [language or "", *accepted, "en"]:
        bundle = web_of(request).bundles.entry(f"watch-words-{tag.split(';')[0].split('-')[0].strip().lower()}.js")
        if bundle is not None:
            return [bundle.name]
    return []


def _gone(web: Web, seat: Seat | None) -> Response:
    """Say why a watch URL does not open; 410."""
    why = "It may be incomplete. Go back to where you came from and start again."
    if seat is not None and seat.opened_at is not None:
        why = "Each link opens once. If you are already watching in another window, go on there."
    elif seat is not None:
        why = "A link has to be opened within a minute after it was made."
    retry_url = seat.branding.get("retry_url") if seat else None
    return words_page(
        "This link cannot be opened"
        if seat is None
        else "This link has been used"
        if seat.opened_at
        else "This link has expired",
        why,
        status=410,
        csp=page_in(web.options.frame_ancestors),
        link=(retry_url, "Try again") if retry_url else None,
    )


ROUTES = [
    Route("/watch/s/{seat}", reload_page),
    Route("/watch/{token}", open_page),
    Route("/stage", stage),
    Route("/seen", seen),
    Route("/seen/stage", seen_stage),
    Route("/w/{short_id}", watch_link),
]

"""A public library and a reading club: a site that knows nothing of co-browsing, for trying the proxy.

    uvicorn app:app --port 3001

<http://library.localhost:3001> is the library, <http://club.localhost:3001> the club; each links to the other.
Nothing is stored here: who is logged in and what is reserved is in the visitor's cookies.
"""

from __future__ import annotations

import asyncio
import html
import random
from collections.abc import AsyncIterator
from pathlib import Path
from string import Template
from typing import Final, NamedTuple
from urllib.parse import parse_qs, quote, unquote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Host, Mount, Route, Router
from starlette.staticfiles import StaticFiles

PAGES: Final = Path(__file__).parent / "pages"
NEWS_EVERY_S: Final = 2.0
NEW_LINE: Final = 10


class Book(NamedTuple):
    """One book of the catalogue."""

    title: str
    author: str
    shelf: str
    colour: str


BOOKS: Final = {
    "tides": Book("A Short History of Tides", "M. Okafor", "Science", "#1f5f8b"),
    "bread": Book("Bread Without Hurry", "L. Brandt", "Cooking", "#b5651d"),
    "lamp": Book("The Lamp Room", "I. Sandoval", "Novels", "#6b3fa0"),
    "moss": Book("Moss, Fern, Stone", "T. Lindqvist", "Nature", "#3c7a4a"),
    "ferry": Book("Night Ferry", "R. Castellane", "Novels", "#27374d"),
    "maps": Book("Maps for Small Walks", "P. Adeyemi", "Travel", "#a23b52"),
}


def page(name: str, request: Request, **parts: str) -> Response:
    """Fill a page; every part but those named `…_html` is text."""
    common = {"neighbour": neighbour(request), "size": "large" if request.cookies.get("text") == "large" else "usual"}
    texts = {key: value if key.endswith("_html") else html.escape(value) for key, value in (common | parts).items()}
    body = Template((PAGES / name).read_text(encoding="utf-8")).substitute(texts)
    return HTMLResponse(body, headers={"Cache-Control": "no-store", "X-Frame-Options": "SAMEORIGIN"})


def neighbour(request: Request) -> str:
    """The other site's address: the same machine, another host."""
    this, _, rest = request.url.netloc.partition(".")
    return f"{request.url.scheme}://{'club' if this == 'library' else 'library'}.{rest}"


def reserved(request: Request) -> list[str]:
    """What this visitor has reserved."""
    return [key for key in request.cookies.get("reserved", "").split(".") if key in BOOKS]


def account(request: Request) -> str:
    """The log-in form, or who is logged in."""
    reader = request.cookies.get("reader")
    if reader is None:
        return (PAGES / "log_in.html").read_text(encoding="utf-8")
    held = ", ".join(BOOKS[key].title for key in reserved(request)) or "nothing yet"
    return Template((PAGES / "account.html").read_text(encoding="utf-8")).substitute(
        reader=html.escape(unquote(reader)), held=html.escape(held)
    )


async def home(request: Request) -> Response:
    """The catalogue."""
    return page("library.html", request, account_html=account(request))


async def book(request: Request) -> Response:
    """One book, with the form that reserves it."""
    key, found = one_book(request)
    can = "reserve" if request.cookies.get("reader") else "log in first"
    return page(
        "book.html", request, key=key, title=found.title, author=found.author, shelf=found.shelf,
        state="reserved" if key in reserved(request) else can,
    )  # fmt: skip


async def search(request: Request) -> Response:
    """Books as JSON, for the page's own script."""
    words = request.query_params.get("q", "").lower()
    found = [
        {"key": key, "title": each.title, "author": each.author, "shelf": each.shelf, "address": f"/book/{key}"}
        for key, each in BOOKS.items()
        if words in " ".join(each).lower()
    ]
    return JSONResponse(found, headers={"Cache-Control": "no-store"})


async def cover(request: Request) -> Response:
    """A drawn cover."""
    _, found = one_book(request)
    drawing = Template((PAGES / "cover.svg").read_text(encoding="utf-8")).substitute(
        colour=found.colour, letter=found.title[0], shelf=found.shelf
    )
    return Response(drawing, media_type="image/svg+xml", headers={"Cache-Control": "max-age=3600"})


async def log_in(request: Request) -> Response:
    """Take a name and any password."""
    form = parse_qs((await request.body()).decode())
    reader = form.get("reader", [""])[0].strip()[:60]
    answer = RedirectResponse("/", 303)
    if reader:
        answer.set_cookie("reader", quote(reader), httponly=True, samesite="lax")
    return answer


async def log_out(_: Request) -> Response:
    """Forget the visitor."""
    answer = RedirectResponse("/", 303)
    for name in ("reader", "reserved"):
        answer.delete_cookie(name)
    return answer


async def reserve(request: Request) -> Response:
    """Reserve a book for whoever is logged in."""
    key, _ = one_book(request)
    if not request.cookies.get("reader"):
        raise HTTPException(403, "Log in first.")
    answer = RedirectResponse(f"/book/{key}", 303)
    answer.set_cookie("reserved", ".".join(dict.fromkeys([*reserved(request), key])), httponly=True, samesite="lax")
    return answer


async def propose(request: Request) -> Response:
    """Take a list of wanted books as a file; say how long it is."""
    line_count, is_blank = 0, True
    async for chunk in request.stream():
        for char in chunk:
            if char == NEW_LINE:
                is_blank = True
            elif is_blank:
                line_count, is_blank = line_count + 1, False
    return JSONResponse({"books": line_count})


async def news(_: Request) -> Response:
    """What comes back to the shelves, live."""

    async def lines() -> AsyncIterator[str]:
        while True:
            each = random.choice(list(BOOKS.values()))
            yield f"data: {each.title} is back on the shelf\n\n"
            await asyncio.sleep(NEWS_EVERY_S)

    return StreamingResponse(lines(), media_type="text/event-stream", headers={"Cache-Control": "no-store"})


async def hours(request: Request) -> Response:
    """A small page for the frame."""
    return page("hours.html", request)


async def club(request: Request) -> Response:
    """The neighbour's page."""
    return page("club.html", request)


def one_book(request: Request) -> tuple[str, Book]:
    """The book that the address names. Raises HTTPException 404."""
    key = request.path_params["key"]
    if key not in BOOKS:
        raise HTTPException(404)
    return key, BOOKS[key]


FILES: Final = Mount("/files", StaticFiles(directory=PAGES))
LIBRARY: Final = Router(
    [
        Route("/", home),
        Route("/book/{key}", book),
        Route("/book/{key}/reserve", reserve, methods=["POST"]),
        Route("/cover/{key}", cover),
        Route("/search", search),
        Route("/log-in", log_in, methods=["POST"]),
        Route("/log-out", log_out, methods=["POST"]),
        Route("/propose", propose, methods=["POST"]),
        Route("/news", news),
        Route("/hours", hours),
        FILES,
    ]
)
app = Starlette(routes=[Host("club.{rest:path}", Router([Route("/", club), FILES])), Mount("/", LIBRARY)])

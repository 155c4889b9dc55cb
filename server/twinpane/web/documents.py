"""The server's own HTML, made from the files in pages/."""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path
from string import Template

from starlette.responses import HTMLResponse

from twinpane.web.bundles import Bundles
from twinpane.web.csp import PAGE

_PAGES = Path(__file__).parent / "pages"


@cache
def page_file(name: str) -> str:
    """A file of pages/, read once."""
    return (_PAGES / name).read_text(encoding="utf-8")


def fill(name: str, **parts: str) -> str:
    """A template with its parts, which are HTML already."""
    return Template(page_file(name)).substitute(parts)


def links_to(bundles: Bundles, name: str, *more: str) -> dict[str, str] | None:
    """The parts of a template that load a page's script and style; None where it is not built.

    `name` is that of the entries (`watch`); `more` are files that the script will ask for soon.
    """
    script, stylesheet = bundles.entry(f"{name}.js"), bundles.entry(f"{name}.css")
    if script is None:
        return None
    soon = [*bundles.chunks(f"{name}.js"), *more]
    return {
        "script": f"/static/{escape(script.name)}",
        "preloads": "".join(f'<link rel="modulepreload" href="/static/{escape(each)}">' for each in soon),
        "stylesheet": f'<link rel="stylesheet" href="/static/{escape(stylesheet.name)}">' if stylesheet else "",
    }


def not_built(what: str) -> HTMLResponse:
    """A page of the browser parts that is not there; `what` names it."""
    return words_page(f"{what} is not built", "Build the browser parts on the server: make build.", status=503)


def style_file(name: str) -> str:
    """A style sheet of pages/, after the tokens that all pages share."""
    return page_file("tokens.css") + page_file(name)


def words_page(
    title: str, *paragraphs: str, status: int = 200, csp: str = PAGE, link: tuple[str, str] | None = None
) -> HTMLResponse:
    """A page that says something: plain text in, a `link` is (address, words)."""
    content = [f"<h1>{escape(title)}</h1>", *(f"<p>{escape(text)}</p>" for text in paragraphs)]
    if link is not None:
        content.append(f'<a class="button" href="{escape(link[0])}">{escape(link[1])}</a>')
    return html_page(title, "\n".join(content), status=status, csp=csp)


def html_page(title: str, content: str, *, status: int = 200, csp: str = PAGE) -> HTMLResponse:
    """A page in the house's look. `content` is HTML."""
    body = fill(
        "page.html", title=escape(title), style=style_file("page.css"), mark=page_file("mark.svg"), content=content
    )
    return HTMLResponse(body, status, headers={"Content-Security-Policy": csp, "Cache-Control": "no-store"})

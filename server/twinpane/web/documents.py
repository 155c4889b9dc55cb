"""The server's own HTML, made from the files in pages/."""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path
from string import Template

from starlette.responses import HTMLResponse

from twinpane.web.csp import PAGE

_PAGES = Path(__file__).parent / "pages"


@cache
def page_file(name: str) -> str:
    """A file of pages/, read once."""
    return (_PAGES / name).read_text(encoding="utf-8")


def fill(name: str, **parts: str) -> str:
    """A template with its parts, which are HTML already."""
    return Template(page_file(name)).substitute(parts)


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

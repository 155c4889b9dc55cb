"""TiddlyWiki on Node.js: one page that is a whole wiki and keeps its pages on the server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from playwright.sync_api import Page

from e2e import flow
from e2e.apps.app import App, run, serving
from e2e.apps.help import until_shown
from e2e.apps.packages import node, node_packages
from e2e.apps.visitor import Visitor

ADA: Final = {"username": "ada", "password": "correct-horse"}


@contextmanager
def running(folder: Path, port: int) -> Iterator[str]:
    wiki = [node(), str(node_packages() / "node_modules/tiddlywiki/tiddlywiki.js"), str(folder / "wiki")]
    run([*wiki, "--init", "server"], folder)
    listen = [f"port={port}", "readers=(anon)", "writers=ada", *(f"{name}={word}" for name, word in ADA.items())]
    with serving([*wiki, "--listen", *listen], folder, port) as url:
        yield url


def use(visitor: Visitor) -> None:
    page = visitor.page
    visitor.see(".tc-site-title", ".tc-tiddler-frame .tc-title")
    # Each load asks in vain how the wiki could be saved: those errors are to be counted whole.
    page.wait_for_load_state("networkidle")
    visitor.open("/login-basic")
    page.locator(".tc-site-title").wait_for()
    page.wait_for_load_state("networkidle")
    page.click("[aria-label='new tiddler']")
    page.fill(".tc-tiddler-edit-frame input.tc-titlebar", f"Tides {visitor.mark}")
    # The text is edited in a frame of the page's own making, where Firefox's driver can press keys only.
    text = page.frame_locator(".tc-tiddler-edit-frame iframe").locator("textarea")
    text.press_sequentially("High ''tide'' at [[noon|Noon]].")
    page.click("[aria-label='Confirm changes to this tiddler']")
    visitor.see(f"[data-tiddler-title='Tides {visitor.mark}'] .tc-tiddler-body")
    harbour = {"name": f"harbour-{visitor.mark}.txt", "mimeType": "text/plain", "buffer": b"A quiet harbour."}
    # A click is lost when the sidebar is drawn anew under it.
    choose = page.locator(".tc-file-input-wrapper input[type=file]").first
    flow.until(lambda: page.get_by_role("tab", name="Tools").click() or choose.count(), what="the tools", page=page)
    choose.set_input_files(harbour)
    page.get_by_role("button", name="Import", exact=True).first.click()
    page.fill(".tc-sidebar-header input[type=search]", visitor.mark)
    visitor.see(".tc-sidebar-search .tc-search-results, .tc-search-results")
    page.wait_for_function("() => !document.querySelector('.tc-dirty')")
    page.reload()
    page.wait_for_load_state("networkidle")
    page.goto(page.url.partition("#")[0] + f"#Tides%20{visitor.mark}")
    visitor.see(f"[data-tiddler-title='Tides {visitor.mark}'] .tc-tiddler-body")
    visitor.say("title", page.title())
    visitor.say("address", page.url)


def helped(visitor: Visitor, agent: Page) -> None:
    until_shown(agent, ".tc-tiddler-body strong", "tide")
    flow.click(visitor.page, agent, ".tc-tiddler-body a")
    visitor.page.locator("[data-tiddler-title=Noon]").wait_for()
    until_shown(agent, "[data-tiddler-title=Noon] .tc-title", "Noon")


APP = App(
    slug="wiki",
    name="TiddlyWiki",
    kind="wiki",
    package="tiddlywiki",
    deeds="log in (HTTP Basic), write a page in an editor inside a frame, import a file, search, reload",
    running=running,
    use=use,
    helped=helped,
    context={"http_credentials": ADA},
)

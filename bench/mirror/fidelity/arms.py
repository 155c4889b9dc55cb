"""The mirrors that are compared: the whole product, and rrweb's recorder with its player in live mode."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from bench.delay.delay import start_session
from bench.server_process import PUBLIC_KEY

from .site import Site

HERE = Path(__file__).parent
NO_ADDRESS = "''"
# The overlay's root is closed; the rectangle in it tells which part the visitor sees.
REMEMBER_ROOTS = """{
  const attach = Element.prototype.attachShadow;
  globalThis.__roots = [];
  Element.prototype.attachShadow = function (init) {
    const root = attach.call(this, init);
    __roots.push(root);
    return root;
  };
}"""
VISIBLE = """(() => {
  const part = __roots.map((root) => root.querySelector(".visible")).find((it) => it?.isConnected);
  return part && { width: (parseFloat(part.style.width) / 100) * document.querySelector("iframe").offsetWidth };
})()"""
FINISHED = "document.querySelector('iframe')?.contentDocument?.body?.lastElementChild"


def bundle(name: str) -> str:
    """Bundle a script of this folder."""
    command = ["npx", "esbuild", str(HERE / name), "--bundle", "--minify", "--format=iife", "--log-level=error"]
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=HERE.parents[2]).stdout


class Twinpane:
    """Page with the SDK, server, watch page. The page has the SDK from the beginning; a session begins later."""

    name = "Twinpane"
    stage = "document.querySelector('iframe')?.contentDocument"
    address = "document.querySelector('.address')?.title ?? ''"
    seen = VISIBLE

    def __init__(self, server: str, visitors: Browser, agents: Browser) -> None:
        self.server = server
        self.visitor = visitors.new_context(viewport={"width": 900, "height": 700}).new_page()
        self.agents = agents
        self.agent: Page = None  # type: ignore[assignment]

    @staticmethod
    def prepare(site: Site, server: str, origin: str) -> None:
        """Put the snippet into the site's pages."""
        snippet = (
            "<script>window.Upscope=function(){{(Upscope.q=Upscope.q||[]).push(arguments)}};"
            "Upscope('init',{{requireAuthorizationForSession:false{more}}})</script>"
            f"<script src='{server}/{PUBLIC_KEY}.js'></script>"
        )
        site.sdk = server
        site.head = snippet.format(more="")
        site.embedded_head = snippet.format(more=f",parentOrigins:['{origin}']")

    def begin(self) -> None:
        short_id = self.visitor.evaluate("() => new Promise(resolve => Upscope('getShortId', resolve))")
        context = self.agents.new_context(viewport={"width": 1300, "height": 1000}, bypass_csp=True)
        self.agent = context.new_page()
        self.agent.add_init_script(REMEMBER_ROOTS)
        self.agent.goto(start_session(self.server, short_id))
        self.agent.wait_for_function(FINISHED, timeout=20_000)

    def pump(self) -> None:
        """It comes by itself."""

    def close(self) -> None:
        self.visitor.context.close()
        if self.agent:
            self.agent.context.close()


class Rrweb:
    """Recorder and live player, all that they can do switched on; events are carried by hand."""

    name = "rrweb"
    stage = "document.querySelector('iframe')?.contentDocument"
    address = "player.address"
    seen = "player.seen"

    def __init__(self, visitors: Browser, agents: Browser, blank: str) -> None:
        self.visitor = visitors.new_context(viewport={"width": 900, "height": 700}).new_page()
        self.agent = agents.new_context(viewport={"width": 1300, "height": 1000}).new_page()
        self.agent.goto(blank)
        self.agent.evaluate(bundle("rrweb_player.mjs"))

    @staticmethod
    def prepare(site: Site, recorder: str) -> None:
        """Put the recorder into the frame of another site, as its documentation asks."""
        site.sdk = ""
        site.head = ""
        site.embedded_head = f"<script>{recorder}</script><script>startRecording()</script>"

    def begin(self) -> None:
        self.visitor.evaluate(bundle("rrweb_recorder.mjs"))
        self.visitor.evaluate("() => startRecording()")
        self.pump()

    def pump(self) -> None:
        events: list[Any] = self.visitor.evaluate("() => globalThis.takeEvents?.() ?? []")
        self.agent.evaluate("events => player.add(events)", events)

    def close(self) -> None:
        self.visitor.context.close()
        self.agent.context.close()

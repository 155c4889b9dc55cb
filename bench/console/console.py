"""What the team console's window costs while 10,000 visitors are online and 50 of them change each second.

Of the changes, half turn a page, a quarter come and a quarter go, so that rows move in every message. Once the server's
part is played by the tests' desk by the contract: a window of rows, whole at first, then what changed in it, four times
a second. Once it is the real server, with 10,000 WebSockets of bare visitors (`people_online.py`). Figures are
Chromium's own (`Performance.getMetrics`, CPU time of the main thread, 1280 by 800): the list left alone, scrolled by
the wheel, and searched while typing; and the time from a key to the first row of its answer.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

import msgspec
from playwright.sync_api import CDPSession, Page, sync_playwright
from starlette.websockets import WebSocket, WebSocketDisconnect
from twinpane_protocol.console import FromConsole, ListVisitors, VisitorRow, Visitors

from bench.browser import launch_chromium
from bench.server_process import LOAD_CORE, running, twinpane
from e2e.console import people
from e2e.console.desk import Desk, opened

ROOT = Path(__file__).parent.parent.parent
ONLINE, CHANGES_A_SECOND, TELLS_A_SECOND = 10_000, 50, 4
WORDS = ("mika", "zoë li", "osei", "hale", "åsa", "noor ha")


class Crowd(Desk):
    """A desk whose visitors come, go and turn pages."""

    def __init__(self, assets: Path) -> None:
        super().__init__(assets)
        self.chance = random.Random(7)
        self.rows = [people.row(number) for number in range(ONLINE)]
        self.next = ONLINE

    def change(self) -> None:
        """One change of somebody."""
        kind, at = self.chance.random(), self.chance.randrange(len(self.rows))
        if kind < 0.5:
            title, path = self.chance.choice(people.PAGES)
            self.rows[at] = msgspec.structs.replace(self.rows[at], title=title, url=f"{people.SITE}/{path}")
        elif kind < 0.75:
            self.rows.insert(0, people.row(self.next))
            self.next += 1
        else:
            del self.rows[at]

    async def socket(self, socket: WebSocket) -> None:
        """Answer as the desk does, then tell what changed in the window."""
        await socket.accept()
        seen: dict[str, VisitorRow] = {}
        asked: list[ListVisitors] = []

        async def tell(ask: ListVisitors) -> None:
            for told in self.told(ask):
                assert isinstance(told, Visitors)
                news = [row for row in told.rows if seen.get(row.short_id) is not row]
                seen.clear()
                seen.update({row.short_id: row for row in told.rows})
                await socket.send_text(msgspec.json.encode(msgspec.structs.replace(told, rows=news)).decode())

        async def go_on() -> None:
            while True:
                await asyncio.sleep(1 / TELLS_A_SECOND)
                for _ in range(round(CHANGES_A_SECOND / TELLS_A_SECOND)):
                    self.change()
                if asked:
                    await tell(asked[-1])

        going = asyncio.create_task(go_on())
        try:
            async for text in socket.iter_text():
                message = msgspec.json.decode(text, type=FromConsole)
                if isinstance(message, ListVisitors):
                    asked[:] = [message]
                    seen.clear()
                    await tell(message)
                else:
                    for answer in self.told(message):
                        await socket.send_text(msgspec.json.encode(answer).decode())
        except WebSocketDisconnect:
            pass
        finally:
            going.cancel()


@contextmanager
def crowded() -> Iterator[Desk]:
    """The console, as it is built for people, before a crowd."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["node", "tools/build.mjs", "--only", "team", "--out", folder]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        with opened(Path(folder), Crowd) as desk:
            yield desk


def cpu_s(session: CDPSession) -> float:
    """Seconds of CPU that the main thread has spent in tasks."""
    found: list[dict[str, Any]] = session.send("Performance.getMetrics")["metrics"]
    return float(next(metric["value"] for metric in found if metric["name"] == "TaskDuration"))


def busy(page: Page, session: CDPSession, seconds: float, act: Callable[[], None]) -> float:
    """Share of the main thread while something is done again and again, in per cent."""
    cpu, began = cpu_s(session), time.perf_counter()
    while time.perf_counter() - began < seconds:
        act()
    return 100 * (cpu_s(session) - cpu) / (time.perf_counter() - began)


TO_ANSWER = """async (text) => {
  const answers = () => document.querySelector(".row[id]")?.textContent.toLowerCase().includes(text);
  if (answers()) return null;
  const field = document.querySelector("[type=search]");
  const at = performance.now();
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  await new Promise((done) => {
    const look = () => (answers() ? done() : requestAnimationFrame(look));
    look();
  });
  await new Promise((done) => setTimeout(done));
  return performance.now() - at;
}"""


def measure(page: Page, seconds: float) -> dict[str, float]:
    """Leave the list alone, scroll it, search it."""
    page.get_by_text("visitors online").wait_for()
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.mouse.move(700, 400)
    words = iter(WORDS * 1000)

    def scroll() -> None:
        page.mouse.wheel(0, 300)
        page.wait_for_timeout(100)

    def search() -> None:
        page.get_by_role("searchbox").fill("")
        page.get_by_role("searchbox").press_sequentially(next(words), delay=120)
        page.wait_for_timeout(600)

    alone = busy(page, session, seconds, lambda: page.wait_for_timeout(500))
    scrolled = busy(page, session, seconds, scroll)
    searched = busy(page, session, seconds, search)
    answers = [took for word in WORDS * 3 if (took := page.evaluate(TO_ANSWER, word)) is not None]
    rows = page.locator(".row").count()
    return {"alone": alone, "scrolled": scrolled, "searched": searched, "answer_ms": median(answers), "rows": rows}


@contextmanager
def real(online: int = ONLINE) -> Iterator[str]:
    """A server that many visitors are connected to; gives the link by which its first member joins."""
    with twinpane() as server:
        command = [sys.executable, "-m", "bench.console.people_online", server.url, str(online), str(CHANGES_A_SECOND)]
        with running(command, core=LOAD_CORE):
            invite = [str(Path(sys.executable).with_name("twinpane")), "members", "invite", "--data", server.data]
            link = subprocess.run(invite, check=True, capture_output=True, text=True).stdout
            yield f"{server.url}/console/join#{link.strip().partition('#')[2]}"


def join(page: Page, link: str) -> None:
    """Become the first member."""
    page.goto(link)
    page.get_by_label("Name").fill("Zoë")
    page.get_by_label("E-mail address").fill("zoe@slowpour.example")
    page.get_by_label("Password").fill("correct horse battery staple")
    page.get_by_role("button", name="Join and open the console").click()


def run(seconds: float = 20) -> dict[str, dict[str, float]]:
    """Measure before each of the two, in fresh browsers."""
    got = {}
    with sync_playwright() as playwright:
        with crowded() as desk, launch_chromium(playwright) as browser:
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            page.goto(f"{desk.url}/console")
            got["by the contract"] = measure(page, seconds)
        with real() as link, launch_chromium(playwright) as browser:
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            join(page, link)
            got["real server"] = measure(page, seconds)
    return got


HEAD = ["the console", "by the contract", "real server"]


def rows(got: dict[str, dict[str, float]]) -> list[list[str]]:
    """Rows of the table."""
    names = {
        "alone": ("main thread busy, list left alone", "{:.1f} %"),
        "scrolled": ("main thread busy, scrolled by the wheel", "{:.1f} %"),
        "searched": ("main thread busy, searched while typing", "{:.1f} %"),
        "answer_ms": ("from the last letter to the answer painted, median", "{:.0f} ms"),
        "rows": ("rows in the document", "{:.0f}"),
    }
    return [[words, *(form.format(cells[name]) for cells in got.values())] for name, (words, form) in names.items()]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20)
    for cells in rows(run(parser.parse_args().seconds)):
        print(*cells, sep="\t")

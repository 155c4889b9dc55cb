"""Take a picture of every state that people see: `python -m e2e.gallery [name…]` writes docs/screens (`make screens`).

The watch page's situations, the replay page, pages of the team console, the visitor's cards, and
the pages of words that the server shows: wide, on a phone, dark.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from e2e.cards.conftest import serving
from e2e.cards.test_pictures import STATES, show_state
from e2e.conftest import CHROMIUM, QUIET, installed
from e2e.console import scenes as console_scenes
from e2e.console.desk import opened as console_opened
from e2e.flow import ROOT, Server, started
from e2e.replay import desk as replay_desk
from e2e.replay import scenes as replay_scenes
from e2e.watch.desk import opened
from e2e.watch.scenes import SCENES, show

OUT = ROOT / "docs/screens"
MOST_BYTES = 5_000_000


@dataclass(frozen=True)
class Shape:
    """How large a window is, and whether it is dark."""

    name: str
    width: int
    height: int
    scheme: Literal["light", "dark"]


SHAPES = (
    Shape("wide", 1280, 800, "light"),
    Shape("phone", 390, 844, "light"),
    Shape("dark", 1280, 800, "dark"),
)


def main() -> None:
    """Take all pictures, or those whose names begin with one of the arguments; write the page that shows them."""
    OUT.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed(CHROMIUM), args=QUIET)
        for take in (take_cards, take_watch, take_replay, take_console, take_words):
            take(browser)
        browser.close()
    sizes = [path.stat().st_size for path in OUT.iterdir()]
    assert sum(sizes) <= MOST_BYTES, f"{sum(sizes)} bytes of pictures"
    write_page()


def is_wanted(name: str) -> bool:
    return len(sys.argv) == 1 or any(name.startswith(start) for start in sys.argv[1:])


def take_watch(browser: Browser) -> None:
    with tempfile.TemporaryDirectory() as made:
        subprocess.run(["node", "tools/build.mjs", "--only", "watch", "--out", made], cwd=ROOT, check=True)
        for scene in (scene for scene in SCENES if is_wanted(f"watch-{scene.name}")):
            for shape in SHAPES:
                with opened(Path(made)) as desk, window(browser, shape) as page:
                    show(scene, desk, page)
                    keep(page, f"watch-{scene.name}", shape)


def take_replay(browser: Browser) -> None:
    wanted = [scene for scene in replay_scenes.SCENES if is_wanted(f"replay-{scene.name}")]
    if not wanted:
        return
    with tempfile.TemporaryDirectory() as made:
        subprocess.run(["node", "tools/build.mjs", "--only", "replay", "--out", made], cwd=ROOT, check=True)
        for scene in wanted:
            for shape in SHAPES:
                with window(browser, shape, scene.language) as page:
                    replay_desk.Desk(Path(made), **scene.desk).serve(page.context)
                    replay_scenes.show(scene, page)
                    keep(page, f"replay-{scene.name}", shape)


def take_console(browser: Browser) -> None:
    wanted = [scene for scene in console_scenes.SCENES if is_wanted(f"console-{scene.name}")]
    if not wanted:
        return
    with tempfile.TemporaryDirectory() as made:
        subprocess.run(["node", "tools/build.mjs", "--only", "team", "--out", made], cwd=ROOT, check=True)
        with console_opened(Path(made)) as desk:
            for scene in wanted:
                for shape in SHAPES:
                    desk.reset()
                    with window(browser, shape) as page:
                        console_scenes.show(scene, desk, page)
                        keep(page, f"console-{scene.name}", shape)


def take_cards(browser: Browser) -> None:
    with serving() as shop:
        for name, state in STATES.items():
            for shape in SHAPES if is_wanted(f"visitor-{name}") else ():
                with window(browser, shape) as page:
                    page.goto(shop)
                    show_state(page, name, state)
                    keep(page, f"visitor-{name}", shape)


def take_words(browser: Browser) -> None:
    with tempfile.TemporaryDirectory() as folder:
        server = Server.fresh(Path(folder))
        command = [str(Path(sys.executable).with_name("twinpane")), "serve", "--port", "0", "--data", str(server.data)]
        with started(command, server.environment(), server.log):
            server.wait_until_ready()
            for name, url in words_of(server).items():
                for shape in SHAPES if is_wanted(f"words-{name}") else ():
                    with window(browser, shape) as page:
                        page.goto(url)
                        keep(page, f"words-{name}", shape)


def words_of(server: Server) -> dict[str, str]:
    """The pages that say something, by name."""
    proxied = server.url.replace("127.0.0.1", "nobody-s-shop-example.px.localhost")
    return {
        "front": server.url,
        "docs": f"{server.url}/docs",
        "watch-unknown": f"{server.url}/watch/unknown",
        "watch-log-in": f"{server.url}/w/AAAA2222",
        "join-gone": f"{server.url}/join/unknown",
        "proxy-without-session": f"{proxied}/",
        "proxy-start-used": f"{proxied}/__tp/start?t=unknown&to=/",
    }


@contextmanager
def window(browser: Browser, shape: Shape, language: str = "en-GB") -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": shape.width, "height": shape.height},
        color_scheme=shape.scheme,
        reduced_motion="reduce",
        locale=language,
    )
    try:
        yield context.new_page()
    finally:
        context.close()


def keep(page: Page, name: str, shape: Shape) -> None:
    """Write the picture, small."""
    page.evaluate("document.fonts.ready.then(() => undefined)")
    taken = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    taken.save(OUT / f"{name}-{shape.name}.webp", quality=40, method=6)


def write_page() -> None:
    """One row a state, one column a shape."""
    wide = f"-{SHAPES[0].name}.webp"
    names = sorted(path.name.removesuffix(wide) for path in OUT.glob(f"*{wide}"))
    lines = ["# What people see", "", "Made by `make screens`.", ""]
    lines += ["| state | " + " | ".join(shape.name for shape in SHAPES) + " |", "|---" * (len(SHAPES) + 1) + "|"]
    for name in names:
        cells = " | ".join(f'<img src="{name}-{shape.name}.webp" width="260" alt="">' for shape in SHAPES)
        lines.append(f"| {name} | {cells} |")
    (OUT / "README.md").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()

"""Wagtail: a CMS, with the project that its own command makes."""

from __future__ import annotations

import shutil
import sqlite3
import struct
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from playwright.sync_api import Page

from e2e import flow
from e2e.apps.app import App, run, serving
from e2e.apps.help import until_shown
from e2e.apps.packages import prepared, python_packages
from e2e.apps.visitor import Visitor

MODULE: Final = "tides.settings.e2e"
SETTINGS: Final = {"DJANGO_SETTINGS_MODULE": MODULE, "DJANGO_SUPERUSER_PASSWORD": "correct horse"}
# No news of releases from the network; all else is as the template says.
OVERRIDES: Final = """from .dev import *
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILADMIN_BASE_URL = "http://wagtail.localhost"
MIDDLEWARE = [name for name in MIDDLEWARE if "debug" not in name]
"""


def prepare(folder: Path, python: str) -> None:
    """A project with a migrated database and a user, which takes long."""
    home = folder / "site"
    home.mkdir()
    run([python, "-m", "wagtail.bin.wagtail", "start", "tides", str(home)], folder)
    (home / "tides/settings/e2e.py").write_text(OVERRIDES)
    manage = [python, str(home / "manage.py")]
    run([*manage, "migrate", "--verbosity=0"], home, **SETTINGS)
    run([*manage, "createsuperuser", "--noinput", "--username=ada", "--email=ada@example.com"], home, **SETTINGS)


@contextmanager
def running(folder: Path, port: int) -> Iterator[str]:
    home = folder / "site"
    shutil.copytree(prepared("wagtail", prepare) / "site", home)
    with closing(sqlite3.connect(home / "db.sqlite3")) as database, database:
        database.execute("UPDATE wagtailcore_site SET hostname = 'wagtail.localhost', port = ?", (port,))
    command = [str(python_packages()), str(home / "manage.py"), "runserver", f"127.0.0.1:{port}", "--noreload"]
    with serving(command, home, port, **SETTINGS) as url:
        yield url


def picture(mark: str) -> bytes:
    """A PNG of 64 by 64 sea-green pixels; no two runs send the same bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\x2e\x8b\x57" * 64 for _ in range(64))
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 64, 64, 8, 2, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n"
        + head
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"tEXt", b"run\0" + mark.encode())
        + chunk(b"IEND", b"")
    )


def use(visitor: Visitor) -> None:
    page = visitor.open("/admin/")
    for word in ("wrong", "correct horse"):
        page.fill("[name=username]", "ada")
        page.fill("[name=password]", word)
        page.click("[type=submit]")
        if word == "wrong":
            visitor.see(".messages")
    visitor.see("h1")
    upload(visitor)
    write_page(visitor)


def upload(visitor: Visitor) -> None:
    page = visitor.open("/admin/images/multiple/add/")
    name = f"{visitor.mark}.png"
    page.set_input_files("#fileupload", {"name": name, "mimeType": "image/png", "buffer": picture(visitor.mark)})
    done = page.get_by_text("Upload successful. Please")
    done.wait_for()
    page.get_by_label("Description").fill("Sea green")
    page.get_by_role("button", name="Update").click()
    done.wait_for(state="detached")
    visitor.open(f"/admin/images/?q={visitor.mark}")
    visitor.see("#listing-results, #image-results")
    loaded = "() => document.querySelector(':is(#listing-results, #image-results) img').naturalWidth"
    page.wait_for_function(loaded)
    visitor.say("picture", page.evaluate(loaded))


def write_page(visitor: Visitor) -> None:
    page = visitor.open("/admin/pages/add/home/homepage/3/")
    page.fill("#id_title", f"Tides {visitor.mark}")
    page.keyboard.press("Tab")
    page.click("[data-side-panel-toggle=preview]")
    page.frame_locator("#w-preview-iframe, [data-preview-iframe]").locator("body").get_by_text(
        "Welcome"
    ).first.wait_for()
    page.click("[data-side-panel-toggle=preview]")
    page.click("footer .c-dropdown__toggle, footer [data-w-dropdown-target=toggle]")
    page.locator("[name=action-publish]").click()
    visitor.see(".messages")


def helped(visitor: Visitor, agent: Page) -> None:
    until_shown(agent, ".messages", f"Tides {visitor.mark}")
    flow.click(visitor.page, agent, ".messages a:last-of-type")
    visitor.page.wait_for_url("**/edit/**")
    until_shown(agent, "[data-edit-form]", "Title")


def leave(visitor: Visitor) -> None:
    page = visitor.open("/admin/")
    page.locator(".sidebar-footer button").first.click()
    page.get_by_role("button", name="Log out").click()
    visitor.see("h1", ".messages")


APP = App(
    slug="wagtail",
    name="Wagtail",
    kind="CMS",
    package="wagtail",
    deeds="log in (wrong, right), upload a picture, write, preview and publish a page, log out",
    running=running,
    use=use,
    helped=helped,
    leave=leave,
)

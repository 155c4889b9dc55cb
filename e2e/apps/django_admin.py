"""Django's admin, with a small project of authors and books."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from playwright.sync_api import Error, Page

from e2e import flow
from e2e.apps.app import App, run, serving
from e2e.apps.help import until_shown
from e2e.apps.packages import HERE, python_packages
from e2e.apps.visitor import Visitor

SETTINGS: Final = {"DJANGO_SETTINGS_MODULE": "settings", "DJANGO_SUPERUSER_PASSWORD": "correct horse"}


@contextmanager
def running(folder: Path, port: int) -> Iterator[str]:
    shutil.copytree(HERE / "django_site", folder, dirs_exist_ok=True)
    django = [str(python_packages()), "-m", "django"]
    run([*django, "migrate", "--run-syncdb", "--verbosity=0"], folder, **SETTINGS)
    run([*django, "createsuperuser", "--noinput", "--username=ada", "--email=ada@example.com"], folder, **SETTINGS)
    with serving([*django, "runserver", f"127.0.0.1:{port}", "--noreload"], folder, port, **SETTINGS) as url:
        yield url


def use(visitor: Visitor) -> None:
    page = visitor.page
    page.fill("#id_username", "ada")
    page.fill("#id_password", "wrong")
    page.click("[type=submit]")
    visitor.see(".errornote")
    page.fill("#id_username", "ada")
    page.fill("#id_password", "correct horse")
    page.click("[type=submit]")
    visitor.see("#user-tools", "#site-name")
    page.get_by_role("link", name="Books", exact=True).first.click()
    page.get_by_role("link", name="Add book").last.click()
    page.fill("#id_title", f"Tides {visitor.mark}")
    add_author(visitor)
    for name in ("Today", "Now"):
        page.locator(".field-bought").get_by_role("link", name=name).click()
    page.set_input_files("#id_cover", {"name": "c.svg", "mimeType": "image/svg+xml", "buffer": b"<svg/>"})
    page.get_by_role("link", name="Add another Note").or_(page.get_by_role("button", name="Add another Note")).click()
    page.fill("#id_note_set-0-words", "Read twice.")
    page.click("[name=_continue]")
    visitor.see(".messagelist", ".field-author .selection", "#id_note_set-0-words")
    page.click("[name=_save]")
    visitor.see(".messagelist")
    page.fill("#searchbar", visitor.mark)
    page.click("#changelist-search [type=submit]")
    visitor.see("#result_list .field-title", "#result_list .field-author", ".paginator")
    visitor.say("address", page.url)


def add_author(visitor: Visitor) -> None:
    """In a window of its own that gives what it made to the one that opened it, then closes."""
    page = visitor.page
    with page.expect_popup() as opening:
        page.click("#add_id_author")
    popup = opening.value
    popup.fill("#id_name", f"Nils {visitor.mark}")
    visitor.see("#site-name, h1", page=popup)
    with popup.expect_event("close"):
        save(popup)
    visitor.see("#select2-id_author-container")
    page.click(".field-author .selection")
    page.keyboard.type(f"Nils {visitor.mark}")
    visitor.see(".select2-results__option--highlighted")
    page.keyboard.press("Enter")


def save(popup: Page) -> None:
    """Press the button, upon which the window may be gone before the driver has told that it was pressed."""
    try:
        popup.click("[type=submit]")
    except Error:
        if not popup.is_closed():
            raise


def helped(visitor: Visitor, agent: Page) -> None:
    until_shown(agent, "#result_list .field-title", visitor.mark)
    flow.click(visitor.page, agent, "#result_list .field-title a")
    visitor.page.wait_for_url("**/change/**")
    until_shown(agent, "#content h2", f"Tides {visitor.mark}")


def leave(visitor: Visitor) -> None:
    page = visitor.open("/shelf/book/?q=" + visitor.mark)
    page.click("#action-toggle")
    page.select_option("[name=action]", "delete_selected")
    page.click("[name=index]")
    visitor.see("#content h1, #content h2")
    page.click("#content [type=submit]")
    visitor.see(".messagelist")
    page.click("#logout-form button")
    visitor.see("#content")


APP = App(
    slug="admin",
    name="Django admin",
    kind="Django admin",
    package="django",
    browsers=("chromium", "firefox"),
    deeds="log in (wrong, right), a form with upload, pop-up window and autocomplete, search, delete, log out",
    running=running,
    use=use,
    helped=helped,
    leave=leave,
)

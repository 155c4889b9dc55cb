"""What was found, as the table in docs/proxy-apps.md."""

from __future__ import annotations

import json
import re
from pathlib import Path

from e2e.apps.app import App
from e2e.flow import ROOT

HERE = Path(__file__).parent
TABLE = ROOT / "docs/proxy-apps.md"
BROWSERS = ("chromium", "firefox")
HEAD = """# Applications through the proxy

Applications that others wrote, each used twice by the same script: directly and through the proxy. What is seen, the
browser's error messages and the requests that fail must be the same. The numbers are those of the error messages, such
as the one for a wrong password. Then an agent watches the proxied page until the trees are equal, takes control and
clicks with effect. Written by `TWINPANE_WRITE_APPS=1 pytest e2e/apps`, of all in both browsers when
`TWINPANE_APPS_IN_ALL_BROWSERS=1` is set too; do not edit.

| application | kind | what is done | browser | errors direct / proxied | co-browsed | why not |
|---|---|---|---|---|---|---|
"""


class Results:
    """Writes a line for each application and browser that was tried; other lines stay."""

    def __init__(self, apps: list[App] | None) -> None:
        """Take all applications, in their order; None: nothing is to be written."""
        self._apps = apps

    def note(self, app: App, browser: str, direct_errors: int, proxied_errors: int) -> None:
        """Note that an application was the same in a browser, and that an agent could help there."""
        self._write(app, browser, f"{direct_errors} / {proxied_errors}", "yes", "")

    def note_miss(self, app: App, browser: str) -> None:
        """Note that it was not, as is known."""
        self._write(app, browser, "not known", "no", app.misses[browser])

    def _write(self, app: App, browser: str, *found: str) -> None:
        if self._apps is None:
            return
        known = TABLE.read_text().splitlines() if TABLE.exists() else []
        rows = {_key(line): line for line in known if line.startswith("| ")}
        line = f"| {' | '.join([f'{app.name} {version(app)}', app.kind, app.deeds, browser.capitalize(), *found])} |"
        rows[_key(line)] = line
        order = [(app.name, browser.capitalize()) for app in self._apps for browser in BROWSERS]
        TABLE.write_text(HEAD + "".join(f"{rows[key]}\n" for key in order if key in rows))


def _key(line: str) -> tuple[str, str]:
    """Application, without its version, and browser."""
    cells = [cell.strip() for cell in line.strip("|").split("|")]
    return cells[0].rpartition(" ")[0], cells[3]


def version(app: App) -> str:
    """The version that the locks name."""
    packages = json.loads((HERE / "package.json").read_text())["dependencies"]
    if app.package in packages:
        return str(packages[app.package])
    found = re.search(rf"^{re.escape(app.package)}==([^\s;]+)", (HERE / "requirements.lock").read_text(), re.MULTILINE)
    assert found, app.package
    return found[1]

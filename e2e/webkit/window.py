"""A window of WebKit (Debian's WebKitGTK) that answers as a Playwright page does, as far as `e2e/flow.py` asks it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from playwright.sync_api import Page
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

from e2e import flow
from e2e.flow import until

BROWSERS = "usr/lib/*/webkit2gtk-4.*/MiniBrowser"
DRIVER = "WebKitWebDriver"


class Mouse:
    """The real mouse, at places of the window."""

    def __init__(self, driver: webdriver.WebKitGTK) -> None:
        self._driver = driver

    def click(self, x: float, y: float, click_count: int = 1) -> None:
        actions = ActionChains(self._driver, duration=0)
        actions.w3c_actions.pointer_action.move_to_location(round(x), round(y))
        for _ in range(click_count):
            actions.w3c_actions.pointer_action.click()
        actions.perform()


class Window:
    """One window with one page in it."""

    def __init__(self, driver: webdriver.WebKitGTK) -> None:
        self.driver = driver
        self.mouse = Mouse(driver)

    def goto(self, url: str) -> None:
        self.driver.get(url)

    def evaluate(self, function: str, arg: Any = None) -> Any:
        """Call a function of the page; what it promises is waited for."""
        return self.driver.execute_script(f"return ({function})(arguments[0])", arg)

    def wait_for_function(self, function: str, arg: Any = None, timeout: float = flow.WAIT_S * 1000) -> None:
        until(lambda: self.evaluate(function, arg), what=function, wait_s=timeout / 1000)

    def wait_for_timeout(self, ms: float) -> None:
        """Let the page go on while something else is asked."""
        self.driver.execute_async_script(f"setTimeout(arguments[0], {ms})")

    def type(self, text: str) -> None:
        """Press keys, wherever the focus is."""
        ActionChains(self.driver, duration=0).send_keys(text).perform()

    def click(self, selector: str) -> None:
        """Click with the real mouse what the page has by this selector."""
        found = "(s) => { const e = document.querySelector(s); e?.scrollIntoView({ block: 'center' }); return !!e }"
        until(lambda: self.evaluate(found, selector), what=selector)
        box = self.evaluate("(s) => document.querySelector(s).getBoundingClientRect().toJSON()", selector)
        self.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    @property
    def page(self) -> Page:
        """This window for the functions of the flow, which ask nothing else of a page."""
        return cast(Page, self)


@contextmanager
def display() -> Iterator[str]:
    """A screen that nobody sees; gives its name."""
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1280x1000x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[writer], stderr=subprocess.DEVNULL) as screen:
        os.close(writer)
        with os.fdopen(reader) as told:
            name = f":{told.readline().strip()}"
        try:
            yield name
        finally:
            screen.terminate()


@contextmanager
def webkit(screen: str) -> Iterator[Window]:
    """A browser with nobody's storage but its own."""
    options = Options()
    options.binary_location = max(str(path) for path in Path("/").glob(BROWSERS))
    options.add_argument("--automation")
    # Whoever is root, as in a container, cannot have the browser's own sandbox.
    environment = {**os.environ, "DISPLAY": screen, "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"}
    driver = webdriver.WebKitGTK(options=options, service=Service(shutil.which(DRIVER), env=environment))
    try:
        driver.set_window_size(1100, 900)
        driver.set_script_timeout(flow.WAIT_S)
        yield Window(driver)
    finally:
        driver.quit()

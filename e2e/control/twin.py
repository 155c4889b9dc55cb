"""A page with control on it, as an agent reaches it."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Frame, Page


class Twin:
    def __init__(self, page: Page | Frame) -> None:
        self.page = page
        self.permissions: dict[str, bool] = {}
        """What the agent may do, where it is not what agents may by default."""

    def wish(self, kind: str, node: str | None = None, /, *, control: bool = True, **fields: Any) -> str | None:
        """Make a wish about the node that a path names; answers the refusal's code or None."""
        named = {} if node is None else {"node": self.page.evaluate("path => twin.number(path)", node)}
        wish = {"kind": kind, **named, **fields}
        asked = [wish, control, self.permissions]
        return self.page.evaluate("([wish, control, permissions]) => twin.wish(wish, control, permissions)", asked)

    def click(self, node: str, fx: float = 0.5, fy: float = 0.5, **fields: Any) -> str | None:
        return self.wish("click", node, fx=fx, fy=fy, **fields)

    def key(self, key: str, *held: str) -> str | None:
        return self.wish("press_key", key=key, modifiers=dict.fromkeys(held, True))

    def keys(self, *keys: str) -> None:
        for key in keys:
            assert self.key(key) is None

    def type(self, text: str) -> str | None:
        return self.wish("type_text", text=text)

    def get(self, node: str, name: str = "value") -> Any:
        return self.page.evaluate("([path, name]) => twin.find(path)[name]", [node, name])

    def log(self) -> list[str]:
        """Take what the page has heard since the last time."""
        return self.page.evaluate("log.splice(0)")

    def until(self, expression: str) -> None:
        """Wait until an expression of the page is true."""
        self.page.wait_for_function(expression, timeout=30_000)

"""What journeys of both visitors are told with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from e2e.proxy.conformance.table import Results
from e2e.proxy.conformance.visit import Pair, Visit

# For the driver, whose scripts are none of the page's: to them `location` is where the page really is.
LOOK = "() => [document.URL, document.referrer, document.title]"


def put(pair: Pair, name: str, body: str, headers: dict[str, str] | None = None) -> str:
    """Put a page on the sites; its path."""
    pair.sites.pages[name] = (f"<title>{name}</title><body>{body}", headers or {})
    return f"/page/{name}"


def compare(pair: Pair, results: Results, item: int, title: str, story: Callable[[Visit], Any]) -> None:
    """Let both live the story; fail unless they see the same."""
    direct, proxied = pair.both(story)
    results.compare(pair.name, item, title, direct, proxied)

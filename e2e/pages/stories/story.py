"""A real page, and what its visitor and an agent do on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page


@dataclass(frozen=True)
class Story:
    """`use` is the visitor's part; `help` the agent's afterwards, who has control by then."""

    name: str
    path: str
    use: Callable[[Page], None]
    help: Callable[[Page, Page], None]
    """Takes the visitor's page and the agent's."""
    not_in: frozenset[str] = frozenset()
    """Browsers in which it has not passed yet."""
    own_error: str = "\0"
    """How an error ends that its console shows without us too: an address asked in vain, say."""

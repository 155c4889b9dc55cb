"""What proxy sessions use: for the log and for `/metrics`. No paths, no bodies."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final

MAX_HOSTS: Final = 200


@dataclass(slots=True)
class Traffic:
    """Of one session."""

    requests: int = 0
    bytes_down: int = 0
    bytes_up: int = 0
    hosts: set[str] = field(default_factory=set)
    """The first 200."""

    def note_host(self, host: str) -> None:
        """Note that a host was asked."""
        self.requests += 1
        if len(self.hosts) < MAX_HOSTS:
            self.hosts.add(host)

    def told(self) -> dict[str, Any]:
        """For a line of the log."""
        return {
            "requests": self.requests,
            "bytes_down": self.bytes_down,
            "bytes_up": self.bytes_up,
            "hosts": sorted(self.hosts),
        }


@dataclass(slots=True)
class BrowsingFigures:
    """Of this node."""

    started: int = 0
    sockets_open: int = 0
    bytes_down: int = 0
    bytes_up: int = 0
    requests: Counter[str] = field(default_factory=Counter)
    """By outcome: `ok`, or an error's code."""

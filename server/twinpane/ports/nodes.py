"""Remember which nodes there are and which of them is each visitor's home. Adapter: `store/nodes.py`.

All times are the database's, so that nodes' clocks need not agree. Methods raise `UnavailableError` when it fails.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

from twinpane.ports.bus import Bus

VisitorPlace = tuple[int, str]
"""Team and short ID."""

Renewal = Literal["held", "lapsed", "lost"]
"""`lapsed`: it had run out and holds again; homes may be others' by now. `lost`: another process is this node."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A process of an installation. `id` stays over restarts."""

    id: str
    address: str
    """Where other nodes reach it: `http://host:port` or `https://host:port`."""
    process: str
    """What the resume secrets begin with that it gives out (K2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The node that holds a visitor, with all tabs and the session."""

    node: Node
    epoch: int
    """Another one each time that somebody takes the visitor up: writes of earlier ones do not count."""
    is_alive: bool
    """Whether the node's lease holds."""
    told: dict[str, Any] | None = None
    """What the home tells others of the visitor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What was at nodes whose lease ran out."""

    in_session: dict[VisitorPlace, int]
    """Visitors whose home changed, with the epoch of the new claim."""
    gone: list[VisitorPlace]
    """Visitors who have no home any more."""


class NodeStore(Protocol):
    """Leases of nodes and homes of visitors."""

    async def join(self, node: Node, lease_s: float) -> int:
        """Begin to be a node; returns its epoch.

        What this node held before and is in a session stays its own, and so do sessions that nobody holds.
        """

    async def renew(self, node_id: str, epoch: int, lease_s: float) -> Renewal:
        """Let the lease run on from now."""

    async def leave(self, node_id: str, epoch: int) -> None:
        """End the lease now: others may take over at once."""

    async def living_nodes(self) -> list[Node]:
        """The nodes whose lease holds."""

    async def claim(self, node_id: str, places: Iterable[VisitorPlace]) -> dict[VisitorPlace, Home]:
        """Be the home of visitors who have none or are at this node; returns who is, after this."""

    async def release(self, node_id: str, places: Mapping[VisitorPlace, int]) -> None:
        """Be no longer the home of these, unless they were claimed anew; with the epoch of each claim."""

    async def tell(self, node_id: str, told: Mapping[VisitorPlace, dict[str, Any]]) -> None:
        """Keep what others are to know of visitors whose home is this node."""

    async def homes(self, team_id: int, short_ids: Iterable[str]) -> dict[str, Home]:
        """The homes of those visitors who have one."""

    async def home_of_session(self, session_id: str) -> tuple[VisitorPlace, Home] | None:
        """Whose session this is and who holds it; None if it has ended or nobody does."""

    async def homes_of_team(self, team_id: int) -> list[str]:
        """The visitors of a team whom any node holds."""

    async def held_by(self, node_id: str) -> dict[VisitorPlace, int]:
        """Whose home a node is, and the epoch of each."""

    async def take_over(self, node_id: str, lease_s: float, limit: int) -> Taken:
        """Take up visitors in sessions at nodes whose lease ran out, at most so many; all there become offline.

        Only for a node that held its own lease for as long without a break: after an outage of the database all
        leases have run out, and nobody is dead.
        """

    async def visitor_by_code(self, team_id: int, digits: str, now: datetime) -> str | None:
        """The visitor with a lookup code that holds (S6)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Among:
    """What makes a server one node of many."""

    store: NodeStore
    bus: Bus
    node_id: str
    """Letters, digits, `-` and `_`; the same after a restart."""
    address: str
    """As in `Node`."""

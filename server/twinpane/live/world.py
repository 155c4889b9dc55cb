"""What the live room is given from outside, and shares within."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from twinpane.live.changes import Changes
from twinpane.live.counters import Counters
from twinpane.live.errands import Errands
from twinpane.ports.blobs import Blobs
from twinpane.ports.fetch import Fetch, Upstream
from twinpane.ports.locate import NOWHERE, Location
from twinpane.ports.nodes import Among
from twinpane.ports.outbox import News
from twinpane.ports.recordings import Recordings
from twinpane.ports.store import Store
from twinpane.ports.world import Chance, Clock
from twinpane.rewrite.address import ProxyBase
from twinpane.session.gate import Judge, refusal_of


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What the live room is given; `counters`, `errands` and `changes` are its own."""

    store: Store
    fetch: Fetch
    blobs: Blobs
    recordings: Recordings
    clock: Clock
    chance: Chance
    upstream: Upstream | None = None
    """With `proxy_base`, the way to proxied sites; None: there are none."""
    proxy_base: ProxyBase | None = None
    locate: Callable[[str | None], Location] = lambda _: NOWHERE
    """Where an IP address is (R30)."""
    tell: Callable[[News], None] = lambda _: None
    """Who wants to hear what happens to sessions and visitors (R21)."""
    judge: Judge = refusal_of
    """The gate for wishes (X4)."""
    among: Among | None = None
    """The other nodes; None: this server is alone."""
    counters: Counters = field(default_factory=Counters)
    errands: Errands = field(default_factory=Errands)
    changes: Changes = field(default_factory=Changes)

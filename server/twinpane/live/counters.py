"""What this node has counted since it started, and what it holds now, for `/metrics`."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from twinpane_protocol.shared import Phase, RefusalCode


@dataclass(slots=True)
class Counters:
    """Only ever go up."""

    frames_relayed: int = 0
    """Page frames times agents."""
    bytes_relayed: int = 0
    frames_stale: int = 0
    """Page frames of another epoch or tab than the current one (F2)."""
    resumes: int = 0
    pictures_differed: int = 0
    """Times that an agent's picture was found to differ from the page, and was made anew (F20)."""
    visitors_expired: int = 0
    """Erased because they were not seen for so long."""
    refusals: Counter[RefusalCode] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True, kw_only=True)
class Metrics:
    """One reading of the node."""

    visitors_online: int
    agents_connected: int
    agents_lagging: int
    sessions_by_phase: dict[Phase, int]
    journal_bytes: int
    frames_relayed: int
    bytes_relayed: int
    frames_stale: int
    resumes: int
    pictures_differed: int
    visitors_expired: int
    refusals_by_code: dict[RefusalCode, int]

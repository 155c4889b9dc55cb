"""The phases of a session as a table (X2).

Laws: `ended` has no way out. Every phase but `ended` can be over at once. There is no way to `live` but by consent
or from `paused`, and no way to `paused` but from `live`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from twinpane_protocol.shared import Phase

Trigger = Literal["asked", "allowed", "page_gone", "page_back", "over"]

PHASES: Mapping[Phase, Mapping[Trigger, Phase]] = {
    "waiting": {"asked": "asking", "allowed": "live", "over": "ended"},
    "asking": {"allowed": "live", "page_gone": "waiting", "over": "ended"},
    "live": {"page_gone": "paused", "over": "ended"},
    "paused": {"page_back": "live", "over": "ended"},
    "ended": {},
}


def next_phase(phase: Phase, trigger: Trigger) -> Phase:
    """Return the phase that follows. Raises LookupError for a step the table does not have: a bug of ours."""
    try:
        return PHASES[phase][trigger]
    except KeyError:
        raise LookupError(f"{trigger} in phase {phase}") from None

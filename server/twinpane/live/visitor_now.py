"""What is now of a visitor, whichever node holds them: online, waiting, in a session. Consoles and the API show it."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from twinpane_protocol.console import RowAgent
from twinpane_protocol.shared import Phase

from twinpane.live.presence import OnlineVisitor
from twinpane.live.runner import Runner


class SessionNow(Struct, frozen=True, kw_only=True):
    """A session that runs."""

    id: str
    phase: Phase
    started_at: datetime
    went_live_at: datetime | None
    agents: list[RowAgent]


class VisitorNow(Struct, frozen=True, kw_only=True):
    """A visitor who is online, was a moment ago, or is in a session."""

    online_since: datetime | None = None
    """None: not online."""
    waits_for_agent: bool = False
    lookup_code: str | None = None
    lookup_code_until: datetime | None = None
    session: SessionNow | None = None

    def code_at(self, now: datetime) -> str | None:
        """The lookup code, if it still holds (S6)."""
        until = self.lookup_code_until
        return self.lookup_code if until is not None and until > now else None


NOBODY = VisitorNow()


def visitor_now(visitor: OnlineVisitor | None, runner: Runner | None) -> VisitorNow | None:
    """Tell of a visitor who is here; None if there is nothing to tell."""
    if visitor is None and runner is None:
        return None
    code = visitor.lookup_code if visitor is not None else None
    return VisitorNow(
        online_since=visitor.came_at if visitor is not None and visitor.is_online else None,
        waits_for_agent=visitor is not None and visitor.is_online and visitor.wants_agent,
        lookup_code=code.digits if code is not None else None,
        lookup_code_until=code.expires_at if code is not None else None,
        session=_session_now(runner) if runner is not None else None,
    )


def _session_now(runner: Runner) -> SessionNow:
    record = runner.record
    return SessionNow(
        id=record.id,
        phase=runner.session.phase,
        started_at=record.started_at,
        went_live_at=record.went_live_at,
        agents=[RowAgent(name=each.name, color=each.color) for each in runner.session.state_for(None).agents],
    )

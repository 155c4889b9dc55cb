"""Tell a team's figures (R10)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from twinpane.live.registry import Live
from twinpane.ports.records import Team
from twinpane.ports.store import Store


async def count_usage(store: Store, live: Live, team: Team, now: datetime) -> dict[str, Any]:
    """R10. What is now comes from the live room, unless there are many nodes; the rest from the store."""
    usage = await store.usage(team.id, now)
    online, in_session = live.counts(team.id) or (usage.visitors_online_now, usage.sessions_now)
    return {
        "visitors": {
            "online_now": online,
            "last_24_hrs": usage.visitors_last_24_hrs,
            "last_30_days": usage.visitors_last_30_days,
        },
        "agents": {"today": usage.agents_today, "last_30_days": usage.agents_last_30_days},
        "session_counts": {
            "now": in_session,
            "today": usage.sessions_today,
            "last_30_days": usage.sessions_last_30_days,
        },
        "session_seconds": {
            "today": usage.session_seconds_today,
            "last_30_days": usage.session_seconds_last_30_days,
        },
    }

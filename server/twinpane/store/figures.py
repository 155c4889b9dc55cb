"""Count what R10 tells."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Connection, case, cast, func, literal, select

from twinpane.ports.records import Usage
from twinpane.store.spans import usage_spans
from twinpane.store.tables import UtcTime, seats, sessions, visitors

_MICROSECONDS = 1_000_000


def count_usage(connection: Connection, team_id: int, now: datetime) -> Usage:
    """The figures of R10. Only rows of the last 30 days, and what is open, are read."""
    today, day_ago, month_ago = usage_spans(now)
    online = select(func.count()).select_from(visitors).where(visitors.c.team_id == team_id, visitors.c.is_online)
    seen = select(
        _count(visitors.c.last_seen_at >= day_ago).label("visitors_last_24_hrs"),
        func.count().label("visitors_last_30_days"),
    ).where(visitors.c.team_id == team_id, visitors.c.last_seen_at >= month_ago)
    agents = (
        select(
            func.count(case((seats.c.opened_at >= today, seats.c.agent_id)).distinct()).label("agents_today"),
            func.count(seats.c.agent_id.distinct()).label("agents_last_30_days"),
        )
        .join(sessions, sessions.c.id == seats.c.session_id)
        .where(sessions.c.team_id == team_id, seats.c.opened_at >= month_ago)
    )
    held = select(
        _count(sessions.c.ended_at.is_(None)).label("sessions_now"),
        _count(sessions.c.started_at >= today).label("sessions_today"),
        _count(sessions.c.started_at >= month_ago).label("sessions_last_30_days"),
        _seconds_since(today, now).label("session_seconds_today"),
        _seconds_since(month_ago, now).label("session_seconds_last_30_days"),
    ).where(sessions.c.team_id == team_id, sessions.c.ended_at.is_(None) | (sessions.c.ended_at >= month_ago))
    counted: dict[str, Any] = {"visitors_online_now": connection.scalar(online)}
    for statement in (seen, agents, held):
        counted |= connection.execute(statement).one()._mapping
    return Usage(**counted)


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _seconds_since(start: datetime, now: datetime) -> ColumnElement[int]:
    """Seconds of all sessions that were live after `start`, each rounded down."""
    start_us = cast(_bound(start), BigInteger)
    begun = case((sessions.c.went_live_at > start, cast(sessions.c.went_live_at, BigInteger)), else_=start_us)
    over = cast(func.coalesce(sessions.c.ended_at, _bound(now)), BigInteger)
    live = case((sessions.c.went_live_at.is_not(None) & (over > begun), over - begun), else_=0)
    # PostgreSQL adds big integers up to a decimal.
    return cast(func.coalesce(func.sum(live // _MICROSECONDS), 0), BigInteger)


def _bound(time: datetime) -> ColumnElement[datetime]:
    return literal(time, UtcTime())

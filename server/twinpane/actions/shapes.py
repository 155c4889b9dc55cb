"""Visitors and sessions as the API tells of them (R30, R31). Times are ISO 8601 UTC with milliseconds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from twinpane.access.search import is_email
from twinpane.live.devices import device_of
from twinpane.ports.records import PageView, Seat, SessionRecord, Team, Visitor


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """What only the live room knows of a visitor."""

    is_online: bool
    is_in_session: bool
    is_waiting_for_call: bool
    lookup_code: str | None


def iso_time(time: datetime | None) -> str | None:
    """`2026-11-22T14:50:00.123Z`."""
    return None if time is None else time.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def visitor_shape(
    visitor: Visitor, team: Team, presence: Presence, sessions: list[SessionRecord], address: str, now: datetime
) -> dict[str, Any]:
    """R30. `address` is the server's own, as `https://HOST`. What has no source yet is null."""
    device = device_of(visitor.user_agent)
    texts = [*visitor.identities, *map(str, visitor.metadata.values())]
    return {
        "_type": "visitor",
        "short_id": visitor.short_id,
        "unique_id": visitor.unique_id,
        "identities": visitor.identities,
        "tags": visitor.tags,
        "email": next((text for text in texts if is_email(text)), None),
        "integration_ids": visitor.integration_ids,
        "integration": visitor.integration_ids[0].partition(":")[0] if visitor.integration_ids else None,
        "lookup_code": presence.lookup_code,
        "is_online": presence.is_online,
        "is_in_session": presence.is_in_session,
        "is_supported": True,
        "is_waiting_for_call": presence.is_waiting_for_call,
        "js_configuration": None,
        "added_at": iso_time(visitor.first_seen_at),
        "first_seen_at": iso_time(visitor.first_seen_at),
        "last_seen_at": iso_time(visitor.last_seen_at),
        "last_url": visitor.last_url,
        "last_title": visitor.last_title,
        "browser_name": device.browser,
        "device_name": device.name,
        "device_type": device.type,
        "ip_address": visitor.ip_address,
        "location_city": visitor.location_city,
        "location_country": visitor.location_country,
        "location_country_name": visitor.location_country_name,
        "call_name": visitor.call_name,
        "metadata": visitor.metadata,
        "api_key": team.public_key,
        "watch_link": f"{address}/w/{visitor.short_id}",
        "sessions": [session_shape(record, now) for record in sessions],
    }


def view_shape(view: PageView) -> dict[str, Any]:
    """One of R12's pageviews."""
    return {"url": view.url, "title": view.title, "viewed_at": iso_time(view.viewed_at)}


def session_shape(record: SessionRecord, now: datetime) -> dict[str, Any]:
    """R31. The length counts from going live to the end, or to now."""
    seconds = 0
    if record.went_live_at is not None:
        seconds = max(0, int(((record.ended_at or now) - record.went_live_at).total_seconds()))
    return {
        "_type": "session",
        "id": record.id,
        "visitor_id": record.short_id,
        "started_at": iso_time(record.started_at),
        "ended_at": iso_time(record.ended_at),
        "went_live": record.went_live_at is not None,
        "end_reason": record.end_reason,
        "length_seconds": seconds,
        "formatted_length": formatted_length(seconds),
        "features_used": record.features_used,
        "agents": [_agent_shape(seat) for seat in record.agents],
        "metadata": record.metadata,
        "permissions": msgspec.to_builtins(record.permissions),
        "recording": recording_shape(record),
    }


def recording_shape(record: SessionRecord) -> dict[str, Any] | None:
    """R20, of a session that has ended; None: not recorded, or deleted since."""
    if record.recording is None:
        return None
    figures = record.recording
    return {
        "_type": "recording",
        "session_id": record.id,
        "started_at": iso_time(record.went_live_at),
        "length_seconds": figures["length_ms"] // 1000,
        "size_bytes": figures["byte_count"],
        "is_whole": figures["is_whole"],
    }


def formatted_length(seconds: int) -> str:
    """`4:05`, `1:02:03`."""
    minutes, rest_s = divmod(seconds, 60)
    hours, rest_min = divmod(minutes, 60)
    return f"{hours}:{rest_min:02}:{rest_s:02}" if hours else f"{minutes}:{rest_s:02}"


def _agent_shape(seat: Seat) -> dict[str, Any]:
    return {
        "id": seat.id,
        "name": seat.agent_name,
        "agent_identifier": seat.agent_id,
        "joined_at": iso_time(seat.joined_at),
        "left_at": iso_time(seat.left_at),
    }

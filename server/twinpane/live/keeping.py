"""Keeps what a session needs to go on after a restart, and takes it up again (K1).

What changed is written in batches, one transaction every 200 ms at most; nothing is written for frames or wishes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta
from typing import Final

import msgspec

from twinpane.live.lookup_codes import Code
from twinpane.live.presence import Presence, VisitorKey
from twinpane.live.recorder import close_recording
from twinpane.live.runner import Runner
from twinpane.live.world import World
from twinpane.ports.records import SessionRecord
from twinpane.session import events as on
from twinpane.session.kept import Kept

WITHIN_S: Final = 0.2
ALIVE_EVERY_S: Final = 20.0
LONGEST_DOWN: Final = timedelta(minutes=10)
"""A consent does not hold for whoever comes back later."""
RETURN_S: Final = 60.0


class Keeper:
    """Writes what sessions want kept. `runners` gives all that run here."""

    def __init__(self, world: World, runners: Callable[[], list[Runner]]) -> None:
        self._world = world
        self._runners = runners
        self._kept: dict[str, Kept] = {}
        self._stop_timer: Callable[[], None] | None = None
        self._is_soon = False
        self.is_open = True
        """While False nothing new is kept."""

    def changed(self) -> None:
        """See that what changed is kept within 200 ms."""
        if self.is_open and not self._is_soon:
            self._is_soon = True
            self._wake_in(WITHIN_S)

    def keep(self) -> None:
        """Begin to write what is not kept yet, and that all sessions are alive."""
        self._stop()
        runners = self._runners()
        now = {runner.record.id: runner.session.kept for runner in runners}
        states = {id_: None if self._kept.get(id_) == kept else asdict(kept) for id_, kept in now.items()}
        self._kept = now
        if states:
            self._world.errands.run("keep sessions", self._write(states))
            self._wake_in(ALIVE_EVERY_S)

    def close(self) -> None:
        """Write all once more, and nothing of what happens after this."""
        self.keep()
        self._stop()
        self.is_open = False

    def _stop(self) -> None:
        self._is_soon = False
        if self._stop_timer is not None:
            self._stop_timer()
            self._stop_timer = None

    def _wake_in(self, delay_s: float) -> None:
        if self._stop_timer is not None:
            self._stop_timer()
        self._stop_timer = self._world.clock.call_later(delay_s, self.keep)

    async def _write(self, states: dict[str, dict[str, object] | None]) -> None:
        try:
            among = self._world.among
            holder = among.node_id if among is not None else None
            await self._world.store.keep_sessions(states, self._world.clock.now(), holder)
        except Exception:
            for session_id in states:
                self._kept.pop(session_id, None)  # Written again with the next batch.
            raise


def take_up(runner: Runner) -> None:
    """Let a session go on that another process ran: consent, seats and control as they were, all peers away."""
    record, now_s = runner.record, runner.now_s
    kept = _kept_of(record)
    seats = [seat for seat in record.agents if seat.left_at is None]
    order = list(kept.colors)
    seats.sort(key=lambda seat: order.index(seat.id) if seat.id in kept.colors else len(order))
    given = [
        on.SeatGiven(
            at_s=now_s, seat=seat.id, name=seat.agent_name, permissions=seat.permissions, agent_id=seat.agent_id
        )
        for seat in seats
    ]
    joined = frozenset(seat.id for seat in seats if seat.joined_at is not None)
    runner.session.restore(kept, given, joined, consented=record.went_live_at is not None)
    if runner.session.phase == "paused":
        runner.wait_for_page()
    runner.happen(on.TimePassed(at_s=now_s))


async def take_up_all(
    world: World,
    begin: Callable[[SessionRecord], Runner],
    meet: Callable[[Runner], None],
    is_mine: Callable[[VisitorKey], bool],
) -> None:
    """Take up the open sessions of these visitors; end those of which nobody has heard for too long.

    `meet` lets a session that was taken up meet the pages that were faster.
    """
    now = world.clock.now()
    for record in await world.store.open_sessions():
        if not is_mine((record.team_id, record.short_id)):
            continue
        alive_at = max(record.kept_at or record.started_at, record.started_at)
        if now - alive_at > LONGEST_DOWN:
            await world.store.update_session(record.id, ended_at=alive_at, end_reason="timeout")
            if record.is_recorded:
                await close_recording(world.recordings, world.store, record)
        else:
            runner = begin(record)
            take_up(runner)
            meet(runner)


async def take_up_codes(world: World, presence: Presence, is_mine: Callable[[VisitorKey], bool]) -> None:
    """Let these visitors' lookup codes hold on; of visitors who do not come back within 60 s no longer (S6)."""
    now = world.clock.now()
    places = []
    for kept in await world.store.lookup_codes(now):
        if is_mine(place := (kept.team_id, kept.short_id)):
            places.append(place)
            presence.codes.put(*place, Code(kept.digits, kept.expires_at))

    def drop_absent() -> None:
        for place in places:
            if presence.get(place) is None:
                presence.codes.drop(*place)

    if places:
        world.clock.call_later(RETURN_S, drop_absent)


def _kept_of(record: SessionRecord) -> Kept:
    """What was kept; what another version wrote and this one cannot read counts as nothing."""
    try:
        return msgspec.convert(record.state or {}, Kept)
    except msgspec.ValidationError:
        return Kept()

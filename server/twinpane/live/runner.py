"""Runs one session: carries out what its machine commands, and relays page frames."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Final

from msgspec import Struct
from twinpane_protocol import agent as to_agent
from twinpane_protocol import visitor as to_page
from twinpane_protocol.envelope import Flag, Kind, decode_header
from twinpane_protocol.shared import Click, Point

from twinpane.live.assets import AskSite, AssetDesk, owner_name
from twinpane.live.framing import binary_frame, text_frame
from twinpane.live.identity import visitor_info
from twinpane.live.journal import Journal
from twinpane.live.notes import NoteDesk
from twinpane.live.recorder import Recorder, close_recording
from twinpane.live.refusals import SENTENCES
from twinpane.live.world import World
from twinpane.ports.outbox import News, NewsType
from twinpane.ports.records import SessionRecord, Visitor, VisitorChange
from twinpane.session import commands as do
from twinpane.session import events as on
from twinpane.session.machine import Session

if TYPE_CHECKING:
    from twinpane.live.agent_peer import AgentPeer
    from twinpane.live.tab_peer import TabPeer

_VOLATILE = int(Flag.VOLATILE)
PAGE_RETURNS_S: Final = 8.0
"""Less than the 10 s that a window waits for its welcome."""


class Runner:
    """One session of this node. `tabs` are the visitor's; whoever knows the visitor sets them."""

    def __init__(
        self,
        record: SessionRecord,
        world: World,
        on_end: Callable[[Runner], None],
        keep: Callable[[], None],
        asset_token: str,
        ask_site: AskSite | None = None,
    ) -> None:
        self.record = record
        self.session = Session(record.id, record.permissions, world.clock.monotonic(), world.judge, record.is_recorded)
        self.journal = Journal()
        self.tabs: Mapping[str, TabPeer] = {}
        self.agents: dict[str, AgentPeer] = {}
        self.asset_token = asset_token
        owner = owner_name(record.team_id, record.short_id)
        self.assets = AssetDesk(world.fetch, world.blobs, world.clock, world.errands, owner, self._ask_page, ask_site)
        self.notes = NoteDesk(record.id, world, self.agents)
        self.recorder: Recorder | None = None
        """Once the session is live, if it is recorded."""
        self.counters = world.counters
        self._world = world
        self._on_end = on_end
        self._keep = keep
        self._cancel_wake: Callable[[], None] | None = None
        self.wishes_taken: dict[str, int] = {}
        """Each agent's newest wish that the pages have, as far as they said so (K3)."""
        self.page_is_back = asyncio.Event()
        """Not set while a session of another process waits for its page; agents are let in after it."""
        self.page_is_back.set()
        self.record_from_now()

    @property
    def now_s(self) -> float:
        """The clock that the session's events carry."""
        return self._world.clock.monotonic()

    @property
    def assets_path(self) -> str:
        """Path prefix of the session's asset door (F11)."""
        return f"/assets/{self.asset_token}/"

    def happen(self, event: on.Event) -> None:
        """Give the session an event and do what it says."""
        self.carry_out(self.session.handle(event))

    def carry_out(self, commands: list[do.Command]) -> None:
        """Do what the session said, in order."""
        for command in commands:
            self._DO[type(command)](self, command)

    def record_from_now(self) -> None:
        """Begin to record what agents see, or go on, if the session is live and to be recorded (R20)."""
        record, world = self.record, self._world
        if not record.is_recorded or record.went_live_at is None:
            return
        owner = owner_name(record.team_id, record.short_id)
        self.recorder = Recorder(world.recordings, world.clock, world.errands, owner, record.id, record.went_live_at)
        self.assets.watch(self.recorder.take_asset)

    def wait_for_page(self) -> None:
        """Let agents who come back wait for the page, so that nothing they did is refused meanwhile; 8 s at most."""
        self.page_is_back.clear()
        self._world.clock.call_later(PAGE_RETURNS_S, self.page_is_back.set)

    def note_taken(self, wishes: Mapping[str, int]) -> None:
        """Learn which wishes a page has (K3)."""
        for seat, newest in wishes.items():
            if self.session.has_seat(seat):
                self.wishes_taken[seat] = max(newest, self.wishes_taken.get(seat, -1))

    def announce(self, type_: NewsType, at: datetime, **data: Any) -> None:
        """Tell whoever listens outside what happened to the session (R21)."""
        record = self.record
        news = News(
            team_id=record.team_id,
            type=type_,
            short_id=record.short_id,
            at=at,
            session_id=record.id,
            data={"metadata": record.metadata} | data,
        )
        self._world.tell(news)

    def abandon(self) -> None:
        """Let go of a session that another node runs by now: nothing more is written of it, and nobody is let go."""
        if self._cancel_wake is not None:
            self._cancel_wake()
        self.journal.clear()
        self.assets.stop()

    def tell_visitor(self, visitor: Visitor) -> None:
        """Tell the agents who the visitor is now, as far as each may know."""
        for agent in self.agents.values():
            hidden = self.session.state_for(agent.seat).permissions.hide_private_details
            told = visitor_info(None if hidden else visitor, self.record.short_id)
            agent.link.send(to_agent.VisitorChanged(visitor=told))

    def relay(self, tab: TabPeer, frame: bytes) -> bool:
        """Hand a binary frame of a tab to the agents. False if its header cannot be read (W4).

        This is the hot path: the frame is encoded once, kept in the journal, and written to each agent.
        """
        try:
            envelope = decode_header(frame)
        except ValueError:
            return False
        if envelope.kind is Kind.ASSET:
            return self.assets.supplied(envelope, frame)
        if self.session.source != (tab.id, envelope.epoch):
            self.counters.frames_stale += 1
            return True
        encoded = binary_frame(frame)
        if envelope.flags.value & _VOLATILE:
            for agent in self.agents.values():
                agent.outbox.pass_by(encoded)
            self._record(frame)
        else:
            taken = self.journal.take(envelope, encoded)
            if taken in ("kept", "over_bound"):
                for agent in self.agents.values():
                    agent.outbox.pump()
                self._record(frame)
            if taken != "kept":
                self._page_broke(tab, taken)
        self.counters.frames_relayed += len(self.agents)
        self.counters.bytes_relayed += len(self.agents) * len(frame)
        return True

    def offer_assets(self, tab: TabPeer, globs: Sequence[str]) -> None:
        """Ask the page that agents see for these assets first."""
        if self.session.source is not None and self.session.source[0] == tab.id:
            self.assets.offered(globs)

    def _record(self, frame: bytes) -> None:
        if self.recorder is not None:
            self.recorder.take(frame)

    def _page_broke(self, tab: TabPeer, why: str) -> None:
        if why == "snapshot_too_large":
            self.journal.clear()
            tab.refuse("frame_too_large")
        else:
            self.happen(on.PageBroke(at_s=self.now_s, tab=tab.id))

    def _ask_page(self, url: str) -> bool:
        if (source := self.session.source) is None or (tab := self.tabs.get(source[0])) is None:
            return False
        tab.link.send(to_page.AssetWanted(url=url))
        return True

    # ---- commands ------------------------------------------------------------------------------------

    def _tell_state(self, command: do.TellState) -> None:
        self._world.changes.note(self.record.team_id, self.record.short_id)
        self._keep()
        if self.tabs:
            encoded = text_frame(to_page.SessionChanged(session=self.session.state_for(None)))
            for tab in self.tabs.values():
                tab.link.send_frame(encoded)
        for agent in self.agents.values():
            agent.link.send(to_agent.AgentSessionChanged(session=self.session.state_for(agent.seat)))

    def _start_capture(self, command: do.StartCapture) -> None:
        self._keep()
        if not self.page_is_back.is_set():
            self.page_is_back.set()
            self._record_in_session(True, self._world.clock.now())
        self.journal.await_epoch(command.epoch, command.reason)
        self.assets.offered(())
        self._to_tab(command.tab, to_page.Capture(epoch=command.epoch))

    def _stop_capture(self, command: do.StopCapture) -> None:
        self._to_tab(command.tab, to_page.Capture(epoch=None))

    def _serve_journal(self, command: do.ServeJournal) -> None:
        if (agent := self.agents.get(command.seat)) is not None:
            agent.outbox.restart(command.reason)

    def _ask_receipt(self, command: do.AskReceipt) -> None:
        self._to_tab(command.tab, to_page.ReceiptWanted())

    def _pass_wish(self, command: do.PassWish) -> None:
        tab = self.tabs.get(command.tab)
        if tab is None or (isinstance(command.wish, Point) and (tab.link.wire is None or tab.link.wire.is_slow)):
            return  # Only the newest place of a pointer counts.
        tab.link.send(to_page.WishMade(agent=command.seat, id=command.id, wish=command.wish))
        if (agent := self.agents.get(command.seat)) is not None:
            agent.link.passed_on(tab.link)

    def _show_pointer(self, command: do.ShowPointer) -> None:
        if len(self.agents) < 2 or not isinstance(command.wish, Point | Click):
            return
        for seat, agent in self.agents.items():
            wire = agent.link.wire
            if seat != command.seat and wire is not None and not wire.is_slow:
                agent.link.send(to_agent.AgentPointed(agent=command.seat, wish=command.wish))

    def _refuse_wish(self, command: do.RefuseWish) -> None:
        self.counters.refusals[command.code] += 1
        sentence = SENTENCES[command.code]
        refused = to_agent.AgentWishRefused(id=command.id, code=command.code, message=sentence)
        self._to_agent(command.seat, refused)

    def _refuse_control(self, command: do.RefuseControl) -> None:
        self.counters.refusals[command.code] += 1
        refused = to_agent.ControlRefused(code=command.code, message=SENTENCES[command.code])
        self._to_agent(command.seat, refused)

    def _refuse_agent(self, command: do.RefuseAgent) -> None:
        if (agent := self.agents.get(command.seat)) is not None:
            agent.refuse(command.code)

    def _refuse_tab(self, command: do.RefuseTab) -> None:
        if (tab := self.tabs.get(command.tab)) is not None:
            tab.refuse(command.code)

    def _pass_to_page(self, command: do.PassToPage) -> None:
        self._to_tab(command.tab, to_page.CustomMessageReceived(agent=command.seat, message=command.message))

    def _pass_to_agents(self, command: do.PassToAgents) -> None:
        for seat in self.agents:
            self._to_agent(seat, to_agent.PageCustomMessage(message=command.message))

    def _tell_console(self, command: do.TellConsole) -> None:
        for seat in command.seats:
            if (agent := self.agents.get(seat)) is not None:
                agent.tell_console(command.told)

    def _note_live(self, command: do.NoteLive) -> None:
        now = self._world.clock.now()
        self.record.went_live_at = now
        store = self._world.store
        self._world.errands.write("went live", lambda: store.update_session(self.record.id, went_live_at=now))
        self._record_in_session(True, now)
        self.announce("session.started", now)
        self.record_from_now()

    def _note_joined(self, command: do.NoteJoined) -> None:
        store, now = self._world.store, self._world.clock.now()
        self._world.errands.write("agent joined", lambda: store.update_seat(command.seat, joined_at=now))

    def _note_left(self, command: do.NoteLeft) -> None:
        store, now = self._world.store, self._world.clock.now()
        self._world.errands.write("agent left", lambda: store.update_seat(command.seat, left_at=now))
        if (agent := self.agents.pop(command.seat, None)) is not None:
            agent.dismiss(1000, "left")

    def _wake_at(self, command: do.WakeAt) -> None:
        if self._cancel_wake is not None:
            self._cancel_wake()
            self._cancel_wake = None
        if command.at_s is not None:
            delay_s = max(0.0, command.at_s - self.now_s)
            self._cancel_wake = self._world.clock.call_later(delay_s, self._wake)

    def _wake(self) -> None:
        self._cancel_wake = None
        self.happen(on.TimePassed(at_s=self.now_s))

    def _end(self, command: do.End) -> None:
        now = self._world.clock.now()
        if self.record.went_live_at is not None:
            self._record_in_session(False, now)
        if self.recorder is not None:
            self.recorder.flush()
        seats = list(self.agents)
        self._world.errands.write("session ended", lambda: self._record_end(command, seats, now))
        length = now - self.record.went_live_at if self.record.went_live_at is not None else timedelta()
        told = {"end_reason": command.reason, "length_seconds": int(length.total_seconds())}
        self.announce("session.ended", now, **told)
        self.journal.clear()
        self.assets.stop()
        for agent in self.agents.values():
            agent.dismiss(1000, "session over")
        self._on_end(self)

    async def _record_end(self, command: do.End, seats: list[str], now: datetime) -> None:
        store = self._world.store
        features = list(command.features)
        await store.update_session(self.record.id, ended_at=now, end_reason=command.reason, features_used=features)
        for seat in seats:
            await store.update_seat(seat, left_at=now)
        if self.recorder is not None:
            figures = await close_recording(self._world.recordings, store, self.record)
            if figures is not None and command.reason != "erased":
                self.announce("recording.ready", now, length_seconds=figures.length_ms // 1000)

    def _record_in_session(self, is_in_session: bool, now: datetime) -> None:
        change = VisitorChange(
            team_id=self.record.team_id,
            short_id=self.record.short_id,
            at=now,
            set={"is_in_session": is_in_session},
        )
        self._world.store.record_visitor(change)

    def _to_tab(self, tab_id: str, message: Struct) -> None:
        if (tab := self.tabs.get(tab_id)) is not None:
            tab.link.send(message)

    def _to_agent(self, seat: str, message: Struct) -> None:
        if (agent := self.agents.get(seat)) is not None:
            agent.link.send(message)

    _DO: ClassVar[Mapping[type[do.Command], Callable[[Runner, Any], None]]] = {
        do.TellState: _tell_state,
        do.StartCapture: _start_capture,
        do.StopCapture: _stop_capture,
        do.ServeJournal: _serve_journal,
        do.AskReceipt: _ask_receipt,
        do.PassWish: _pass_wish,
        do.ShowPointer: _show_pointer,
        do.RefuseWish: _refuse_wish,
        do.RefuseControl: _refuse_control,
        do.RefuseAgent: _refuse_agent,
        do.RefuseTab: _refuse_tab,
        do.PassToPage: _pass_to_page,
        do.PassToAgents: _pass_to_agents,
        do.TellConsole: _tell_console,
        do.NoteLive: _note_live,
        do.NoteJoined: _note_joined,
        do.NoteLeft: _note_left,
        do.WakeAt: _wake_at,
        do.End: _end,
    }

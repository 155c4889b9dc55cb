"""An agent's window: what it sends becomes events of its session."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from msgspec import Struct
from msgspec.structs import replace
from twinpane_protocol import agent as said
from twinpane_protocol.link import Ack, Bye, Ping, Pong
from twinpane_protocol.shared import ConsoleTold

from twinpane.live.counters import Counters
from twinpane.live.framing import MAX_CUSTOM_CHARACTERS, characters_of
from twinpane.live.link import PeerLink, Wire
from twinpane.live.links import Links
from twinpane.live.outbox import Outbox
from twinpane.live.peer import RefusingPeer
from twinpane.live.refusals import refusal
from twinpane.live.runner import Runner
from twinpane.session import commands as do
from twinpane.session import events as on


class AgentPeer(RefusingPeer):
    """One seat's window, over one wire after another."""

    def __init__(self, seat: str, runner: Runner, links: Links) -> None:
        self.seat = seat
        self.link = PeerLink(links.owes_ack)
        self.outbox = Outbox(self.link, runner.journal)
        self.runner = runner
        self.comes_from_before = False
        """Whether its link began in another process (K2)."""
        self._links = links
        self._console_missed = 0

    @property
    def place(self) -> str:
        """The seat, whatever process its window is connected to."""
        return f"seat {self.seat}"

    # ---- from the door -------------------------------------------------------------------------------

    def receive(self, message: Struct) -> None:
        """Take a decoded control message."""
        if isinstance(message, Ack):
            if self.link.acknowledged(message.received):
                self.outbox.pump()
            else:
                self.refuse("bad_message")
        elif isinstance(message, Ping):
            self.link.say(Pong(t=message.t, now_ms=self.runner.now_s * 1000))
        elif isinstance(message, Bye):
            self._leave()
        else:
            handler = self._HANDLERS.get(type(message))
            if handler is not None:
                handler(self, message)
            else:
                self.refuse("bad_message")
            self.link.count()  # Only now, so that no wish is acknowledged before it is passed on (K3).

    def receive_frame(self, frame: bytes) -> bool:
        """Take a binary frame: agents send none."""
        self.receive_bad("bad_message")
        return False

    @property
    def counters(self) -> Counters:
        """The node's counters."""
        return self.runner.counters

    def dropped(self, wire: Wire) -> None:
        """Note that the wire is gone, unless another has taken its place."""
        if self.link.wire is wire:
            self.link.drop()
            self._links.away(self)
            self.runner.happen(on.AgentDropped(at_s=self.runner.now_s, seat=self.seat))

    # ---- from the node -------------------------------------------------------------------------------

    def expire(self) -> None:
        """Stay away for good; the session itself gives up the seat (S10)."""

    def dismiss(self, code: int, reason: str) -> None:
        """Say bye and hang up. A window that is away now can still come and read how it ended."""
        if self.link.wire is not None:
            self._links.forget(self)
        self.link.say(Bye())
        self.link.close(code, reason)

    def turn_out(self) -> None:
        """Give the seat up for an agent who may no longer have it."""
        self.link.say(refusal("bad_credentials"))
        self._leave()

    def tell_console(self, told: ConsoleTold) -> None:
        """Say what the page's console said. Who reads slowly misses entries, and hears how many (C4)."""
        wire = self.link.wire
        if wire is None or wire.is_slow:
            self._console_missed += sum(entry.count for entry in told.entries) + told.left_out
            return
        missed, self._console_missed = self._console_missed, 0
        self.link.send(replace(told, left_out=told.left_out + missed))

    # ---- single messages -----------------------------------------------------------------------------

    def _leave(self) -> None:
        self._links.forget(self)
        self.runner.happen(on.AgentLeft(at_s=self.runner.now_s, seat=self.seat))
        self.link.close(1000, "bye")

    def _wish(self, message: said.AgentWish) -> None:
        runner = self.runner
        if self.comes_from_before:
            if message.id <= runner.wishes_taken.get(self.seat, -1):
                return
            if getattr(message.wish, "node", None) is not None and not self.outbox.has_begun:
                runner.carry_out([do.RefuseWish(self.seat, message.id, "stale_page")])
                return
        runner.happen(on.AgentWished(at_s=runner.now_s, seat=self.seat, id=message.id, wish=message.wish))

    def _custom_message(self, message: said.AgentCustomMessage) -> None:
        if characters_of(message.message) > MAX_CUSTOM_CHARACTERS:
            self.refuse("frame_too_large")
        else:
            self.runner.happen(on.AgentMessaged(at_s=self.runner.now_s, seat=self.seat, message=message.message))

    @property
    def may_note(self) -> bool:
        """Whether this agent may read and write notes."""
        return self.runner.session.state_for(self.seat).permissions.allow_notes

    def _notes_wanted(self, _: said.NotesWanted) -> None:
        if self.may_note:
            self.runner.notes.tell(self)
        else:
            self.refuse("not_allowed")

    def _note_written(self, message: said.NoteWritten) -> None:
        text = message.text.strip()
        if not self.may_note:
            self.refuse("not_allowed")
        elif not text:
            self.refuse("bad_message")
        else:
            self.runner.notes.keep(self, self.runner.session.name_of(self.seat), message.id, text)

    def _choose_color(self, message: said.ChooseColor) -> None:
        self.runner.happen(on.ColorChosen(at_s=self.runner.now_s, seat=self.seat, color=message.color))

    def _show_tab(self, message: said.ShowTab) -> None:
        self.runner.happen(on.TabChosen(at_s=self.runner.now_s, seat=self.seat, tab=message.tab))

    def _snapshot(self, message: said.RequestSnapshot) -> None:
        if message.differs:
            self.runner.counters.pictures_differed += 1
        self._plain(on.SnapshotRequested)

    def _window_changed(self, message: said.WindowChanged) -> None:
        self.runner.happen(on.WindowChanged(at_s=self.runner.now_s, seat=self.seat, window=message.window))

    def _plain(self, event: type[on.BySeat]) -> None:
        self.runner.happen(event(at_s=self.runner.now_s, seat=self.seat))  # type: ignore[arg-type]

    _HANDLERS: ClassVar[Mapping[type[Struct], Callable[[AgentPeer, Any], None]]] = {
        said.AgentWish: _wish,
        said.AgentCustomMessage: _custom_message,
        said.ChooseColor: _choose_color,
        said.RequestControl: lambda self, _: self._plain(on.ControlRequested),
        said.ReleaseControl: lambda self, _: self._plain(on.ControlReleased),
        said.ReleaseConsole: lambda self, _: self._plain(on.ConsoleReleased),
        said.NotesWanted: _notes_wanted,
        said.NoteWritten: _note_written,
        said.RequestSnapshot: _snapshot,
        said.ShowTab: _show_tab,
        said.RequestReceipt: lambda self, _: self._plain(on.ReceiptRequested),
        said.EndSession: lambda self, _: self._plain(on.EndAsked),
        said.Leave: lambda self, _: self._leave(),
        said.WindowChanged: _window_changed,
        said.PictureShown: lambda self, _: self._plain(on.PictureShown),
    }

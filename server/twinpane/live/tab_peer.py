"""A visitor's tab: what it sends becomes events of the visitor's session, if there is one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Protocol

from msgspec import Struct
from twinpane_protocol import visitor as said
from twinpane_protocol.link import Ack, Bye, Ping, Pong
from twinpane_protocol.settings import AccountSettings
from twinpane_protocol.shared import ConsoleTold

from twinpane.access.ceilings import under_account
from twinpane.live.counters import Counters
from twinpane.live.framing import MAX_CUSTOM_CHARACTERS, characters_of
from twinpane.live.link import PeerLink, Wire
from twinpane.live.peer import RefusingPeer
from twinpane.live.runner import Runner
from twinpane.session import events as on


class Owner(Protocol):
    """What a tab needs of the visitor it belongs to and of the node."""

    runner: Runner | None
    key: tuple[int, str]

    @property
    def now_s(self) -> float:
        """The clock that events carry."""

    @property
    def counters(self) -> Counters:
        """The node's counters."""

    def owes_ack(self, link: PeerLink) -> None:
        """See that a link gets an acknowledgement within a second."""

    def page_changed(self, tab: TabPeer) -> None:
        """Record what the tab shows."""

    def identified(self, identity: said.Identity) -> None:
        """Record who the visitor is."""

    def lookup_code_wanted(self, tab: TabPeer, renew: bool) -> None:
        """Give the tab a lookup code."""

    def agent_wanted(self, is_wanted: bool) -> None:
        """Note that the visitor waits for an agent, or no longer does."""

    def public_link_wanted(self, tab: TabPeer, message: said.PublicLinkWanted) -> None:
        """Give the tab a link by which an agent can watch."""

    def history_saved(self, views: list[said.PageView]) -> None:
        """Keep what the visitor looked at."""

    def tab_dropped(self, tab: TabPeer) -> None:
        """Note that the tab may come back."""

    def tab_closed(self, tab: TabPeer) -> None:
        """Note that the tab is gone for good."""


class TabPeer(RefusingPeer):
    """One tab, over one wire after another."""

    __slots__ = ("_account", "_own", "id", "link", "owner", "page", "wishes")

    def __init__(self, hello: said.Hello, owner: Owner) -> None:
        self.id = hello.tab
        self.page = hello.page
        self.wishes = hello.wishes
        """Each agent's newest wish that the page had when it came (K3)."""
        self._own = hello.ceiling
        self._account = AccountSettings()
        self.owner = owner
        self.link = PeerLink(owner.owes_ack)

    @property
    def place(self) -> str:
        """The tab, whatever process it is connected to."""
        return f"tab {self.owner.key} {self.id}"

    # ---- from the door -------------------------------------------------------------------------------

    def receive(self, message: Struct) -> None:
        """Take a decoded control message."""
        if isinstance(message, Ack):
            if not self.link.acknowledged(message.received):
                self.refuse("bad_message")
        elif isinstance(message, Ping):
            self.link.say(Pong(t=message.t, now_ms=self.owner.now_s * 1000))
        elif isinstance(message, Bye):
            self.link.close(1000, "bye")
            self.owner.tab_closed(self)
        else:
            self.link.count()
            handler = self._HANDLERS.get(type(message))
            if handler is not None:
                handler(self, message)
            else:
                self.refuse("bad_message")

    def receive_frame(self, frame: bytes) -> bool:
        """Take a binary frame; False if its header cannot be read. Without a session it is dropped."""
        self.link.count()
        runner = self.owner.runner
        if runner is None or runner.relay(self, frame):
            return True
        self.refuse("bad_message")
        return False

    @property
    def counters(self) -> Counters:
        """The node's counters."""
        return self.owner.counters

    def last_words(self, words: said.LastWords) -> None:
        """Take what the page said as it went, by another way than its wire; twice is as good as once (X13)."""
        self._disconnect_expected(words.absence)

    def dropped(self, wire: Wire) -> None:
        """Note that the wire is gone, unless another has taken its place.

        Firefox sends no bye while a page unloads; that the browser left the page says the same.
        """
        if self.link.wire is not wire:
            return
        self.link.drop()
        if wire.went_away:
            self.owner.tab_closed(self)
        else:
            self.owner.tab_dropped(self)

    # ---- from the node -------------------------------------------------------------------------------

    @property
    def ceiling(self) -> said.Ceiling:
        """The page's limits under those of the account."""
        return under_account(self._own, self._account)

    def limit(self, *, own: said.Ceiling | None = None, account: AccountSettings | None = None) -> None:
        """Take the page's limits, or the account's; a running session has them at once (X14)."""
        before = self.ceiling
        self._own, self._account = own or self._own, account or self._account
        if self.ceiling != before:
            self._happen(on.LimitsChanged(at_s=self.owner.now_s, tab=self.id, ceiling=self.ceiling))

    def opened(self, resumed: bool) -> on.TabOpened:
        """Return the event of this tab connecting."""
        return on.TabOpened(
            at_s=self.owner.now_s,
            tab=self.id,
            url=self.page.url,
            title=self.page.title,
            focused=self.page.focused,
            visible=self.page.visible,
            ceiling=self.ceiling,
            resumed=resumed,
        )

    def expire(self) -> None:
        """Stay away for good."""
        self.owner.tab_closed(self)

    # ---- single messages -----------------------------------------------------------------------------

    def _happen(self, event: on.Event) -> None:
        if self.owner.runner is not None:
            self.owner.runner.happen(event)

    def _page_changed(self, message: said.PageChanged) -> None:
        page = message.page
        if page == self.page:
            return
        self.page = page
        self.owner.page_changed(self)
        self._happen(
            on.TabChanged(
                at_s=self.owner.now_s,
                tab=self.id,
                url=page.url,
                title=page.title,
                focused=page.focused,
                visible=page.visible,
            )
        )

    def _identified(self, message: said.Identified) -> None:
        self.owner.identified(message.identity)

    def _answered(self, message: said.Answered) -> None:
        self._happen(
            on.VisitorAnswered(at_s=self.owner.now_s, kind=message.kind, seat=message.agent, allowed=message.allowed)
        )

    def _consent_wanted(self, message: said.ConsentWanted) -> None:
        self._happen(on.ConsentWanted(at_s=self.owner.now_s, tab=self.id, seat=message.agent, id=message.id))

    def _console_told(self, message: ConsoleTold) -> None:
        self._happen(on.ConsoleTold(at_s=self.owner.now_s, tab=self.id, told=message))

    def _stopped(self, message: said.Stopped) -> None:
        self._happen(on.VisitorStopped(at_s=self.owner.now_s))

    def _wish_refused(self, message: said.WishRefused) -> None:
        self._happen(
            on.PageRefused(at_s=self.owner.now_s, tab=self.id, seat=message.agent, id=message.id, code=message.code)
        )

    def _snapshot_needed(self, message: said.SnapshotNeeded) -> None:
        self._happen(on.PageBroke(at_s=self.owner.now_s, tab=self.id))

    def _picture_wanted(self, _: said.PictureWanted) -> None:
        runner = self.owner.runner
        if runner is None or runner.session.phase != "live":
            self.refuse("not_live")
            return
        self.link.say(said.Picture(assets=runner.assets_path))
        self._happen(on.PageBroke(at_s=self.owner.now_s, tab=self.id))

    def _lookup_code_wanted(self, message: said.LookupCodeWanted) -> None:
        self.owner.lookup_code_wanted(self, message.renew)

    def _custom_message(self, message: said.CustomMessageSent) -> None:
        if characters_of(message.message) > MAX_CUSTOM_CHARACTERS:
            self.refuse("frame_too_large")
        else:
            self._happen(on.PageMessaged(at_s=self.owner.now_s, tab=self.id, message=message.message))

    def _asset_missing(self, message: said.AssetMissing) -> None:
        if self.owner.runner is not None:
            self.owner.runner.assets.missing(message.url)

    def _assets_offered(self, message: said.AssetsOffered) -> None:
        if self.owner.runner is not None:
            self.owner.runner.offer_assets(self, message.globs)

    def _disconnect_expected(self, message: said.DisconnectExpected) -> None:
        self._happen(
            on.AbsenceAnnounced(
                at_s=self.owner.now_s,
                tab=self.id,
                return_s=message.return_s,
                title=message.title,
                message=message.message,
            )
        )

    _HANDLERS: ClassVar[Mapping[type[Struct], Callable[[TabPeer, Any], None]]] = {
        said.PageChanged: _page_changed,
        said.LimitsChanged: lambda self, message: self.limit(own=message.ceiling),
        said.Identified: _identified,
        said.Answered: _answered,
        said.ConsentWanted: _consent_wanted,
        ConsoleTold: _console_told,
        said.ConsoleClosed: lambda self, _: self._happen(on.ConsoleClosed(at_s=self.owner.now_s)),
        said.Stopped: _stopped,
        said.WishRefused: _wish_refused,
        said.SnapshotNeeded: _snapshot_needed,
        said.PictureWanted: _picture_wanted,
        said.LookupCodeWanted: _lookup_code_wanted,
        said.CustomMessageSent: _custom_message,
        said.AssetMissing: _asset_missing,
        said.AssetsOffered: _assets_offered,
        said.DisconnectExpected: _disconnect_expected,
        said.AgentRequested: lambda self, _: self.owner.agent_wanted(True),
        said.AgentRequestCancelled: lambda self, _: self.owner.agent_wanted(False),
        said.PublicLinkWanted: lambda self, message: self.owner.public_link_wanted(self, message),
        said.HistorySaved: lambda self, message: self.owner.history_saved(message.views),
    }

"""Control messages between a visitor's tab and the server. JSON text frames, told apart by `type`."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from twinpane_protocol.link import Ack, Bye, Error, Ping, Pong
from twinpane_protocol.settings import AccountSettings, Selectors
from twinpane_protocol.shared import (
    ConsentKind,
    ConsoleTold,
    LongText,
    RefusalCode,
    SessionState,
    ShortText,
    Url,
    Wish,
)

Identifier = Annotated[str, Meta(max_length=500)]
AgentText = Annotated[str, Meta(min_length=1, max_length=200)]
AgentRequestStatus = Literal["requested", "accepted", "cancelled"]
"""`accepted`: an agent started a session."""


class Page(Struct, frozen=True, kw_only=True):
    """What the tab shows."""

    url: Url
    title: ShortText
    focused: bool
    visible: bool


class Identity(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who the visitor is, as the page says (S4). A field left out stays, `null` clears it.

    `fields` names what this message sets, because JSON `null` and absent must differ.
    """

    unique_id: Identifier | None = None
    identities: Annotated[list[Identifier], Meta(max_length=50)] | None = None
    tags: Annotated[list[Identifier], Meta(max_length=50)] | None = None
    integration_ids: Annotated[list[Identifier], Meta(max_length=50)] | None = None
    """`system:id`; `system:` clears that system."""
    metadata: dict[str, str | float | bool | None] | None = None
    call_name: Identifier | None = None
    agent_prompt: LongText | None = None
    set_fields: Annotated[list[str], Meta(max_length=20)] = []


class Ceiling(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The page's own limits (S5); the stricter of these and the account's count."""

    require_authorization_for_session: bool = True
    require_control_request: bool = False
    allow_remote_click: bool = True
    allow_remote_scroll: bool = True
    allow_remote_type: bool = True
    allow_agent_redirect: bool = True
    allow_remote_console: bool = False


class Credentials(Struct, frozen=True, kw_only=True):
    """A visitor known from before: the short ID and the proof that this browser was given it."""

    short_id: Annotated[str, Meta(max_length=16)]
    secret: Annotated[str, Meta(max_length=100)]


class Hello(Struct, frozen=True, kw_only=True, tag_field="type", tag="hello", omit_defaults=True):
    """First message of a tab (W2, L2)."""

    role: Literal["visitor"] = "visitor"
    protocols: Annotated[list[int], Meta(max_length=20)]
    key: Annotated[str, Meta(max_length=40)]
    """The public key of the page."""
    tab: Annotated[str, Meta(max_length=40)]
    """Random id of the tab, kept over its navigations."""
    page: Page
    visitor: Credentials | None = None
    identity: Identity | None = None
    ceiling: Ceiling = Ceiling()
    resume: Annotated[str, Meta(max_length=100)] | None = None
    received: Annotated[int, Meta(ge=0)] = 0
    """Numbered frames received so far on the link being resumed (L4)."""
    acknowledged: Annotated[int, Meta(ge=0)] | None = None
    """Numbered frames of this side that the server has acknowledged, so that it can go on without its memory (K2)."""
    wishes: Annotated[dict[Identifier, Annotated[int, Meta(ge=0)]], Meta(max_length=100)] = {}
    """Of each agent the newest wish that this page got (K3)."""


class PageChanged(Struct, frozen=True, kw_only=True, tag_field="type", tag="page_changed"):
    """URL, title, focus or visibility of the tab changed."""

    page: Page


class LimitsChanged(Struct, frozen=True, kw_only=True, tag_field="type", tag="limits_changed"):
    """The page's settings set other limits than the hello told (X14)."""

    ceiling: Ceiling


class Identified(Struct, frozen=True, kw_only=True, tag_field="type", tag="identified"):
    """The page told who the visitor is (`updateConnection`)."""

    identity: Identity


class Answered(Struct, frozen=True, kw_only=True, tag_field="type", tag="answered"):
    """The visitor answered a consent card."""

    kind: ConsentKind
    agent: Identifier
    allowed: bool


class ConsentWanted(Struct, frozen=True, kw_only=True, tag_field="type", tag="consent_wanted"):
    """The page's gate let a wish pass that the visitor must agree to: they are to be asked (C1)."""

    kind: Literal["console"]
    agent: Identifier
    id: int
    """Of the wish."""


class ConsoleClosed(Struct, frozen=True, kw_only=True, tag_field="type", tag="console_closed"):
    """The visitor lets no agent read the console any longer."""


class Stopped(Struct, frozen=True, kw_only=True, tag_field="type", tag="stopped"):
    """The visitor ended the session."""


class WishRefused(Struct, frozen=True, kw_only=True, tag_field="type", tag="wish_refused"):
    """The page's gate did not carry out a wish."""

    agent: Identifier
    id: int
    code: RefusalCode


class SnapshotNeeded(Struct, frozen=True, kw_only=True, tag_field="type", tag="snapshot_needed"):
    """The page cannot go on in this epoch (document replaced, queue overflown); asks for a new one."""

    reason: ShortText


class PictureWanted(Struct, frozen=True, kw_only=True, tag_field="type", tag="picture_wanted"):
    """The visitor wants to see what agents see; answered by `picture` and a new epoch (M7)."""


class LookupCodeWanted(Struct, frozen=True, kw_only=True, tag_field="type", tag="lookup_code_wanted"):
    """The page wants a lookup code; `renew` makes a fresh one even if the old still holds (S6)."""

    renew: bool = False


class CustomMessageSent(Struct, frozen=True, kw_only=True, tag_field="type", tag="custom_message_sent"):
    """The page sends a message to the agents."""

    message: Any


class AssetMissing(Struct, frozen=True, kw_only=True, tag_field="type", tag="asset_missing"):
    """The page cannot or may not supply an asset that was asked for (F12)."""

    url: Url


class AssetsOffered(Struct, frozen=True, kw_only=True, tag_field="type", tag="assets_offered"):
    """Assets that the server is to ask of the page before it fetches them itself (`proxyAssets`, F12).

    Globs of addresses, `*` for any characters; for the epoch that begins.
    """

    globs: Selectors


class DisconnectExpected(Struct, frozen=True, kw_only=True, tag_field="type", tag="disconnect_expected"):
    """The page will be gone for a while and come back (`expectDisconnect`, S9).

    Holds until a page of the visitor connects anew. Counted from when the tab is gone.
    """

    return_s: Annotated[float, Meta(ge=0, le=3600)]
    title: ShortText | None = None
    message: ShortText | None = None


class LastWords(Struct, frozen=True, kw_only=True):
    """What a page says as it goes, posted to `/last-words`, for sockets may drop it (X13)."""

    resume: ShortText
    """The secret of its last welcome, by which it is known."""
    absence: DisconnectExpected


class AgentRequested(Struct, frozen=True, kw_only=True, tag_field="type", tag="agent_requested"):
    """The visitor wants an agent to come (`requestAgent`); holds while they are online, in all their tabs."""


class AgentRequestCancelled(Struct, frozen=True, kw_only=True, tag_field="type", tag="agent_request_cancelled"):
    """The visitor no longer wants an agent (`cancelRequestAgent`)."""


class PublicLinkWanted(Struct, frozen=True, kw_only=True, tag_field="type", tag="public_link_wanted"):
    """The page wants a link by which the named agent can watch without any log-in (`getPublicLink`)."""

    id: Annotated[int, Meta(ge=0)]
    """Comes back in the answer."""
    agent_id: AgentText
    agent_name: AgentText


class PageView(Struct, frozen=True, kw_only=True):
    """A page that the visitor looked at."""

    url: Url
    title: ShortText
    ago_s: Annotated[float, Meta(ge=0)] = 0
    """How long before this was sent."""


class HistorySaved(Struct, frozen=True, kw_only=True, tag_field="type", tag="history_saved"):
    """The page wants views kept (`saveHistory`): those so far, and after it each new one as it comes (R12)."""

    views: Annotated[list[PageView], Meta(max_length=100)]
    """Oldest first."""


FromVisitor = (
    Hello
    | Ack
    | Ping
    | Bye
    | PageChanged
    | LimitsChanged
    | Identified
    | Answered
    | ConsentWanted
    | ConsoleTold
    | ConsoleClosed
    | Stopped
    | WishRefused
    | SnapshotNeeded
    | PictureWanted
    | LookupCodeWanted
    | CustomMessageSent
    | AssetMissing
    | AssetsOffered
    | DisconnectExpected
    | AgentRequested
    | AgentRequestCancelled
    | PublicLinkWanted
    | HistorySaved
)


class Welcome(Struct, frozen=True, kw_only=True, tag_field="type", tag="welcome"):
    """Answer to hello: this tab is connected (W2, L2)."""

    protocol: int
    connection: str
    """Public id of this connection (`getConnectionId`)."""
    resume: str
    """Shown at the next hello to take this link up again; fresh at each welcome."""
    resumed: bool
    received: int
    """Numbered frames the server has received on this link (L4)."""
    visitor: Credentials
    lookup_code: str | None
    watch_link: str
    core: str
    """URL of the capture core, fetched when a session is asked for."""
    surface: str
    """URL of the surface: what the visitor sees of us, and functions that few pages use."""
    session: SessionState | None
    agent_requested: bool = False
    """Whether the visitor still waits for an agent (`requestAgent`)."""
    settings: AccountSettings = AccountSettings()
    """The account's settings as they are now; those of the loader's own script may be minutes older."""


class SessionChanged(Struct, frozen=True, kw_only=True, tag_field="type", tag="session_changed"):
    """The visitor's session as it is now; phase `ended` comes once, with its reason (X1)."""

    session: SessionState


class Capture(Struct, frozen=True, kw_only=True, tag_field="type", tag="capture"):
    """Start sending page frames from a fresh snapshot under `epoch`, or stop (`epoch` null) (F2)."""

    epoch: int | None


class WishMade(Struct, frozen=True, kw_only=True, tag_field="type", tag="wish_made"):
    """An agent's wish that passed the server's gate."""

    agent: str
    id: int
    wish: Wish


class AssetWanted(Struct, frozen=True, kw_only=True, tag_field="type", tag="asset_wanted"):
    """An agent needs an asset the server cannot fetch; answered by an asset frame or `asset_missing`."""

    url: Url


class ReceiptWanted(Struct, frozen=True, kw_only=True, tag_field="type", tag="receipt_wanted"):
    """An agent wants the picture compared with the page now (F20)."""


class SettingsChanged(Struct, frozen=True, kw_only=True, tag_field="type", tag="settings_changed"):
    """The account's settings as they are now (S5); what is masked is masked by them from here on."""

    settings: AccountSettings


class LookupCode(Struct, frozen=True, kw_only=True, tag_field="type", tag="lookup_code"):
    """The tab's visitor can be found by this code until it expires (S6)."""

    code: str
    expires_at: str


class CustomMessageReceived(Struct, frozen=True, kw_only=True, tag_field="type", tag="custom_message_received"):
    """An agent sent the page a message."""

    agent: str
    message: Any


class AgentRequestChanged(Struct, frozen=True, kw_only=True, tag_field="type", tag="agent_request_changed"):
    """What became of the wish for an agent (S3, `agentRequestUpdate`); to all tabs of the visitor."""

    status: AgentRequestStatus


class Picture(Struct, frozen=True, kw_only=True, tag_field="type", tag="picture"):
    """What the visitor's own player of the page's frames needs (M7)."""

    assets: str
    """Path prefix of the session's asset door (F11)."""


class PublicLink(Struct, frozen=True, kw_only=True, tag_field="type", tag="public_link"):
    """The link that was wanted."""

    id: int
    url: str
    expires_at: str


ToVisitor = (
    Welcome
    | Ack
    | Pong
    | Bye
    | Error
    | SessionChanged
    | Capture
    | WishMade
    | AssetWanted
    | ReceiptWanted
    | SettingsChanged
    | LookupCode
    | CustomMessageReceived
    | AgentRequestChanged
    | PublicLink
    | Picture
)

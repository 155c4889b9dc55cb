"""People and sessions to fill the console with, made with the contract's own structs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from twinpane_protocol.console import RowAgent, SessionRow, VisitorRow
from twinpane_protocol.console_answers import (
    AuditEntry,
    Invitation,
    KeptColumn,
    KeptPlace,
    Key,
    Me,
    Member,
    Note,
    PageView,
    SessionAgent,
    SessionTold,
    TeamTold,
    VisitorTold,
    WebhookTold,
)
from twinpane_protocol.shared import Permissions

NOW = datetime.now(UTC)
FIRST = ["Ada", "Zoë", "Åsa", "Grace", "Mika", "Noor", "Tomás", "Ines", "Jun", "Lea", "Sami", "Wren"]
LAST = ["Lind", "Grey", "Berg", "Osei", "Toivonen", "Haddad", "Vega", "Rocha", "Park", "Marin", "Okafor", "Hale"]
PAGES = [
    ("Kettles - Slow Pour", "kettles?sort=price"),
    ("Your cart - Slow Pour", "cart"),
    ("Check out - Slow Pour", "checkout/payment"),
    ("Tide press - Slow Pour", "gear/tide-press"),
    ("How to grind - Slow Pour", "guides/grinding"),
    ("Slow Pour", ""),
]
PLACES = [("Gothenburg", "SE"), ("Porto", "PT"), ("Osaka", "JP"), ("Lagos", "NG"), ("Lyon", "FR"), (None, "CA")]
BROWSERS = [
    ("Chrome", "desktop"),
    ("Safari", "mobile"),
    ("Firefox", "desktop"),
    ("Edge", "desktop"),
    ("Safari", "tablet"),
]
SITE = "https://slowpour.example"
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def ago(**length: float) -> str:
    return (NOW - timedelta(**length)).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def short_id(number: int) -> str:
    mixed = (number * 2_654_435_761 + 977) % 2**40
    return "".join(LETTERS[mixed >> shift & 31] for shift in range(0, 40, 5))


def row(number: int) -> VisitorRow:
    """The visitor of that number, always the same."""
    name = f"{FIRST[number % 12]} {LAST[number * 5 // 12 % 12]}"
    title, path = PAGES[number * 7 % 6]
    city, country = PLACES[number * 5 % 6]
    browser, device = BROWSERS[number * 3 % 5]
    busy = number in (2, 5)
    return VisitorRow(
        short_id=short_id(number),
        name=short_id(number) if number % 9 == 7 else name,
        unique_id=None if number % 3 else f"case-{4200 + number}",
        identities=[] if number % 9 == 7 else [name],
        tags=["vip"] if number % 7 == 1 else [],
        url=f"{SITE}/{path}",
        title=title,
        browser_name=browser,
        device_type=device,  # type: ignore[arg-type]
        city=city,
        country=country,
        online_since=ago(seconds=40 + 97 * number),
        waits_for_agent=number == 0,
        agent_prompt="Cannot finish paying; card declined twice" if number == 0 else None,
        session_id=f"s{number}" if busy else None,
        phase="live" if busy else None,
        agents=["Mika"] if busy else [],
    )


ROWS = [row(number) for number in range(240)]


def visitor(of: VisitorRow, *, with_history: bool = False) -> VisitorTold:
    views = [
        PageView(url=f"{SITE}/{path}", title=title, viewed_at=ago(minutes=2 + 3 * at))
        for at, (title, path) in enumerate(PAGES)
    ]
    return VisitorTold(
        type_="visitor",
        short_id=of.short_id,
        unique_id="case-4200",
        identities=["Ada Lind", "ada@example.com"] if of is ROWS[0] else of.identities,
        tags=["vip", "newsletter"],
        email="ada@example.com",
        integration_ids=["crm:7731"],
        integration=None,
        lookup_code=None,
        is_online=True,
        is_in_session=of.session_id is not None,
        is_supported=True,
        is_waiting_for_call=of.waits_for_agent,
        js_configuration={},
        added_at=ago(days=70),
        first_seen_at=ago(days=70),
        last_seen_at=ago(seconds=5),
        last_url=of.url,
        last_title=of.title,
        browser_name=of.browser_name,
        device_name="Mac",
        device_type=of.device_type,
        ip_address="203.0.113.7",
        location_city=of.city,
        location_country=of.country,
        location_country_name="Sweden",
        call_name=None,
        metadata={"plan": "Gold", "orders": 12, "newsletter": True},
        api_key="E2ePublic1",
        watch_link=f"https://help.example/w/{of.short_id}",
        sessions=SESSIONS[:3] if with_history else [],
        pageviews=views if with_history else None,
    )


def session(number: int) -> SessionTold:
    ends = ["visitor_stopped", "agent_stopped", "agent_stopped", "rejected", "timeout"]
    runs, length = number == 0, 0 if number % 5 == 3 else 63 + 97 * number
    names = ["Zoë Lind", "Mika Toivonen"] if number % 4 == 0 else ["Grace Osei"]
    agents = [
        SessionAgent(
            id=f"seat{number}{at}",
            name=name,
            agent_identifier="member:1",
            joined_at=ago(hours=7 * number + 1),
            left_at=None,
        )
        for at, name in enumerate(names)
    ]
    return SessionTold(
        type_="session",
        id=f"s{number}",
        visitor_id=ROWS[number].short_id,
        started_at=ago(hours=7 * number + 1),
        ended_at=None if runs else ago(hours=7 * number + 0.5),
        went_live=number % 5 != 3,
        end_reason=None if runs else ends[number % 5],  # type: ignore[arg-type]
        length_seconds=length,
        formatted_length=f"{length // 60}:{length % 60:02}",
        features_used=["click", "draw"] if number % 5 != 3 else [],
        agents=agents,
        metadata={"ticket": f"T-{1187 + number}"},
        permissions=Permissions(),
        recording=None,
    )


SESSIONS = [session(number) for number in range(24)]


def running(number: int) -> SessionRow:
    of = ROWS[number]
    agents = [RowAgent(name="Mika Toivonen", color="#b4530a"), RowAgent(name="Zoë Lind", color="#0a7d5a")]
    return SessionRow(
        id=f"s{number}",
        short_id=of.short_id,
        visitor_name=of.name,
        url=of.url,
        title=of.title,
        phase="asking" if number == 4 else "live",
        started_at=ago(minutes=3 + number),
        went_live_at=None if number == 4 else ago(minutes=3 + number),
        agents=agents[: 1 + number % 2],
    )


RUNNING = [running(number) for number in range(1, 6)]
MEMBERS = [
    Member(
        id=1,
        email="zoe@slowpour.example",
        name="Zoë Lind",
        role="owner",
        has_password=True,
        added_at=ago(days=90),
        last_seen_at=ago(seconds=4),
    ),
    Member(
        id=2,
        email="mika@slowpour.example",
        name="Mika Toivonen",
        role="admin",
        has_password=False,
        added_at=ago(days=60),
        last_seen_at=ago(minutes=12),
    ),
    Member(
        id=3,
        email="grace@slowpour.example",
        name="Grace Osei",
        role="agent",
        has_password=True,
        added_at=ago(days=31),
        last_seen_at=ago(hours=3),
    ),
    Member(
        id=4,
        email="books@auditors.example",
        name="Ines Rocha",
        role="read-only",
        has_password=True,
        added_at=ago(days=9),
        last_seen_at=ago(days=2),
    ),
]
INVITATION = Invitation(
    id=1,
    role="agent",
    email="jun@slowpour.example",
    name=None,
    member_id=None,
    invited_by="Zoë Lind",
    created_at=ago(hours=2),
    expires_at=ago(days=-3),
)
ME = Me(
    member=MEMBERS[0],
    team=TeamTold(name="Slow Pour", public_key="E2ePublic1"),
    address="https://help.slowpour.example",
    version="0.1.0",
    expires_at=ago(days=-30),
)
KEYS = [
    Key(
        id=1,
        name="Help desk",
        scopes=["read", "sessions"],
        created_at=ago(days=60),
        last_used_at=ago(minutes=1),
        revoked_at=None,
    ),
    Key(
        id=2, name="Night export", scopes=["read"], created_at=ago(days=31), last_used_at=ago(hours=11), revoked_at=None
    ),
    Key(
        id=3,
        name="Old help desk",
        scopes=["read", "sessions", "admin"],
        created_at=ago(days=200),
        last_used_at=ago(days=61),
        revoked_at=ago(days=60),
    ),
]
WEBHOOKS = [
    WebhookTold(
        id="w1",
        url="https://desk.slowpour.example/hooks/twinpane",
        events=["session.started", "session.ended"],
        created_at=ago(days=40),
    )
]
DEEDS = [
    ("member Zoë Lind", "invited jun@slowpour.example as agent"),
    ("member Mika Toivonen", "changed settings: maskedElements"),
    ("key Help desk", f"asked for a watch URL of {ROWS[5].short_id}"),
    ("member Grace Osei", f"started a session with {ROWS[2].short_id}"),
    ("member Zoë Lind", "revoked key Old help desk"),
    ("member Zoë Lind", "logged in"),
]
KEPT_PLACES = [
    KeptPlace(
        name="notes",
        what="what members wrote about sessions",
        why="to hand over to the next agent",
        how_long="until the visitor is erased",
        columns=[KeptColumn(name="text", what="what", whose="visitor")],
    ),
    KeptPlace(name="log", what="requests", why="to find mistakes", how_long="as set", columns=[]),
]
AUDIT = [
    AuditEntry(
        id=99 - at,
        at=ago(minutes=7 + 31 * at),
        who=who,
        did=did,
        ip_address="198.51.100.4",
        hash=f"{(at + 3) * 0x9E3779B97F4A7C15 % 2**64:016x}" * 4,
    )
    for at, (who, did) in enumerate(DEEDS)
]
NOTES = [
    Note(
        id=1,
        author="Grace Osei",
        text="Card was declined because of the address. Changed it together; payment went through.",
        written_at=ago(hours=6),
    ),
    Note(id=2, author="Zoë Lind", text="Asked shipping to hold the parcel until Friday.", written_at=ago(hours=2)),
]

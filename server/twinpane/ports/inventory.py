"""What is kept of whom, why and how long: every column of the database, and what is kept elsewhere.

A test compares it with the tables, so that no column is undeclared; docs/data.md and the console's page are made of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

Whose = Literal["visitor", "agent", "member", "team", "server"]

_WITH_VISITOR: Final = "until the visitor is erased, by hand or `retention_days` after they were last seen"
_NUMBER: Final = "a row's own number: tells nothing about the visitor"
_OF_ANOTHER: Final = "opens an agent's window: a secret of somebody else"
_MADE: Final = "made of the other columns"


@dataclass(frozen=True, slots=True)
class Kept:
    """A column. `left_out` says why an export of a visitor does not have it; empty: it does."""

    what: str
    whose: Whose
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A table, or another place. `of_visitor`: its rows belong to one visitor and go with them."""

    what: str
    why: str
    how_long: str
    columns: Mapping[str, Kept] = field(default_factory=dict)
    of_visitor: bool = False


def _all(whose: Whose, **columns: str) -> dict[str, Kept]:
    return {name: Kept(what, whose) for name, what in columns.items()}


TABLES: Final[dict[str, Place]] = {
    "teams": Place(
        "accounts",
        "to know which pages and keys belong together",
        "as long as the server",
        _all(
            "team",
            id="number",
            public_key="the key in pages",
            name="its name",
            allowed_domains="domains whose pages may connect",
            settings="its settings, as defaults of its pages",
        ),
    ),
    "rest_keys": Place(
        "REST keys, revoked ones too",
        "to let the integrator's server in, and to tell afterwards which key it was",
        "as long as the team",
        _all(
            "team",
            id="number",
            team_id="the team",
            name="what the key is called",
            key_hash="SHA-256 of the secret",
            scopes="what it may do",
            created_at="when it was made",
            last_used_at="when it was used last, to the minute",
            revoked_at="when it was revoked",
        ),
    ),
    "visitors": Place(
        "browsers that opened a page with our script",
        "to find the person who asks for help, and to recognise them on their next page",
        _WITH_VISITOR,
        {
            "id": Kept("number", "visitor", _NUMBER),
            **_all(
                "visitor",
                team_id="whose page it was",
                short_id="our name for the browser",
                first_seen_at="when it came first",
                last_seen_at="when it was seen last",
                unique_id="the site's own name for the person",
                identities="names that the page gave",
                tags="words that the page gave",
                integration_ids="names in other systems that the page gave",
                metadata="further values that the page gave",
                call_name="how the page wants them called",
                agent_prompt="what the page tells agents about them",
                last_url="address of the page they are on, without what rules hide",
                last_title="its title",
                user_agent="browser and device as the browser names them",
                ip_address="address they came from",
                location_city="city, looked up in the operator's own file",
                location_country="country code, from the same file",
                location_country_name="country, from the same file",
                is_online="whether they are here now",
                is_in_session="whether somebody watches now",
            ),
            "search_text": Kept("what searches look through", "visitor", _MADE),
            "exact_tokens": Kept("what exact searches look through", "visitor", _MADE),
        },
        of_visitor=True,
    ),
    "page_views": Place(
        "pages a visitor looked at, the newest 200, when the page asked to keep them",
        "to show agents what led here",
        _WITH_VISITOR,
        {
            "id": Kept("number", "visitor", _NUMBER),
            **_all(
                "visitor",
                team_id="the team",
                short_id="the visitor",
                url="address",
                title="title",
                viewed_at="when",
            ),
        },
        of_visitor=True,
    ),
    "sessions": Place(
        "shared visits: when, not what was seen",
        "to show who helped whom, and to count",
        _WITH_VISITOR,
        _all(
            "visitor",
            id="name",
            team_id="the team",
            short_id="the visitor",
            started_at="when it was asked for",
            went_live_at="when the visitor said yes",
            ended_at="when it ended",
            end_reason="why",
            metadata="values that the integrator gave",
            permissions="what agents might do",
            features_used="what they did, by kind",
            state="who has control, agents' colours, the tab's random name: to go on after a restart",
            kept_at="when it was last known to be alive",
            is_recorded="whether its picture was recorded",
            recording="how long and how large the recording is",
        ),
        of_visitor=True,
    ),
    "lookup_codes": Place(
        "digits by which an agent finds a visitor",
        "to hold on over a restart of the server",
        "an hour, then until the next start",
        _all(
            "visitor",
            team_id="the team",
            short_id="the visitor",
            digits="four digits",
            expires_at="until when they hold",
        ),
        of_visitor=True,
    ),
    "answers": Place(
        "answers to requests that had an `Idempotency-Key`",
        "to answer a repeat as the first time, wherever it comes",
        "24 hours, or until the visitor is erased",
        _all(
            "team",
            team_id="the team",
            name="the key, hashed under the server's secret",
            fingerprint="what was asked, hashed under it",
            short_id="the visitor that it was about",
            until="until when it is kept",
            answer="what was answered, one-time links too, sealed under the server's secret",
        ),
    ),
    "nodes": Place(
        "the servers of an installation of many",
        "to find each other, and to notice that one is gone",
        "a day after one was last heard of",
        _all(
            "server",
            id="name",
            address="where the others reach it",
            process="what its resume secrets begin with",
            epoch="how often it started",
            since="since when it has been heard of without a break",
            lease_until="when it counts as gone",
        ),
    ),
    "homes": Place(
        "which server of many a visitor is connected to",
        "to carry whoever comes to another server there",
        "until the visitor leaves",
        _all(
            "server",
            team_id="the team",
            short_id="our name for the browser",
            node_id="the server",
            epoch="how often a server took the visitor up",
            told="what other servers show of them: since when online, whether they wait, their code, who watches",
        ),
    ),
    "seats": Place(
        "agents in sessions",
        "to let an agent's window in, and to show who watched",
        _WITH_VISITOR,
        {
            **_all("visitor", id="name", session_id="the session"),
            **_all(
                "agent",
                agent_id="the integrator's name for the agent",
                agent_name="name that the visitor was told",
                permissions="what they might do",
                branding="how their page looks",
                expires_at="until when the watch URL could be opened",
                opened_at="when it was",
                joined_at="when they came",
                left_at="when they left",
            ),
            "token_hash": Kept("SHA-256 of the watch URL's token", "agent", _OF_ANOTHER),
            "grant_hash": Kept("SHA-256 of their window's secret", "agent", _OF_ANOTHER),
        },
        of_visitor=True,
    ),
    "notes": Place(
        "what members wrote about sessions",
        "to hand over to the next agent",
        _WITH_VISITOR,
        {
            "id": Kept("number", "visitor", _NUMBER),
            "session_id": Kept("the session", "visitor"),
            "author": Kept("who wrote it", "member"),
            "text": Kept("what", "visitor"),
            "written_at": Kept("when", "visitor"),
        },
        of_visitor=True,
    ),
    "webhooks": Place(
        "addresses that hear of news",
        "to deliver them",
        "until removed; those of one session until its news are delivered",
        _all(
            "team",
            id="name",
            team_id="the team",
            session_id="the session, if it hears of that alone",
            url="address",
            secret="signs deliveries, so it is kept as it is",  # noqa: S106 - words about it
            events="what it hears of",
            created_at="when it was made",
        ),
    ),
    "deliveries": Place(
        "news that are to be delivered, or were",
        "to try again while the receiver is down, and to send again on request",
        "seven days; those of a visitor go with them",
        {
            "number": Kept("number", "visitor", _NUMBER),
            **_all(
                "visitor",
                id="name",
                team_id="the team",
                short_id="the visitor",
                thread="what keeps its order: the session, else the visitor",
                body="the message",
                due_at="when it is tried next",
                tries="how often it was",
                state="how it stands",
                webhook_id="for whom",
            ),
        },
        of_visitor=True,
    ),
    "audit": Place(
        "what keys and members did",
        "to prove afterwards who did what; entries are chained and cannot be taken out",
        "as long as the team. Of visitors and sessions it has nothing but our own names for them",
        {
            **_all("team", number="number", team_id="the team", at="when", did="what, as method and path"),
            "who": Kept("the key's or member's name", "member"),
            "address": Kept("address they came from", "member"),
            **_all("server", previous_hash="hash of the entry before", hash="hash of this one"),
        },
    ),
    "members": Place(
        "people who may log in to the console",
        "to know them",
        "until removed",
        _all(
            "member",
            id="number",
            team_id="the team",
            email="e-mail address, their log-in's name",
            name="name",
            role="what they may do",
            password_hash="argon2id hash of the password",  # noqa: S106 - words about it
            subject="their name at the log-in provider",
            added_at="when they joined",
            last_seen_at="when they were last here",
        ),
    ),
    "log_ins": Place(
        "browsers that are logged in",
        "to know them again",
        "14 days, or a day without use",
        _all(
            "member",
            secret_hash="SHA-256 of the cookie",  # noqa: S106 - words about it
            member_id="the member",
            began_at="when",
            used_at="when it was used last, to the minute",
            expires_at="until when",
            address="address it came from",
        ),
    ),
    "invitations": Place(
        "one-time links to join or set a new password",
        "to let those in who have one",
        "seven days, or until used",
        _all(
            "member",
            id="number",
            team_id="the team",
            token_hash="SHA-256 of the link's token",  # noqa: S106 - words about it
            role="what they will be allowed",
            email="for whom",
            name="their name",
            member_id="whose password is set anew",
            invited_by="who made it",
            created_at="when",
            expires_at="until when",
        ),
    ),
}

ELSEWHERE: Final[dict[str, Place]] = {
    "memory of the server": Place(
        "the picture of pages in sessions, masked in the page already; proxied sites' cookies",
        "to show late agents the whole, and to browse proxied sites",
        "until the session ends",
    ),
    "`recordings/` in the data folder": Place(
        "what agents saw of pages in sessions, masked in the page already, with images; only where the team records",
        "to show again what was done",
        "`recording_days` after the session, or until the visitor is erased, or it is deleted by hand",
    ),
    "`blobs/` in the data folder": Place(
        "images, fonts and style sheets of mirrored pages; those that only a visitor's page has are theirs alone",
        "to show them to agents",
        "the newest up to a bound; a visitor's own until the visitor is erased",
    ),
    "log": Place(
        "method, path without its secrets, status and time of requests; hosts of proxied pages. No queries, no bodies",
        "to find mistakes",
        "where the operator sends it",
    ),
    "the visitor's browser": Place(
        "short ID with its proof, and what the page told about the visitor, in the page's own storage",
        "to be the same visitor on the next page",
        "until the page calls `reset`, or the browser clears it",
    ),
    "the member's browser": Place("the log-in's cookie, which no script reads", "to stay logged in", "14 days"),
    "backups": Place(
        "all of the database, as the operator copies it", "to restore it", "as the operator keeps them: see `backup`"
    ),
}


def exported_columns() -> dict[str, list[str]]:
    """The columns that an export of a visitor has, by table."""
    return {
        name: [column for column, kept in place.columns.items() if not kept.left_out]
        for name, place in TABLES.items()
        if place.of_visitor
    }

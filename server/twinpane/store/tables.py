"""The tables, for every SQL database. A change here needs a migration; a test compares the two."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Dialect,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
    text,
)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class UtcTime(TypeDecorator[datetime]):
    """An aware UTC datetime, kept as microseconds since 1970: exact, ordered, the same in every database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """To the database."""
        return None if value is None else (value - _EPOCH) // timedelta(microseconds=1)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """From the database."""
        return None if value is None else _EPOCH + timedelta(microseconds=value)


metadata = MetaData()

teams = Table(
    "teams",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("public_key", String(10), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("allowed_domains", JSON, nullable=False),
    Column("settings", JSON, nullable=False),
)

rest_keys = Table(
    "rest_keys",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("team_id", ForeignKey("teams.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("key_hash", LargeBinary(32), nullable=False, unique=True),
    Column("scopes", JSON, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("last_used_at", UtcTime),
    Column("revoked_at", UtcTime),
)

visitors = Table(
    "visitors",
    metadata,
    # Never used again, for the full-text index goes by it.
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("team_id", ForeignKey("teams.id"), nullable=False),
    Column("short_id", String(8), nullable=False),
    Column("first_seen_at", UtcTime, nullable=False),
    Column("last_seen_at", UtcTime, nullable=False),
    Column("unique_id", Text),
    Column("identities", JSON, nullable=False),
    Column("tags", JSON, nullable=False),
    Column("integration_ids", JSON, nullable=False),
    Column("metadata", JSON, nullable=False),
    Column("call_name", Text),
    Column("agent_prompt", Text),
    Column("last_url", Text),
    Column("last_title", Text),
    Column("user_agent", Text),
    Column("ip_address", Text),
    Column("location_city", Text),
    Column("location_country", Text),
    Column("location_country_name", Text),
    Column("is_online", Boolean, nullable=False),
    Column("is_in_session", Boolean, nullable=False),
    # Made from the columns above by access/search.py; what R40 looks through.
    Column("search_text", Text, nullable=False),
    Column("exact_tokens", Text, nullable=False),
    UniqueConstraint("team_id", "short_id", name="visitors_short_id"),
    Index("visitors_latest", "team_id", "last_seen_at", "short_id"),
    Index("visitors_unique_id", "team_id", "unique_id", "last_seen_at", "short_id"),
    Index(
        "visitors_online",
        "team_id",
        "last_seen_at",
        "short_id",
        sqlite_where=text("is_online = 1"),
        postgresql_where=text("is_online"),
    ),
    sqlite_autoincrement=True,
)

page_views = Table(
    "page_views",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("team_id", ForeignKey("teams.id"), nullable=False),
    Column("short_id", String(8), nullable=False),
    Column("url", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("viewed_at", UtcTime, nullable=False),
    Index("page_views_of_visitor", "team_id", "short_id", "id"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("team_id", ForeignKey("teams.id"), nullable=False),
    Column("short_id", String(8), nullable=False),
    Column("started_at", UtcTime, nullable=False),
    Column("went_live_at", UtcTime),
    Column("ended_at", UtcTime),
    Column("end_reason", Text),
    Column("metadata", JSON, nullable=False),
    Column("permissions", JSON, nullable=False),
    Column("features_used", JSON, nullable=False),
    # What goes on after a restart, and when the session was last known to be alive.
    Column("state", JSON(none_as_null=True)),
    Column("kept_at", UtcTime),
    Column("is_recorded", Boolean, nullable=False, server_default=false()),
    Column("recording", JSON(none_as_null=True)),
    Index("sessions_of_visitor", "team_id", "short_id", "started_at"),
    Index("sessions_latest", "team_id", "started_at"),
    Index(
        "sessions_open",
        "team_id",
        sqlite_where=text("ended_at IS NULL"),
        postgresql_where=text("ended_at IS NULL"),
    ),
)

seats = Table(
    "seats",
    metadata,
    Column("id", Text, primary_key=True),
    Column("session_id", ForeignKey("sessions.id"), nullable=False, index=True),
    Column("agent_id", Text, nullable=False),
    Column("agent_name", Text, nullable=False),
    Column("permissions", JSON, nullable=False),
    Column("branding", JSON, nullable=False),
    Column("token_hash", LargeBinary(32), nullable=False, unique=True),
    Column("expires_at", UtcTime, nullable=False),
    Column("grant_hash", LargeBinary(32), unique=True),
    Column("opened_at", UtcTime),
    Column("joined_at", UtcTime),
    Column("left_at", UtcTime),
)

webhooks = Table(
    "webhooks",
    metadata,
    Column("id", Text, primary_key=True),
    Column("team_id", ForeignKey("teams.id"), nullable=False, index=True),
    Column("session_id", Text),
    Column("url", Text, nullable=False),
    Column("secret", Text, nullable=False),
    Column("events", JSON, nullable=False),
    Column("created_at", UtcTime, nullable=False),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("webhook_id", ForeignKey("webhooks.id"), nullable=False),
    Column("team_id", ForeignKey("teams.id"), nullable=False),
    Column("thread", Text, nullable=False),
    Column("short_id", String(8), nullable=False),
    Column("body", Text, nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("state", String(10), nullable=False),
    Index("deliveries_waiting", "state", "webhook_id", "thread", "number"),
    Index("deliveries_of_visitor", "team_id", "short_id"),
)

audit = Table(
    "audit",
    metadata,
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("team_id", ForeignKey("teams.id"), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("who", Text, nullable=False),
    Column("did", Text, nullable=False),
    Column("address", Text),
    # Two entries cannot follow the same one, whoever writes them.
    Column("previous_hash", LargeBinary(32), nullable=False, unique=True),
    Column("hash", LargeBinary(32), nullable=False),
    Index("audit_of_team", "team_id", "number"),
)

members = Table(
    "members",
    metadata,
    # Never used again: the audit goes by it.
    Column("id", Integer, primary_key=True),
    Column("team_id", ForeignKey("teams.id"), nullable=False, index=True),
    Column("email", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("role", String(10), nullable=False),
    Column("password_hash", Text),
    Column("subject", Text, unique=True),
    Column("added_at", UtcTime, nullable=False),
    Column("last_seen_at", UtcTime),
    sqlite_autoincrement=True,
)

log_ins = Table(
    "log_ins",
    metadata,
    Column("secret_hash", LargeBinary(32), primary_key=True),
    Column("member_id", ForeignKey("members.id"), nullable=False, index=True),
    Column("began_at", UtcTime, nullable=False),
    Column("used_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
    Column("address", Text),
)

invitations = Table(
    "invitations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("team_id", ForeignKey("teams.id"), nullable=False, index=True),
    Column("token_hash", LargeBinary(32), nullable=False, unique=True),
    Column("role", String(10), nullable=False),
    Column("email", Text),
    Column("name", Text),
    Column("member_id", ForeignKey("members.id")),
    Column("invited_by", Text, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
    sqlite_autoincrement=True,
)

lookup_codes = Table(
    "lookup_codes",
    metadata,
    Column("team_id", ForeignKey("teams.id"), primary_key=True),
    Column("short_id", String(8), primary_key=True),
    Column("digits", String(4), nullable=False),
    Column("expires_at", UtcTime, nullable=False),
)

notes = Table(
    "notes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("session_id", ForeignKey("sessions.id"), nullable=False, index=True),
    Column("author", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("written_at", UtcTime, nullable=False),
)

# Of many nodes on one database; empty where there is one. Times are the database's own, in seconds since 1970.
nodes = Table(
    "nodes",
    metadata,
    Column("id", String(22), primary_key=True),
    Column("address", Text, nullable=False),
    Column("process", String(8), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("since", Double, nullable=False),
    Column("lease_until", Double, nullable=False),
)

homes = Table(
    "homes",
    metadata,
    Column("team_id", ForeignKey("teams.id"), primary_key=True),
    Column("short_id", String(8), primary_key=True),
    Column("node_id", String(22), nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("told", JSON(none_as_null=True)),
    Index("homes_of_node", "node_id"),
)

answers = Table(
    "answers",
    metadata,
    Column("team_id", ForeignKey("teams.id"), primary_key=True),
    Column("name", LargeBinary(32), primary_key=True),
    Column("fingerprint", LargeBinary(32), nullable=False),
    Column("short_id", String(8)),
    Column("until", UtcTime, nullable=False),
    Column("answer", LargeBinary),
    Index("answers_by_time", "until"),
)

"""Visitors are numbered, and SQLite has a full-text index of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

COLUMNS = (
    "team_id, short_id, first_seen_at, last_seen_at, unique_id, identities, tags, integration_ids, metadata, "
    "call_name, agent_prompt, last_url, last_title, user_agent, ip_address, is_online, is_in_session, "
    "search_text, exact_tokens"
)


def upgrade() -> None:
    """Make the change."""
    for name in ("visitors_latest", "visitors_online", "visitors_unique_id"):
        op.drop_index(name, "visitors")
    op.rename_table("visitors", "visitors_before")
    op.create_table(
        "visitors",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        *_columns(),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("team_id", "short_id", name="visitors_short_id"),
        sqlite_autoincrement=True,
    )
    op.execute(f"INSERT INTO visitors ({COLUMNS}) SELECT {COLUMNS} FROM visitors_before")  # noqa: S608 - ours
    op.drop_table("visitors_before")
    _add_indexes()
    if op.get_bind().dialect.name == "sqlite":
        from twinpane.store.visitor_index import rebuild

        rebuild(op.get_bind())


def downgrade() -> None:
    """Undo it."""
    if op.get_bind().dialect.name == "sqlite":
        op.drop_table("visitor_index")
    with op.batch_alter_table("visitors", recreate="always") as visitors:
        visitors.drop_constraint("visitors_short_id")
        visitors.drop_column("id")
        visitors.create_primary_key("visitors_key", ["team_id", "short_id"])


def _columns() -> list[sa.Column[object]]:
    return [
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("short_id", sa.String(length=8), nullable=False),
        sa.Column("first_seen_at", sa.BigInteger(), nullable=False),
        sa.Column("last_seen_at", sa.BigInteger(), nullable=False),
        sa.Column("unique_id", sa.Text(), nullable=True),
        sa.Column("identities", sa.JSON(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("integration_ids", sa.JSON(), nullable=False),
        sa.Column("metadata", sa.JSON(), nullable=False),
        sa.Column("call_name", sa.Text(), nullable=True),
        sa.Column("agent_prompt", sa.Text(), nullable=True),
        sa.Column("last_url", sa.Text(), nullable=True),
        sa.Column("last_title", sa.Text(), nullable=True),
        sa.Column("user_agent", sa.Text(), nullable=True),
        sa.Column("ip_address", sa.Text(), nullable=True),
        sa.Column("is_online", sa.Boolean(), nullable=False),
        sa.Column("is_in_session", sa.Boolean(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("exact_tokens", sa.Text(), nullable=False),
    ]


def _add_indexes() -> None:
    op.create_index("visitors_latest", "visitors", ["team_id", "last_seen_at", "short_id"])
    op.create_index(
        "visitors_online",
        "visitors",
        ["team_id", "last_seen_at", "short_id"],
        sqlite_where=sa.text("is_online = 1"),
        postgresql_where=sa.text("is_online"),
    )
    op.create_index("visitors_unique_id", "visitors", ["team_id", "unique_id", "last_seen_at", "short_id"])

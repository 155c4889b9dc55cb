"""Where visitors are, and what they looked at."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_LOCATION = ("location_city", "location_country", "location_country_name")


def upgrade() -> None:
    """Make the change."""
    for name in _LOCATION:
        op.add_column("visitors", sa.Column(name, sa.Text(), nullable=True))
    op.create_table(
        "page_views",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("short_id", sa.String(length=8), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("viewed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("page_views_of_visitor", "page_views", ["team_id", "short_id", "id"])


def downgrade() -> None:
    """Undo it."""
    op.drop_table("page_views")
    for name in _LOCATION:
        op.drop_column("visitors", name)

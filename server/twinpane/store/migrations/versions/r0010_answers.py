"""Answers that are given again to a repeated request."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "answers",
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.LargeBinary(length=32), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(length=32), nullable=False),
        sa.Column("short_id", sa.String(length=8), nullable=True),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"]),
        sa.PrimaryKeyConstraint("team_id", "name"),
    )
    op.create_index("answers_by_time", "answers", ["until"])


def downgrade() -> None:
    """Undo it."""
    op.drop_table("answers")

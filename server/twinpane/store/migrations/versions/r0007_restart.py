"""What a restart reads: the state of open sessions, and lookup codes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.add_column("sessions", sa.Column("state", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("sessions", sa.Column("kept_at", sa.BigInteger(), nullable=True))
    op.create_table(
        "lookup_codes",
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("short_id", sa.String(length=8), nullable=False),
        sa.Column("digits", sa.String(length=4), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"]),
        sa.PrimaryKeyConstraint("team_id", "short_id"),
    )


def downgrade() -> None:
    """Undo it."""
    op.drop_table("lookup_codes")
    with op.batch_alter_table("sessions") as table:
        table.drop_column("kept_at")
        table.drop_column("state")

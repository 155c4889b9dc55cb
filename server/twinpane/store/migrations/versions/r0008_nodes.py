"""Many nodes: their leases, and which of them is each visitor's home."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "nodes",
        sa.Column("id", sa.String(length=22), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("process", sa.String(length=8), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("since", sa.Double(), nullable=False),
        sa.Column("lease_until", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "homes",
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("short_id", sa.String(length=8), nullable=False),
        sa.Column("node_id", sa.String(length=22), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("told", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"]),
        sa.PrimaryKeyConstraint("team_id", "short_id"),
    )
    op.create_index("homes_of_node", "homes", ["node_id"])


def downgrade() -> None:
    """Undo it."""
    op.drop_table("homes")
    op.drop_table("nodes")

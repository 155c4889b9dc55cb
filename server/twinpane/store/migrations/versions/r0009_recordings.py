"""Which sessions are recorded, and what was kept of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.add_column("sessions", sa.Column("is_recorded", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("sessions", sa.Column("recording", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    """Undo it."""
    with op.batch_alter_table("sessions") as table:
        table.drop_column("recording")
        table.drop_column("is_recorded")

"""PostgreSQL has a full-text index of visitors too."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    if op.get_bind().dialect.name != "postgresql":
        return
    op.create_table(
        "visitor_index",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("grams", TSVECTOR(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("visitor_index_grams", "visitor_index", ["grams"], postgresql_using="gin")
    from twinpane.store.visitor_index import fill

    fill(op.get_bind())


def downgrade() -> None:
    """Undo it."""
    if op.get_bind().dialect.name == "postgresql":
        op.drop_table("visitor_index")

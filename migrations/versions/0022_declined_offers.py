"""When a reserve turned down a seat that came free."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add it."""
    with op.batch_alter_table("seat") as batch:
        batch.add_column(sa.Column("declined_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Remove it."""
    with op.batch_alter_table("seat") as batch:
        batch.drop_column("declined_at")

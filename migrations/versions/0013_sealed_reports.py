"""Where the copy of a jury report lies that carries a seal for each signature."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    with op.batch_alter_table("jury_report") as batch_op:
        batch_op.add_column(sa.Column("sealed", sa.String(), nullable=True))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("jury_report", "sealed")

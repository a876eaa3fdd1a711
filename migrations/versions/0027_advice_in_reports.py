"""Whether what advisers wrote is an annex of the jury's report."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add it."""
    with op.batch_alter_table("plan") as batch:
        batch.add_column(
            sa.Column("report_advice", sa.Boolean(), nullable=False, server_default=sa.false())
        )


def downgrade() -> None:
    """Remove it."""
    with op.batch_alter_table("plan") as batch:
        batch.drop_column("report_advice")

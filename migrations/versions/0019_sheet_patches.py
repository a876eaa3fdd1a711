"""The changes to score sheets that were taken in, each under its sender's own key."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "sheet_patch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["sheet.id"], name=op.f("fk_sheet_patch_sheet_id_sheet")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_patch")),
        sa.UniqueConstraint("sheet_id", "key", name=op.f("uq_sheet_patch_sheet_id_key")),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("sheet_patch")

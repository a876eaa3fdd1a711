"""The picture page of a draft, sealed."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "draft_picture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_draft_picture_proposal_id_proposal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_picture")),
        sa.UniqueConstraint("proposal_id", name=op.f("uq_draft_picture_proposal_id")),
    )


def downgrade() -> None:
    """Remove it."""
    op.drop_table("draft_picture")

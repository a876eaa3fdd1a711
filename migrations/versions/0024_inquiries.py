"""Written questions of a jury, and their answers."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "inquiry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("is_for_all", sa.Boolean(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("due_at > asked_at", name=op.f("ck_inquiry_due_after_asked")),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk_inquiry_asked_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["jury_round.id"], name=op.f("fk_inquiry_round_id_jury_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiry")),
        sa.UniqueConstraint("code", name=op.f("uq_inquiry_code")),
        sa.UniqueConstraint("round_id", "number", name=op.f("uq_inquiry_round_id_number")),
    )
    op.create_table(
        "inquiry_reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("inquiry_id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "answered_at IS NULL OR text != ''", name=op.f("ck_inquiry_reply_answered_has_text")
        ),
        sa.ForeignKeyConstraint(
            ["inquiry_id"], ["inquiry.id"], name=op.f("fk_inquiry_reply_inquiry_id_inquiry")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_inquiry_reply_proposal_id_proposal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiry_reply")),
        sa.UniqueConstraint("code", name=op.f("uq_inquiry_reply_code")),
        sa.UniqueConstraint(
            "inquiry_id", "proposal_id", name=op.f("uq_inquiry_reply_inquiry_id_proposal_id")
        ),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("inquiry_reply")
    op.drop_table("inquiry")

"""What advisers write about proposals, and its earlier savings."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "advice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("draft", "submitted", "void", name="advicestate", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("remarks", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state != 'submitted' OR submitted_at IS NOT NULL",
            name=op.f("ck_advice_submitted_has_time"),
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_advice_proposal_id_proposal")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["jury_round.id"], name=op.f("fk_advice_round_id_jury_round")
        ),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_advice_seat_id_seat")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_advice")),
        sa.UniqueConstraint("code", name=op.f("uq_advice_code")),
        sa.UniqueConstraint(
            "round_id",
            "seat_id",
            "proposal_id",
            name=op.f("uq_advice_round_id_seat_id_proposal_id"),
        ),
    )
    op.create_index("ix_advice_round_id_proposal_id", "advice", ["round_id", "proposal_id"])
    op.create_table(
        "advice_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("advice_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["advice_id"], ["advice.id"], name=op.f("fk_advice_revision_advice_id_advice")
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_advice_revision_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_advice_revision")),
        sa.UniqueConstraint(
            "advice_id", "number", name=op.f("uq_advice_revision_advice_id_number")
        ),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("advice_revision")
    op.drop_index("ix_advice_round_id_proposal_id", table_name="advice")
    op.drop_table("advice")

"""Who reads which proposal, when a large first round is divided over the jury."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("wishes", sa.JSON(), nullable=False),
        sa.Column("inputs", sa.String(), nullable=False),
        sa.Column("inputs_sha256", sa.String(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "number = 1 OR reason != ''", name=op.f("ck_assignment_later_has_reason")
        ),
        sa.CheckConstraint(
            "accepted_at IS NULL OR accepted_by_id IS NOT NULL",
            name=op.f("ck_assignment_accepted_by"),
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["jury_round.id"], name=op.f("fk_assignment_round_id_jury_round")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk_assignment_made_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["accepted_by_id"], ["person.id"], name=op.f("fk_assignment_accepted_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sa.UniqueConstraint("code", name=op.f("uq_assignment_code")),
        sa.UniqueConstraint("round_id", "number", name=op.f("uq_assignment_round_id_number")),
    )


def downgrade() -> None:
    """Forget who was asked to read what."""
    op.drop_table("assignment")

"""Candidate jurors, looked at before they are invited."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "jury_candidate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("function", sa.String(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "answer",
            sa.Enum(
                "seat", "do_not_seat", "cannot_say", name="answer", native_enum=False, length=32
            ),
            nullable=True,
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "answer IS NULL OR (reason != '' AND answered_at IS NOT NULL)",
            name=op.f("ck_jury_candidate_answer_reasoned"),
        ),
        sa.CheckConstraint(
            "answer IS NULL OR asked_at IS NOT NULL",
            name=op.f("ck_jury_candidate_answered_when_asked"),
        ),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["person.id"], name=op.f("fk_jury_candidate_answered_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["challenge_id"],
            ["challenge.id"],
            name=op.f("fk_jury_candidate_challenge_id_challenge"),
        ),
        sa.ForeignKeyConstraint(
            ["noted_by_id"], ["person.id"], name=op.f("fk_jury_candidate_noted_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jury_candidate")),
        sa.UniqueConstraint("code", name=op.f("uq_jury_candidate_code")),
        sa.UniqueConstraint(
            "challenge_id", "email", name=op.f("uq_jury_candidate_challenge_id_email")
        ),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("jury_candidate")

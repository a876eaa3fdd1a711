"""Decisions, letters and residencies."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("ranking_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "notified",
                "suspended",
                "awarded",
                name="decisionstate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("prepared_by_id", sa.Integer(), nullable=False),
        sa.Column("prepared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("notified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("notified_by_id", sa.Integer(), nullable=True),
        sa.Column("standstill_ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("awarded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("awarded_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state != 'awarded' OR awarded_at IS NOT NULL",
            name=op.f("ck_decision_awarded_has_time"),
        ),
        sa.CheckConstraint(
            "state = 'draft' OR (notified_at IS NOT NULL AND standstill_ends_at IS NOT NULL)",
            name=op.f("ck_decision_notified_has_standstill"),
        ),
        sa.CheckConstraint(
            "notified_by_id IS NULL OR notified_by_id != prepared_by_id",
            name=op.f("ck_decision_released_by_another"),
        ),
        sa.ForeignKeyConstraint(
            ["awarded_by_id"], ["person.id"], name=op.f("fk_decision_awarded_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenge.id"], name=op.f("fk_decision_challenge_id_challenge")
        ),
        sa.ForeignKeyConstraint(
            ["notified_by_id"], ["person.id"], name=op.f("fk_decision_notified_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["prepared_by_id"], ["person.id"], name=op.f("fk_decision_prepared_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["ranking_id"], ["ranking.id"], name=op.f("fk_decision_ranking_id_ranking")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("challenge_id", name=op.f("uq_decision_challenge_id")),
        sa.UniqueConstraint("code", name=op.f("uq_decision_code")),
    )
    op.create_table(
        "decision_suspension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.CheckConstraint(
            "ended_at IS NULL OR outcome != ''",
            name=op.f("ck_decision_suspension_ended_has_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_decision_suspension_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["decision.id"],
            name=op.f("fk_decision_suspension_decision_id_decision"),
        ),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["person.id"], name=op.f("fk_decision_suspension_ended_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_suspension")),
    )
    op.create_index(
        op.f("ix_decision_suspension_decision_id"), "decision_suspension", ["decision_id"]
    )
    op.create_table(
        "decision_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "selected", "rejected", "inadmissible", name="outcome", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("lang", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("advantages", sa.String(), nullable=False),
        sa.Column("closing", sa.String(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked_by_id", sa.Integer(), nullable=True),
        sa.Column("pdf", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["checked_by_id"], ["person.id"], name=op.f("fk_decision_letter_checked_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_decision_letter_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_decision_letter_proposal_id_proposal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_letter")),
        sa.UniqueConstraint("code", name=op.f("uq_decision_letter_code")),
        sa.UniqueConstraint(
            "decision_id", "proposal_id", name=op.f("uq_decision_letter_decision_id_proposal_id")
        ),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("decision_letter")
    op.drop_table("decision_suspension")
    op.drop_table("decision")

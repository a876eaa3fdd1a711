"""Pitches: the finalists, their slots, what was asked and said."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them."""
    op.create_table(
        "pitch_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=True),
        sa.Column("proposal_id", sa.Integer(), nullable=True),
        sa.Column("blocked", sa.JSON(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(seat_id IS NULL) != (proposal_id IS NULL)", name=op.f("ck_pitch_answer_of_one")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_pitch_answer_proposal_id_proposal")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["jury_round.id"], name=op.f("fk_pitch_answer_round_id_jury_round")
        ),
        sa.ForeignKeyConstraint(
            ["seat_id"], ["seat.id"], name=op.f("fk_pitch_answer_seat_id_seat")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pitch_answer")),
        sa.UniqueConstraint(
            "round_id", "proposal_id", name=op.f("uq_pitch_answer_round_id_proposal_id")
        ),
        sa.UniqueConstraint("round_id", "seat_id", name=op.f("uq_pitch_answer_round_id_seat_id")),
    )
    op.create_table(
        "pitch_slot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["jury_round.id"], name=op.f("fk_pitch_slot_round_id_jury_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pitch_slot")),
        sa.UniqueConstraint("code", name=op.f("uq_pitch_slot_code")),
        sa.UniqueConstraint("round_id", "starts_at", name=op.f("uq_pitch_slot_round_id_starts_at")),
    )
    op.create_table(
        "pitch_stage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["round_id"], ["jury_round.id"], name=op.f("fk_pitch_stage_round_id_jury_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pitch_stage")),
        sa.UniqueConstraint("round_id", name=op.f("uq_pitch_stage_round_id")),
    )
    op.create_table(
        "pitch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "invited", "closed", "cancelled", name="pitchstate", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("minutes", sa.String(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("remarks", sa.String(), nullable=False),
        sa.CheckConstraint(
            "state != 'cancelled' OR reason != ''", name=op.f("ck_pitch_cancelled_has_reason")
        ),
        sa.CheckConstraint(
            "state != 'closed' OR minutes != ''", name=op.f("ck_pitch_closed_has_minutes")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_pitch_proposal_id_proposal")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["jury_round.id"], name=op.f("fk_pitch_round_id_jury_round")
        ),
        sa.ForeignKeyConstraint(
            ["slot_id"], ["pitch_slot.id"], name=op.f("fk_pitch_slot_id_pitch_slot")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pitch")),
        sa.UniqueConstraint("code", name=op.f("uq_pitch_code")),
        sa.UniqueConstraint("round_id", "proposal_id", name=op.f("uq_pitch_round_id_proposal_id")),
        sa.UniqueConstraint("slot_id", name=op.f("uq_pitch_slot_id")),
    )
    op.create_table(
        "pitch_presence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pitch_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["pitch_id"], ["pitch.id"], name=op.f("fk_pitch_presence_pitch_id_pitch")
        ),
        sa.ForeignKeyConstraint(
            ["seat_id"], ["seat.id"], name=op.f("fk_pitch_presence_seat_id_seat")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pitch_presence")),
        sa.UniqueConstraint("pitch_id", "seat_id", name=op.f("uq_pitch_presence_pitch_id_seat_id")),
    )
    op.create_table(
        "pitch_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pitch_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_extra", sa.Boolean(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["pitch_id"], ["pitch.id"], name=op.f("fk_pitch_question_pitch_id_pitch")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pitch_question")),
        sa.UniqueConstraint(
            "pitch_id", "position", name=op.f("uq_pitch_question_pitch_id_position")
        ),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("pitch_question")
    op.drop_table("pitch_presence")
    op.drop_table("pitch")
    op.drop_table("pitch_stage")
    op.drop_table("pitch_slot")
    op.drop_table("pitch_answer")

"""Proposals, their sealed parts and openings."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "opening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "started", "completed", "lapsed", name="openingstate", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_sign_in_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=True),
        sa.Column("second_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("second_sign_in_id", sa.Integer(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=True),
        sa.Column("record_pdf", sa.String(), nullable=False),
        sa.CheckConstraint(
            "state != 'completed' OR (second_id IS NOT NULL AND second_id != first_id)",
            name=op.f("ck_opening_completed_by_two"),
        ),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenge.id"], name=op.f("fk_opening_challenge_id_challenge")
        ),
        sa.ForeignKeyConstraint(
            ["first_id"], ["person.id"], name=op.f("fk_opening_first_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["first_sign_in_id"], ["sign_in.id"], name=op.f("fk_opening_first_sign_in_id_sign_in")
        ),
        sa.ForeignKeyConstraint(
            ["second_id"], ["person.id"], name=op.f("fk_opening_second_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["second_sign_in_id"], ["sign_in.id"], name=op.f("fk_opening_second_sign_in_id_sign_in")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening")),
        sa.UniqueConstraint("code", name=op.f("uq_opening_code")),
    )
    with op.batch_alter_table("opening", schema=None) as batch_op:
        batch_op.create_index(
            "ix_opening_one",
            ["challenge_id"],
            unique=True,
            sqlite_where=sa.text("state != 'lapsed'"),
            postgresql_where=sa.text("state != 'lapsed'"),
        )

    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("bidder_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "sealed",
                "withdrawn",
                "opened",
                "inadmissible",
                name="proposalstate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("inadmissible_reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "state != 'inadmissible' OR inadmissible_reason != ''",
            name=op.f("ck_proposal_inadmissible_has_reason"),
        ),
        sa.CheckConstraint(
            "state = 'draft' OR submitted_at IS NOT NULL",
            name=op.f("ck_proposal_submitted_has_time"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('opened', 'inadmissible') OR number IS NOT NULL",
            name=op.f("ck_proposal_opened_has_number"),
        ),
        sa.ForeignKeyConstraint(
            ["bidder_id"], ["organisation.id"], name=op.f("fk_proposal_bidder_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenge.id"], name=op.f("fk_proposal_challenge_id_challenge")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.UniqueConstraint(
            "challenge_id", "bidder_id", name=op.f("uq_proposal_challenge_id_bidder_id")
        ),
        sa.UniqueConstraint("challenge_id", "number", name=op.f("uq_proposal_challenge_id_number")),
        sa.UniqueConstraint("code", name=op.f("uq_proposal_code")),
    )
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.create_index("ix_proposal_bidder_id", ["bidder_id"], unique=False)
        batch_op.create_index(
            "ix_proposal_challenge_id_state", ["challenge_id", "state"], unique=False
        )

    op.create_table(
        "sealing_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenge.id"], name=op.f("fk_sealing_key_challenge_id_challenge")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sealing_key")),
        sa.UniqueConstraint("challenge_id", name=op.f("uq_sealing_key_challenge_id")),
    )
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("pages", sa.String(length=40), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_draft_proposal_id_proposal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("proposal_id", name=op.f("uq_draft_proposal_id")),
    )
    op.create_table(
        "submission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("receipt", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("anchor", sa.String(), nullable=False),
        sa.Column("pages", sa.String(length=40), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_submission_by_id_person")),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_submission_proposal_id_proposal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
        sa.UniqueConstraint("key", name=op.f("uq_submission_key")),
        sa.UniqueConstraint("proposal_id", "number", name=op.f("uq_submission_proposal_id_number")),
        sa.UniqueConstraint("receipt", name=op.f("uq_submission_receipt")),
    )
    with op.batch_alter_table("submission", schema=None) as batch_op:
        batch_op.create_index(
            "ix_submission_current",
            ["proposal_id"],
            unique=True,
            sqlite_where=sa.text("replaced_at IS NULL AND withdrawn_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL AND withdrawn_at IS NULL"),
        )

    op.create_table(
        "submission_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("idea", "company", "cost", name="partkind", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submission.id"],
            name=op.f("fk_submission_part_submission_id_submission"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission_part")),
        sa.UniqueConstraint(
            "submission_id", "kind", name=op.f("uq_submission_part_submission_id_kind")
        ),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("submission_part")
    with op.batch_alter_table("submission", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_submission_current",
            sqlite_where=sa.text("replaced_at IS NULL AND withdrawn_at IS NULL"),
            postgresql_where=sa.text("replaced_at IS NULL AND withdrawn_at IS NULL"),
        )

    op.drop_table("submission")
    op.drop_table("draft")
    op.drop_table("sealing_key")
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.drop_index("ix_proposal_challenge_id_state")
        batch_op.drop_index("ix_proposal_bidder_id")

    op.drop_table("proposal")
    with op.batch_alter_table("opening", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_opening_one",
            sqlite_where=sa.text("state != 'lapsed'"),
            postgresql_where=sa.text("state != 'lapsed'"),
        )

    op.drop_table("opening")

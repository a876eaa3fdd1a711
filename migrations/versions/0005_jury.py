"""Seats, sheets, consensus, rankings and reports."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "jury_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "conflict_check",
                "individual",
                "consensus",
                "quality_locked",
                "ranked",
                "signing",
                "decided",
                name="roundstate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("order_key", sa.LargeBinary(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("conferred_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("locked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenge.id"], name=op.f("fk_jury_round_challenge_id_challenge")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jury_round")),
        sa.UniqueConstraint(
            "challenge_id", "number", name=op.f("uq_jury_round_challenge_id_number")
        ),
        sa.UniqueConstraint("code", name=op.f("uq_jury_round_code")),
    )
    op.create_table(
        "seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "chair",
                "juror",
                "reserve",
                "adviser",
                name="seatkind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("function", sa.String(), nullable=False),
        sa.Column("qualification", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("vacated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("vacated_reason", sa.String(), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "vacated_at IS NULL OR vacated_reason != ''", name=op.f("ck_seat_vacated_has_reason")
        ),
        sa.CheckConstraint(
            "accepted_at IS NULL OR person_id IS NOT NULL", name=op.f("ck_seat_accepted_by_one")
        ),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenge.id"], name=op.f("fk_seat_challenge_id_challenge")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_seat_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["seat.id"], name=op.f("fk_seat_replaces_id_seat")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
        sa.UniqueConstraint("challenge_id", "label", name=op.f("uq_seat_challenge_id_label")),
        sa.UniqueConstraint("code", name=op.f("uq_seat_code")),
    )
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seat_challenge_id"), ["challenge_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_seat_email"), ["email"], unique=False)
        batch_op.create_index("ix_seat_person_id", ["person_id"], unique=False)
        batch_op.create_index(
            "ux_seat_one_chair",
            ["challenge_id"],
            unique=True,
            sqlite_where=sa.text("vacated_at IS NULL AND kind = 'chair'"),
            postgresql_where=sa.text("vacated_at IS NULL AND kind = 'chair'"),
        )
        batch_op.create_index(
            "ux_seat_open_email",
            ["challenge_id", "email"],
            unique=True,
            sqlite_where=sa.text("vacated_at IS NULL"),
            postgresql_where=sa.text("vacated_at IS NULL"),
        )

    op.create_table(
        "consensus_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("first_seat_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "agreed",
                "agreed_with_minority",
                name="itemstate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("level_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("extra_reason", sa.String(), nullable=False),
        sa.Column("minority", sa.String(), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("agreed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state = 'open' OR (reason != '' AND agreed_at IS NOT NULL)",
            name=op.f("ck_consensus_item_agreed_has_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["agreed_by_id"], ["person.id"], name=op.f("fk_consensus_item_agreed_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["criterion_id"],
            ["criterion.id"],
            name=op.f("fk_consensus_item_criterion_id_criterion"),
        ),
        sa.ForeignKeyConstraint(
            ["first_seat_id"], ["seat.id"], name=op.f("fk_consensus_item_first_seat_id_seat")
        ),
        sa.ForeignKeyConstraint(
            ["level_id"], ["level.id"], name=op.f("fk_consensus_item_level_id_level")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_consensus_item_proposal_id_proposal")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["jury_round.id"], name=op.f("fk_consensus_item_round_id_jury_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consensus_item")),
        sa.UniqueConstraint("code", name=op.f("uq_consensus_item_code")),
        sa.UniqueConstraint(
            "round_id",
            "proposal_id",
            "criterion_id",
            name=op.f("uq_consensus_item_round_id_proposal_id_criterion_id"),
        ),
    )
    op.create_table(
        "declaration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("bidder_id", sa.Integer(), nullable=False),
        sa.Column(
            "tie",
            sa.Enum("none", "soft", "hard", name="tie", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "measure",
            sa.Enum("admit", "exclude", name="measure", native_enum=False, length=32),
            nullable=True,
        ),
        sa.Column("measure_reason", sa.String(), nullable=False),
        sa.Column("measured_by_id", sa.Integer(), nullable=True),
        sa.Column("measured_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "measured_by_id IS NULL OR measure_reason != ''",
            name=op.f("ck_declaration_measure_reasoned"),
        ),
        sa.CheckConstraint(
            "tie = 'none' OR detail != ''", name=op.f("ck_declaration_tie_has_detail")
        ),
        sa.ForeignKeyConstraint(
            ["bidder_id"], ["organisation.id"], name=op.f("fk_declaration_bidder_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["measured_by_id"], ["person.id"], name=op.f("fk_declaration_measured_by_id_person")
        ),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_declaration_seat_id_seat")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declaration")),
        sa.UniqueConstraint("code", name=op.f("uq_declaration_code")),
        sa.UniqueConstraint("seat_id", "bidder_id", name=op.f("uq_declaration_seat_id_bidder_id")),
    )
    op.create_table(
        "ranking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("plan_sha256", sa.String(), nullable=False),
        sa.Column("inputs", sa.String(), nullable=False),
        sa.Column("inputs_sha256", sa.String(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column("app_version", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk_ranking_made_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["jury_round.id"], name=op.f("fk_ranking_round_id_jury_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ranking")),
        sa.UniqueConstraint("code", name=op.f("uq_ranking_code")),
        sa.UniqueConstraint("round_id", "number", name=op.f("uq_ranking_round_id_number")),
    )
    op.create_table(
        "sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "locked",
                "void",
                name="sheetstate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("ready", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state NOT IN ('submitted', 'locked') OR submitted_at IS NOT NULL",
            name=op.f("ck_sheet_submitted_has_time"),
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_sheet_proposal_id_proposal")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["jury_round.id"], name=op.f("fk_sheet_round_id_jury_round")
        ),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_sheet_seat_id_seat")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet")),
        sa.UniqueConstraint("code", name=op.f("uq_sheet_code")),
        sa.UniqueConstraint(
            "round_id", "seat_id", "proposal_id", name=op.f("uq_sheet_round_id_seat_id_proposal_id")
        ),
    )
    with op.batch_alter_table("sheet", schema=None) as batch_op:
        batch_op.create_index(
            "ix_sheet_round_id_proposal_id", ["round_id", "proposal_id"], unique=False
        )
        batch_op.create_index(
            "ix_sheet_desk", ["round_id", "seat_id", "position", "ready"], unique=False
        )

    op.create_table(
        "jury_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("ranking_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("pdf", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["ranking_id"], ["ranking.id"], name=op.f("fk_jury_report_ranking_id_ranking")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jury_report")),
        sa.UniqueConstraint("code", name=op.f("uq_jury_report_code")),
        sa.UniqueConstraint("ranking_id", name=op.f("uq_jury_report_ranking_id")),
    )
    op.create_table(
        "sheet_cell",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=False),
        sa.Column("level_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["criterion_id"], ["criterion.id"], name=op.f("fk_sheet_cell_criterion_id_criterion")
        ),
        sa.ForeignKeyConstraint(
            ["level_id"], ["level.id"], name=op.f("fk_sheet_cell_level_id_level")
        ),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["sheet.id"], name=op.f("fk_sheet_cell_sheet_id_sheet")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_cell")),
        sa.UniqueConstraint(
            "sheet_id", "criterion_id", name=op.f("uq_sheet_cell_sheet_id_criterion_id")
        ),
    )
    op.create_table(
        "sheet_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_sheet_revision_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["sheet.id"], name=op.f("fk_sheet_revision_sheet_id_sheet")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_revision")),
        sa.UniqueConstraint("sheet_id", "number", name=op.f("uq_sheet_revision_sheet_id_number")),
    )
    op.create_table(
        "jury_signature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("refusal", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["jury_report.id"], name=op.f("fk_jury_signature_report_id_jury_report")
        ),
        sa.ForeignKeyConstraint(
            ["seat_id"], ["seat.id"], name=op.f("fk_jury_signature_seat_id_seat")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jury_signature")),
        sa.UniqueConstraint(
            "report_id", "seat_id", name=op.f("uq_jury_signature_report_id_seat_id")
        ),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("jury_signature")
    op.drop_table("sheet_revision")
    op.drop_table("sheet_cell")
    op.drop_table("jury_report")
    with op.batch_alter_table("sheet", schema=None) as batch_op:
        batch_op.drop_index("ix_sheet_desk")
        batch_op.drop_index("ix_sheet_round_id_proposal_id")

    op.drop_table("sheet")
    op.drop_table("ranking")
    op.drop_table("declaration")
    op.drop_table("consensus_item")
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_seat_open_email",
            sqlite_where=sa.text("vacated_at IS NULL"),
            postgresql_where=sa.text("vacated_at IS NULL"),
        )
        batch_op.drop_index(
            "ux_seat_one_chair",
            sqlite_where=sa.text("vacated_at IS NULL AND kind = 'chair'"),
            postgresql_where=sa.text("vacated_at IS NULL AND kind = 'chair'"),
        )
        batch_op.drop_index("ix_seat_person_id")
        batch_op.drop_index(batch_op.f("ix_seat_email"))
        batch_op.drop_index(batch_op.f("ix_seat_challenge_id"))

    op.drop_table("seat")
    op.drop_table("jury_round")

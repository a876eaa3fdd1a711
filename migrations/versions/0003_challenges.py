"""Terms, plans, challenges and questions."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "method",
            sa.Enum("consensus", "mean", name="method", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("decimals", sa.Integer(), nullable=False),
        sa.Column("minimum_total", sa.String(length=40), nullable=True),
        sa.Column("min_reason", sa.Integer(), nullable=False),
        sa.Column(
            "anonymity",
            sa.Enum(
                "until_decision",
                "until_quality_lock",
                "open",
                name="anonymity",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("seat_count", sa.Integer(), nullable=False),
        sa.Column("composition", sa.JSON(), nullable=False),
        sa.Column("lot_seed", sa.String(), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.CheckConstraint(
            "frozen_at IS NULL OR sha256 IS NOT NULL", name=op.f("ck_plan_frozen_has_hash")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
    )
    op.create_table(
        "terms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text_nl", sa.JSON(), nullable=False),
        sa.Column("text_en", sa.JSON(), nullable=False),
        sa.Column("has_english", sa.Boolean(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("title_en", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("question_en", sa.String(), nullable=False),
        sa.Column("search_text", sa.String(), nullable=False),
        sa.Column(
            "procedure",
            sa.Enum(
                "nationaal_openbaar",
                "europees_openbaar",
                "meervoudig_onderhands",
                "innovatiepartnerschap",
                "sociaal_specifiek",
                "prijsvraag",
                name="procedure",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("tenderned_id", sa.String(), nullable=False),
        sa.Column("deviation_reason", sa.String(), nullable=False),
        sa.Column(
            "payment_basis",
            sa.Enum("fee", "prize", "none", name="paymentbasis", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("fee", sa.String(length=40), nullable=True),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("max_total_value", sa.String(length=40), nullable=True),
        sa.Column(
            "declaration",
            sa.Enum("none", "web", "uea", name="declarationkind", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("accepts_english", sa.Boolean(), nullable=False),
        sa.Column("is_blind", sa.Boolean(), nullable=False),
        sa.Column("pitch_count", sa.Integer(), nullable=False),
        sa.Column("pitch_minutes", sa.Integer(), nullable=False),
        sa.Column("pitch_question_minutes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_terms")),
    )
    op.create_table(
        "challenge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("terms_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column(
            "theme",
            sa.Enum(
                "dienstverlening",
                "klimaat_water",
                "energie",
                "gezondheid",
                "stad",
                "circulair",
                "mobiliteit",
                "veiligheid",
                "digitaal",
                name="theme",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "review",
                "approved",
                "published",
                "opened",
                "notified",
                "awarded",
                "cancelled",
                name="challengestate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("questions_close_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answers_by", sa.Date(), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("meeting_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pitch_on", sa.Date(), nullable=True),
        sa.Column("decision_on", sa.Date(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("demo_on", sa.Date(), nullable=True),
        sa.Column("follow_up_on", sa.Date(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancel_reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'review', 'approved', 'cancelled') OR published_at IS NOT NULL",
            name=op.f("ck_challenge_published_has_time"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'review', 'cancelled') OR closes_at IS NOT NULL",
            name=op.f("ck_challenge_approved_has_deadline"),
        ),
        sa.ForeignKeyConstraint(
            ["approved_by_id"], ["person.id"], name=op.f("fk_challenge_approved_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_challenge_author_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["buyer_id"], ["organisation.id"], name=op.f("fk_challenge_buyer_id_organisation")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_challenge_plan_id_plan")),
        sa.ForeignKeyConstraint(
            ["terms_id"], ["terms.id"], name=op.f("fk_challenge_terms_id_terms")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenge")),
        sa.UniqueConstraint("code", name=op.f("uq_challenge_code")),
        sa.UniqueConstraint("plan_id", name=op.f("uq_challenge_plan_id")),
        sa.UniqueConstraint("terms_id", name=op.f("uq_challenge_terms_id")),
    )
    with op.batch_alter_table("challenge", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_challenge_buyer_id"), ["buyer_id"], unique=False)
        batch_op.create_index("ix_challenge_state_closes_at", ["state", "closes_at"], unique=False)

    op.create_table(
        "criterion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("looks_for", sa.String(), nullable=False),
        sa.Column("looks_for_en", sa.String(), nullable=False),
        sa.Column("weight", sa.String(length=40), nullable=False),
        sa.Column("minimum", sa.String(length=40), nullable=True),
        sa.Column("anchors", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_criterion_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criterion")),
        sa.UniqueConstraint("plan_id", "key", name=op.f("uq_criterion_plan_id_key")),
    )
    op.create_table(
        "level",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("points", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("label_en", sa.String(), nullable=False),
        sa.Column("anchor", sa.String(), nullable=False),
        sa.Column("anchor_en", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_level_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_level")),
        sa.UniqueConstraint("plan_id", "position", name=op.f("uq_level_plan_id_position")),
    )
    op.create_table(
        "challenge_partner",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["challenge_id"],
            ["challenge.id"],
            name=op.f("fk_challenge_partner_challenge_id_challenge"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_challenge_partner_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenge_partner")),
        sa.UniqueConstraint(
            "challenge_id",
            "organisation_id",
            name=op.f("uq_challenge_partner_challenge_id_organisation_id"),
        ),
    )
    op.create_table(
        "edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("plan_sha256", sa.String(), nullable=False),
        sa.Column("pdf_nl", sa.String(), nullable=False),
        sa.Column("pdf_en", sa.String(), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("frozen_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenge.id"], name=op.f("fk_edition_challenge_id_challenge")
        ),
        sa.ForeignKeyConstraint(
            ["frozen_by_id"], ["person.id"], name=op.f("fk_edition_frozen_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
        sa.UniqueConstraint("challenge_id", "number", name=op.f("uq_edition_challenge_id_number")),
    )
    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("bidder_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("public_text", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "published",
                "withdrawn",
                name="questionstate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.CheckConstraint(
            "state != 'published' OR (answer != '' AND published_at IS NOT NULL)",
            name=op.f("ck_question_published_has_answer"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk_question_asked_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["bidder_id"], ["organisation.id"], name=op.f("fk_question_bidder_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenge.id"], name=op.f("fk_question_challenge_id_challenge")
        ),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["person.id"], name=op.f("fk_question_published_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint("challenge_id", "number", name=op.f("uq_question_challenge_id_number")),
        sa.UniqueConstraint("code", name=op.f("uq_question_code")),
    )
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.create_index("ix_question_asked_by_id", ["asked_by_id"], unique=False)

    op.create_table(
        "review_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_review_note_by_id_person")),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenge.id"], name=op.f("fk_review_note_challenge_id_challenge")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_note")),
    )
    with op.batch_alter_table("review_note", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_review_note_challenge_id"), ["challenge_id"], unique=False
        )

    op.create_table(
        "team_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "org_admin",
                "owner",
                "officer",
                "approver",
                "secretary",
                "programme_manager",
                "auditor",
                "integrity_officer",
                "startup_member",
                "startup_admin",
                "chair",
                "juror",
                "reserve",
                "adviser",
                name="role",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenge.id"], name=op.f("fk_team_place_challenge_id_challenge")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_team_place_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_place")),
        sa.UniqueConstraint(
            "challenge_id",
            "person_id",
            "role",
            name=op.f("uq_team_place_challenge_id_person_id_role"),
        ),
    )
    with op.batch_alter_table("team_place", schema=None) as batch_op:
        batch_op.create_index("ix_team_place_person_id", ["person_id"], unique=False)


def downgrade() -> None:
    """Drop them."""
    with op.batch_alter_table("team_place", schema=None) as batch_op:
        batch_op.drop_index("ix_team_place_person_id")

    op.drop_table("team_place")
    with op.batch_alter_table("review_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_note_challenge_id"))

    op.drop_table("review_note")
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.drop_index("ix_question_asked_by_id")

    op.drop_table("question")
    op.drop_table("edition")
    op.drop_table("challenge_partner")
    op.drop_table("level")
    op.drop_table("criterion")
    with op.batch_alter_table("challenge", schema=None) as batch_op:
        batch_op.drop_index("ix_challenge_state_closes_at")
        batch_op.drop_index(batch_op.f("ix_challenge_buyer_id"))

    op.drop_table("challenge")
    op.drop_table("terms")
    op.drop_table("plan")

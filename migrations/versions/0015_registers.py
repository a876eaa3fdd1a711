"""Yearly registers of interests, matches, and seats that are cleared of ties."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables. Who scores already was let through before there was a check."""
    op.create_table(
        "register",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("has_none", sa.Boolean(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.CheckConstraint(
            "signed_at IS NULL OR sha256 IS NOT NULL", name=op.f("ck_register_signed_has_hash")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_register_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register")),
        sa.UniqueConstraint("code", name=op.f("uq_register_code")),
        sa.UniqueConstraint("person_id", "year", name=op.f("uq_register_person_id_year")),
    )
    op.create_table(
        "interest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("register_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "employer",
                "owner",
                "side",
                "family",
                "other",
                name="interestkind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("kvk", sa.String(), nullable=True),
        sa.Column("domain", sa.String(), nullable=False),
        sa.Column("people", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "organisation != '' OR people != ''", name=op.f("ck_interest_interest_names_somebody")
        ),
        sa.CheckConstraint(
            "kvk IS NULL OR length(kvk) = 8", name=op.f("ck_interest_kvk_has_eight_digits")
        ),
        sa.ForeignKeyConstraint(
            ["register_id"], ["register.id"], name=op.f("fk_interest_register_id_register")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interest")),
        sa.UniqueConstraint("code", name=op.f("uq_interest_code")),
    )
    with op.batch_alter_table("interest", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_interest_register_id"), ["register_id"], unique=False)

    op.create_table(
        "jury_match",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("bidder_id", sa.Integer(), nullable=False),
        sa.Column("grounds", sa.JSON(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum("no_tie", "admit", "exclude", name="verdict", native_enum=False, length=32),
            nullable=True,
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "verdict IS NULL OR (reason != '' AND decided_at IS NOT NULL)",
            name=op.f("ck_jury_match_verdict_reasoned"),
        ),
        sa.ForeignKeyConstraint(
            ["bidder_id"], ["organisation.id"], name=op.f("fk_jury_match_bidder_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_jury_match_decided_by_id_person")
        ),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_jury_match_seat_id_seat")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jury_match")),
        sa.UniqueConstraint("code", name=op.f("uq_jury_match_code")),
        sa.UniqueConstraint("seat_id", "bidder_id", name=op.f("uq_jury_match_seat_id_bidder_id")),
    )
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.add_column(sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("cleared_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("offered_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("offered_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_seat_offered_id_seat"), "seat", ["offered_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_seat_cleared_by_id_person"), "person", ["cleared_by_id"], ["id"]
        )
    op.execute(
        "UPDATE seat SET cleared_at = accepted_at WHERE accepted_at IS NOT NULL AND EXISTS"
        " (SELECT 1 FROM jury_round WHERE jury_round.challenge_id = seat.challenge_id"
        " AND jury_round.state != 'conflict_check')"
    )


def downgrade() -> None:
    """Take registers and matches away again."""
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_seat_cleared_by_id_person"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_seat_offered_id_seat"), type_="foreignkey")
        batch_op.drop_column("offered_at")
        batch_op.drop_column("offered_id")
        batch_op.drop_column("cleared_by_id")
        batch_op.drop_column("cleared_at")

    op.drop_table("jury_match")
    with op.batch_alter_table("interest", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_interest_register_id"))

    op.drop_table("interest")
    op.drop_table("register")

"""Calls: challenges that belong together, and what one startup may win of them."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and let a challenge belong to a call."""
    op.create_table(
        "challenge_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("buyer_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("is_one_win", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["buyer_id"], ["organisation.id"], name=op.f("fk_challenge_call_buyer_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["person.id"], name=op.f("fk_challenge_call_created_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_challenge_call")),
        sa.UniqueConstraint("code", name=op.f("uq_challenge_call_code")),
    )
    op.create_index(op.f("ix_challenge_call_buyer_id"), "challenge_call", ["buyer_id"])
    with op.batch_alter_table("challenge") as batch:
        batch.add_column(sa.Column("call_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_challenge_call_id_challenge_call"), "challenge_call", ["call_id"], ["id"]
        )
    op.create_index(op.f("ix_challenge_call_id"), "challenge", ["call_id"])
    op.create_table(
        "call_preference",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("bidder_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.String(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["call_id"],
            ["challenge_call.id"],
            name=op.f("fk_call_preference_call_id_challenge_call"),
        ),
        sa.ForeignKeyConstraint(
            ["bidder_id"],
            ["organisation.id"],
            name=op.f("fk_call_preference_bidder_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_call_preference_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_preference")),
        sa.UniqueConstraint(
            "call_id", "bidder_id", name=op.f("uq_call_preference_call_id_bidder_id")
        ),
    )
    op.create_index(op.f("ix_call_preference_bidder_id"), "call_preference", ["bidder_id"])
    op.create_table(
        "call_resolution",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("inputs", sa.String(), nullable=False),
        sa.Column("inputs_sha256", sa.String(), nullable=False),
        sa.Column("wins", sa.JSON(), nullable=False),
        sa.Column("is_best", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("app_version", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "is_best OR reason != ''", name=op.f("ck_call_resolution_other_has_reason")
        ),
        sa.CheckConstraint(
            "number = 1 OR reason != ''", name=op.f("ck_call_resolution_later_has_reason")
        ),
        sa.ForeignKeyConstraint(
            ["call_id"],
            ["challenge_call.id"],
            name=op.f("fk_call_resolution_call_id_challenge_call"),
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk_call_resolution_made_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_resolution")),
        sa.UniqueConstraint("code", name=op.f("uq_call_resolution_code")),
        sa.UniqueConstraint("call_id", "number", name=op.f("uq_call_resolution_call_id_number")),
    )


def downgrade() -> None:
    """Let every challenge stand alone again."""
    op.drop_table("call_resolution")
    op.drop_index(op.f("ix_call_preference_bidder_id"), "call_preference")
    op.drop_table("call_preference")
    op.drop_index(op.f("ix_challenge_call_id"), "challenge")
    with op.batch_alter_table("challenge") as batch:
        batch.drop_constraint(op.f("fk_challenge_call_id_challenge_call"), type_="foreignkey")
        batch.drop_column("call_id")
    op.drop_table("challenge_call")

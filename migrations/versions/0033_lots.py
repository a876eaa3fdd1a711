"""The lot of a challenge, typed by two people."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "jury_lot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=True),
        sa.Column("second_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(second_id IS NULL) = (second_at IS NULL)",
            name=op.f("ck_jury_lot_second_person_and_moment"),
        ),
        sa.CheckConstraint(
            "second_id IS NULL OR second_id != first_id", name=op.f("ck_jury_lot_two_people")
        ),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenge.id"], name=op.f("fk_jury_lot_challenge_id_challenge")
        ),
        sa.ForeignKeyConstraint(
            ["first_id"], ["person.id"], name=op.f("fk_jury_lot_first_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["second_id"], ["person.id"], name=op.f("fk_jury_lot_second_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jury_lot")),
        sa.UniqueConstraint("challenge_id", name=op.f("uq_jury_lot_challenge_id")),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("jury_lot")

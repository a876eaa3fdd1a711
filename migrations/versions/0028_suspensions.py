"""A round of judging that lies still: since when, why, and how it ended."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

OPEN = sa.text("ended_at IS NULL")
STATE = sa.Enum(
    "conflict_check",
    "individual",
    "consensus",
    "quality_locked",
    "price_opened",
    "ranked",
    "pitching",
    "reconsidering",
    "signing",
    "decided",
    "suspended",
    name="roundstate",
    native_enum=False,
    length=32,
)


def upgrade() -> None:
    """Keep where a round goes on, and every time it lay still."""
    with op.batch_alter_table("jury_round") as table:
        table.add_column(sa.Column("suspended_from", STATE, nullable=True))
        table.create_check_constraint(
            op.f("ck_jury_round_suspended_from_somewhere"),
            "(state = 'suspended') = (suspended_from IS NOT NULL)",
        )
    op.create_table(
        "jury_suspension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.CheckConstraint(
            "seat_id IS NOT NULL OR reason != ''", name=op.f("ck_jury_suspension_has_cause")
        ),
        sa.CheckConstraint(
            "ended_at IS NULL OR outcome != ''", name=op.f("ck_jury_suspension_ended_has_outcome")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["jury_round.id"], name=op.f("fk_jury_suspension_round_id_jury_round")
        ),
        sa.ForeignKeyConstraint(
            ["seat_id"], ["seat.id"], name=op.f("fk_jury_suspension_seat_id_seat")
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_jury_suspension_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["person.id"], name=op.f("fk_jury_suspension_ended_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jury_suspension")),
    )
    op.create_index(op.f("ix_jury_suspension_round_id"), "jury_suspension", ["round_id"])
    op.create_index(
        "ux_jury_suspension_one_at_a_time",
        "jury_suspension",
        ["round_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def downgrade() -> None:
    """Let every round that lies still go on where it was, and forget that it did."""
    op.execute(
        sa.text("UPDATE jury_round SET state = suspended_from WHERE suspended_from IS NOT NULL")
    )
    op.drop_table("jury_suspension")
    with op.batch_alter_table("jury_round") as table:
        table.drop_constraint(op.f("ck_jury_round_suspended_from_somewhere"), type_="check")
        table.drop_column("suspended_from")

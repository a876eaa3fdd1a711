"""What each juror was given, has begun, has ready and handed in, and on which days."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

COUNT = """
INSERT INTO workload (round_id, seat_id, assigned, begun, ready, submitted)
SELECT sheet.round_id, sheet.seat_id, COUNT(*),
       SUM(CASE WHEN sheet.saved_at IS NOT NULL THEN 1 ELSE 0 END),
       SUM(CASE WHEN sheet.ready >= (
           SELECT COUNT(*) FROM criterion WHERE criterion.plan_id = challenge.plan_id
       ) THEN 1 ELSE 0 END),
       SUM(CASE WHEN sheet.state IN ('submitted', 'locked') THEN 1 ELSE 0 END)
FROM sheet
JOIN jury_round ON jury_round.id = sheet.round_id
JOIN challenge ON challenge.id = jury_round.challenge_id
WHERE sheet.state != 'void'
GROUP BY sheet.round_id, sheet.seat_id
"""
TODAY = "INSERT INTO workday (workload_id, day, ready) SELECT id, CURRENT_DATE, ready FROM workload"
DECLARED = """
UPDATE seat SET declared = (
    SELECT COUNT(*) FROM declaration WHERE declaration.seat_id = seat.id
)
"""
TIED = sa.text("tie != 'none'")


def upgrade() -> None:
    """Make the tables, and count what is there: the days begin today."""
    op.create_table(
        "workload",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("assigned", sa.Integer(), nullable=False),
        sa.Column("begun", sa.Integer(), nullable=False),
        sa.Column("ready", sa.Integer(), nullable=False),
        sa.Column("submitted", sa.Integer(), nullable=False),
        sa.Column("active_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["round_id"], ["jury_round.id"], name=op.f("fk_workload_round_id_jury_round")
        ),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_workload_seat_id_seat")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workload")),
        sa.UniqueConstraint("round_id", "seat_id", name=op.f("uq_workload_round_id_seat_id")),
    )
    op.create_table(
        "workday",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workload_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("ready", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workload_id"], ["workload.id"], name=op.f("fk_workday_workload_id_workload")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workday")),
        sa.UniqueConstraint("workload_id", "day", name=op.f("uq_workday_workload_id_day")),
    )
    with op.batch_alter_table("seat") as batch_op:
        batch_op.add_column(sa.Column("declared", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("declaration") as batch_op:
        batch_op.create_index(
            "ix_declaration_tied",
            ["seat_id"],
            sqlite_where=TIED,
            postgresql_where=TIED,
        )
    for statement in (COUNT, TODAY, DECLARED):
        op.execute(statement)


def downgrade() -> None:
    """Forget the counts: they can be made again from the sheets."""
    with op.batch_alter_table("declaration") as batch_op:
        batch_op.drop_index("ix_declaration_tied")
    with op.batch_alter_table("seat") as batch_op:
        batch_op.drop_column("declared")
    op.drop_table("workday")
    op.drop_table("workload")

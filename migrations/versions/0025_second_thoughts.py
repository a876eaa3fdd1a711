"""A decision that was withdrawn makes room for a new one; a proposal is judged after all."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

STANDS = sa.text("state != 'withdrawn'")


def upgrade() -> None:
    """One decision stands; those before it stay on record."""
    with op.batch_alter_table("decision") as table:
        table.add_column(sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("withdrawn_by_id", sa.Integer(), nullable=True))
        table.add_column(
            sa.Column("withdrawn_reason", sa.String(), nullable=False, server_default="")
        )
        table.add_column(sa.Column("replaces_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            op.f("fk_decision_withdrawn_by_id_person"), "person", ["withdrawn_by_id"], ["id"]
        )
        table.create_foreign_key(
            op.f("fk_decision_replaces_id_decision"), "decision", ["replaces_id"], ["id"]
        )
        table.create_check_constraint(
            op.f("ck_decision_withdrawn_has_reason"),
            "state != 'withdrawn' OR (withdrawn_at IS NOT NULL AND withdrawn_reason != '')",
        )
        table.drop_constraint(op.f("uq_decision_challenge_id"), type_="unique")
        table.create_index("ix_decision_challenge_id", ["challenge_id"])
        table.create_index(
            "ux_decision_one_stands",
            ["challenge_id"],
            unique=True,
            sqlite_where=STANDS,
            postgresql_where=STANDS,
        )
    with op.batch_alter_table("decision") as table:
        table.alter_column("withdrawn_reason", server_default=None)
    with op.batch_alter_table("proposal") as table:
        table.add_column(sa.Column("readmitted_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(
            sa.Column("readmitted_reason", sa.String(), nullable=False, server_default="")
        )
        table.create_check_constraint(
            op.f("ck_proposal_readmitted_has_reason"),
            "readmitted_at IS NULL OR readmitted_reason != ''",
        )
    with op.batch_alter_table("proposal") as table:
        table.alter_column("readmitted_reason", server_default=None)


def downgrade() -> None:
    """Only one decision on a challenge; while there are more, this stops at the old rule."""
    with op.batch_alter_table("proposal") as table:
        table.drop_constraint(op.f("ck_proposal_readmitted_has_reason"), type_="check")
        table.drop_column("readmitted_reason")
        table.drop_column("readmitted_at")
    with op.batch_alter_table("decision") as table:
        table.drop_index("ux_decision_one_stands")
        table.drop_index("ix_decision_challenge_id")
        table.create_unique_constraint(op.f("uq_decision_challenge_id"), ["challenge_id"])
        table.drop_constraint(op.f("ck_decision_withdrawn_has_reason"), type_="check")
        table.drop_constraint(op.f("fk_decision_replaces_id_decision"), type_="foreignkey")
        table.drop_constraint(op.f("fk_decision_withdrawn_by_id_person"), type_="foreignkey")
        table.drop_column("replaces_id")
        table.drop_column("withdrawn_reason")
        table.drop_column("withdrawn_by_id")
        table.drop_column("withdrawn_at")

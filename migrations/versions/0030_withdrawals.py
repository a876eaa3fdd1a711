"""Withdrawing with four eyes, and an approver's word for the letters of a call."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them."""
    with op.batch_alter_table("decision") as batch:
        batch.add_column(sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("cleared_by_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_decision_cleared_by_id_person"), "person", ["cleared_by_id"], ["id"]
        )
        batch.create_check_constraint(
            op.f("ck_decision_cleared_by_another"),
            "cleared_by_id IS NULL OR cleared_by_id != prepared_by_id",
        )
    people = ("proposed_by_id", "confirmed_by_id", "refused_by_id")
    op.create_table(
        "decision_withdrawal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refusal", sa.String(), nullable=False),
        sa.Column("refused_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "confirmed_by_id IS NULL OR confirmed_by_id != proposed_by_id",
            name=op.f("ck_decision_withdrawal_confirmed_by_another"),
        ),
        sa.CheckConstraint(
            "closed_at IS NULL OR confirmed_at IS NOT NULL OR refusal != ''",
            name=op.f("ck_decision_withdrawal_closed_has_answer"),
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["decision.id"],
            name=op.f("fk_decision_withdrawal_decision_id_decision"),
        ),
        sa.ForeignKeyConstraint(
            ["lead_id"],
            ["decision_withdrawal.id"],
            name=op.f("fk_decision_withdrawal_lead_id_decision_withdrawal"),
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], ["person.id"], name=op.f(f"fk_decision_withdrawal_{column}_person")
            )
            for column in people
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_withdrawal")),
    )
    op.create_index("ix_decision_withdrawal_decision_id", "decision_withdrawal", ["decision_id"])
    op.create_index(op.f("ix_decision_withdrawal_lead_id"), "decision_withdrawal", ["lead_id"])
    op.create_index(
        "ux_decision_withdrawal_one_open",
        "decision_withdrawal",
        ["decision_id"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )


def downgrade() -> None:
    """Remove them."""
    op.drop_table("decision_withdrawal")
    with op.batch_alter_table("decision") as batch:
        batch.drop_constraint(op.f("ck_decision_cleared_by_another"), type_="check")
        batch.drop_constraint(op.f("fk_decision_cleared_by_id_person"), type_="foreignkey")
        batch.drop_column("cleared_by_id")
        batch.drop_column("cleared_at")

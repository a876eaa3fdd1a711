"""Residencies and their milestones."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "residency",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("startup_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "running",
                "completed",
                "stopped",
                name="residencystate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("goal", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.CheckConstraint(
            "state NOT IN ('running', 'completed') OR (starts_on IS NOT NULL AND goal != '')",
            name=op.f("ck_residency_running_has_plan"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('completed', 'stopped') OR (outcome != '' AND ended_at IS NOT NULL)",
            name=op.f("ck_residency_ended_has_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["challenge_id"], ["challenge.id"], name=op.f("fk_residency_challenge_id_challenge")
        ),
        sa.ForeignKeyConstraint(
            ["startup_id"], ["organisation.id"], name=op.f("fk_residency_startup_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_residency")),
        sa.UniqueConstraint(
            "challenge_id", "startup_id", name=op.f("uq_residency_challenge_id_startup_id")
        ),
        sa.UniqueConstraint("code", name=op.f("uq_residency_code")),
    )
    op.create_index(op.f("ix_residency_startup_id"), "residency", ["startup_id"])
    op.create_table(
        "milestone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("residency_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("open", "done", "dropped", name="milestonestate", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint(
            "state != 'done' OR done_at IS NOT NULL", name=op.f("ck_milestone_done_has_time")
        ),
        sa.ForeignKeyConstraint(
            ["done_by_id"], ["person.id"], name=op.f("fk_milestone_done_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["residency_id"], ["residency.id"], name=op.f("fk_milestone_residency_id_residency")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone")),
        sa.UniqueConstraint("code", name=op.f("uq_milestone_code")),
    )
    op.create_index(op.f("ix_milestone_residency_id"), "milestone", ["residency_id"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("milestone")
    op.drop_table("residency")

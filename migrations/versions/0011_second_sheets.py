"""When an item was begun, what was agreed after a pitch, and second sheets."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them; what was agreed until now was agreed on paper."""
    op.create_table(
        "discussion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["consensus_item.id"], name=op.f("fk_discussion_item_id_consensus_item")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_discussion")),
        sa.UniqueConstraint("item_id", name=op.f("uq_discussion_item_id")),
    )
    op.create_table(
        "second_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=False),
        sa.Column(
            "occasion",
            sa.Enum("discussion", "pitch", name="occasion", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["sheet.id"], name=op.f("fk_second_sheet_sheet_id_sheet")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_sheet")),
        sa.UniqueConstraint("code", name=op.f("uq_second_sheet_code")),
        sa.UniqueConstraint("sheet_id", "occasion", name=op.f("uq_second_sheet_sheet_id_occasion")),
    )
    op.create_table(
        "second_cell",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("second_sheet_id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=False),
        sa.Column("level_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["criterion_id"], ["criterion.id"], name=op.f("fk_second_cell_criterion_id_criterion")
        ),
        sa.ForeignKeyConstraint(
            ["level_id"], ["level.id"], name=op.f("fk_second_cell_level_id_level")
        ),
        sa.ForeignKeyConstraint(
            ["second_sheet_id"],
            ["second_sheet.id"],
            name=op.f("fk_second_cell_second_sheet_id_second_sheet"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_cell")),
        sa.UniqueConstraint(
            "second_sheet_id",
            "criterion_id",
            name=op.f("uq_second_cell_second_sheet_id_criterion_id"),
        ),
    )
    op.create_table(
        "second_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("second_sheet_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["person.id"], name=op.f("fk_second_revision_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["second_sheet_id"],
            ["second_sheet.id"],
            name=op.f("fk_second_revision_second_sheet_id_second_sheet"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_second_revision")),
        sa.UniqueConstraint(
            "second_sheet_id", "number", name=op.f("uq_second_revision_second_sheet_id_number")
        ),
    )
    with op.batch_alter_table("consensus_item", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "stage",
                sa.Enum("paper", "pitch", name="stage", native_enum=False, length=32),
                nullable=False,
                server_default="paper",
            )
        )
        batch_op.drop_constraint(
            batch_op.f("uq_consensus_item_round_id_proposal_id_criterion_id"), type_="unique"
        )
        batch_op.create_unique_constraint(
            batch_op.f("uq_consensus_item_round_id_proposal_id_criterion_id_stage"),
            ["round_id", "proposal_id", "criterion_id", "stage"],
        )

    with op.batch_alter_table("jury_round", schema=None) as batch_op:
        batch_op.add_column(sa.Column("pitched_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Drop them."""
    with op.batch_alter_table("jury_round", schema=None) as batch_op:
        batch_op.drop_column("pitched_at")

    with op.batch_alter_table("consensus_item", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("uq_consensus_item_round_id_proposal_id_criterion_id_stage"), type_="unique"
        )
        batch_op.create_unique_constraint(
            batch_op.f("uq_consensus_item_round_id_proposal_id_criterion_id"),
            ["round_id", "proposal_id", "criterion_id"],
        )
        batch_op.drop_column("stage")

    op.drop_table("second_revision")
    op.drop_table("second_cell")
    op.drop_table("second_sheet")
    op.drop_table("discussion")

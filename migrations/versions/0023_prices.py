"""The opening of the prices of a round, and what the envelopes said."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

RUNNING = sa.text("state != 'lapsed'")


def upgrade() -> None:
    """Add them."""
    op.create_table(
        "opened_price",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("receipt", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("amount", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_opened_price_proposal_id_proposal")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["jury_round.id"], name=op.f("fk_opened_price_round_id_jury_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opened_price")),
        sa.UniqueConstraint(
            "round_id", "proposal_id", name=op.f("uq_opened_price_round_id_proposal_id")
        ),
    )
    with op.batch_alter_table("jury_round") as table:
        table.add_column(sa.Column("prices_opened_at", sa.DateTime(timezone=True), nullable=True))
    op.drop_index("ix_opening_one", table_name="opening")
    with op.batch_alter_table("opening") as table:
        table.add_column(
            sa.Column("round_number", sa.Integer(), nullable=False, server_default="0")
        )
    with op.batch_alter_table("opening") as table:
        table.alter_column("round_number", server_default=None)
    op.create_index(
        "ix_opening_one",
        "opening",
        ["challenge_id", "round_number"],
        unique=True,
        sqlite_where=RUNNING,
        postgresql_where=RUNNING,
    )


def downgrade() -> None:
    """Drop them, with the openings of prices."""
    op.execute(sa.text("DELETE FROM opening WHERE round_number > 0"))
    op.drop_index("ix_opening_one", table_name="opening")
    with op.batch_alter_table("opening") as table:
        table.drop_column("round_number")
    op.create_index(
        "ix_opening_one",
        "opening",
        ["challenge_id"],
        unique=True,
        sqlite_where=RUNNING,
        postgresql_where=RUNNING,
    )
    with op.batch_alter_table("jury_round") as table:
        table.drop_column("prices_opened_at")
    op.drop_table("opened_price")

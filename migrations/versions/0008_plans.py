"""What a plan says about ties, stages, price, calibration and the screen."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; a plan that exists keeps to one stage, without a price."""
    with op.batch_alter_table("plan") as batch_op:
        batch_op.add_column(sa.Column("tie_order", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(
            sa.Column("anonymity_reason", sa.String(), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("qualification", sa.String(), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("competence", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(sa.Column("readers", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("load_least", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("load_most", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "pitch",
                sa.Enum(
                    "none", "clarify", "rescore", name="pitchkind", native_enum=False, length=32
                ),
                nullable=False,
                server_default="none",
            )
        )
        batch_op.add_column(
            sa.Column("pitch_questions", sa.JSON(), nullable=False, server_default="[]")
        )
        batch_op.add_column(sa.Column("price_weight", sa.String(length=40), nullable=True))
        batch_op.add_column(
            sa.Column(
                "price_formula",
                sa.Enum("absolute", "relative", name="priceformula", native_enum=False, length=32),
                nullable=False,
                server_default="absolute",
            )
        )
        batch_op.add_column(sa.Column("price_floor", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("price_ceiling", sa.String(length=40), nullable=True))
        batch_op.add_column(
            sa.Column("no_new_ranking", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(
            sa.Column("calibration", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(
            sa.Column("report_diagnostics", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(
            sa.Column("screen_names", sa.Boolean(), nullable=False, server_default=sa.true())
        )
        batch_op.add_column(sa.Column("recipe", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    """Drop them."""
    for name in (
        "recipe",
        "screen_names",
        "report_diagnostics",
        "calibration",
        "no_new_ranking",
        "price_ceiling",
        "price_floor",
        "price_formula",
        "price_weight",
        "pitch_questions",
        "pitch",
        "load_most",
        "load_least",
        "readers",
        "competence",
        "qualification",
        "anonymity_reason",
        "tie_order",
    ):
        op.drop_column("plan", name)

"""Plans that public bodies share."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, and count quickly how often a recipe was used."""
    op.create_table(
        "recipe",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shared_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["body_id"], ["organisation.id"], name=op.f("fk_recipe_body_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["shared_by_id"], ["person.id"], name=op.f("fk_recipe_shared_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recipe")),
        sa.UniqueConstraint("code", name=op.f("uq_recipe_code")),
    )
    op.create_index(op.f("ix_plan_recipe"), "plan", ["recipe"])


def downgrade() -> None:
    """Drop both."""
    op.drop_index(op.f("ix_plan_recipe"), table_name="plan")
    op.drop_table("recipe")

"""Call the outcome of a call that needs no reason what it is: the one that follows the rankings."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Rename the column, and the rule that stands on it."""
    _rename("is_best", "follows_rankings")


def downgrade() -> None:
    """Give it its old name."""
    _rename("follows_rankings", "is_best")


def _rename(old: str, new: str) -> None:
    check = op.f("ck_call_resolution_other_has_reason")
    with op.batch_alter_table("call_resolution") as table:
        table.drop_constraint(check, type_="check")
        table.alter_column(
            old, new_column_name=new, existing_type=sa.Boolean(), existing_nullable=False
        )
    with op.batch_alter_table("call_resolution") as table:
        table.create_check_constraint(check, f"{new} OR reason != ''")

"""What a price assessor declares on each bidder before any price opens."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep one word per assessor and bidder."""
    op.create_table(
        "price_declaration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("challenge_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("bidder_id", sa.Integer(), nullable=False),
        sa.Column(
            "tie",
            sa.Enum("none", "soft", "hard", name="tie", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "tie = 'none' OR detail != ''", name=op.f("ck_price_declaration_tie_has_detail")
        ),
        sa.ForeignKeyConstraint(
            ["challenge_id"],
            ["challenge.id"],
            name=op.f("fk_price_declaration_challenge_id_challenge"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_price_declaration_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["bidder_id"],
            ["organisation.id"],
            name=op.f("fk_price_declaration_bidder_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price_declaration")),
        sa.UniqueConstraint(
            "challenge_id",
            "person_id",
            "bidder_id",
            name=op.f("uq_price_declaration_challenge_id_person_id_bidder_id"),
        ),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("price_declaration")

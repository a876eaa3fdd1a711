"""Letters that tell who takes part are kept from the outbox until the opening."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

RECEIPTS = ("proposals/receipt", "proposals/withdrawn")


def upgrade() -> None:
    """Add the column, and seal the receipts of challenges that were not opened yet."""
    with op.batch_alter_table("letter") as batch_op:
        batch_op.add_column(sa.Column("sealed_for", sa.String(), nullable=False, server_default=""))
        batch_op.create_index(batch_op.f("ix_letter_sealed_for"), ["sealed_for"], unique=False)
    letter = sa.table(
        "letter",
        sa.column("id", sa.Integer),
        sa.column("template", sa.String),
        sa.column("words", sa.JSON),
        sa.column("sealed_for", sa.String),
    )
    connection = op.get_bind()
    closed = dict(
        connection.execute(
            sa.text(
                "SELECT proposal.code, challenge.code FROM proposal"
                " JOIN challenge ON challenge.id = proposal.challenge_id"
                " WHERE challenge.state = 'published'"
            )
        ).all()
    )
    receipts = sa.select(letter.c.id, letter.c.words).where(letter.c.template.in_(RECEIPTS))
    for number, words in connection.execute(receipts).all():
        if words.get("code") in closed:
            seal = letter.update().where(letter.c.id == number)
            connection.execute(seal.values(sealed_for=closed[words["code"]]))


def downgrade() -> None:
    """Drop it: the outbox shows every letter again."""
    with op.batch_alter_table("letter") as batch_op:
        batch_op.drop_index(batch_op.f("ix_letter_sealed_for"))
        batch_op.drop_column("sealed_for")

"""How migrations run: one transaction each way, on SQLite as on PostgreSQL."""

from alembic import context
from flask import current_app
from sqlalchemy import text

extension = current_app.extensions["migrate"]


def run() -> None:
    """Upgrade or downgrade the database of the current house.

    SQLite copies a table to change it, and dropping the old one would delete the rows that
    point at it; so foreign keys rest meanwhile and are checked at the end.
    """
    with extension.db.engine.connect() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        if is_sqlite:
            connection.connection.driver_connection.execute("PRAGMA foreign_keys = OFF")
        context.configure(
            connection=connection,
            target_metadata=extension.db.metadata,
            render_as_batch=True,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        if is_sqlite:
            broken = connection.execute(text("PRAGMA foreign_key_check")).all()
            assert not broken, broken
            connection.commit()
            connection.connection.driver_connection.execute("PRAGMA foreign_keys = ON")


run()

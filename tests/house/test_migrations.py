"""Migrations run up and down on both databases and end where the models are."""

from contextlib import ExitStack

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from sir.app import create_app
from sir.commands.migrations import prepare
from sir.kernel.database import Base, db
from tests.conftest import ROOT, another_database, settings

VERSIONS = sorted((ROOT / "migrations" / "versions").glob("*.py"))


@pytest.fixture(params=["sqlite", "postgresql"])
def bare(request, tmp_path):
    """A house on a database without a single table."""
    with ExitStack() as until_done:
        url = f"sqlite:///{tmp_path}/bare.db"
        if request.param == "postgresql":
            server, worker = map(request.getfixturevalue, ("postgres", "worker_id"))
            url = until_done.enter_context(another_database(server, f"sir_bare_{worker}"))
        app = create_app(settings(url, tmp_path), TESTING=True)
        prepare(app)
        with app.app_context():
            yield app
            db.session.remove()
            db.engine.dispose()


def _differences():
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return compare_metadata(context, Base.metadata)


def test_migrations_are_numbered_without_a_gap():
    numbers = [path.name[:4] for path in VERSIONS]

    assert numbers == [f"{n:04}" for n in range(1, len(VERSIONS) + 1)]


def test_up_down_and_up_again_equals_the_models(bare):
    upgrade()
    assert _differences() == []

    downgrade(revision="base")
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}

    upgrade()
    assert _differences() == []


def test_a_migrated_journal_refuses_to_be_changed(bare):
    upgrade()
    db.session.execute(
        text(
            "INSERT INTO journal_entry (stream, seq, at, actor, act, thing, result, origin,"
            " details, previous, hash) VALUES ('s', 1, '2026-01-01', '', 'a', 't', 'ok', '', '',"
            " '', '')"
        )
    )
    db.session.commit()

    for act in ("UPDATE journal_entry SET actor = 'X'", "DELETE FROM journal_entry"):
        with pytest.raises(DBAPIError, match="append-only"):
            db.session.execute(text(act))
        db.session.rollback()

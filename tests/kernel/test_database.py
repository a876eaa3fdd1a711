"""What the database is asked, and how: joins without brackets, statements that stay ready."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from sir.jury.models import Pitch, PitchSlot, Sheet
from sir.kernel.database import db, reading
from sir.proposals.models import Proposal


@pytest.mark.parametrize(
    ("query", "joined"),
    [
        (select(Proposal).options(joinedload(Proposal.challenge)), {"JOIN": 2}),
        (
            select(Sheet).options(joinedload(Sheet.proposal).joinedload(Proposal.bidder)),
            {"JOIN": 2},
        ),
        (
            select(Pitch).options(joinedload(Pitch.slot).joinedload(PitchSlot.round)),
            {"LEFT OUTER JOIN": 2},
        ),
    ],
)
def test_a_row_takes_along_what_it_cannot_be_without(query, joined):
    words = str(query).replace("LEFT OUTER JOIN", "LEFT-OUTER-JOIN").split()
    found = [word.replace("-", " ") for word in words if word.endswith("JOIN")]

    assert {kind: found.count(kind) for kind in found} == joined
    assert "JOIN (" not in str(query)


@pytest.fixture
def told(app):
    """What SQLite was told of reading and writing, in the order it was told."""
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL is told with BEGIN")
    found = []
    driver = db.session.connection().connection.dbapi_connection
    driver.set_trace_callback(lambda said: found.append(said) if "query_only" in said else None)
    db.session.rollback()
    yield found
    driver.set_trace_callback(None)
    db.session.rollback()
    reading.set(False)


def look(*, is_reading):
    reading.set(is_reading)
    db.session.execute(select(Proposal.id)).all()
    db.session.rollback()


def test_a_connection_is_told_once_that_it_only_looks(told):
    for is_reading in (True, True, True, False, False, True):
        look(is_reading=is_reading)

    assert told == [f"PRAGMA query_only = {word}" for word in (1, 0, 1)]

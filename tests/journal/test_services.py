"""The journal is whole, in order, and nobody can touch it unseen."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from sir.journal.models import Entry
from sir.journal.queries import faults
from sir.journal.services import record
from sir.kernel.database import db
from sir.kernel.transaction import transaction
from tests.makers import NOON, make_organisation, make_person


def note(count, stream="house"):
    person = make_person()
    for n in range(count):
        with transaction():
            record("thing.done", f"thing:{n}", by=person, at=NOON, stream=stream, number=n)


def untouched(change):
    """Change the table as somebody with the database's own rights would, triggers off."""
    if db.engine.dialect.name == "sqlite":
        db.session.execute(text("DROP TRIGGER journal_entry_no_update"))
        db.session.execute(text("DROP TRIGGER journal_entry_no_delete"))
    else:
        db.session.execute(text("ALTER TABLE journal_entry DISABLE TRIGGER USER"))
    db.session.execute(text(change))
    db.session.commit()
    db.session.expire_all()


def test_entries_are_numbered_without_a_gap_and_chained(app):
    note(3)

    rows = db.session.scalars(select(Entry).order_by(Entry.seq)).all()

    assert [row.seq for row in rows] == [1, 2, 3]
    assert [row.previous for row in rows[1:]] == [row.hash for row in rows[:2]]
    assert list(faults()) == []


def test_streams_are_chained_apart(app):
    note(2, "A")
    note(1, "B")

    rows = db.session.execute(select(Entry.stream, Entry.seq).order_by(Entry.stream, Entry.seq))

    assert rows.all() == [("A", 1), ("A", 2), ("B", 1)]


@pytest.mark.parametrize(
    "act", ["UPDATE journal_entry SET actor = 'X'", "DELETE FROM journal_entry"]
)
def test_the_database_refuses_to_change_the_journal(app, act):
    note(1)

    with pytest.raises(DBAPIError, match="append-only"):
        db.session.execute(text(act))
    db.session.rollback()


@pytest.mark.parametrize(
    ("change", "seq", "what"),
    [
        ("UPDATE journal_entry SET actor = 'X' WHERE seq = 2", 2, "changed"),
        ("DELETE FROM journal_entry WHERE seq = 2", 2, "missing"),
        ("DELETE FROM journal_entry WHERE seq = 4", 4, "missing at the end"),
        ("DELETE FROM journal_entry", 1, "missing at the end"),
        (
            "UPDATE journal_entry SET previous = hash WHERE seq = 3",
            3,
            "does not follow the row before it",
        ),
    ],
)
def test_a_touched_journal_names_its_first_bad_row(app, change, seq, what):
    note(4)

    untouched(change)

    assert [(fault.stream, fault.seq, fault.what) for fault in faults()] == [("house", seq, what)]


def test_what_was_noted_goes_with_a_rollback(app):
    def fail():
        with transaction():
            record("organisation.created", make_organisation(), by=None, at=NOON)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with transaction():
        make_organisation()

    assert db.session.scalars(select(Entry)).all() == []

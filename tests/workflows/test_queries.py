"""A frozen plan's parts are remembered; a draft's and a writing page's are read."""

import pytest
from sqlalchemy import event, inspect, select
from sqlalchemy.orm import lazyload

from sir.kernel.database import db, reading
from sir.kernel.memory import Memory
from sir.workflows.models import Plan
from sir.workflows.queries import recall_parts
from tests.makers import FROZEN, make_plan


@pytest.fixture
def looking():
    before = reading.set(True)
    yield
    reading.reset(before)


def fetched(plan_id):
    """Read a plan as a new page does; give it, and the statements its parts cost."""
    db.session.rollback()
    db.session.expunge_all()
    options = lazyload(Plan.criteria), lazyload(Plan.levels)
    plan = db.session.scalars(select(Plan).where(Plan.id == plan_id).options(*options)).one()
    seen = []

    def note(*parts):
        seen.append(parts[2])

    event.listen(db.engine, "before_cursor_execute", note, named=False)
    recall_parts(plan)
    keys = [row.key for row in plan.criteria], [row.position for row in plan.levels]
    event.remove(db.engine, "before_cursor_execute", note)
    assert keys == (["K1", "K2", "K3", "K4"], [1, 2, 3, 4, 5, 6])
    return plan, len(seen)


def kept(**given):
    plan = make_plan(**given)
    db.session.commit()
    return plan.id


def test_a_frozen_plans_parts_are_asked_once(app, looking):
    reading.set(False)
    number = kept(**FROZEN)
    reading.set(True)

    costs = [fetched(number)[1] for _ in range(3)]

    assert costs == [2, 0, 0]


def test_remembered_parts_belong_to_no_session(app, looking):
    reading.set(False)
    number = kept(**FROZEN)
    reading.set(True)

    plan = fetched(number)[0]

    assert {inspect(row).session for row in [*plan.criteria, *plan.levels]} == {None}
    assert list(db.session.dirty) + list(db.session.new) == []


@pytest.mark.parametrize(("given", "is_looking"), [({}, True), (FROZEN, False)])
def test_a_draft_and_a_page_that_writes_ask_the_database_itself(app, looking, given, is_looking):
    reading.set(False)
    number = kept(**given)
    reading.set(is_looking)

    costs = [fetched(number)[1] for _ in range(2)]

    assert costs == [2, 2]


def test_another_plan_with_the_same_hash_keeps_its_own_parts(app, looking):
    reading.set(False)
    numbers = [kept(**FROZEN), kept(**FROZEN)]
    reading.set(True)

    plans = [fetched(number)[0].criteria for number in numbers]

    assert [{row.plan_id for row in rows} for rows in plans] == [{number} for number in numbers]


def test_the_longest_unused_is_forgotten_first():
    memory = Memory(2)
    memory.keep("a", 1)
    memory.keep("b", 2)
    memory.get("a")
    memory.keep("c", 3)

    assert [memory.get(key) for key in "abc"] == [1, None, 3]


def test_what_is_remembered_is_not_made_again():
    memory = Memory(2)

    assert [memory.recall("a", lambda: 1), memory.recall("a", lambda: 2)] == [1, 1]

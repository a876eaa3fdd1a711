"""A frozen plan is remembered with its parts; a draft, and a page that writes, ask anew."""

import pytest
from sqlalchemy import event, inspect

from sir.challenges.models import Challenge
from sir.challenges.queries import recall_plan
from sir.kernel.database import db, reading
from sir.kernel.memory import Memory
from sir.workflows.queries import plan_to_look_at
from tests.makers import FROZEN, make_challenge, make_plan


def kept(**given):
    challenge = make_challenge(plan=make_plan(**given))
    db.session.commit()
    return challenge.id


def asked(challenge, *, is_looking=True):
    """Recall a plan as a new page does; count the statements it and its parts cost."""
    db.session.expunge_all()
    challenge = db.session.get_one(Challenge, challenge)
    seen = []

    def note(*parts):
        seen.append(parts[2])

    event.listen(db.engine, "before_cursor_execute", note, named=False)
    before = reading.set(is_looking)
    recall_plan(challenge)
    keys = [row.key for row in challenge.plan.criteria]
    places = [row.position for row in challenge.plan.levels]
    reading.reset(before)
    event.remove(db.engine, "before_cursor_execute", note)
    assert (keys, places) == (["K1", "K2", "K3", "K4"], [1, 2, 3, 4, 5, 6])
    return len(seen)


def test_a_frozen_plan_is_asked_once(app):
    challenge = kept(**FROZEN)

    assert [asked(challenge) for _ in range(3)] == [3, 0, 0]


def test_what_is_remembered_belongs_to_no_session(app):
    challenge = kept(**FROZEN)
    asked(challenge)

    plan = plan_to_look_at(db.session.get_one(Challenge, challenge).plan_id)

    assert {inspect(row).session for row in [plan, *plan.criteria, *plan.levels]} == {None}
    assert list(db.session.dirty) + list(db.session.new) == []


@pytest.mark.parametrize(("given", "is_looking"), [({}, True), (FROZEN, False)])
def test_a_draft_and_a_page_that_writes_ask_the_database_itself(app, given, is_looking):
    challenge = kept(**given)

    assert [asked(challenge, is_looking=is_looking) for _ in range(2)] == [3, 3]


def test_a_page_that_writes_gets_parts_of_its_own_of_what_was_looked_at(app):
    challenge = kept(**FROZEN)
    assert asked(challenge) == 3
    assert asked(challenge, is_looking=False) == 0

    plan = db.session.get_one(Challenge, challenge).plan
    remembered = plan_to_look_at(plan.id)

    assert {inspect(row).session for row in [plan, *plan.criteria, *plan.levels]} == {db.session()}
    assert {inspect(row).session for row in [remembered, *remembered.criteria]} == {None}
    assert list(db.session.dirty) + list(db.session.new) == []


def test_each_challenge_gets_its_own_plan_back(app):
    challenges = [kept(**FROZEN), kept(**FROZEN)]
    numbers = [db.session.get_one(Challenge, challenge).plan_id for challenge in challenges]

    plans = [plan_to_look_at(number) for number in numbers * 2]

    assert [plan.id for plan in plans] == numbers * 2
    assert [plan.criteria[0].plan_id for plan in plans] == [plan.id for plan in plans]


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

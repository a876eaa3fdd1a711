"""The calendar of a challenge around each of its edges."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from sir.challenges.models import Challenge
from sir.challenges.rules import calendar_advice, calendar_faults, standstill_until
from sir.kernel.calendar import instant
from sir.terms.models import Procedure, Terms
from tests.challenges.story import DATES
from tests.makers import NOON


def challenge(**changes):

    terms = Terms(
        procedure=changes.pop("procedure", Procedure.NATIONAL_OPEN),
        pitch_count=changes.pop("pitch_count", 0),
    )
    return Challenge(terms=terms, **DATES | changes)


def where(made, at=NOON):
    return [fault.field for fault in calendar_faults(made, at)]


def test_a_sensible_calendar_has_no_fault():
    assert where(challenge()) == []


@pytest.mark.parametrize("key", sorted(DATES))
def test_every_date_but_meeting_and_pitch_is_asked_for(key):
    assert where(challenge(**{key: None})) == [key]


@pytest.mark.parametrize(
    ("at", "is_right"),
    [
        (DATES["closes_at"] - timedelta(seconds=1), True),
        (DATES["closes_at"], False),
        (DATES["closes_at"] + timedelta(seconds=1), False),
    ],
)
def test_the_deadline_lies_in_the_future(at, is_right):
    made = challenge(questions_close_at=None, answers_by=None)

    assert ("closes_at" not in where(made, at)) is is_right


@pytest.mark.parametrize(
    ("on", "clock", "is_right"),
    [
        (date(2026, 7, 7), time(0), False),
        (date(2026, 7, 7), time(0, 1), True),
        (date(2026, 7, 7), time(23, 59), True),
        (date(2026, 7, 4), time(12), False),  # Saturday
        (date(2026, 7, 5), time(12), False),  # Sunday
        (date(2026, 7, 6), time(12), True),
    ],
)
def test_the_deadline_is_on_a_working_day_and_not_at_midnight(on, clock, is_right):
    assert ("closes_at" not in where(challenge(closes_at=instant(on, clock)))) is is_right


def test_the_deadline_is_not_on_a_holiday():
    at = datetime(2027, 3, 1, 12, tzinfo=UTC)
    late = dict.fromkeys(DATES)

    good_friday = challenge(**late | {"closes_at": instant(date(2027, 3, 26), time(12))})
    thursday = challenge(**late | {"closes_at": instant(date(2027, 3, 25), time(12))})

    assert "closes_at" in where(good_friday, at)
    assert "closes_at" not in where(thursday, at)


@pytest.mark.parametrize(
    ("on", "is_right", "has_advice"),
    [
        (date(2026, 6, 27), True, False),  # ten days before
        (date(2026, 6, 28), True, True),
        (date(2026, 7, 1), True, True),  # six days before
        (date(2026, 7, 2), False, False),
        (date(2026, 7, 7), False, False),
    ],
)
def test_answers_are_out_in_time(app, on, is_right, has_advice):
    made = challenge(answers_by=on)

    assert (where(made) == []) is is_right
    assert bool(calendar_advice(made)) is has_advice


@pytest.mark.parametrize(
    ("procedure", "days", "is_right"),
    [
        (Procedure.NATIONAL_OPEN, 22, True),
        (Procedure.INNOVATION_PARTNERSHIP, 29, False),
        (Procedure.INNOVATION_PARTNERSHIP, 30, True),
        (Procedure.EUROPEAN_OPEN, 39, False),
        (Procedure.EUROPEAN_OPEN, 40, True),
    ],
)
def test_a_procedure_has_its_minimum_term(procedure, days, is_right):
    made = challenge(procedure=procedure)
    at = instant(date(2026, 7, 7) - timedelta(days), time(9))

    assert ("closes_at" not in where(made, at)) is is_right


def test_questions_close_before_the_answers():
    assert where(challenge(answers_by=date(2026, 6, 15))) == ["answers_by"]


def test_the_residency_starts_after_the_standstill():
    assert standstill_until(challenge()) == date(2026, 8, 24)  # day 20 is a Sunday
    assert where(challenge(starts_on=date(2026, 8, 24))) == ["starts_on"]
    assert where(challenge(starts_on=date(2026, 8, 25))) == []


def test_a_pitch_day_belongs_to_pitches():
    assert where(challenge(pitch_count=3)) == ["pitch_on"]
    assert where(challenge(pitch_on=date(2026, 7, 20))) == ["pitch_on"]
    assert where(challenge(pitch_count=3, pitch_on=date(2026, 7, 20))) == []

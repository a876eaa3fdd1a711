"""The calendar of a challenge: which dates it has, and what must be true of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sir.challenges.models import Challenge
from sir.kernel.calendar import (
    STANDSTILL_DAYS,
    holiday_name,
    is_working_day,
    local_day,
    local_time,
    term_end,
)
from sir.kernel.i18n import lazy
from sir.terms.rules import Advice, Fault, minimum_days

ANSWER_DAYS = 10  # between the last answers and the deadline (the sources differ: 6 to 10)
LEAST_ANSWER_DAYS = 6  # 2014/24/EU art. 53(2)


@dataclass(frozen=True)
class DateRow:
    """One date of the calendar, in the order in which they come."""

    key: str
    label: Any
    is_required: bool = True
    has_hour: bool = False


DATES = (
    DateRow("meeting_at", lazy("Information meeting"), is_required=False, has_hour=True),
    DateRow("questions_close_at", lazy("Questions close"), has_hour=True),
    DateRow("answers_by", lazy("All answers published")),
    DateRow("closes_at", lazy("Deadline for proposals"), has_hour=True),
    DateRow("pitch_on", lazy("Pitches"), is_required=False),
    DateRow("decision_on", lazy("Decision")),
    DateRow("starts_on", lazy("Start of the residency")),
    DateRow("demo_on", lazy("Demonstration day")),
    DateRow("follow_up_on", lazy("Decision after the pilot")),
)
_LABELS = {row.key: row.label for row in DATES}


def date_values(challenge: Challenge) -> dict[str, datetime | date | None]:
    """Give the dates of the calendar by key."""
    return {row.key: getattr(challenge, row.key) for row in DATES}


def planned(challenge: Challenge) -> list[tuple[DateRow, datetime | date]]:
    """List the dates that are set, in the order of the table."""
    values = date_values(challenge)
    return [(row, value) for row in DATES if (value := values[row.key]) is not None]


def standstill_until(challenge: Challenge) -> date | None:
    """Give the last day of the standstill when the decision goes out on the day planned."""
    if challenge.decision_on is None:
        return None
    return term_end(challenge.decision_on, STANDSTILL_DAYS)


def calendar_faults(challenge: Challenge, at: datetime) -> list[Fault]:
    """List what is wrong with the dates, seen from a moment."""
    return [Fault("calendar", field, sentence) for field, sentence in _faults(challenge, at)]


def _faults(challenge: Challenge, at: datetime) -> Iterator[tuple[str, Any]]:
    for row in DATES:
        is_required = row.is_required or (row.key == "pitch_on" and challenge.terms.pitch_count)
        if is_required and getattr(challenge, row.key) is None:
            yield row.key, lazy("Give a date for “%(label)s”.", label=row.label)
    if challenge.pitch_on is not None and not challenge.terms.pitch_count:
        yield "pitch_on", lazy("There are no pitches. Leave the date empty, or invite to a pitch.")
    yield from _order_faults(challenge, at)
    yield from _deadline_faults(challenge, at)
    yield from _answer_faults(challenge)
    standstill = standstill_until(challenge)
    if standstill and challenge.starts_on and challenge.starts_on <= standstill:
        yield "starts_on", lazy("The residency starts after the standstill, which ends later.")


def _order_faults(challenge: Challenge, at: datetime) -> Iterator[tuple[str, Any]]:
    previous, before = "", local_day(at)
    for row, value in planned(challenge):
        on = local_day(value) if isinstance(value, datetime) else value
        if not previous and on < before:
            yield row.key, lazy("“%(label)s” lies in the past.", label=row.label)
        elif previous and (on < before if previous == "meeting_at" else on <= before):
            yield (
                row.key,
                lazy(
                    "“%(later)s” must come after “%(earlier)s”.",
                    later=row.label,
                    earlier=_LABELS[previous],
                ),
            )
        previous, before = row.key, max(on, before)


def _deadline_faults(challenge: Challenge, at: datetime) -> Iterator[tuple[str, Any]]:
    closes_at = challenge.closes_at
    if closes_at is None:
        return
    on = local_day(closes_at)
    if closes_at <= at:
        yield "closes_at", lazy("The deadline must lie in the future.")
    if local_time(closes_at) == time():
        yield "closes_at", lazy("Choose another hour than midnight: nobody knows which day it is.")
    if (name := holiday_name(on)) is not None:
        yield "closes_at", lazy("The deadline is on a holiday: %(name)s.", name=name)
    elif not is_working_day(on):
        yield "closes_at", lazy("The deadline is in a weekend. Choose a working day.")
    least = minimum_days(challenge.terms.procedure)
    if at < closes_at and on - local_day(at) < timedelta(least):
        yield (
            "closes_at",
            lazy(
                "This procedure asks for at least %(days)d days between publication and deadline.",
                days=least,
            ),
        )


def _answer_faults(challenge: Challenge) -> Iterator[tuple[str, Any]]:
    days = _answer_days(challenge)
    if days is not None and 0 < days < LEAST_ANSWER_DAYS:
        yield (
            "answers_by",
            lazy(
                "The last answers must be out at least %(days)d days before the deadline.",
                days=LEAST_ANSWER_DAYS,
            ),
        )


def _answer_days(challenge: Challenge) -> int | None:
    if challenge.answers_by is None or challenge.closes_at is None:
        return None
    return (local_day(challenge.closes_at) - challenge.answers_by).days


def calendar_advice(challenge: Challenge) -> list[Advice]:
    """Point at dates that are allowed but not wise."""
    advice = []
    days = _answer_days(challenge)
    if days is not None and LEAST_ANSWER_DAYS <= days < ANSWER_DAYS:
        sentence = lazy(
            "Better publish the last answers %(days)d days before the deadline.", days=ANSWER_DAYS
        )
        advice.append(Advice("calendar", "answers_by", sentence))
    for key in ("decision_on", "starts_on", "demo_on", "pitch_on"):
        on = getattr(challenge, key)
        if on is not None and not is_working_day(on):
            sentence = lazy("“%(label)s” is not on a working day.", label=_LABELS[key])
            advice.append(Advice("calendar", key, sentence))
    return advice

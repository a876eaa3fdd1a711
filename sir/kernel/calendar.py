"""The Dutch calendar: which days count, when a term ends, which wall-clock times exist.

The law: Algemene termijnenwet (Atw) art. 1 and 3; Regulation (EEC, Euratom) 1182/71 art. 3(4)
has the same outcome. Days are dates in the European Netherlands; instants are aware and UTC.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from sir.kernel.i18n import lazy

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
STANDSTILL_DAYS = 20  # calendar days (Aw 2.127 and 2.131; 2007/66/EC art. 2a at least 10)

_DAY = timedelta(days=1)
_SATURDAY = 5
_SUNDAY = 6


class NoSuchTime(ValueError):
    """The clock in Amsterdam skips this time, or shows it twice."""


def easter(year: int) -> date:
    """Give Easter Sunday in the Gregorian calendar (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)


def kings_day(year: int) -> date:
    """Give the day the King's birthday is celebrated: 27 April, on the 26th when it is a Sunday."""
    day = date(year, 4, 27)
    return day - _DAY if day.weekday() == _SUNDAY else day


@cache
def holidays(year: int) -> dict[date, Any]:
    """Name the generally recognised holidays of a year (Atw art. 3), 2014 and later.

    Good Friday is equated with them (art. 3, second paragraph). Easter Sunday and Whit Sunday are
    Sundays already; they are here to be shown by name. Where two coincide, the first has the name.
    """
    sunday = easter(year)
    named = [
        (date(year, 1, 1), lazy("New Year's Day")),
        (sunday - 2 * _DAY, lazy("Good Friday")),
        (sunday, lazy("Easter Sunday")),
        (sunday + _DAY, lazy("Easter Monday")),
        (kings_day(year), lazy("King's Day")),
        (date(year, 5, 5), lazy("Liberation Day")),
        (sunday + 39 * _DAY, lazy("Ascension Day")),
        (sunday + 49 * _DAY, lazy("Whit Sunday")),
        (sunday + 50 * _DAY, lazy("Whit Monday")),
        (date(year, 12, 25), lazy("Christmas Day")),
        (date(year, 12, 26), lazy("Second Christmas Day")),
    ]
    names: dict[date, Any] = {}
    for day, name in named:
        names.setdefault(day, name)
    return names


def holiday_name(day: date) -> Any:
    """Give the name of a holiday, to be shown; None on every other day."""
    return holidays(day.year).get(day)


def is_working_day(day: date) -> bool:
    """Say whether a term may end on this day: no Saturday, no Sunday, no recognised holiday."""
    return day.weekday() < _SATURDAY and holiday_name(day) is None


def working_day_from(day: date) -> date:
    """Give this day when it is a working day, or else the first one after it (Atw art. 1)."""
    while not is_working_day(day):
        day += _DAY
    return day


def add_working_days(day: date, count: int) -> date:
    """Go this many working days onward; the day itself does not count."""
    for _step in range(count):
        day = working_day_from(day + _DAY)
    return day


def term_end(start: date, days: int) -> date:
    """Give the last day of a term of calendar days that starts to run the day after `start`.

    A term that would end on a Saturday, a Sunday or a recognised holiday ends on the next day that
    is none of these (Atw art. 1). A term counted backwards is not extended: do not use this for it.
    """
    return working_day_from(start + days * _DAY)


def local_day(at: datetime) -> date:
    """Give the date it is in Amsterdam at an instant."""
    return at.astimezone(AMSTERDAM).date()


def local_time(at: datetime) -> time:
    """Give the wall-clock time it is in Amsterdam at an instant."""
    return at.astimezone(AMSTERDAM).time()


def instant(day: date, clock: time) -> datetime:
    """Give the instant at which the clock in Amsterdam shows this.

    Raises NoSuchTime in the hour that is skipped in March and in the one that comes twice in
    October: neither names one instant.
    """
    first = datetime.combine(day, clock, AMSTERDAM)
    if first.utcoffset() != first.replace(fold=1).utcoffset():
        raise NoSuchTime
    return first.astimezone(UTC)


def standstill_end(sent_at: datetime, days: int = STANDSTILL_DAYS) -> datetime:
    """Give the instant from which an award is possible: the midnight that ends the last day.

    The day after sending is day one (Aw 2.131); the last day is extended by Atw art. 1.
    """
    return instant(term_end(local_day(sent_at), days) + _DAY, time())

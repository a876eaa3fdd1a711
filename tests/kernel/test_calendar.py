"""The calendar agrees with the almanac and with the Algemene termijnenwet."""

from datetime import UTC, date, datetime, time

import pytest

from sir.kernel.calendar import (
    NoSuchTime,
    add_working_days,
    easter,
    holiday_name,
    holidays,
    instant,
    is_working_day,
    kings_day,
    local_day,
    local_time,
    standstill_end,
    term_end,
    working_day_from,
)


@pytest.mark.parametrize(
    "day",
    # the almanac's dates, the earliest and latest possible ones among them
    [
        date(1818, 3, 22),
        date(1943, 4, 25),
        date(2008, 3, 23),
        date(2024, 3, 31),
        date(2025, 4, 20),
        date(2026, 4, 5),
        date(2027, 3, 28),
        date(2028, 4, 16),
        date(2030, 4, 21),
        date(2038, 4, 25),
        date(2049, 4, 18),
        date(2076, 4, 19),
    ],
)
def test_easter_falls_where_the_almanac_says(day):
    assert easter(day.year) == day


@pytest.mark.parametrize(
    ("year", "day"), [(2025, 26), (2026, 27), (2027, 27), (2031, 26), (2036, 26), (2037, 27)]
)
def test_kings_day_moves_from_a_sunday_to_the_saturday_before(year, day):
    assert kings_day(year) == date(year, 4, day)


def test_the_holidays_of_2027_are_those_of_the_law():
    assert sorted(holidays(2027)) == [
        date(2027, 1, 1),
        date(2027, 3, 26),
        date(2027, 3, 28),
        date(2027, 3, 29),
        date(2027, 4, 27),
        date(2027, 5, 5),
        date(2027, 5, 6),
        date(2027, 5, 16),
        date(2027, 5, 17),
        date(2027, 12, 25),
        date(2027, 12, 26),
    ]


def test_two_holidays_on_one_day_are_one_day():
    assert easter(2008).month == 3  # an early Easter: Ascension Day 1 May, no coincidence
    assert len(holidays(2016)) == 10  # 5 May 2016 was Ascension Day too
    assert not is_working_day(date(2016, 5, 5))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 12, 24), True),  # Christmas Eve is an ordinary day in the law
        (date(2026, 12, 25), False),
        (date(2026, 12, 28), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
        (date(2027, 3, 25), True),  # Maundy Thursday
        (date(2027, 3, 26), False),  # Good Friday, equated
        (date(2027, 5, 5), False),  # every year, not only the lustrum
        (date(2027, 5, 8), False),  # a Saturday
        (date(2027, 5, 9), False),  # a Sunday
        (date(2027, 5, 10), True),
    ],
)
def test_a_working_day_is_no_weekend_and_no_holiday(app, day, works):
    assert is_working_day(day) is works


@pytest.mark.parametrize(
    ("day", "then"),
    [
        (date(2027, 3, 25), date(2027, 3, 25)),
        (date(2027, 3, 26), date(2027, 3, 30)),  # Good Friday to Easter Monday: four days lost
        (date(2026, 12, 25), date(2026, 12, 28)),
        (date(2027, 5, 5), date(2027, 5, 7)),  # Liberation Day, then Ascension Day
    ],
)
def test_a_term_moves_to_the_next_working_day(day, then):
    assert working_day_from(day) == then


def test_working_days_skip_the_weekend_and_the_holidays():
    assert add_working_days(date(2027, 3, 25), 0) == date(2027, 3, 25)
    assert add_working_days(date(2027, 3, 25), 1) == date(2027, 3, 30)
    assert add_working_days(date(2026, 12, 24), 2) == date(2026, 12, 29)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 11, 2), 20, date(2026, 11, 23)),  # day 20 is a Sunday
        (date(2026, 11, 4), 20, date(2026, 11, 24)),  # day 20 is a Tuesday
        (date(2026, 12, 5), 20, date(2026, 12, 28)),  # day 20 is Christmas Day
        (date(2027, 3, 6), 20, date(2027, 3, 30)),  # day 20 is Good Friday
        (date(2027, 4, 15), 20, date(2027, 5, 7)),  # day 20 is Liberation Day
    ],
)
def test_a_term_of_twenty_days_ends_on_a_working_day(start, days, end):
    assert term_end(start, days) == end


def test_an_award_is_possible_from_the_midnight_after_the_last_day():
    sent = datetime(2026, 11, 4, 9, 30, tzinfo=UTC)

    assert standstill_end(sent) == datetime(2026, 11, 24, 23, tzinfo=UTC)  # midnight in winter


def test_the_standstill_counts_days_of_amsterdam_not_of_greenwich():
    late = datetime(2027, 6, 1, 22, 30, tzinfo=UTC)  # half past midnight on 2 June

    assert standstill_end(late) == datetime(2027, 6, 22, 22, tzinfo=UTC)


def test_a_standstill_over_the_change_of_the_clock_ends_at_local_midnight():
    sent = datetime(2027, 3, 10, 12, tzinfo=UTC)  # day 20 is 30 March, in summer time

    assert standstill_end(sent) == datetime(2027, 3, 30, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "clock"),
    [
        (date(2027, 3, 28), time(2)),
        (date(2027, 3, 28), time(2, 30)),
        (date(2027, 3, 28), time(2, 59)),
        (date(2027, 10, 31), time(2)),
        (date(2027, 10, 31), time(2, 30)),
    ],
)
def test_a_time_that_names_no_single_instant_is_refused(day, clock):
    with pytest.raises(NoSuchTime):
        instant(day, clock)


@pytest.mark.parametrize(
    ("day", "clock", "hour"),
    [
        (date(2027, 3, 28), time(1, 59), 0),
        (date(2027, 3, 28), time(3), 1),
        (date(2027, 10, 31), time(1, 59), 23),
        (date(2027, 10, 31), time(3), 2),
        (date(2027, 6, 1), time(12), 10),
        (date(2027, 12, 1), time(12), 11),
    ],
)
def test_the_clock_of_amsterdam_becomes_an_instant_and_back(day, clock, hour):
    at = instant(day, clock)

    assert at.tzinfo is UTC
    assert at.hour == hour
    assert (local_day(at), local_time(at)) == (day, clock)


def test_a_holiday_is_called_by_its_name(app):
    assert str(holiday_name(date(2027, 4, 27))) == "Koningsdag"
    assert holiday_name(date(2027, 4, 28)) is None

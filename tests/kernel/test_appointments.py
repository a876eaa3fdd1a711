"""Calendar files: what RFC 5545 asks, and that no text can add a line of its own."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from sir.kernel.appointments import Appointment, calendar

STAMP = datetime(2026, 6, 1, 10, tzinfo=UTC)
SUMMER = datetime(2026, 7, 1, 8, tzinfo=UTC)
WINTER = datetime(2026, 12, 1, 8, tzinfo=UTC)


def event(**changes):
    return Appointment(
        **{
            "uid": "pitch-A@sir",
            "sequence": 0,
            "starts_at": SUMMER,
            "ends_at": SUMMER,
            "title": "Pitch",
        }
        | changes
    )


def lines(text):
    """Read the file as a program does: unfold first (3.1)."""
    return text.replace("\r\n ", "").split("\r\n")


def test_times_are_amsterdams_with_its_rules_beside_them():
    summer = lines(calendar([event()], stamp=STAMP))
    winter = lines(calendar([event(starts_at=WINTER)], stamp=STAMP))

    assert "DTSTART;TZID=Europe/Amsterdam:20260701T100000" in summer
    assert "DTSTART;TZID=Europe/Amsterdam:20261201T090000" in winter
    assert "TZID:Europe/Amsterdam" in summer
    assert "DTSTAMP:20260601T100000Z" in summer
    assert summer.count("BEGIN:VTIMEZONE") == 1


def test_a_text_is_escaped_and_cannot_end_its_line():
    text = lines(calendar([event(title="A, B; C\\D\r\nEND:VCALENDAR")], stamp=STAMP))

    assert "SUMMARY:A\\, B\\; C\\\\D\\nEND:VCALENDAR" in text
    assert text.count("END:VCALENDAR") == 1


def test_place_link_and_sequence_are_told_only_when_there():
    bare = calendar([event()], stamp=STAMP)
    full = calendar([event(place="Zaal", link="https://x.example/1", sequence=3)], stamp=STAMP)

    assert "LOCATION" not in bare
    assert "URL" not in bare
    assert "LOCATION:Zaal\r\nURL:https://x.example/1\r\n" in full
    assert "SEQUENCE:3" in full


@given(st.text(), st.text(), st.text())
def test_no_text_makes_a_line_too_long_or_a_line_of_its_own(title, place, link):
    bare = lines(calendar([event()], stamp=STAMP))
    text = calendar([event(title=title, place=place, link=link)], stamp=STAMP)

    assert text.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert len(lines(text)) <= len(bare) + 2
    assert "\n" not in text.replace("\r\n", "")

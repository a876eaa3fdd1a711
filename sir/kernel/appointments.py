"""Appointments as calendar programs read them: iCalendar (RFC 5545), in Europe/Amsterdam."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from sir.kernel.calendar import AMSTERDAM

OCTETS = 75  # of one line (3.1)

# The rules of the European Union, unchanged since 1996 (2000/84/EC).
_ZONE = (
    "BEGIN:VTIMEZONE",
    "TZID:Europe/Amsterdam",
    "BEGIN:DAYLIGHT",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "TZNAME:CEST",
    "DTSTART:19960331T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "TZNAME:CET",
    "DTSTART:19961027T030000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "END:STANDARD",
    "END:VTIMEZONE",
)


@dataclass(frozen=True)
class Appointment:
    """One event. The uid stays the same when it moves; the sequence then goes up (3.8.7.4)."""

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str = ""
    link: str = ""
    text: str = ""
    is_cancelled: bool = False


def calendar(appointments: Iterable[Appointment], *, stamp: datetime) -> str:
    """Write a calendar file; `stamp` is when it was made."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Startup in Residence//sir//NL"]
    lines += ["CALSCALE:GREGORIAN", "METHOD:PUBLISH", *_ZONE]
    for appointment in appointments:
        lines += _event(appointment, stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(event: Appointment, stamp: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_escaped(event.uid)}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"DTSTAMP:{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;TZID=Europe/Amsterdam:{event.starts_at.astimezone(AMSTERDAM):%Y%m%dT%H%M%S}"
    yield f"DTEND;TZID=Europe/Amsterdam:{event.ends_at.astimezone(AMSTERDAM):%Y%m%dT%H%M%S}"
    yield f"SUMMARY:{_escaped(event.title)}"
    if event.place:
        yield f"LOCATION:{_escaped(event.place)}"
    if event.link:
        yield f"URL:{_plain(event.link)}"
    if event.text:
        yield f"DESCRIPTION:{_escaped(event.text)}"
    yield f"STATUS:{'CANCELLED' if event.is_cancelled else 'CONFIRMED'}"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    """Write a text (3.3.11): no line of it can become a line of the file."""
    marks = text.replace("\r\n", "\n")
    text = "".join(mark for mark in marks if mark == "\n" or mark.isprintable())
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    return text.replace("\n", "\\n")


def _plain(address: str) -> str:
    return "".join(mark for mark in address if mark.isprintable())


def _folded(line: str) -> Iterator[str]:
    """Cut a line into parts of at most 75 octets, never within a character (3.1)."""
    part, size = "", 0
    for mark in line:
        width = len(mark.encode())
        if size + width > OCTETS:
            yield part
            part, size = " ", 1
        part += mark
        size += width
    yield part

"""Reminding jurors of what is due: only those who are not done, once a day (jury: R24)."""

from __future__ import annotations

from datetime import datetime

from sir.journal.services import record
from sir.jury.models import Round, Seat
from sir.jury.queries.reminders import unfinished_seats
from sir.jury.rules.reminders import Clock, clock_of
from sir.kernel.calendar import local_day
from sir.notices.services import write_letter
from sir.people.models import Person


def remind_jurors(round_: Round, *, at: datetime, by: Person | None = None) -> int:
    """Remind who is not done seven, three and one day before, and on the day; once each.

    With `by` the secretary asks for it now, whatever the day. Gives how many letters are
    written at most: a letter that was already written for this day is not written again.
    """
    clock = clock_of(round_)
    if clock is None or (by is None and not clock.rings(at)):
        return 0
    late = unfinished_seats(round_)
    for seat in late:
        key = f"{clock.occasion}:{round_.code}:{seat.code}:{local_day(at).isoformat()}"
        write_letter(
            f"jury/{clock.occasion}", to=seat.person, at=at, key=key, **words_of(clock, seat)
        )
    if late:
        record("jurors.reminded", round_, by=by, at=at, stream=round_.challenge.code, n=len(late))
    return len(late)


def words_of(clock: Clock, seat: Seat) -> dict[str, str]:
    """Give the words of a reminder: no names of others, no score, nothing of a bidder."""
    return {
        "name": seat.name,
        "challenge": seat.challenge.terms.title,
        "due_at": clock.due_at.isoformat(),
        "path": f"/challenges/{seat.challenge.code}/jury",
    }

"""Keeping count of each juror's work, in the transaction that changes it (jury: R4)."""

from __future__ import annotations

from datetime import date, datetime

from sir.jury.models import Round, Seat, Sheet, Workday, Workload
from sir.jury.queries.progress import counted_anew, workday_on, workload_of
from sir.kernel.calendar import local_day
from sir.kernel.database import db


def count_saving(sheet: Sheet, *, was_ready: bool, was_begun: bool, at: datetime) -> None:
    """Count one saved sheet; only this juror's own row changes."""
    work = _workload(sheet.round, sheet.seat)
    work.begun += not was_begun
    is_ready = sheet.ready >= len(sheet.round.challenge.plan.criteria)
    day = local_day(at)
    if work.active_on != day:
        work.active_on = day
    if is_ready != was_ready:
        work.ready += 1 if is_ready else -1
        _note_day(work, day)


def count_again(round_: Round, seat: Seat, *, at: datetime, is_work: bool = False) -> None:
    """Count all sheets of one seat: after handing out, handing in, taking back or emptying.

    `is_work` says that the juror did it, and so was at work on this day.
    """
    work = _workload(round_, seat)
    counted = counted_anew(round_, seat)
    work.assigned, work.begun = counted.assigned, counted.begun
    work.ready, work.submitted = counted.ready, counted.submitted
    day = local_day(at)
    if is_work:
        work.active_on = day
    _note_day(work, day)


def _workload(round_: Round, seat: Seat) -> Workload:
    work = workload_of(round_, seat)
    if work is None:
        work = Workload(
            round=round_, seat=seat, assigned=0, begun=0, ready=0, submitted=0, active_on=None
        )
        db.session.add(work)
        db.session.flush()  # a day needs the number of its workload
    return work


def _note_day(work: Workload, day: date) -> None:
    known = workday_on(work, day)
    if known is None:
        db.session.add(Workday(workload=work, day=day, ready=work.ready))
    else:
        known.ready = work.ready

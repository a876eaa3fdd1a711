"""The calibration: everybody scores one invented proposal alone, then all see the spread."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sir.journal.services import record
from sir.jury.models import Calibration, CalibrationSheet, Round, RoundState, Seat
from sir.jury.queries.calibration import own_calibration_sheet, submitted_calibrations
from sir.jury.queries.seats import voting_seats
from sir.jury.rules.conflicts import DETAIL_LENGTH
from sir.jury.rules.example import EXAMPLE
from sir.jury.rules.sheets import Marks, length, missing
from sir.jury.services.sheets import ChangedMeanwhile, tidy
from sir.jury.services.suspensions import check_going
from sir.kernel.codes import new_code
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.kernel.i18n import _
from sir.people.models import Person


def begin_calibration(round_: Round, *, at: datetime) -> None:
    """Lay the standard example before the jury when the plan asks it."""
    if round_.challenge.plan.calibration:
        db.session.add(
            Calibration(code=new_code(), round=round_, example=dict(EXAMPLE), opened_at=at)
        )


def write_example(
    calibration: Calibration, *, lang: str, texts: Mapping[str, str], by: Person, at: datetime
) -> None:
    """Write another invented proposal, as long as nobody scored it."""
    _check_open(calibration)
    if _has_begun(calibration):
        raise Refused(_("Somebody scored this example already, so it stays as it is."))
    before = calibration.example.get(lang, {})
    calibration.example = {**calibration.example, lang: {**before, **texts}}
    record("calibration.written", calibration, by=by, at=at, stream=_stream(calibration), lang=lang)


def save_calibration(  # noqa: PLR0913 - a sheet is kept and perhaps handed in
    calibration: Calibration,
    seat: Seat,
    *,
    version: int,
    marks: Marks,
    hands_in: bool,
    by: Person,
    at: datetime,
) -> None:
    """Keep what a juror gives the example; handing in needs every level and reason.

    The last one to hand in closes the calibration. Raises ChangedMeanwhile on an old version.
    """
    _check_open(calibration)
    if seat.person_id != by.id or seat not in voting_seats(calibration.round.challenge):
        raise Refused(_("This seat is not yours."))
    plan = calibration.round.challenge.plan
    marks = tidy(plan, marks)
    sheet = own_calibration_sheet(calibration, seat)
    if sheet is not None and sheet.submitted_at is not None:
        raise Refused(_("You handed in your scores of the example already."))
    if version != (sheet.version if sheet is not None else 0):
        raise ChangedMeanwhile(_("This score sheet was saved elsewhere in the meantime."))
    if hands_in and missing(plan, marks):
        raise Refused(_("A score sheet still misses a level, or a reason that is long enough."))
    if sheet is None:
        sheet = CalibrationSheet(calibration_id=calibration.id, seat=seat, levels={}, reasons={})
        db.session.add(sheet)
    sheet.levels, sheet.reasons, sheet.note = dict(marks.levels), dict(marks.reasons), marks.note
    sheet.saved_at = at
    if hands_in:
        sheet.submitted_at = at
        record("calibration.submitted", calibration, by=by, at=at, stream=_stream(calibration))
        db.session.flush()  # the count includes this one
        done = {row.seat_id for row in submitted_calibrations(calibration)}
        if {row.id for row in voting_seats(calibration.round.challenge)} <= done:
            calibration.closed_at = at
    else:
        record("calibration.saved", calibration, by=by, at=at, stream=_stream(calibration))


def close_calibration(calibration: Calibration, *, reason: str, by: Person, at: datetime) -> None:
    """Close the calibration before everybody handed in, with the reason."""
    _check_open(calibration)
    if length(reason) < DETAIL_LENGTH:
        raise Refused(_("Give the reason for this decision."))
    calibration.closed_at, calibration.closed_by_id, calibration.reason = at, by.id, reason
    record("calibration.closed", calibration, by=by, at=at, stream=_stream(calibration))


def _check_open(calibration: Calibration) -> None:
    check_going(calibration.round)
    is_late = calibration.round.state is not RoundState.CONFLICT_CHECK
    if calibration.closed_at is not None or is_late:
        raise Refused(_("The calibration is closed."))


def _has_begun(calibration: Calibration) -> bool:
    return any(
        own_calibration_sheet(calibration, seat) is not None
        for seat in voting_seats(calibration.round.challenge)
    )


def _stream(calibration: Calibration) -> str:
    return calibration.round.challenge.code

"""Score sheets: saving, submitting together, and taking back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from sir.journal.services import record
from sir.jury.lifecycle import SHEET
from sir.jury.models import Cell, Round, Seat, Sheet, SheetRevision
from sir.jury.queries.sheets import earlier_sheets, sheets_in, sheets_of
from sir.jury.rules.patches import Way
from sir.jury.rules.sheets import (
    NOTE_LIMIT,
    REASON_LIMIT,
    Marks,
    length,
    marks_of,
    missing,
)
from sir.jury.services.progress import count_again, count_saving
from sir.jury.services.suspensions import check_going
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.kernel.i18n import _
from sir.people.models import Person
from sir.workflows.models import Plan

TAKE_BACK_LENGTH = 20  # characters that explain why sheets are taken back


class ChangedMeanwhile(Refused):
    """The sheet was saved elsewhere since this version was read; nothing was written."""


def save_sheet(  # noqa: PLR0913 - what a saving is made of
    sheet: Sheet,
    *,
    version: int,
    marks: Marks,
    by: Person,
    at: datetime,
    way: Way = Way.PROPOSAL,
) -> bool:
    """Keep what a juror filled in, and the version before it; never submits (R21, R22).

    The journal keeps in which way it was filled in (R6). Says whether anything changed: the same
    marks twice count once, so a replay does no harm.
    Raises ChangedMeanwhile when `version` is not the stored one.
    """
    stored = marks_of(sheet)
    plan = sheet.round.challenge.plan
    marks = tidy(plan, marks)
    if marks == tidy(plan, stored):
        return False
    check_going(sheet.round)
    if version != sheet.version:
        raise ChangedMeanwhile(_("This score sheet was saved elsewhere in the meantime."))
    SHEET.move("save", sheet, at)
    was_ready, was_begun = sheet.ready >= len(plan.criteria), sheet.saved_at is not None
    _fill(sheet, plan, marks)
    sheet.note = marks.note
    sheet.ready = len(plan.criteria) - len(missing(plan, marks))
    sheet.saved_at = at
    flag_modified(sheet, "saved_at")  # a cell alone would not raise the version
    count_saving(sheet, was_ready=was_ready, was_begun=was_begun, at=at)
    _keep_revision(sheet, _content(marks), by, at)
    record(
        "sheet.saved",
        sheet,
        by=by,
        at=at,
        stream=sheet.round.challenge.code,
        version=sheet.version,
        way=way.value,
    )
    return True


def carry_over(round_: Round, *, by: Person, at: datetime) -> None:
    """Fill the drafts of a new round with what the same seat gave in the round before."""
    if round_.number == 1:
        return
    db.session.flush()  # the new sheets must be there to be filled
    plan = round_.challenge.plan
    before = earlier_sheets(round_)
    filled = []
    for sheet in sheets_in(round_):
        old = before.get((sheet.seat_id, sheet.proposal_id))
        if old is None:
            continue
        marks = tidy(plan, marks_of(old))
        _fill(sheet, plan, marks)
        sheet.note, sheet.saved_at = marks.note, at
        sheet.ready = len(plan.criteria) - len(missing(plan, marks))
        filled.append((sheet, marks))
    db.session.flush()  # the revisions carry the new version
    db.session.add_all(_revision(sheet, _content(marks), by, at) for sheet, marks in filled)
    record("sheets.carried_over", round_, by=by, at=at, stream=round_.challenge.code, n=len(filled))


def _keep_revision(sheet: Sheet, content: dict[str, Any], by: Person, at: datetime) -> None:
    db.session.flush()  # the revision carries the new version
    db.session.add(_revision(sheet, content, by, at))


def _content(marks: Marks) -> dict[str, Any]:
    return {"levels": dict(marks.levels), "reasons": dict(marks.reasons), "note": marks.note}


def _revision(sheet: Sheet, content: dict[str, Any], by: Person, at: datetime) -> SheetRevision:
    return SheetRevision(
        sheet_id=sheet.id, number=sheet.version, content=content, by_id=by.id, at=at
    )


def tidy(plan: Plan, marks: Marks) -> Marks:
    """Keep the plan's criteria and levels only; anything else was never published."""
    positions = {level.position for level in plan.levels}
    keys = [criterion.key for criterion in plan.criteria]
    chosen = {key: marks.levels.get(key) for key in keys}
    if set(chosen.values()) - positions - {None}:
        raise Refused(_("This level is not on the published scale."))
    reasons = {key: marks.reasons.get(key, "") for key in keys}
    if max(map(len, reasons.values())) > REASON_LIMIT or len(marks.note) > NOTE_LIMIT:
        raise Refused(
            _("A reason has at most %(limit)s characters.", limit=REASON_LIMIT),
        )
    return Marks(chosen, reasons, marks.note)


def _fill(sheet: Sheet, plan: Plan, marks: Marks) -> None:
    levels = {level.position: level for level in plan.levels}
    cells = {cell.criterion_id: cell for cell in sheet.cells}
    for criterion in plan.criteria:
        position = marks.levels[criterion.key]
        cell = cells.get(criterion.id)
        if cell is None:
            cell = Cell(criterion=criterion)
            sheet.cells.append(cell)
        cell.level = levels[position] if position is not None else None
        cell.reason = marks.reasons[criterion.key]


def submit_sheets(round_: Round, seat: Seat, *, by: Person, at: datetime) -> None:
    """Hand in all of a juror's sheets together; one that misses something stops them all (R5)."""
    sheets = _own(round_, seat, by)
    plan = round_.challenge.plan
    incomplete = [sheet for sheet in sheets if missing(plan, marks_of(sheet))]
    if incomplete:
        numbers = ", ".join(
            str(number) for number in sorted(sheet.proposal.number or 0 for sheet in incomplete)
        )
        raise Refused(
            _(
                "Choose a level and give a reason of at least %(length)s characters for every"
                " criterion. Not yet complete: proposal %(numbers)s.",
                length=plan.min_reason,
                numbers=numbers,
            )
        )
    for sheet in sheets:
        SHEET.move("submit", sheet, at)
        sheet.submitted_at = at
    count_again(round_, seat, at=at, is_work=True)
    record("sheets.submitted", seat, by=by, at=at, stream=round_.challenge.code, sheets=len(sheets))


def take_back_sheets(round_: Round, seat: Seat, *, reason: str, by: Person, at: datetime) -> None:
    """Take one's own sheets back to change them, while everybody still works alone."""
    if length(reason) < TAKE_BACK_LENGTH:
        raise Refused(_("Say in a sentence why you take your scores back."))
    for sheet in _own(round_, seat, by):
        SHEET.move("take_back", sheet, at)
        _keep_revision(sheet, {"taken_back": reason}, by, at)
    count_again(round_, seat, at=at, is_work=True)
    record("sheets.taken_back", seat, by=by, at=at, stream=round_.challenge.code)


def _own(round_: Round, seat: Seat, by: Person) -> list[Sheet]:
    check_going(round_)
    sheets = sheets_of(round_, seat)
    if seat.person_id != by.id or seat.vacated_at is not None or not sheets:
        raise Refused(_("You have no score sheets in this round."))
    return sheets

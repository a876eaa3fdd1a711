"""Second sheets: what a juror changes after the discussion, or after a pitch."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm.attributes import flag_modified

from sir.journal.services import record
from sir.jury.models import (
    Occasion,
    RoundState,
    SecondCell,
    SecondRevision,
    SecondSheet,
    Sheet,
    SheetState,
)
from sir.jury.queries.second import seconds_of
from sir.jury.rules.second import levels_before, unexplained
from sir.jury.rules.sheets import REASON_LIMIT, Marks
from sir.jury.services.sheets import ChangedMeanwhile
from sir.jury.services.suspensions import check_going
from sir.kernel.codes import new_code
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.kernel.i18n import _
from sir.people.models import Person
from sir.workflows.models import Method


def file_second(
    sheet: Sheet, *, version: int, marks: Marks, by: Person, at: datetime
) -> SecondSheet:
    """File a second sheet after the discussion, by the method of the mean (R8).

    The first stays; the second counts. A change of more than one level needs a reason.
    `version` is the one seen, 0 for none. Raises ChangedMeanwhile when it is not the stored one.
    """
    round_, plan = sheet.round, sheet.round.challenge.plan
    check_going(round_)
    if plan.method is not Method.MEAN or round_.state is not RoundState.CONSENSUS:
        raise Refused(_("A second sheet is filed while the jury confers, by the mean only."))
    before = levels_before(sheet, ())
    if short := unexplained(plan, Occasion.DISCUSSION, before, marks):
        names = ", ".join(row.name for row in short)
        raise Refused(
            _(
                "You change more than one level on: %(names)s. Say why in at least %(length)s"
                " characters.",
                names=names,
                length=plan.min_reason,
            )
        )
    second = keep_second(sheet, Occasion.DISCUSSION, version, marks, by=by, at=at, files=True)
    record("second.filed", second, by=by, at=at, stream=round_.challenge.code)
    return second


def keep_second(  # noqa: PLR0913 - a second sheet has this many sides
    sheet: Sheet,
    occasion: Occasion,
    version: int,
    marks: Marks,
    *,
    by: Person,
    at: datetime,
    files: bool = False,
) -> SecondSheet:
    """Keep what a juror fills in on a second sheet of their own; only `files` hands it in."""
    plan = sheet.round.challenge.plan
    if sheet.seat.person_id != by.id or sheet.seat.vacated_at is not None:
        raise Refused(_("This score sheet is not yours."))
    if sheet.state is not SheetState.LOCKED:
        raise Refused(_("Your first score sheet is not settled."))
    levels = {level.position: level for level in plan.levels}
    if set(marks.levels.values()) - set(levels) - {None}:
        raise Refused(_("This level is not on the published scale."))
    if any(len(reason) > REASON_LIMIT for reason in marks.reasons.values()):
        raise Refused(_("A reason has at most %(limit)s characters.", limit=REASON_LIMIT))
    second = seconds_of(sheet).get(occasion)
    if version != (second.version if second else 0):
        raise ChangedMeanwhile(_("This score sheet was saved elsewhere in the meantime."))
    if second is None:
        second = SecondSheet(code=new_code(10), sheet=sheet, occasion=occasion)
        db.session.add(second)
    second.saved_at = at
    second.submitted_at = at if files else second.submitted_at
    flag_modified(second, "saved_at")  # a cell alone would not raise the version
    cells = {cell.criterion_id: cell for cell in second.cells}
    for criterion in plan.criteria:
        cell = cells.get(criterion.id)
        if cell is None:
            cell = SecondCell(criterion=criterion)
            second.cells.append(cell)
        position = marks.levels.get(criterion.key)
        cell.level = levels[position] if position is not None else None
        cell.reason = marks.reasons.get(criterion.key, "")
    db.session.flush()  # the revision carries the new version
    db.session.add(
        SecondRevision(
            second_sheet_id=second.id,
            number=second.version,
            content={"levels": dict(marks.levels), "reasons": dict(marks.reasons)},
            by_id=by.id,
            at=at,
        )
    )
    record(
        "second.saved",
        second,
        by=by,
        at=at,
        stream=sheet.round.challenge.code,
        version=second.version,
    )
    return second


def marks_before(sheet: Sheet, occasion: Occasion) -> dict[str, int]:
    """Give the levels a second sheet starts from: after a pitch, those after the discussion."""
    seconds = seconds_of(sheet)
    earlier = [] if occasion is Occasion.DISCUSSION else [Occasion.DISCUSSION]
    return levels_before(
        sheet, [seconds[one] for one in earlier if one in seconds and seconds[one].submitted_at]
    )

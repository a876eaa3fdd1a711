"""A juror's second sheet, beside the first (jury: R8)."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from sir.jury.forms import second_form, second_marks_in, shown_second
from sir.jury.models import Occasion, Sheet
from sir.jury.queries import seconds_of, sheet_by_code
from sir.jury.rules.second import second_marks
from sir.jury.services import file_second
from sir.jury.services.second import marks_before
from sir.jury.services.sheets import ChangedMeanwhile
from sir.jury.views.door import bp, masked, refused, scales_of
from sir.kernel.errors import Refused
from sir.kernel.i18n import _
from sir.kernel.transaction import transaction
from sir.web.forms import Form
from sir.web.gate import me, now, requires


def _form(sheet: Sheet) -> Form:
    plan = sheet.round.challenge.plan
    second = seconds_of(sheet).get(Occasion.DISCUSSION)
    return second_form(
        plan,
        second_marks(second, marks_before(sheet, Occasion.DISCUSSION)),
        second.version if second else 0,
        _(
            "Needed when you change more than one level: at least %(length)s characters.",
            length=plan.min_reason,
        ),
    )


@bp.get("/sheets/<code>/second")
@requires("sheet.edit", sheet_by_code)
def second(sheet: Sheet) -> ResponseReturnValue:
    """What one gave alone, and what one stands by after the discussion."""
    return _page(sheet, _form(sheet)), 200


@bp.post("/sheets/<code>/second")
@requires("sheet.edit", sheet_by_code)
def file(sheet: Sheet) -> ResponseReturnValue:
    """File the second sheet; the first stays."""
    plan = sheet.round.challenge.plan
    form = _form(sheet)
    if not form.is_accepted():
        return _page(sheet, form), form.status
    marks = second_marks_in(form, plan)
    try:
        with transaction():
            file_second(sheet, version=form["version"].data or 0, marks=marks, by=me(), at=now())
    except ChangedMeanwhile:
        stored = seconds_of(sheet)[Occasion.DISCUSSION]
        before = marks_before(sheet, Occasion.DISCUSSION)
        rows = form.differences(shown_second(second_marks(stored, before), plan))
        form["version"].data, form["version"].raw_data = stored.version, None
        return _page(sheet, form, rows), 409
    except Refused as refusal:
        status = refused(form, refusal)
        return _page(sheet, form), status
    flash(_("Your second sheet counts now. Your first one stays beside it."))
    return redirect(url_for("jury.agenda", code=sheet.round.code))


def _page(sheet: Sheet, form: Form, rows: Any = ()) -> str:
    challenge = sheet.round.challenge
    return render_template(
        "jury/second.html",
        sheet=sheet,
        round=sheet.round,
        challenge=challenge,
        plan=challenge.plan,
        form=form,
        conflict=rows,
        before=marks_before(sheet, Occasion.DISCUSSION),
        reasons={cell.criterion.key: cell.reason for cell in sheet.cells},
        scales=scales_of(challenge.plan),
        masked=masked(sheet.round),
    )

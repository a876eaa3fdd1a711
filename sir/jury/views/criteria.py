"""One criterion across a juror's proposals, against the halo of a proposal as a whole (R6)."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sir.jury.forms import criterion_form, criterion_name, filled_in
from sir.jury.models import Round, Sheet
from sir.jury.queries import grid_page, round_by_code, seat_of, sheet_by_code
from sir.jury.rules.patches import Way, fields_of, marks_from
from sir.jury.rules.sheets import is_ready, marks_of
from sir.jury.services import save_sheet
from sir.jury.services.sheets import ChangedMeanwhile
from sir.jury.views.door import after_asked, bp, masked, pages_around, scale_of
from sir.jury.views.sheets import is_writable
from sir.kernel.errors import Missing
from sir.kernel.transaction import transaction
from sir.web.forms import Form
from sir.web.gate import me, now, requires
from sir.web.locale import page_language
from sir.workflows.models import Criterion, Plan

ROWS = 10  # proposals on one page


@bp.get("/rounds/<code>/criterion")
@requires("round.score", round_by_code)
def criterion(round_: Round) -> ResponseReturnValue:
    """One criterion of ten proposals, in the juror's own drawn order."""
    wanted = _criterion(round_.challenge.plan, request.args.get("key"))
    return _page(round_, wanted)


@bp.post("/sheets/<code>/criterion")
@requires("sheet.edit", sheet_by_code)
def save_criterion(sheet: Sheet) -> ResponseReturnValue:
    """Keep one criterion of one proposal; the rest of the sheet stays as it is."""
    plan = sheet.round.challenge.plan
    wanted = _criterion(plan, request.args.get("key"))
    form = _form(sheet, wanted)
    if not form.is_accepted():
        return _page(sheet.round, wanted, {sheet.code: form}), form.status
    stored = fields_of(marks_of(sheet), plan)
    marks = marks_from(stored | filled_in(form), plan)
    version = form["version"].data
    try:
        with transaction():
            save_sheet(sheet, version=version, marks=marks, way=Way.CRITERION, by=me(), at=now())
    except ChangedMeanwhile:
        theirs = {name: text for name, text in stored.items() if name in form}
        rows = form.differences(theirs)
        form["version"].data = sheet.version
        form["version"].raw_data = None
        return _page(sheet.round, wanted, {sheet.code: form}, rows), 409
    asked: dict[str, Any] = {"key": wanted.key, "after": after_asked() or None}
    return redirect(url_for("jury.criterion", code=sheet.round.code, _anchor=sheet.code, **asked))


def _criterion(plan: Plan, key: str | None) -> Criterion:
    """Find the criterion that is asked for; the first when none is."""
    for row in plan.criteria:
        if key in {None, row.key}:
            return row
    raise Missing


def _form(sheet: Sheet, criterion: Criterion, **known: Any) -> Form:
    plan = sheet.round.challenge.plan
    prefix = f"{sheet.code}-"
    return criterion_form(plan, criterion, prefix=prefix, lang=page_language(), **known)


def _page(
    round_: Round, wanted: Criterion, typed: dict[str, Form] | None = None, rows: Any = ()
) -> str:
    plan, lang = round_.challenge.plan, page_language()
    seat = seat_of(round_.challenge_id, me())
    if seat is None:
        raise Missing
    after = after_asked()
    sheets, has_more = grid_page(round_, seat, after, ROWS)
    last = sheets[-1].position if has_more else None
    cards = [_card(sheet, wanted, (typed or {}).get(sheet.code)) for sheet in sheets]
    place = plan.criteria.index(wanted)
    return render_template(
        "jury/criterion.html",
        round=round_,
        challenge=round_.challenge,
        plan=plan,
        criterion=wanted,
        name=criterion_name(wanted, lang),
        criterion_names=[(row.key, criterion_name(row, lang)) for row in plan.criteria],
        levels=scale_of(plan, wanted.anchors, lang),
        cards=cards,
        conflict=rows,
        ready=sum(card["is_ready"] for card in cards),
        before=plan.criteria[place - 1] if place else None,
        following=plan.criteria[place + 1] if place + 1 < len(plan.criteria) else None,
        masked=masked(round_),
        pages=pages_around(after, last, ROWS, key=wanted.key),
        after=after or None,
    )


def _card(sheet: Sheet, wanted: Criterion, typed: Form | None) -> dict[str, Any]:
    marks = marks_of(sheet)
    return {
        "sheet": sheet,
        "form": typed or _form(sheet, wanted, marks=marks, version=sheet.version),
        "is_ready": is_ready(sheet.round.challenge.plan, wanted, marks),
        "is_open": is_writable(sheet),
    }

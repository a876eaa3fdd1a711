"""The score desk: a juror's sheets, their own grid, and handing in."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sir.jury.forms import ActForm, TakeBackForm, labels_of, marks_in, sheet_form, shown_marks
from sir.jury.models import Round, RoundState, Seat, Sheet, SheetState
from sir.jury.queries import (
    declaration_on,
    grid_page,
    neighbours,
    own_work,
    round_by_code,
    seat_of,
    sheet_by_code,
)
from sir.jury.rules.sheets import marks_of, missing, weighted_total
from sir.jury.services import save_sheet, submit_sheets, take_back_sheets
from sir.jury.services.sheets import ChangedMeanwhile
from sir.jury.views.door import (
    after_asked,
    ask_token,
    bp,
    idea_of,
    masked,
    pages_around,
    pages_of,
    scale_of,
)
from sir.kernel.errors import Missing, Refused
from sir.kernel.i18n import _
from sir.kernel.transaction import transaction
from sir.web.autosave import conflict, saved
from sir.web.forms import Form
from sir.web.gate import me, now, requires
from sir.web.locale import page_language


@bp.get("/sheets/<code>")
@requires("sheet.read", sheet_by_code)
def sheet(sheet: Sheet) -> ResponseReturnValue:
    """One proposal and one's own scores of it; others' once the jury confers."""
    plan = sheet.round.challenge.plan
    return _page(sheet, sheet_form(plan, marks_of(sheet), sheet.version))


@bp.post("/sheets/<code>")
@requires("sheet.edit", sheet_by_code)
def save(sheet: Sheet) -> ResponseReturnValue:
    """Keep what was filled in. Never hands in."""
    plan = sheet.round.challenge.plan
    form = sheet_form(plan)
    if not form.is_accepted():
        return _page(sheet, form)
    try:
        with transaction():
            save_sheet(
                sheet,
                version=form["version"].data,
                marks=marks_in(form, plan),
                by=me(),
                at=now(),
            )
    except ChangedMeanwhile:
        stored = shown_marks(marks_of(sheet), plan)
        if form.is_autosave:
            return conflict(form, stored, sheet.version, labels_of(plan, page_language()))
        rows = form.differences(stored)
        form["version"].data = sheet.version
        form["version"].raw_data = None
        page, _status = _page(sheet, form, rows)
        return page, 409
    except Refused as refusal:
        if form.is_autosave:
            raise
        for sentence in refusal.sentences:
            form.add_error(None, str(sentence))
        return _page(sheet, form)
    if form.is_autosave:
        return saved(sheet.version, now())
    return redirect(_after(sheet))


def _after(sheet: Sheet) -> str:
    """Go where the button said: the next proposal, or one's own grid after the last."""
    if "next" not in request.form:
        return url_for("jury.sheet", code=sheet.code)
    following = [row for row in neighbours(sheet) if row.position == sheet.position + 1]
    if following:
        return url_for("jury.sheet", code=following[0].code)
    return url_for("jury.grid", code=sheet.round.code)


def _page(sheet: Sheet, form: Form, rows: Any = ()) -> tuple[str, int]:
    challenge = sheet.round.challenge
    plan = challenge.plan
    idea = idea_of(sheet.proposal)
    is_mine = sheet.seat.person_id == me().id
    page = render_template(
        "jury/sheet.html",
        sheet=sheet,
        round=sheet.round,
        challenge=challenge,
        plan=plan,
        form=form,
        conflict=rows,
        is_mine=is_mine,
        is_open=is_mine and _is_open(sheet),
        scales={row.key: scale_of(plan, row.anchors, page_language()) for row in plan.criteria},
        idea=idea,
        paper=pages_of(sheet.proposal, idea),
        masked=masked(sheet.round),
        near=neighbours(sheet) if is_mine else [],
        work=own_work(sheet.round, sheet.seat, len(plan.criteria)),
        declaration=declaration_on(sheet) if is_mine else None,
    )
    return page, form.status


def _is_open(sheet: Sheet) -> bool:
    return sheet.state is SheetState.DRAFT and sheet.round.state is RoundState.INDIVIDUAL


@bp.get("/sheets/<code>/proposal.pdf")
@requires("sheet.read", sheet_by_code)
def paper(sheet: Sheet) -> ResponseReturnValue:
    """The three A4 under the proposal's number."""
    document = pages_of(sheet.proposal, idea_of(sheet.proposal))
    pdf = current_app.extensions["sir.press"].pdf(document, sheet.proposal.submitted_at)
    return Response(pdf, mimetype="application/pdf")


def _seat(round_: Round) -> Seat:
    seat = seat_of(round_.challenge_id, me())
    if seat is None:
        raise Missing
    return seat


@bp.get("/rounds/<code>/grid")
@requires("round.score", round_by_code)
def grid(round_: Round) -> ResponseReturnValue:
    """All of one's own levels beside each other, to check before handing in (S5)."""
    return _grid(round_, ActForm.from_request(), [])


@bp.post("/rounds/<code>/submit")
@requires("round.score", round_by_code)
def submit(round_: Round) -> ResponseReturnValue:
    """Hand in all sheets together."""
    ask_token()
    try:
        with transaction():
            submit_sheets(round_, _seat(round_), by=me(), at=now())
    except Refused as refusal:
        page = _grid(round_, ActForm.from_request(), list(refusal.sentences))
        return page, 422
    flash(_("Your scores are handed in. The jury confers once everybody is done."))
    return redirect(url_for("jury.show", code=round_.challenge.code))


def _grid(round_: Round, form: Form, reasons: list[Any]) -> str:
    plan = round_.challenge.plan
    after = after_asked()
    sheets, has_more = grid_page(round_, _seat(round_), after)
    rows = [
        {
            "sheet": sheet,
            "marks": marks_of(sheet),
            "missing": missing(plan, marks_of(sheet)),
            "total": weighted_total(plan, marks_of(sheet)),
        }
        for sheet in sheets
    ]
    return render_template(
        "jury/grid.html",
        round=round_,
        challenge=round_.challenge,
        plan=plan,
        levels={level.position: level for level in plan.levels},
        rows=rows,
        form=form,
        reasons=reasons,
        masked=masked(round_),
        is_open=any(_is_open(sheet) for sheet in sheets),
        pages=pages_around(after, sheets[-1].position if has_more else None),
    )


@bp.route("/rounds/<code>/take-back", methods=["GET", "POST"])
@requires("round.score", round_by_code)
def take_back(round_: Round) -> ResponseReturnValue:
    """Take one's own sheets back, while everybody still works alone."""
    form = TakeBackForm.from_request()
    if form.is_accepted():
        with transaction():
            take_back_sheets(round_, _seat(round_), reason=str(form.reason.data), by=me(), at=now())
        return redirect(url_for("jury.show", code=round_.challenge.code))
    page = render_template(
        "jury/take_back.html", round=round_, challenge=round_.challenge, form=form
    )
    return page, form.status

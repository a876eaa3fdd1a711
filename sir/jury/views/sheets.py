"""The score desk: a juror's sheets, their own grid, and handing in."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sir.jury.forms import ActForm, TakeBackForm, criterion_name, filled_in, sheet_form
from sir.jury.models import Round, RoundState, Sheet, SheetState
from sir.jury.queries import (
    desk_of,
    grid_page,
    neighbours,
    own_work,
    round_by_code,
    sheet_by_code,
    writable_among,
)
from sir.jury.queries.sheets import Row
from sir.jury.rules.patches import fields_of, marks_from
from sir.jury.rules.sheets import marks_of, missing, weighted_total
from sir.jury.services import Suspended, save_sheet, submit_sheets, take_back_sheets
from sir.jury.services.sheets import ChangedMeanwhile
from sir.jury.views.door import (
    after_asked,
    ask_token,
    bp,
    idea_of,
    level_words,
    masked,
    own_seat,
    pages_around,
    paper_of,
    picture_bytes,
    refused,
    scales_of,
    text_of,
    was_typed_in_vain,
)
from sir.kernel.errors import Refused
from sir.kernel.i18n import _
from sir.kernel.pictures import CONTENT_TYPE
from sir.kernel.search import Search
from sir.kernel.transaction import transaction
from sir.web.forms import Form
from sir.web.gate import answer_unseen, me, now, requires, session_left
from sir.web.locale import page_language
from sir.workflows.models import Plan

MOST_KEPT = 100  # copies that a device asks about at once
LONGEST_SEARCH = 80  # characters that are looked for in a proposal


@bp.get("/sheets/<code>")
@requires("sheet.read", sheet_by_code)
def sheet(sheet: Sheet) -> ResponseReturnValue:
    """One proposal and one's own scores of it; others' once the jury confers."""
    form = _form(sheet, version=sheet.version, marks=marks_of(sheet))
    page, status = _page(sheet, form)
    return page, status, _kept_for(sheet)


@bp.post("/sheets/<code>")
@requires("sheet.edit", sheet_by_code)
def save(sheet: Sheet) -> ResponseReturnValue:
    """Keep what was filled in. Never hands in."""
    plan = sheet.round.challenge.plan
    form = _form(sheet)
    if not form.is_accepted():
        return _page(sheet, form)
    marks = marks_from(filled_in(form), plan)
    try:
        with transaction():
            save_sheet(sheet, version=form["version"].data, marks=marks, by=me(), at=now())
    except ChangedMeanwhile:
        rows = form.differences(fields_of(marks_of(sheet), plan))
        form["version"].data = sheet.version
        form["version"].raw_data = None
        page, _status = _page(sheet, form, rows)
        return page, 409
    except Refused as refusal:
        status = refused(form, refusal)
        return _page(sheet, form)[0], status
    return redirect(_after(sheet))


def _form(sheet: Sheet, **known: Any) -> Form:
    return sheet_form(sheet.round.challenge.plan, lang=page_language(), **known)


def _after(sheet: Sheet) -> str:
    """Go where the button said: the next proposal, or one's own grid after the last."""
    if "next" not in request.form:
        return url_for("jury.sheet", code=sheet.code)
    _before, following = _beside(sheet, neighbours(sheet))
    if following:
        return url_for("jury.sheet", code=following.code)
    return url_for("jury.grid", code=sheet.round.code)


def _beside(sheet: Sheet, near: list[Row]) -> tuple[Row | None, Row | None]:
    """Find the sheets before and after one, in the juror's own drawn order."""
    before = [row for row in near if row.position < sheet.position]
    after = [row for row in near if row.position > sheet.position]
    return (before[-1] if before else None), (after[0] if after else None)


def _page(sheet: Sheet, form: Form, rows: Any = ()) -> tuple[str, int]:
    challenge = sheet.round.challenge
    plan = challenge.plan
    idea = idea_of(sheet.proposal)
    is_mine = sheet.seat.person_id == me().id
    near = neighbours(sheet) if is_mine else []
    before, following = _beside(sheet, near)
    is_open = is_mine and (was_typed_in_vain(sheet.round) or is_writable(sheet))
    total = len(plan.criteria)
    search = Search(request.args.get("find", "").strip()[:LONGEST_SEARCH])
    page = render_template(
        "jury/sheet.html",
        sheet=sheet,
        round=sheet.round,
        challenge=challenge,
        plan=plan,
        form=form,
        conflict=rows,
        is_mine=is_mine,
        is_open=is_open,
        scales=scales_of(plan),
        criterion_names={row.key: criterion_name(row, page_language()) for row in plan.criteria},
        idea=idea,
        text=text_of(sheet.proposal, idea, search),
        caption=search.mark(idea.get("picture_caption", "")),
        search=search,
        masked=masked(sheet.round),
        near=near,
        before=before,
        following=following,
        work=desk_of(sheet, total),
    )
    return page, form.status


def is_writable(sheet: Sheet) -> bool:
    """Say whether its juror may still write on a sheet."""
    return sheet.state is SheetState.DRAFT and sheet.round.state is RoundState.INDIVIDUAL


def _kept_for(sheet: Sheet) -> dict[str, str]:
    """Let a juror's own device keep this answer for a tunnel: sealed, for that juror only.

    And no longer than the session: who left the jury while the device was away reads it that long.
    """
    if sheet.seat.person_id != me().id or not is_writable(sheet):
        return {}
    return {"X-Sir-Keep": f"{me().code};{int(session_left().total_seconds())}"}


@bp.get("/sheets/kept")
@requires("desk.read")
def kept() -> ResponseReturnValue:
    """Tell a juror's device which of the copies it asks about may stay, and how many seconds."""
    answer_unseen()
    return {
        "owner": me().code,
        "seconds": int(session_left().total_seconds()),
        "sheets": writable_among(request.args.getlist("code")[:MOST_KEPT], me()),
    }


@bp.get("/sheets/<code>/proposal.pdf")
@requires("sheet.read", sheet_by_code)
def paper(sheet: Sheet) -> ResponseReturnValue:
    """The three A4 under the proposal's number, with the picture."""
    pdf = paper_of(sheet.proposal)
    return Response(pdf, mimetype="application/pdf", headers=_kept_for(sheet))


@bp.get("/sheets/<code>/picture.jpg")
@requires("sheet.read", sheet_by_code)
def picture(sheet: Sheet) -> ResponseReturnValue:
    """The picture page of the proposal, by the code of the sheet: no name, no code of a bidder."""
    content = picture_bytes(sheet.proposal)
    return Response(content, content_type=CONTENT_TYPE, headers=_kept_for(sheet))


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
            submit_sheets(round_, own_seat(round_), by=me(), at=now())
    except Suspended:
        raise
    except Refused as refusal:
        page = _grid(round_, ActForm.from_request(), list(refusal.sentences))
        return page, 422
    flash(_("Your scores are handed in. The jury confers once everybody is done."))
    return redirect(url_for("jury.show", code=round_.challenge.code))


def _grid(round_: Round, form: Form, reasons: list[Any]) -> str:
    plan = round_.challenge.plan
    after = after_asked()
    seat = own_seat(round_)
    sheets, has_more = grid_page(round_, seat, after)
    names = {row.key: criterion_name(row, page_language()) for row in plan.criteria}
    return render_template(
        "jury/grid.html",
        round=round_,
        challenge=round_.challenge,
        plan=plan,
        levels={level.position: level for level in plan.levels},
        level_name=lambda level: level_words(level, page_language()),
        criterion_names=names,
        rows=[_row(sheet, plan) for sheet in sheets],
        form=form,
        reasons=reasons,
        masked=masked(round_),
        is_open=any(is_writable(sheet) for sheet in sheets),
        work=own_work(round_, seat, len(plan.criteria)),
        pages=pages_around(after, sheets[-1].position if has_more else None),
    )


def _row(sheet: Sheet, plan: Plan) -> dict[str, Any]:
    marks = marks_of(sheet)
    return {
        "sheet": sheet,
        "marks": marks,
        "missing": {row.key for row in missing(plan, marks)},
        "total": weighted_total(plan, marks),
        "is_open": is_writable(sheet),
    }


@bp.route("/rounds/<code>/take-back", methods=["GET", "POST"])
@requires("round.score", round_by_code)
def take_back(round_: Round) -> ResponseReturnValue:
    """Take one's own sheets back, while everybody still works alone."""
    form = TakeBackForm.from_request()
    if form.is_accepted():
        with transaction():
            take_back_sheets(
                round_, own_seat(round_), reason=str(form.reason.data), by=me(), at=now()
            )
        return redirect(url_for("jury.show", code=round_.challenge.code))
    page = render_template(
        "jury/take_back.html", round=round_, challenge=round_.challenge, form=form
    )
    return page, form.status

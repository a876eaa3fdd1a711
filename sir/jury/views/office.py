"""Score sheets on paper and in a spreadsheet: taking them away and bringing them back."""

from __future__ import annotations

from hashlib import sha256
from http import HTTPStatus
from typing import Any

from flask import Response, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from sir.jury.document import proposal_name, sheet_document
from sir.jury.forms import sheet_form
from sir.jury.forms.office import FilledForm
from sir.jury.models import Round, Sheet
from sir.jury.queries import round_by_code, seat_of, sheet_by_code, sheets_of
from sir.jury.rules.office import FREE, Returned, faults_of, office_of, read_returned
from sir.jury.services.office import FileClashed, take_in_file
from sir.jury.views.door import bp, level_words, masked, scales_of
from sir.jury.views.sheets import is_writable
from sir.kernel.errors import Missing, Refused
from sir.kernel.filled import read_filled
from sir.kernel.i18n import _, ngettext
from sir.kernel.sheets import to_ods, to_xlsx
from sir.kernel.transaction import transaction
from sir.web.forms import Difference
from sir.web.gate import me, now, requires
from sir.web.locale import page_language
from sir.workflows.rules import plan_hash

LARGEST = 1024 * 1024  # bytes of a file that comes back
WRITERS = {
    "xlsx": (to_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "ods": (to_ods, "application/vnd.oasis.opendocument.spreadsheet"),
}


@bp.get("/rounds/<code>/office")
@requires("round.score", round_by_code)
def office(round_: Round) -> ResponseReturnValue:
    """Take one's own score sheets away on paper or in a spreadsheet, and bring them back."""
    return _page(round_, FilledForm.from_request())


@bp.get("/rounds/<code>/office.xlsx")
@requires("round.score", round_by_code)
def office_xlsx(round_: Round) -> ResponseReturnValue:
    """Give one's own score sheets for Excel."""
    return _spreadsheet(round_, "xlsx")


@bp.get("/rounds/<code>/office.ods")
@requires("round.score", round_by_code)
def office_ods(round_: Round) -> ResponseReturnValue:
    """Give one's own score sheets as the open standard has it."""
    return _spreadsheet(round_, "ods")


@bp.post("/rounds/<code>/office")
@requires("round.score", round_by_code)
def take_in(round_: Round) -> ResponseReturnValue:
    """Read a spreadsheet back: all of it or nothing, and say of each cell what is wrong."""
    form = FilledForm.from_request()
    if not form.is_accepted():
        return _page(round_, form), form.status
    with form.filled.data.stream as upload:
        content = upload.read(LARGEST + 1)
    own = {sheet.code: sheet for sheet in _own(round_)}
    try:
        returned = _read(content, round_, own)
    except Refused as refusal:
        for sentence in refusal.sentences:
            form.add_error(None, sentence)
        return _page(round_, form), HTTPStatus.UNPROCESSABLE_ENTITY
    digest = sha256(content).hexdigest()
    try:
        with transaction():
            take_in_file(round_, own, returned, sha256=digest, by=me(), at=now())
    except FileClashed as clashed:
        return _page(round_, FilledForm.from_request(), _differences(clashed)), HTTPStatus.CONFLICT
    flash(
        ngettext(
            "%(num)d score sheet was read in. Check it in your grid.",
            "%(num)d score sheets were read in. Check them in your grid.",
            len(returned),
        )
    )
    return redirect(url_for("jury.grid", code=round_.code))


def _read(content: bytes, round_: Round, own: dict[str, Sheet]) -> list[Returned]:
    """Read a file that came back; raises Refused with all that is wrong with it."""
    if len(content) > LARGEST:
        raise Refused(_("This file is much larger than a score sheet. Nothing was read."))
    filled, plan = read_filled(content), round_.challenge.plan
    faults = faults_of(filled, round_, plan_hash(plan))
    returned, wrong = ([], faults) if faults else read_returned(filled, plan, own)
    if wrong:
        raise Refused(*wrong)
    return returned


def _differences(clashed: FileClashed) -> list[Difference]:
    rows = []
    for sheet, both in clashed.clashes:
        form = sheet_form(sheet.round.challenge.plan, lang=page_language())
        name = proposal_name(sheet.proposal, masked=masked(sheet.round))
        rows += [
            Difference(field, f"{name}, {form[field].label.text}", yours, both.theirs[field])
            for field, yours in both.yours.items()
            if both.theirs[field] != yours
        ]
    return rows


def _own(round_: Round) -> list[Sheet]:
    seat = seat_of(round_.challenge_id, me())
    if seat is None:
        raise Missing
    return sheets_of(round_, seat)


def _page(round_: Round, form: FilledForm, rows: Any = ()) -> str:
    return render_template(
        "jury/office.html",
        round=round_,
        challenge=round_.challenge,
        form=form,
        conflict=rows,
        is_open=any(is_writable(sheet) for sheet in _own(round_)),
    )


def _spreadsheet(round_: Round, kind: str) -> Response:
    write, mimetype = WRITERS[kind]
    plan, lang = round_.challenge.plan, page_language()
    is_masked = masked(round_)
    names = [f"{level.position} = {level_words(level, lang)}" for level in plan.levels]
    own = [(sheet, proposal_name(sheet.proposal, masked=is_masked)) for sheet in _own(round_)]
    laid = office_of(round_, own, plan_hash(plan), names)
    content = write(str(_("Score sheets")), laid.header, laid.rows, above=laid.above, free=FREE)
    name = f"scorebladen-{round_.code}.{kind}"
    headers = {"Content-Disposition": f"attachment; filename={name}"}
    return Response(content, mimetype=mimetype, headers=headers)


@bp.get("/sheets/<code>/paper.pdf")
@requires("sheet.edit", sheet_by_code)
def sheet_paper(sheet: Sheet) -> ResponseReturnValue:
    """Print one's own score sheet: levels to tick and lines to write on."""
    plan, lang = sheet.round.challenge.plan, page_language()
    scales = scales_of(plan)
    name = proposal_name(sheet.proposal, masked=masked(sheet.round))
    document = sheet_document(sheet, name, scales, plan_hash(plan), "en" if lang == "en" else "nl")
    pdf = current_app.extensions["sir.press"].pdf(document, now())
    return Response(pdf, mimetype="application/pdf")

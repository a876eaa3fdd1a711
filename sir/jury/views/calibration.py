"""Pages of the calibration: the example, one's own scores of it, and the spread afterwards."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sir.jury.forms import CloseForm, ExampleForm, filled_in, sheet_form
from sir.jury.models import Calibration, RoundState, Seat
from sir.jury.queries import (
    calibration_by_code,
    own_calibration_sheet,
    seat_of,
    submitted_calibrations,
    voting_seats,
)
from sir.jury.rules.calibration import spreads
from sir.jury.rules.patches import fields_of, marks_from
from sir.jury.rules.sheets import Marks
from sir.jury.services import close_calibration, save_calibration, write_example
from sir.jury.services.sheets import ChangedMeanwhile
from sir.jury.views.door import bp, scales_of
from sir.kernel.errors import Missing, Refused
from sir.kernel.i18n import _
from sir.kernel.search import Search
from sir.kernel.transaction import transaction
from sir.proposals.document import proposal_document
from sir.web.forms import Form
from sir.web.gate import me, now, requires
from sir.web.locale import page_language


@bp.get("/calibrations/<code>")
@requires("calibration.read", calibration_by_code)
def calibrate(calibration: Calibration) -> ResponseReturnValue:
    """The example and one's own scores; from the close on what everybody gave."""
    return _page(calibration, _sheet_form(calibration))


@bp.post("/calibrations/<code>")
@requires("calibration.score", calibration_by_code)
def score_example(calibration: Calibration) -> ResponseReturnValue:
    """Keep one's scores of the example, or hand them in."""
    plan = calibration.round.challenge.plan
    form = sheet_form(plan, lang=page_language())
    seat = seat_of(calibration.challenge_id, me())
    if seat is None:
        raise Missing
    if not form.is_accepted():
        return _page(calibration, form)
    hands_in = "submit" in request.form
    try:
        with transaction():
            save_calibration(
                calibration,
                seat,
                version=form["version"].data,
                marks=marks_from(filled_in(form), plan),
                hands_in=hands_in,
                by=me(),
                at=now(),
            )
    except ChangedMeanwhile:
        stored, version = _stored(calibration, seat)
        rows = form.differences(fields_of(stored, plan) if stored else {})
        form["version"].data, form["version"].raw_data = version, None
        page, _status = _page(calibration, form, rows)
        return page, 409
    except Refused as refusal:
        form.add_error(None, str(refusal.sentences[0]))
        return _page(calibration, form)
    flash(_("Your scores of the example are handed in.") if hands_in else _("Saved."))
    return redirect(url_for("jury.calibrate", code=calibration.code))


def _stored(calibration: Calibration, seat: Seat | None) -> tuple[Marks | None, int]:
    sheet = own_calibration_sheet(calibration, seat) if seat else None
    if sheet is None:
        return None, 0
    return Marks(sheet.levels, sheet.reasons, sheet.note), sheet.version


def _sheet_form(calibration: Calibration) -> Form:
    marks, version = _stored(calibration, seat_of(calibration.challenge_id, me()))
    return sheet_form(calibration.round.challenge.plan, marks, version, page_language())


def _page(calibration: Calibration, form: Form, rows: Any = ()) -> tuple[str, int]:
    challenge = calibration.round.challenge
    plan, lang = challenge.plan, page_language()
    seat = seat_of(challenge.id, me())
    mine = own_calibration_sheet(calibration, seat) if seat else None
    seats = voting_seats(challenge)
    sheets = submitted_calibrations(calibration)
    idea = calibration.example.get(lang) or calibration.example["nl"]
    is_closed = calibration.closed_at is not None
    page = render_template(
        "jury/calibration.html",
        calibration=calibration,
        round=calibration.round,
        challenge=challenge,
        plan=plan,
        form=form,
        conflict=rows,
        idea=idea,
        search=Search(""),
        paper=proposal_document(idea, challenge, reference=_("Example")),
        scales=scales_of(plan),
        is_open=not is_closed
        and seat in seats
        and (mine is None or mine.submitted_at is None)
        and calibration.round.state is RoundState.CONFLICT_CHECK,
        is_closed=is_closed,
        done=len(sheets),
        total=len(seats),
        low=min(level.points for level in plan.levels),
        high=max(level.points for level in plan.levels),
        spreads=spreads(plan, {sheet.seat.label: (sheet.levels, sheet.reasons) for sheet in sheets})
        if is_closed
        else [],
    )
    return page, form.status


@bp.route("/calibrations/<code>/example/<lang>", methods=["GET", "POST"])
@requires("calibration.manage", lambda code, lang: calibration_by_code(code))  # noqa: ARG005 - the view reads it
def edit_example(calibration: Calibration) -> ResponseReturnValue:
    """Write another invented proposal before anybody scores it."""
    lang = (request.view_args or {})["lang"]
    if lang not in {"nl", "en"}:
        raise Missing
    form = ExampleForm.from_request(**calibration.example.get(lang, {}))
    if form.is_accepted():
        texts = {field.name: str(field.data) for field in form if field.name != "csrf_token"}
        with transaction():
            write_example(calibration, lang=lang, texts=texts, by=me(), at=now())
        flash(_("The example is written."))
        return redirect(url_for("jury.calibrate", code=calibration.code))
    page = render_template(
        "jury/example.html",
        calibration=calibration,
        challenge=calibration.round.challenge,
        form=form,
        lang_of_text=lang,
    )
    return page, form.status


@bp.route("/calibrations/<code>/close", methods=["GET", "POST"])
@requires("calibration.manage", calibration_by_code)
def close_early(calibration: Calibration) -> ResponseReturnValue:
    """Close the calibration before everybody handed in, with the reason."""
    form = CloseForm.from_request()
    if form.is_accepted():
        with transaction():
            close_calibration(calibration, reason=str(form.reason.data), by=me(), at=now())
        return redirect(url_for("jury.calibrate", code=calibration.code))
    page = render_template(
        "jury/calibration_close.html",
        calibration=calibration,
        challenge=calibration.round.challenge,
        form=form,
    )
    return page, form.status

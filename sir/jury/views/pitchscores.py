"""What a juror changes after a pitch: alone, with a reason, saved while they type."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from sir.jury.forms import second_form, second_marks_in, shown_second
from sir.jury.models import Occasion, Pitch, SecondSheet, Sheet
from sir.jury.queries import pitch_by_code, pitch_sheets, seat_of
from sir.jury.rules.second import second_marks
from sir.jury.services import save_pitch_scores
from sir.jury.services.second import marks_before
from sir.jury.services.sheets import ChangedMeanwhile
from sir.jury.views.door import bp, masked, refused, scales_of
from sir.kernel.errors import Missing, Refused
from sir.kernel.i18n import _
from sir.kernel.transaction import transaction
from sir.web.autosave import conflict, saved
from sir.web.forms import Form
from sir.web.gate import me, now, requires


def _own(pitch: Pitch) -> tuple[Sheet, SecondSheet | None]:
    """Find one's own sheet on a pitch that was held."""
    seat = seat_of(pitch.challenge_id, me())
    rows = pitch_sheets(pitch.round, seat) if seat is not None else []
    for row, sheet, second in rows:
        if row.id == pitch.id:
            return sheet, second
    raise Missing


def _form(pitch: Pitch, sheet: Sheet, second: SecondSheet | None) -> Form:
    plan = pitch.round.challenge.plan
    return second_form(
        plan,
        second_marks(second, marks_before(sheet, Occasion.PITCH)),
        second.version if second else 0,
        _(
            "Needed when you change the level: at least %(length)s characters.",
            length=plan.min_reason,
        ),
    )


@bp.get("/pitches/<code>/scores")
@requires("round.score", pitch_by_code)
def pitch_scores(pitch: Pitch) -> ResponseReturnValue:
    """One's paper scores, and what the pitch changes in them."""
    sheet, second = _own(pitch)
    return _page(pitch, sheet, second, _form(pitch, sheet, second)), 200


@bp.post("/pitches/<code>/scores")
@requires("round.score", pitch_by_code)
def save_pitch(pitch: Pitch) -> ResponseReturnValue:
    """Keep what was filled in; never hands in."""
    plan = pitch.round.challenge.plan
    sheet, second = _own(pitch)
    form = _form(pitch, sheet, second)
    if not form.is_accepted():
        return _page(pitch, sheet, second, form), form.status
    try:
        with transaction():
            kept = save_pitch_scores(
                pitch,
                sheet,
                version=form["version"].data or 0,
                marks=second_marks_in(form, plan),
                by=me(),
                at=now(),
            )
    except ChangedMeanwhile:
        sheet, second = _own(pitch)
        version = second.version if second else 0
        stored = shown_second(second_marks(second, marks_before(sheet, Occasion.PITCH)), plan)
        if form.is_autosave:
            return conflict(form, stored, version)
        rows = form.differences(stored)
        form["version"].data, form["version"].raw_data = version, None
        return _page(pitch, sheet, second, form, rows), 409
    except Refused as refusal:
        if form.is_autosave:
            raise
        status = refused(form, refusal)
        return _page(pitch, sheet, second, form), status
    if form.is_autosave:
        return saved(kept.version, now())
    return redirect(url_for("jury.pitches", code=pitch.round.code))


def _page(
    pitch: Pitch, sheet: Sheet, second: SecondSheet | None, form: Form, rows: Any = ()
) -> str:
    plan = pitch.round.challenge.plan
    return render_template(
        "jury/pitch_scores.html",
        pitch=pitch,
        round=pitch.round,
        challenge=pitch.round.challenge,
        plan=plan,
        form=form,
        conflict=rows,
        second=second,
        is_open=second is None or second.submitted_at is None,
        before=marks_before(sheet, Occasion.PITCH),
        reasons={cell.criterion.key: cell.reason for cell in sheet.cells},
        scales=scales_of(plan),
        masked=masked(pitch.round),
    )

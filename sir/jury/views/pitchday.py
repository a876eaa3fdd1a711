"""One pitch on the day: its clock, its questions and its minutes; usable on a phone (S10)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sir.jury.document import pitch_calendar
from sir.jury.forms import (
    ActForm,
    ConfirmForm,
    ExtraForm,
    blocked_form,
    heard_in,
    minutes_form,
    move_form,
    present_form,
    stored_minutes,
)
from sir.jury.models import Pitch, PitchState, RoundState
from sir.jury.queries import (
    finalist_answer,
    pitch_by_code,
    pitches_of,
    slots_of,
    stage_of,
    voting_seats,
)
from sir.jury.services import (
    answer_as_finalist,
    ask_extra,
    cancel_pitch,
    close_pitch,
    confirm_minutes,
    move_pitch,
    note_presence,
    start_pitch,
    stop_pitch,
    write_minutes,
)
from sir.jury.services.pitchday import Heard
from sir.jury.services.sheets import ChangedMeanwhile
from sir.jury.views.door import ask_token, bp, masked, seen_answer
from sir.jury.views.pitches import calendar_file, times_of
from sir.kernel.errors import Missing, Refused
from sir.kernel.i18n import _
from sir.kernel.transaction import transaction
from sir.permissions import may
from sir.web.autosave import conflict, saved
from sir.web.forms import Form
from sir.web.gate import me, now, requires, standing


@bp.get("/pitches/<code>")
@requires("pitch.read", pitch_by_code)
def pitch(pitch: Pitch) -> ResponseReturnValue:
    """One pitch: for the jury, and for the finalist it is of."""
    return _page(pitch), 200


def _page(pitch: Pitch, conflicts: Any = (), **forms: Form) -> str:
    round_ = pitch.round
    stage = stage_of(round_)
    is_published = stage is not None and stage.published_at is not None
    runs = may(standing(), "pitch.run", pitch)
    is_finalist = may(standing(), "pitch.answer", pitch)
    is_going_on = pitch.state is PitchState.INVITED and round_.state is RoundState.PITCHING
    slots = slots_of(round_) if is_finalist and not is_published else []
    answer = finalist_answer(round_, pitch.proposal) if is_finalist else None
    seats = voting_seats(round_.challenge) if runs else []
    there = [row.seat.label for row in pitch.present]
    shown: dict[str, Form] = {"act": ActForm.from_request()}
    if runs and is_going_on:
        shown |= {
            "presence": present_form(seats, there),
            "minutes": minutes_form(pitch),
            "extra": ExtraForm(formdata=None),
        }
    if is_finalist and slots and is_going_on:
        shown["blocked"] = blocked_form(times_of(slots), answer.blocked if answer else [])
    if is_finalist and pitch.state is PitchState.CLOSED and pitch.confirmed_at is None:
        shown["confirm"] = ConfirmForm(formdata=None)
    return render_template(
        "jury/pitch.html",
        pitch=pitch,
        round=round_,
        challenge=round_.challenge,
        slot=pitch.slot if is_published else None,
        forms_of={**shown, **forms},
        conflict=conflicts,
        runs=runs,
        is_finalist=is_finalist,
        sees_jury=may(standing(), "schedule.read", round_),
        is_going_on=is_going_on,
        there=there,
        missing=[seat.label for seat in seats if seat.label not in there],
        answer=answer,
        lasts=_lasts(pitch),
        seen=_seen(pitch),
        at=now(),
        masked=masked(round_),
    )


def _lasts(pitch: Pitch) -> dict[str, Any]:
    """Say how long a pitch and its questions last, and until when each does once it began."""
    terms = pitch.round.challenge.terms
    speaking = timedelta(minutes=terms.pitch_minutes)
    whole = speaking + timedelta(minutes=terms.pitch_question_minutes)
    return {
        "seconds": int(whole.total_seconds()),
        "speaking": terms.pitch_minutes,
        "questions": terms.pitch_question_minutes,
        "questions_at": pitch.started_at + speaking if pitch.started_at else None,
        "ends_at": pitch.started_at + whole if pitch.started_at else None,
    }


def _seen(pitch: Pitch) -> str:
    marks = [pitch.started_at, pitch.stopped_at]
    return '"{}"'.format(".".join(at.strftime("%H%M%S") if at else "-" for at in marks))


@bp.get("/pitches/<code>/clock")
@requires("pitch.read", pitch_by_code)
def pitch_clock(pitch: Pitch) -> ResponseReturnValue:
    """When the clock began and ended, the same for everybody; 304 when nothing changed."""
    since, until = pitch.started_at, pitch.stopped_at
    facts = {
        "since": since.isoformat() if since else None,
        "until": until.isoformat() if until else None,
    }
    return seen_answer(_seen(pitch), facts)


@bp.get("/pitches/<code>.ics")
@requires("pitch.read", pitch_by_code)
def one_calendar(pitch: Pitch) -> ResponseReturnValue:
    """One's own slot as a calendar file."""
    stage = stage_of(pitch.round)
    if pitch.slot is None or stage is None or stage.published_at is None:
        raise Missing
    return calendar_file(pitch_calendar([pitch], now()), f"pitch-{pitch.code}.ics")


# -- The finalist ----------------------------------------------------------------


@bp.post("/pitches/<code>/block")
@requires("pitch.answer", pitch_by_code)
def block_as_finalist(pitch: Pitch) -> ResponseReturnValue:
    """Say when the startup cannot come."""
    form = blocked_form(times_of(slots_of(pitch.round)), [])
    if not form.is_accepted():
        return _page(pitch, blocked=form), form.status
    with transaction():
        answer_as_finalist(pitch, form["blocked"].data or [], by=me(), at=now())
    flash(_("Thank you. You are written to when the schedule is there."))
    return redirect(url_for("jury.pitch", code=pitch.code))


@bp.post("/pitches/<code>/confirm")
@requires("pitch.answer", pitch_by_code)
def confirm(pitch: Pitch) -> ResponseReturnValue:
    """Confirm the minutes, or add remarks."""
    form = ConfirmForm.from_request()
    if not form.is_accepted():
        return _page(pitch, confirm=form), form.status
    with transaction():
        confirm_minutes(pitch, form.remarks.data or "", by=me(), at=now())
    flash(_("Your answer is kept with the minutes."))
    return redirect(url_for("jury.pitch", code=pitch.code))


# -- The secretary ---------------------------------------------------------------


def _back(pitch: Pitch) -> ResponseReturnValue:
    return redirect(url_for("jury.pitch", code=pitch.code))


@bp.post("/pitches/<code>/clock")
@requires("pitch.run", pitch_by_code)
def run_clock(pitch: Pitch) -> ResponseReturnValue:
    """Start the clock, or stop it."""
    ask_token()
    act = stop_pitch if request.form.get("act") == "stop" else start_pitch
    with transaction():
        act(pitch, by=me(), at=now())
    return _back(pitch)


@bp.post("/pitches/<code>/present")
@requires("pitch.run", pitch_by_code)
def tick_present(pitch: Pitch) -> ResponseReturnValue:
    """Note who is there."""
    form = present_form(voting_seats(pitch.round.challenge), [])
    if not form.is_accepted():
        return _page(pitch, presence=form), form.status
    with transaction():
        note_presence(pitch, form["present"].data or [], by=me(), at=now())
    return _back(pitch)


@bp.post("/pitches/<code>/question")
@requires("pitch.run", pitch_by_code)
def log_question(pitch: Pitch) -> ResponseReturnValue:
    """Log another question with its time."""
    form = ExtraForm.from_request()
    if not form.is_accepted():
        return _page(pitch, extra=form), form.status
    with transaction():
        ask_extra(pitch, str(form.text.data), by=me(), at=now())
    return _back(pitch)


@bp.post("/pitches/<code>/minutes")
@requires("pitch.run", pitch_by_code)
def keep_minutes(pitch: Pitch) -> ResponseReturnValue:
    """Keep the minutes as far as they are; two secretaries see both texts."""
    form = minutes_form(pitch)
    if not form.is_accepted():
        return _page(pitch, minutes=form), form.status
    try:
        with transaction():
            write_minutes(
                pitch,
                Heard(form["minutes"].data or "", heard_in(form, pitch)),
                version=form["version"].data or 0,
                by=me(),
                at=now(),
            )
    except ChangedMeanwhile:
        stored = stored_minutes(pitch)
        if form.is_autosave:
            return conflict(form, stored, pitch.version)
        rows = form.differences(stored)
        form["version"].data, form["version"].raw_data = pitch.version, None
        return _page(pitch, rows, minutes=form), 409
    if form.is_autosave:
        return saved(pitch.version, now())
    return _back(pitch)


@bp.post("/pitches/<code>/close")
@requires("pitch.run", pitch_by_code)
def close(pitch: Pitch) -> ResponseReturnValue:
    """Close the pitch; the finalist gets the minutes."""
    ask_token()
    with transaction():
        close_pitch(pitch, by=me(), at=now())
    return redirect(url_for("jury.pitches", code=pitch.round.code))


@bp.route("/pitches/<code>/move", methods=["GET", "POST"])
@requires("pitch.run", pitch_by_code)
def move(pitch: Pitch) -> ResponseReturnValue:
    """Move a pitch to a free slot, or cancel it, with the reason."""
    taken = {other.slot_id for other in pitches_of(pitch.round)}
    free = [s for s in slots_of(pitch.round) if s.id not in taken and s.starts_at > now()]
    form = move_form(times_of(free))
    if form.is_accepted():
        try:
            with transaction():
                reason = str(form["reason"].data)
                if form["slot"].data == "cancel":
                    cancel_pitch(pitch, reason=reason, by=me(), at=now())
                else:
                    slot = next(slot for slot in free if slot.code == form["slot"].data)
                    move_pitch(pitch, slot, reason=reason, by=me(), at=now())
        except Refused as refusal:
            for sentence in refusal.sentences:
                form.add_error(None, str(sentence))
        else:
            return redirect(url_for("jury.pitches", code=pitch.round.code))
    page = render_template(
        "jury/pitch_move.html",
        pitch=pitch,
        round=pitch.round,
        challenge=pitch.round.challenge,
        form=form,
        masked=masked(pitch.round),
    )
    return page, form.status

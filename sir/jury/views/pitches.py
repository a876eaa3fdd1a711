"""The second stage: who pitches when, and when who cannot (S10)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from sir.jury.document import pitch_calendar
from sir.jury.forms import ActForm, SlotsForm, blocked_form
from sir.jury.lifecycle import ROUND
from sir.jury.models import PitchSlot, Ranking, Round, RoundState, Seat
from sir.jury.queries import (
    answers_of,
    in_order_of_time,
    pitch_sheets,
    pitches_of,
    ranking_by_code,
    round_by_code,
    seat_answer,
    seat_of,
    slot_by_code,
    slots_of,
    stage_of,
    tally,
    voting_seats,
)
from sir.jury.rules.pitches import Obstacle, obstacles
from sir.jury.services import (
    add_slots,
    answer_as_juror,
    ask_for_slots,
    draw_schedule,
    finish_pitches,
    invite_finalists,
    publish_schedule,
    remove_slot,
    submit_pitch_scores,
)
from sir.jury.services.pitches import pitch_day
from sir.jury.views.door import ask_token, bp, masked
from sir.kernel.errors import Invalid, Missing, Refused
from sir.kernel.i18n import _, ngettext
from sir.kernel.transaction import transaction
from sir.web.forms import Form
from sir.web.gate import me, now, requires
from sir.web.jinja import moment
from sir.workflows.models import PitchKind


@bp.post("/rankings/<code>/invite")
@requires("ranking.make", ranking_by_code)
def invite_to_pitch(ranking: Ranking) -> ResponseReturnValue:
    """Invite the shortlist to pitch."""
    ask_token()
    with transaction():
        invite_finalists(ranking, by=me(), at=now())
    return redirect(url_for("jury.pitches", code=ranking.round.code))


@bp.get("/rounds/<code>/pitches")
@requires("schedule.read", round_by_code)
def pitches(round_: Round) -> ResponseReturnValue:
    """Who pitches when; each juror's own times and changes; what comes next."""
    if stage_of(round_) is None:
        raise Missing
    return _overview(round_, None), 200


def _overview(round_: Round, form: Form | None, reasons: Any = ()) -> str:
    stage = stage_of(round_)
    seat = seat_of(round_.challenge_id, me())
    slots = slots_of(round_)
    votes = seat is not None and seat in voting_seats(round_.challenge)
    answer = seat_answer(round_, seat) if seat is not None else None
    rescores = round_.challenge.plan.pitch is PitchKind.RESCORE
    is_open = round_.state is RoundState.PITCHING
    act = "reconsider" if rescores else "hear"
    return render_template(
        "jury/pitches.html",
        round=round_,
        challenge=round_.challenge,
        stage=stage,
        slots=slots,
        pitches=in_order_of_time(pitches_of(round_)),
        answer=answer,
        blocked=(form or blocked_form(times_of(slots), answer.blocked if answer else []))
        if votes and slots and stage is not None and stage.published_at is None
        else None,
        mine=_changes(round_, seat) if seat is not None and votes and rescores else [],
        form=ActForm.from_request(),
        reasons=reasons,
        is_open=is_open,
        rescores=rescores,
        waits=ROUND.refusals(act, round_, now(), given=tally(round_)) if is_open else [],
        masked=masked(round_),
    )


def _changes(round_: Round, seat: Seat) -> list[dict[str, Any]]:
    return [
        {
            "pitch": pitch,
            "is_kept": second is not None,
            "is_in": second is not None and second.submitted_at is not None,
        }
        for pitch, _sheet, second in pitch_sheets(round_, seat)
    ]


@bp.post("/rounds/<code>/pitches")
@requires("round.score", round_by_code)
def block_as_juror(round_: Round) -> ResponseReturnValue:
    """Say when one cannot come."""
    seat = seat_of(round_.challenge_id, me())
    if seat is None:
        raise Missing
    form = blocked_form(times_of(slots_of(round_)), [])
    if not form.is_accepted():
        return _overview(round_, form), form.status
    with transaction():
        answer_as_juror(round_, seat, form["blocked"].data or [], by=me(), at=now())
    flash(_("Thank you. You are written to when the schedule is there."))
    return redirect(url_for("jury.pitches", code=round_.code))


@bp.post("/rounds/<code>/pitches/submit")
@requires("round.score", round_by_code)
def submit_changes(round_: Round) -> ResponseReturnValue:
    """Hand in one's changes after all pitches together."""
    ask_token()
    seat = seat_of(round_.challenge_id, me())
    if seat is None:
        raise Missing
    try:
        with transaction():
            submit_pitch_scores(round_, seat, by=me(), at=now())
    except Refused as refusal:
        return _overview(round_, None, list(refusal.sentences)), 422
    flash(_("Your scores are handed in. The jury confers once everybody is done."))
    return redirect(url_for("jury.pitches", code=round_.code))


@bp.post("/rounds/<code>/pitches/finish")
@requires("consensus.open", round_by_code)
def finish(round_: Round) -> ResponseReturnValue:
    """Go on after the last pitch."""
    ask_token()
    with transaction():
        finish_pitches(round_, by=me(), at=now())
    if round_.state is RoundState.RECONSIDERING:
        return redirect(url_for("jury.agenda", code=round_.code))
    return redirect(url_for("jury.show", code=round_.challenge.code))


@bp.get("/rounds/<code>/pitches.ics")
@requires("schedule.read", round_by_code)
def day_calendar(round_: Round) -> ResponseReturnValue:
    """The published schedule as a calendar file."""
    stage = stage_of(round_)
    if stage is None or stage.published_at is None:
        raise Missing
    found = [pitch for pitch in pitches_of(round_) if pitch.slot is not None]
    return calendar_file(pitch_calendar(found, now()), f"pitches-{round_.code}.ics")


def times_of(slots: Sequence[PitchSlot]) -> list[tuple[str, str]]:
    """Name slots by their time, as choices of a form."""
    return [(slot.code, moment(slot.starts_at)) for slot in slots]


def calendar_file(content: str, name: str) -> Response:
    """Give a calendar file to keep."""
    return Response(
        content,
        mimetype="text/calendar",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


# -- The planner -----------------------------------------------------------------


@bp.route("/rounds/<code>/pitches/plan", methods=["GET", "POST"])
@requires("schedule.plan", round_by_code)
def plan_pitches(round_: Round) -> ResponseReturnValue:
    """The slots, who cannot come when, the draw and its publication."""
    if stage_of(round_) is None:
        raise Missing
    terms = round_.challenge.terms
    form = SlotsForm.from_request(
        count=len(pitches_of(round_)),
        minutes=terms.pitch_minutes + terms.pitch_question_minutes,
        pause=10,
    )
    if form.is_accepted():
        try:
            with transaction():
                add_slots(
                    round_,
                    starts_at=form.starts_at.data,
                    count=form.count.data or 0,
                    minutes=form.minutes.data or 0,
                    pause=form.pause.data or 0,
                    room=form.room.data or "",
                    link=form.link.data or "",
                    by=me(),
                    at=now(),
                )
        except Refused as refusal:
            for sentence in refusal.sentences:
                form.add_error(None, str(sentence))
            return _planner(round_, form), form.status
        return redirect(url_for("jury.plan_pitches", code=round_.code))
    return _planner(round_, form), form.status


def _planner(
    round_: Round, form: Form, reasons: list[str] | None = None, stuck: list[Obstacle] | None = None
) -> str:
    answers = answers_of(round_)
    seats = voting_seats(round_.challenge)
    found = pitches_of(round_)
    by_seat = {row.seat_id: row for row in answers if row.seat_id is not None}
    by_proposal = {row.proposal_id: row for row in answers if row.proposal_id is not None}
    return render_template(
        "jury/pitch_plan.html",
        round=round_,
        challenge=round_.challenge,
        stage=stage_of(round_),
        slots=slots_of(round_),
        seats=seats,
        pitches=in_order_of_time(found),
        by_seat=by_seat,
        by_proposal=by_proposal,
        form=form,
        act=ActForm.from_request(),
        reasons=reasons or [],
        stuck=stuck or [],
        labels={seat.label: seat for seat in seats},
        masked=masked(round_),
    )


@bp.post("/slots/<code>/remove")
@requires("schedule.plan", slot_by_code)
def take_slot_away(slot: PitchSlot) -> ResponseReturnValue:
    """Take a slot away."""
    ask_token()
    round_ = slot.round
    with transaction():
        remove_slot(slot, by=me(), at=now())
    return redirect(url_for("jury.plan_pitches", code=round_.code))


@bp.post("/rounds/<code>/pitches/ask")
@requires("schedule.plan", round_by_code)
def ask_times(round_: Round) -> ResponseReturnValue:
    """Write to jury and finalists that they can say when they cannot come."""
    ask_token()
    with transaction():
        n = ask_for_slots(round_, by=me(), at=now())
    flash(ngettext("%(num)d person is asked.", "%(num)d people are asked.", n))
    return redirect(url_for("jury.plan_pitches", code=round_.code))


@bp.post("/rounds/<code>/pitches/draw")
@requires("schedule.plan", round_by_code)
def draw_pitches(round_: Round) -> ResponseReturnValue:
    """Draw the order; who cannot be placed, and who is in the way, is said by name."""
    ask_token()
    try:
        with transaction():
            draw_schedule(round_, current_app.extensions["sir.solver"], by=me(), at=now())
    except Invalid:
        stuck = obstacles(pitch_day(round_))
        reason = _("No schedule suits the whole jury and every finalist. Add slots, or ask again.")
        return _planner(round_, SlotsForm(formdata=None), [reason], stuck), 409
    except Refused as refusal:
        return _planner(round_, SlotsForm(formdata=None), list(refusal.sentences)), 409
    return redirect(url_for("jury.plan_pitches", code=round_.code))


@bp.post("/rounds/<code>/pitches/publish")
@requires("schedule.plan", round_by_code)
def publish_pitches(round_: Round) -> ResponseReturnValue:
    """Publish the schedule; letters with calendar files go out."""
    ask_token()
    with transaction():
        publish_schedule(round_, by=me(), at=now())
    flash(_("The schedule is published. Everybody gets a letter with a calendar file."))
    return redirect(url_for("jury.pitches", code=round_.code))

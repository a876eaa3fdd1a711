"""The day itself: the clock, the questions, the minutes, and the finalist's own word on them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm.attributes import flag_modified

from sir.journal.services import record
from sir.jury.lifecycle import PITCH, ROUND
from sir.jury.models import (
    Pitch,
    PitchPresence,
    PitchQuestion,
    PitchState,
    Round,
    RoundState,
    Stage,
)
from sir.jury.queries.pitches import sheets_heard, stage_of
from sir.jury.queries.rounds import tally
from sir.jury.queries.seats import voting_seats
from sir.jury.queries.second import standing_of_round
from sir.jury.rules.sheets import REASON_LIMIT
from sir.jury.services.consensus import draw_agenda
from sir.jury.services.sheets import ChangedMeanwhile
from sir.jury.services.suspensions import check_going
from sir.kernel.errors import Refused
from sir.kernel.i18n import _
from sir.notices.services import write_letter
from sir.people.models import Person
from sir.proposals.queries import bidder_people
from sir.workflows.models import PitchKind

MINUTES_LIMIT = 20_000  # characters
MOST_QUESTIONS = 60  # with one finalist


@dataclass(frozen=True)
class Heard:
    """What the secretary wrote down: by question, whether it was asked and what was answered."""

    minutes: str
    answers: Mapping[int, tuple[bool, str]]


def _going_on(pitch: Pitch) -> None:
    check_going(pitch.round)
    if pitch.state is not PitchState.INVITED or pitch.round.state is not RoundState.PITCHING:
        raise Refused(_("This pitch is closed."))


def start_pitch(pitch: Pitch, *, by: Person, at: datetime) -> None:
    """Start the clock, which is the same for everybody who looks."""
    _going_on(pitch)
    stage = stage_of(pitch.round)
    if stage is None or stage.published_at is None or pitch.slot is None:
        raise Refused(_("This pitch has no published slot yet."))
    if pitch.started_at is not None:
        raise Refused(_("The clock of this pitch runs already, or has run."))
    pitch.started_at = at
    record("pitch.started", pitch, by=by, at=at, stream=pitch.round.challenge.code)


def stop_pitch(pitch: Pitch, *, by: Person, at: datetime) -> None:
    """Stop the clock."""
    _going_on(pitch)
    if pitch.started_at is None or pitch.stopped_at is not None:
        raise Refused(_("The clock of this pitch does not run."))
    pitch.stopped_at = at
    record("pitch.stopped", pitch, by=by, at=at, stream=pitch.round.challenge.code)


def note_presence(pitch: Pitch, labels: Collection[str], *, by: Person, at: datetime) -> None:
    """Note which seats hear this pitch."""
    _going_on(pitch)
    seats = {seat.label: seat for seat in voting_seats(pitch.round.challenge)}
    known = {row.seat_id: row for row in pitch.present}
    pitch.present = [
        known.get(seat.id) or PitchPresence(seat=seat, noted_at=at)
        for label, seat in seats.items()
        if label in labels
    ]
    record(
        "presence.noted", pitch, by=by, at=at, stream=pitch.round.challenge.code,
        n=len(pitch.present),
    )  # fmt: skip


def ask_extra(pitch: Pitch, text: str, *, by: Person, at: datetime) -> PitchQuestion:
    """Log a question beyond the ones that everybody gets (2014/24/EU art. 82(5))."""
    _going_on(pitch)
    if not text.strip() or len(text) > REASON_LIMIT or len(pitch.questions) >= MOST_QUESTIONS:
        raise Refused(_("Write the question, in at most %(limit)s characters.", limit=REASON_LIMIT))
    question = PitchQuestion(
        position=len(pitch.questions) + 1, is_extra=True, text=text.strip(), asked_at=at
    )
    pitch.questions.append(question)
    record("question.asked", pitch, by=by, at=at, stream=pitch.round.challenge.code)
    return question


def write_minutes(pitch: Pitch, heard: Heard, *, version: int, by: Person, at: datetime) -> None:
    """Keep the minutes as far as they are; raises ChangedMeanwhile when `version` is old."""
    _going_on(pitch)
    if version != pitch.version:
        raise ChangedMeanwhile(_("These minutes were changed in the meantime."))
    texts = [answer for _asked, answer in heard.answers.values()]
    if len(heard.minutes) > MINUTES_LIMIT or any(len(text) > REASON_LIMIT for text in texts):
        raise Refused(_("The minutes are longer than the platform keeps."))
    pitch.minutes = heard.minutes
    flag_modified(pitch, "minutes")  # an answer alone would not raise the version
    for question in pitch.questions:
        is_asked, answer = heard.answers.get(
            question.position, (question.asked_at is not None, question.answer)
        )
        question.answer = answer
        if question.is_extra or (question.asked_at and is_asked):
            continue
        question.asked_at = at if is_asked else None
    record("minutes.written", pitch, by=by, at=at, stream=pitch.round.challenge.code)


def close_pitch(pitch: Pitch, *, by: Person, at: datetime) -> None:
    """Close a pitch that every voting seat heard, with its complete minutes (art. 82(6)).

    The finalist gets the minutes to confirm or to add to.
    """
    _going_on(pitch)
    there = {row.seat_id for row in pitch.present}
    missing = [s.label for s in voting_seats(pitch.round.challenge) if s.id not in there]
    if missing:
        raise Refused(
            _(
                "The jury that was announced is the jury that hears every pitch. Not there:"
                " %(seats)s.",
                seats=", ".join(missing),
            )
        )
    PITCH.move("close", pitch, at)
    pitch.closed_at = at
    record("pitch.closed", pitch, by=by, at=at, stream=pitch.round.challenge.code)
    for person in bidder_people(pitch.proposal.bidder):
        write_letter(
            "jury/pitch_minutes",
            to=person,
            at=at,
            name=person.name,
            challenge=pitch.proposal.challenge.terms.title,
            path=f"/pitches/{pitch.code}",
        )


def confirm_minutes(pitch: Pitch, remarks: str, *, by: Person, at: datetime) -> None:
    """Let the finalist confirm the minutes, or add remarks; once."""
    if pitch.state is not PitchState.CLOSED or pitch.confirmed_at is not None:
        raise Refused(_("These minutes cannot be confirmed, or they are confirmed already."))
    if len(remarks) > REASON_LIMIT:
        raise Refused(_("Remarks have at most %(limit)s characters.", limit=REASON_LIMIT))
    pitch.confirmed_at, pitch.remarks = at, remarks
    record("minutes.confirmed", pitch, by=by, at=at, stream=pitch.round.challenge.code)


# -- After the last pitch --------------------------------------------------------


def finish_pitches(round_: Round, *, by: Person, at: datetime) -> None:
    """Go on after the last pitch, all closed with their minutes.

    Where a pitch only clarifies, the levels stay and so does the ranking. Where it may change
    scores, the jury agrees again on each finalist once every seat handed in its changes.
    """
    check_going(round_)
    if round_.challenge.plan.pitch is PitchKind.CLARIFY:
        ROUND.move("hear", round_, at, given=tally(round_))
        round_.pitched_at = at
        record("pitches.heard", round_, by=by, at=at, stream=round_.challenge.code)
        return
    ROUND.move("reconsider", round_, at, given=tally(round_))
    draw_agenda(round_, sheets_heard(round_), Stage.PITCH, standing_of_round(round_))
    record("consensus.reopened", round_, by=by, at=at, stream=round_.challenge.code)

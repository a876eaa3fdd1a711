"""What each juror changes alone after the pitches, handed in together (jury: R25)."""

from __future__ import annotations

from datetime import datetime

from sir.journal.services import record
from sir.jury.models import Occasion, Pitch, PitchState, Round, RoundState, Seat, SecondSheet, Sheet
from sir.jury.queries.pitches import pitch_sheets
from sir.jury.queries.rounds import tally
from sir.jury.queries.second import seconds_of
from sir.jury.rules.conditions import pitches_are_closed
from sir.jury.rules.second import second_marks, unexplained
from sir.jury.rules.sheets import Marks
from sir.jury.services.second import keep_second, marks_before
from sir.jury.services.suspensions import check_going
from sir.kernel.errors import Refused
from sir.kernel.i18n import _
from sir.people.models import Person
from sir.workflows.models import PitchKind


def save_pitch_scores(  # noqa: PLR0913 - a save has this many sides
    pitch: Pitch, sheet: Sheet, *, version: int, marks: Marks, by: Person, at: datetime
) -> SecondSheet:
    """Keep what a juror changes after one pitch; never hands in.

    `version` is the one seen, 0 for none. Raises ChangedMeanwhile when it is not the stored one.
    """
    _alone(pitch.round)
    if pitch.state is not PitchState.CLOSED:
        raise Refused(_("You score a pitch once it is closed with its minutes."))
    if sheet.round_id != pitch.round_id or sheet.proposal_id != pitch.proposal_id:
        raise Refused(_("This score sheet is about another proposal."))
    kept = seconds_of(sheet).get(Occasion.PITCH)
    if kept is not None and kept.submitted_at is not None:
        raise Refused(_("You have handed in your scores after the pitches."))
    return keep_second(sheet, Occasion.PITCH, version, marks, by=by, at=at)


def _alone(round_: Round) -> None:
    check_going(round_)
    rescores = round_.challenge.plan.pitch is PitchKind.RESCORE
    if not rescores or round_.state is not RoundState.PITCHING:
        raise Refused(_("Scores do not change now: the pitches only clarify, or they are over."))


def submit_pitch_scores(round_: Round, seat: Seat, *, by: Person, at: datetime) -> None:
    """Hand in one's changes on all pitches together, once all of them were held.

    Every change from the paper score has its reason; what was not touched stays as it was.
    """
    _alone(round_)
    if seat.person_id != by.id or seat.vacated_at is not None:
        raise Refused(_("This seat is not yours."))
    if tally(round_).pitches_open:
        raise Refused(pitches_are_closed.refusal)
    rows = pitch_sheets(round_, seat)
    plan = round_.challenge.plan
    seconds = []
    for pitch, sheet, second in rows:
        before = marks_before(sheet, Occasion.PITCH)
        marks = second_marks(second, before)
        if short := unexplained(plan, Occasion.PITCH, before, marks):
            raise Refused(
                _(
                    "Say why you change the level of proposal %(number)s on: %(names)s. At least"
                    " %(length)s characters.",
                    number=pitch.proposal.number,
                    names=", ".join(row.name for row in short),
                    length=plan.min_reason,
                )
            )
        if second is not None and second.submitted_at is not None:
            raise Refused(_("You have handed in your scores after the pitches."))
        seconds.append((sheet, second, marks))
    for sheet, second, marks in seconds:
        version = second.version if second else 0
        keep_second(sheet, Occasion.PITCH, version, marks, by=by, at=at, files=True)
    record("pitch_scores.submitted", seat, by=by, at=at, stream=round_.challenge.code)

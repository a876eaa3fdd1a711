"""The second stage: inviting finalists, finding slots, drawing and publishing the schedule."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from sir.journal.services import record
from sir.jury.document import pitch_calendar
from sir.jury.lifecycle import PITCH, ROUND
from sir.jury.models import (
    Pitch,
    PitchQuestion,
    PitchSlot,
    PitchStage,
    PitchState,
    Ranking,
    Round,
    RoundState,
    Seat,
    SlotAnswer,
)
from sir.jury.queries.lots import drawn_value
from sir.jury.queries.pitches import (
    answers_of,
    finalist_answer,
    pitches_of,
    seat_answer,
    slots_of,
    stage_of,
)
from sir.jury.queries.rounds import tally
from sir.jury.queries.seats import proposals_of, voting_seats
from sir.jury.rules.pitches import MOST_SLOTS, finalists_in, overlap, slot_times
from sir.jury.rules.schedule import PitchDay, schedule
from sir.jury.rules.sheets import length
from sir.jury.rules.snapshot import name_of
from sir.jury.services.suspensions import check_going
from sir.kernel.codes import new_code
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.kernel.i18n import _, in_language
from sir.notices.services import write_letter
from sir.people.models import Person
from sir.ports.solver import Solver
from sir.proposals.queries import bidder_people

REASON_LENGTH = 20  # characters that explain a pitch that moves or is cancelled
LONGEST_SLOT = 240  # minutes


def invite_finalists(ranking: Ranking, *, by: Person, at: datetime) -> list[Pitch]:
    """Invite who stands on the shortlist of the ranking to pitch; all equals at the cut (F5).

    The seed of the draw is fixed here, before anybody says when they can come. Every finalist
    will hear the same opening questions.
    """
    round_ = ranking.round
    challenge = round_.challenge
    check_going(round_)
    ROUND.move("invite", round_, at, given=tally(round_))
    seed = drawn_value(challenge) or secrets.token_hex(16)
    db.session.add(PitchStage(round=round_, seed=seed, invited_at=at))
    found = {name_of(proposal): proposal for proposal in proposals_of(challenge)}
    pitches = []
    for name in finalists_in(ranking.result):
        if name not in found:  # withdrawn or set aside since: nobody moves up (R18)
            continue
        pitch = Pitch(code=new_code(), round=round_, proposal=found[name], invited_at=at)
        pitch.questions = [
            PitchQuestion(position=n, text=str(text))
            for n, text in enumerate(challenge.plan.pitch_questions, 1)
        ]
        pitches.append(pitch)
    if not pitches:
        raise Refused(_("Nobody stands on the shortlist, so nobody can be invited."))
    db.session.add_all(pitches)
    record(
        "finalists.invited", round_, by=by, at=at, stream=challenge.code, n=len(pitches), seed=seed
    )
    for pitch in pitches:
        _tell_finalist(pitch, "pitch_invited", at)
    return pitches


def _tell_finalist(
    pitch: Pitch, occasion: str, at: datetime, *, calendar_of: Sequence[Pitch] = (), **words: str
) -> None:
    for person in bidder_people(pitch.proposal.bidder):
        write_letter(
            f"jury/{occasion}",
            to=person,
            at=at,
            name=person.name,
            challenge=pitch.proposal.challenge.terms.title,
            path=f"/pitches/{pitch.code}",
            **words,
            **_calendar(person, calendar_of, at),
        )


def _calendar(to: Person | None, pitches: Sequence[Pitch], at: datetime) -> dict[str, str]:
    """Write a calendar file in the language of whoever gets it."""
    if to is None or not pitches:
        return {}
    with in_language(to.lang):
        return {"calendar": pitch_calendar(pitches, at)}


# -- Slots -----------------------------------------------------------------------


def _unpublished(round_: Round) -> PitchStage:
    check_going(round_)
    stage = stage_of(round_)
    if stage is None or round_.state is not RoundState.PITCHING:
        raise Refused(_("The finalists are not invited to pitch, or the pitches are over."))
    if stage.published_at is not None:
        raise Refused(_("The schedule is published. Move a single pitch instead, with a reason."))
    return stage


def add_slots(  # noqa: PLR0913 - a row of slots has this many sides
    round_: Round,
    *,
    starts_at: datetime,
    count: int,
    minutes: int,
    pause: int,
    room: str,
    link: str,
    by: Person,
    at: datetime,
) -> list[PitchSlot]:
    """Add a row of slots of equal length; everybody says again when they cannot come."""
    stage = _unpublished(round_)
    known = slots_of(round_)
    if starts_at <= at:
        raise Refused(_("Choose a day and a time in the future."))
    if count < 1 or len(known) + count > MOST_SLOTS or not 1 <= minutes <= LONGEST_SLOT:
        raise Refused(
            _(
                "A round has at most %(most)s slots, each of at most %(longest)s minutes.",
                most=MOST_SLOTS,
                longest=LONGEST_SLOT,
            )
        )
    if any(slot.minutes != minutes for slot in known):
        raise Refused(_("Every finalist gets the same length. Give all slots as many minutes."))
    if pause < 0 or (not room and not link):
        raise Refused(_("Say where the pitches are: a room, or the link of an online meeting."))
    if link and urlsplit(link).scheme != "https":
        raise Refused(_("The link of the meeting begins with https://."))
    times = slot_times(starts_at, count, minutes, pause)
    if overlap([(slot.starts_at, slot.minutes) for slot in known] + [(t, minutes) for t in times]):
        raise Refused(_("These slots overlap with each other or with slots that are there."))
    slots = [
        PitchSlot(
            code=new_code(10), round=round_, starts_at=time, minutes=minutes, room=room, link=link
        )
        for time in times
    ]
    db.session.add_all(slots)
    stage.asked_at = at
    _forget_draw(stage)
    record("slots.added", round_, by=by, at=at, stream=round_.challenge.code, n=count)
    return slots


def _forget_draw(stage: PitchStage) -> None:
    """Forget a draw that no longer holds: slots or answers are others."""
    stage.drawn_at = None
    for pitch in pitches_of(stage.round):
        pitch.slot = None


def remove_slot(slot: PitchSlot, *, by: Person, at: datetime) -> None:
    """Take a slot away before the schedule is published."""
    stage = _unpublished(slot.round)
    _forget_draw(stage)
    db.session.flush()
    record("slot.removed", slot, by=by, at=at, stream=slot.round.challenge.code)
    db.session.delete(slot)


def ask_for_slots(round_: Round, *, by: Person, at: datetime) -> int:
    """Write to jury and finalists that they can say when they cannot come; count the letters."""
    _unpublished(round_)
    if not slots_of(round_):
        raise Refused(_("Add slots first."))
    open_pitches = [pitch for pitch in pitches_of(round_) if pitch.state is PitchState.INVITED]
    for pitch in open_pitches:
        _tell_finalist(pitch, "pitch_slots", at)
    seats = voting_seats(round_.challenge)
    for seat in seats:
        _tell_juror(seat, round_, "pitch_slots", at)
    record("slots.asked", round_, by=by, at=at, stream=round_.challenge.code)
    return len(seats) + len(open_pitches)


def _tell_juror(
    seat: Seat, round_: Round, occasion: str, at: datetime, *, calendar_of: Sequence[Pitch] = ()
) -> None:
    write_letter(
        f"jury/{occasion}",
        to=seat.person,
        at=at,
        name=seat.name,
        challenge=round_.challenge.terms.title,
        path=f"/rounds/{round_.code}/pitches",
        **_calendar(seat.person, calendar_of, at),
    )


def answer_as_juror(
    round_: Round, seat: Seat, blocked: Collection[str], *, by: Person, at: datetime
) -> None:
    """Say in which slots one's own seat cannot come."""
    if seat.person_id != by.id or seat.vacated_at is not None:
        raise Refused(_("This seat is not yours."))
    answer = seat_answer(round_, seat) or SlotAnswer(round_id=round_.id, seat_id=seat.id)
    _answer(round_, answer, blocked, by=by, at=at)


def answer_as_finalist(pitch: Pitch, blocked: Collection[str], *, by: Person, at: datetime) -> None:
    """Say in which slots one's own startup cannot come."""
    answer = finalist_answer(pitch.round, pitch.proposal) or SlotAnswer(
        round_id=pitch.round_id, proposal_id=pitch.proposal_id
    )
    _answer(pitch.round, answer, blocked, by=by, at=at)


def _answer(
    round_: Round, answer: SlotAnswer, blocked: Collection[str], *, by: Person, at: datetime
) -> None:
    stage = _unpublished(round_)
    known = [slot.code for slot in slots_of(round_)]
    if set(blocked) - set(known):
        raise Refused(_("These slots changed in the meantime. Look again."))
    db.session.add(answer)
    answer.blocked = [code for code in known if code in blocked]
    answer.answered_at = at
    if stage.drawn_at is not None:
        _forget_draw(stage)
    record("slots.answered", round_, by=by, at=at, stream=round_.challenge.code)


# -- The draw --------------------------------------------------------------------


def pitch_day(round_: Round) -> PitchDay:
    """Put the answers as the draw reads them: slots by their time, seats by their label."""
    stage = stage_of(round_)
    assert stage is not None, "Only a round with invited finalists has a day."
    slots = slots_of(round_)
    named = {slot.code: slot_name(slot) for slot in slots}
    pitches = [pitch for pitch in pitches_of(round_) if pitch.state is PitchState.INVITED]
    answers = answers_of(round_)

    def blocked(**who: int) -> frozenset[str]:
        ((key, number),) = who.items()
        return frozenset(
            named[code]
            for answer in answers
            if getattr(answer, key) == number
            for code in answer.blocked
            if code in named
        )

    return PitchDay(
        finalists=tuple(name_of(pitch.proposal) for pitch in pitches),
        slots=tuple(named.values()),
        seed=stage.seed,
        jurors={seat.label: blocked(seat_id=seat.id) for seat in voting_seats(round_.challenge)},
        blocked={
            name_of(pitch.proposal): blocked(proposal_id=pitch.proposal_id) for pitch in pitches
        },
    )


def slot_name(slot: PitchSlot) -> str:
    """Name a slot as the draw does: by its beginning, which nobody can choose for its hash."""
    return slot.starts_at.strftime("%Y-%m-%dT%H:%MZ")


def draw_schedule(round_: Round, solver: Solver, *, by: Person, at: datetime) -> None:
    """Draw who pitches when, among the orders that suit the whole jury (F15).

    Raises Invalid(`no_common_slot`) naming who cannot be placed; nothing is drawn then.
    """
    stage = _unpublished(round_)
    seats = voting_seats(round_.challenge)
    answered = {row.seat_id: row.answered_at for row in answers_of(round_)}
    late = [
        seat.label
        for seat in seats
        if stage.asked_at is None or seat.id not in answered or answered[seat.id] < stage.asked_at
    ]
    if late:
        raise Refused(
            _("Not every juror said when they cannot come: %(seats)s.", seats=", ".join(late))
        )
    day = pitch_day(round_)
    held = {finalist: slot for slot, finalist in schedule(day, solver)}
    slots = {slot_name(slot): slot for slot in slots_of(round_)}
    pitches = [pitch for pitch in pitches_of(round_) if pitch.state is PitchState.INVITED]
    for pitch in pitches:
        pitch.slot = None
    db.session.flush()  # a slot holds one pitch: free them all before they change hands
    for pitch in pitches:
        pitch.slot = slots[held[name_of(pitch.proposal)]]
    stage.drawn_at = at
    record(
        "schedule.drawn", round_, by=by, at=at, stream=round_.challenge.code, seed=stage.seed,
        order=[held[name_of(pitch.proposal)] for pitch in pitches],
    )  # fmt: skip


def publish_schedule(round_: Round, *, by: Person, at: datetime) -> None:
    """Publish the drawn schedule: every finalist and juror gets a letter with a calendar file."""
    stage = _unpublished(round_)
    if stage.drawn_at is None:
        raise Refused(_("Draw the schedule first."))
    stage.published_at = at
    pitches = [pitch for pitch in pitches_of(round_) if pitch.slot is not None]
    for pitch in pitches:
        _tell_finalist(pitch, "pitch_scheduled", at, when=_when(pitch), calendar_of=[pitch])
    for seat in voting_seats(round_.challenge):
        _tell_juror(seat, round_, "pitch_day", at, calendar_of=pitches)
    record("schedule.published", round_, by=by, at=at, stream=round_.challenge.code)


def _when(pitch: Pitch) -> str:
    assert pitch.slot is not None
    return pitch.slot.starts_at.isoformat()


def move_pitch(pitch: Pitch, slot: PitchSlot, *, reason: str, by: Person, at: datetime) -> None:
    """Move one pitch to a free slot after publication, with the reason; calendars follow."""
    round_ = pitch.round
    stage = stage_of(round_)
    if stage is None or stage.published_at is None or pitch.state is not PitchState.INVITED:
        raise Refused(_("Only a pitch that is published and still to come can be moved."))
    if pitch.started_at is not None or slot.round_id != round_.id or slot.starts_at <= at:
        raise Refused(_("Choose a free slot in the future for a pitch that has not begun."))
    if any(other.slot_id == slot.id for other in pitches_of(round_)):
        raise Refused(_("Another finalist has this slot."))
    if length(reason) < REASON_LENGTH:
        raise Refused(_("Give the reason for this decision."))
    pitch.slot, pitch.reason = slot, reason
    pitch.sequence += 1
    db.session.flush()
    _tell_finalist(pitch, "pitch_moved", at, when=_when(pitch), calendar_of=[pitch])
    for seat in voting_seats(round_.challenge):
        _tell_juror(seat, round_, "pitch_day", at, calendar_of=[pitch])
    record("pitch.moved", pitch, by=by, at=at, stream=round_.challenge.code)


def cancel_pitch(pitch: Pitch, *, reason: str, by: Person, at: datetime) -> None:
    """Note that a finalist does not pitch after all; nobody comes in its place (R18)."""
    if length(reason) < REASON_LENGTH:
        raise Refused(_("Give the reason for this decision."))
    if pitch.started_at is not None:
        raise Refused(_("This pitch has begun."))
    PITCH.move("cancel", pitch, at)
    pitch.reason, pitch.slot = reason, None
    record("pitch.cancelled", pitch, by=by, at=at, stream=pitch.round.challenge.code)

"""Empty seats: leaving, refusing, and the reserve who is asked at once (jury: R9)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from sir.challenges.queries import team_members
from sir.journal.services import record
from sir.jury.lifecycle import SHEET
from sir.jury.models import VOTING, Round, RoundState, Seat, SeatKind, Sheet, SheetState
from sir.jury.queries.advice import advisers_of
from sir.jury.queries.rounds import current_round
from sir.jury.queries.seats import voting_seats
from sir.jury.queries.vacancies import is_short, next_reserve, offer_to
from sir.jury.rules.conditions import UNDER_WAY
from sir.jury.rules.vacancies import is_open_to_reserves
from sir.jury.services.advice import void_advice
from sir.jury.services.progress import count_again
from sir.jury.services.seats import hand_out_sheets, write_to_holder
from sir.jury.services.suspensions import resume_if_filled, suspend_for, tell
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.kernel.i18n import _, in_language
from sir.notices.services import write_letter
from sir.people.models import Person, Role


def vacate_seat(seat: Seat, *, reason: str, by: Person, at: datetime) -> None:
    """Empty a seat, with the reason; the sheets of its holder are kept and never counted."""
    round_ = current_round(seat.challenge)
    if round_ is not None and round_.reached not in UNDER_WAY:
        raise Refused(_("The jury has finished its scores. A seat can no longer be emptied."))
    if seat.vacated_at is not None:
        raise Refused(_("This seat is already empty."))
    empty_seat(seat, round_, reason=reason, by=by, at=at)


def decline_seat(seat: Seat, *, by: Person, at: datetime) -> None:
    """Refuse the seat that was offered to this person's address; the reserve is asked instead."""
    if by.email != seat.email:
        raise Refused(_("This seat was offered to another address."))
    if seat.vacated_at is not None or seat.accepted_at is not None:
        raise Refused(_("This seat is no longer offered."))
    seat.vacated_at = at
    with in_language("nl"):
        seat.vacated_reason = _("The invitation was declined.")
    record("seat.declined", seat, by=by, at=at, stream=seat.challenge.code, label=seat.label)
    if seat.kind in VOTING:
        _seek_reserve(seat, current_round(seat.challenge), by=by, at=at)


def empty_seat(
    seat: Seat, round_: Round | None, *, reason: str, by: Person | None, at: datetime
) -> None:
    """Do what an empty seat means: nothing to read, no sheet that counts, and the reserve asked.

    What was only an invitation is taken back without asking a reserve: nobody left.
    """
    seat.vacated_at = at
    seat.vacated_reason = reason
    if round_ is not None:
        for sheet in db.session.scalars(
            select(Sheet).where(
                Sheet.round_id == round_.id,
                Sheet.seat_id == seat.id,
                Sheet.state != SheetState.VOID,
            )
        ):
            SHEET.move("void", sheet, at)
        count_again(round_, seat, at=at)
        void_advice(round_, seat, by=by, at=at)
    record("seat.vacated", seat, by=by, at=at, stream=seat.challenge.code, label=seat.label)
    write_to_holder(seat, "vacated", at, reason=reason)
    if seat.kind in VOTING and seat.accepted_at is not None:
        _seek_reserve(seat, round_, by=by, at=at)
    elif (vacated := offer_to(seat)) is not None:
        _seek_reserve(vacated, round_, by=by, at=at)


# -- The reserve -----------------------------------------------------------------


def _seek_reserve(vacated: Seat, round_: Round | None, *, by: Person | None, at: datetime) -> None:
    """Offer an empty seat to the next reserve of its function, or sound the alarm.

    Whoever was cleared already comes first; who turned an offer down is not asked again.
    """
    db.session.flush()  # the questions below look at what just became empty
    vacated.offered_id = vacated.offered_at = None
    if not is_short(vacated, round_):
        return  # the announced jury is complete without this seat
    state = round_.reached if round_ else None
    reserve = next_reserve(vacated) if is_open_to_reserves(state) else None
    if reserve is None:
        lies_still = round_ is not None and suspend_for(vacated, round_, by=by, at=at)
        _sound_alarm(vacated, round_, lies_still=lies_still, by=by, at=at)
        return
    vacated.offered_id, vacated.offered_at = reserve.id, at
    stream = vacated.challenge.code
    record("reserve.asked", vacated, by=by, at=at, stream=stream, reserve=reserve.label)
    write_to_holder(reserve, "offered", at, label=vacated.label)


def _sound_alarm(
    vacated: Seat, round_: Round | None, *, lies_still: bool, by: Person | None, at: datetime
) -> None:
    """Tell the secretary and the chair that nobody can be asked, unless they did it themselves.

    When the round lies still because of it, the others on the jury hear that too.
    """
    challenge = vacated.challenge
    seats = voting_seats(challenge)
    chairs = [seat.person for seat in seats if seat.kind is SeatKind.CHAIR and seat.person]
    people = team_members(challenge, Role.SECRETARY) + chairs
    if round_ is not None and lies_still:
        others = [*seats, *advisers_of(challenge)]
        told = [seat.person for seat in others if seat.person and seat.person not in people]
        tell(round_, "suspended", told, by, at, reason="", function=vacated.function)
    is_late = not is_open_to_reserves(round_.reached if round_ else None)
    for person in people:
        if by is None or person.id != by.id:
            write_letter(
                "jury/vacancy",
                to=person,
                at=at,
                name=person.name,
                challenge=challenge.terms.title,
                function=vacated.function,
                is_late=is_late,
                lies_still=lies_still,
                path=f"/challenges/{challenge.code}/jury",
            )
    record("vacancy.alarmed", vacated, by=by, at=at, stream=challenge.code, label=vacated.label)


def accept_offer(reserve: Seat, *, by: Person, at: datetime) -> None:
    """Take the empty seat that was offered to this reserve, and score everything from the start."""
    vacated = _offered(reserve, by)
    round_ = current_round(reserve.challenge)
    if not is_open_to_reserves(round_.reached if round_ else None):
        raise Refused(_("The jury already confers. A reserve can no longer join."))
    if not is_short(vacated, round_):
        raise Refused(_("This seat was filled in the meantime."))
    _take_over(vacated, reserve, round_, by=by, at=at)


def decline_offer(reserve: Seat, *, by: Person, at: datetime) -> None:
    """Turn an offered seat down; the next reserve of the same function is asked at once."""
    vacated = _offered(reserve, by)
    reserve.declined_at = at
    record("reserve.declined", reserve, by=by, at=at, stream=reserve.challenge.code)
    _seek_reserve(vacated, current_round(reserve.challenge), by=by, at=at)


def _offered(reserve: Seat, by: Person) -> Seat:
    vacated = offer_to(reserve)
    if reserve.person_id != by.id or reserve.vacated_at is not None or vacated is None:
        raise Refused(_("This seat is no longer offered."))
    return vacated


def call_reserve(vacated: Seat, reserve: Seat, *, by: Person, at: datetime) -> None:
    """Let the reserve of the same function take over an empty seat, and score everything."""
    round_ = current_round(vacated.challenge)
    if vacated.vacated_at is None or vacated.kind not in VOTING:
        raise Refused(_("This seat is not empty."))
    if (
        reserve.challenge_id != vacated.challenge_id
        or reserve.kind is not SeatKind.RESERVE
        or reserve.vacated_at is not None
        or reserve.accepted_at is None
        or reserve.function != vacated.function
    ):
        raise Refused(_("Only a reserve who accepted the same function can take over this seat."))
    if not is_open_to_reserves(round_.reached if round_ else None):
        raise Refused(_("The jury already confers. A reserve can no longer join."))
    if (
        round_ is not None
        and round_.reached is RoundState.INDIVIDUAL
        and reserve.cleared_at is None
    ):
        raise Refused(_("The integrity officer has not cleared this reserve of ties yet."))
    other = offer_to(reserve)
    if other is not None and other is not vacated:
        other.offered_id = other.offered_at = None
    _take_over(vacated, reserve, round_, by=by, at=at)


def _take_over(
    vacated: Seat, reserve: Seat, round_: Round | None, *, by: Person, at: datetime
) -> None:
    """Make a reserve the juror of an empty seat.

    Who is cleared already may read at once; another reads from the moment they are.
    """
    reserve.kind = vacated.kind
    reserve.replaces_id = vacated.id
    vacated.offered_id = vacated.offered_at = None
    record("reserve.called", reserve, by=by, at=at, stream=vacated.challenge.code)
    write_to_holder(reserve, "called", at)
    if round_ is None:
        return
    resume_if_filled(round_, by=by, at=at)
    if reserve.cleared_at is not None:
        let_score(round_, reserve, at=at)


def let_score(round_: Round, seat: Seat, *, at: datetime) -> None:
    """Give a cleared juror who took a seat over while the others score their own empty sheets.

    None of what the one before them wrote is among it.
    """
    has_none = db.session.scalar(
        select(Sheet.id).where(Sheet.round_id == round_.id, Sheet.seat_id == seat.id).limit(1)
    )
    is_due = seat.kind in VOTING and seat.replaces_id is not None and has_none is None
    if is_due and round_.reached is RoundState.INDIVIDUAL:
        hand_out_sheets(round_, seat)
        count_again(round_, seat, at=at)

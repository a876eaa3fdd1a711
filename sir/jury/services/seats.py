"""Who sits on a jury: inviting, accepting, and what a seat gets to read."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from sir.challenges.models import Challenge
from sir.journal.services import record
from sir.jury.models import VOTING, Round, RoundState, Seat, SeatKind, Sheet
from sir.jury.queries.assignments import left_by
from sir.jury.queries.candidates import is_advised_against
from sir.jury.queries.rounds import current_round
from sir.jury.queries.seats import (
    bidder_members,
    proposals_of,
    seats_of,
    team_roles,
)
from sir.jury.queries.suspensions import suspension_of
from sir.jury.rules.conflicts import NOT_ON_THE_JURY
from sir.jury.rules.sheets import reading_order
from sir.jury.rules.vacancies import is_open_to_reserves
from sir.kernel.codes import new_code
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.kernel.i18n import _
from sir.notices.services import write_letter
from sir.people.models import Person
from sir.proposals.models import Proposal
from sir.workflows.models import Plan

LETTER = {SeatKind.CHAIR: "J", SeatKind.JUROR: "J", SeatKind.RESERVE: "R", SeatKind.ADVISER: "A"}


def functions_of(plan: Plan) -> list[str]:
    """List the functions a plan announced, each once, in its order."""
    return list(dict.fromkeys(plan.composition))


def invite_juror(  # noqa: PLR0913 - a seat has this many sides
    challenge: Challenge,
    *,
    name: str,
    email: str,
    kind: SeatKind,
    function: str,
    qualification: str = "",
    by: Person,
    at: datetime,
) -> Seat:
    """Offer somebody a seat by e-mail; only whoever holds the address can accept it."""
    email = email.strip().lower()
    round_ = current_round(challenge)
    seats = seats_of(challenge)
    open_seats = [seat for seat in seats if seat.vacated_at is None]
    if round_ is not None and round_.state is not RoundState.CONFLICT_CHECK:
        _refuse_unless_awaited(round_, kind, function)
    if any(seat.email == email for seat in open_seats):
        raise Refused(_("This person already has a seat on this jury."))
    if kind is SeatKind.CHAIR and any(seat.kind is SeatKind.CHAIR for seat in open_seats):
        raise Refused(_("This jury already has a chair."))
    if function not in challenge.plan.composition and challenge.plan.composition:
        raise Refused(_("This function was not announced with the challenge."))
    _refuse_team(challenge, email)
    if is_advised_against(challenge, email):
        raise Refused(_("The integrity officer advised not to seat this person on this jury."))
    number = 1 + sum(LETTER[seat.kind] == LETTER[kind] for seat in seats)
    seat = Seat(
        code=new_code(),
        challenge=challenge,
        label=f"{LETTER[kind]}{number}",
        kind=kind,
        function=function,
        qualification=qualification,
        name=name,
        email=email,
        invited_at=at,
    )
    db.session.add(seat)
    record("seat.offered", seat, by=by, at=at, stream=challenge.code, label=seat.label)
    write_to_holder(seat, "invitation", at)
    return seat


def _refuse_unless_awaited(round_: Round, kind: SeatKind, function: str) -> None:
    """Let a reserve be found for the function that a round which lies still waits for."""
    suspension = suspension_of(round_)
    if suspension is None or suspension.seat is None or not is_open_to_reserves(round_.reached):
        raise Refused(_("Scoring has begun, so the jury is fixed. Call a reserve instead."))
    if kind is not SeatKind.RESERVE or function != suspension.seat.function:
        raise Refused(
            _(
                "The jury waits for somebody in the function “%(function)s”. Invite a reserve with"
                " that function.",
                function=suspension.seat.function,
            )
        )


def _refuse_team(challenge: Challenge, email: str) -> None:
    if NOT_ON_THE_JURY.intersection(team_roles(challenge, email)):
        raise Refused(
            _("This person prepares or decides this challenge, so they cannot be on its jury.")
        )


def write_to_holder(seat: Seat, occasion: str, at: datetime, **words: str) -> None:
    """Write to whoever a seat is of, or was offered to."""
    known = db.session.scalar(select(Person).where(Person.email == seat.email))
    write_letter(
        f"jury/{occasion}",
        to=known,
        address="" if known else seat.email,
        at=at,
        name=seat.name,
        challenge=seat.challenge.terms.title,
        function=seat.function,
        path=f"/seats/{seat.code}",
        **words,
    )


def accept_seat(seat: Seat, *, by: Person, at: datetime) -> None:
    """Take the seat that was offered to this person's address.

    Where the plan asks it, who votes states by this that they can judge each criterion: when the
    average counts, each member must be able to (Rb. Midden-Nederland, on averaged scores).
    """
    if by.email != seat.email:
        raise Refused(_("This seat was offered to another address."))
    if seat.vacated_at is not None:
        raise Refused(_("This seat is no longer offered."))
    if seat.accepted_at is not None:
        return
    _refuse_team(seat.challenge, seat.email)
    seat.person = by
    seat.accepted_at = at
    db.session.flush()  # the next question joins on the person
    if any(taken is seat for taken, _bidder in bidder_members(seat.challenge)):
        raise Refused(
            _("You belong to an organisation that handed in a proposal, so you cannot judge it.")
        )
    record(
        "seat.accepted",
        seat,
        by=by,
        at=at,
        stream=seat.challenge.code,
        label=seat.label,
        competent=stated_by(seat),
    )


def stated_by(seat: Seat) -> list[str]:
    """List the criteria that whoever takes this seat states to be able to judge."""
    plan = seat.challenge.plan
    is_asked = plan.competence and seat.kind in {*VOTING, SeatKind.RESERVE}
    return [row.key for row in plan.criteria] if is_asked else []


def hand_out_sheets(round_: Round, seat: Seat) -> None:
    """Give a seat an empty sheet on each admissible proposal, in its own drawn order.

    When the proposals are divided, a reserve takes over what the seat before it had to read.
    """
    readers = round_.challenge.plan.readers
    if readers is None:
        own = proposals_of(round_.challenge)
    else:
        vacated = db.session.get(Seat, seat.replaces_id) if seat.replaces_id else None
        own = left_by(round_, vacated, readers) if vacated else []
    proposals = {proposal.code: proposal for proposal in own}
    for position, code in enumerate(reading_order(round_.order_key, seat.code, proposals), 1):
        db.session.add(new_sheet(round_, seat, proposals[code], position))


def new_sheet(round_: Round, seat: Seat, proposal: Proposal, position: int) -> Sheet:
    """Make an empty sheet of one seat on one proposal."""
    return Sheet(code=new_code(10), round=round_, seat=seat, proposal=proposal, position=position)

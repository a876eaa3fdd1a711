"""A round that lies still: because a seat came empty, or because somebody decided so (jury: R9)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sir.challenges.queries import team_members
from sir.journal.services import record
from sir.jury.lifecycle import ROUND
from sir.jury.models import Round, RoundState, RoundSuspension, Seat
from sir.jury.queries.advice import advisers_of
from sir.jury.queries.rounds import tally
from sir.jury.queries.seats import voting_seats
from sir.jury.queries.suspensions import suspension_of
from sir.jury.rules.conditions import jury_is_complete
from sir.jury.rules.sheets import length
from sir.jury.rules.suspensions import REASON_LENGTH, awaited, due_after
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.kernel.i18n import _, in_language
from sir.notices.services import write_letter
from sir.people.models import Person, Role


class Suspended(Refused):
    """The round lies still, so nobody scores, confers or ranks; says what it waits for."""


def check_going(round_: Round) -> None:
    """Let an act of the jury through while its round goes on. Raises Suspended."""
    if (suspension := suspension_of(round_)) is not None:
        raise Suspended(awaited(round_, suspension))


def suspend_round(round_: Round, *, reason: str, by: Person, at: datetime) -> None:
    """Let a round lie still, with the reason; everybody on the jury hears it."""
    check_going(round_)
    _check_reason(reason)
    _halt(round_, RoundSuspension(round=round_, since=at, reason=reason, by_id=by.id), at)
    record("round.suspended", round_, by=by, at=at, stream=round_.challenge.code)
    _tell(round_, "suspended", by, at, reason=reason, function="")


def suspend_for(vacated: Seat, round_: Round, *, by: Person | None, at: datetime) -> bool:
    """Let a round lie still from the moment that nobody can fill a seat; says whether it does.

    Before anybody scores there is nothing to stop: a new member can simply be invited. Whoever
    leads the jury gets the alarm; this tells the others.
    """
    if round_.state in {RoundState.CONFLICT_CHECK, RoundState.DECIDED, RoundState.SUSPENDED}:
        return round_.state is RoundState.SUSPENDED
    by_id = by.id if by is not None else None
    _halt(round_, RoundSuspension(round=round_, since=at, seat=vacated, by_id=by_id), at)
    record(
        "round.suspended", round_, by=by, at=at, stream=round_.challenge.code, label=vacated.label
    )
    return True


def _halt(round_: Round, suspension: RoundSuspension, at: datetime) -> None:
    came_from = round_.state
    ROUND.move("suspend", round_, at)
    round_.suspended_from = came_from
    db.session.add(suspension)
    db.session.flush()  # what follows asks why it lies still


def resume_round(round_: Round, *, reason: str, by: Person, at: datetime) -> None:
    """Let a round go on where it was, with the reason. Refuses while an announced seat is empty."""
    _check_reason(reason)
    suspension = suspension_of(round_)
    if suspension is None:
        raise Refused(_("The judging is not suspended."))
    _go_on(round_, suspension, reason, by=by, at=at)


def resume_if_filled(round_: Round, *, by: Person | None, at: datetime) -> None:
    """Let a round go on that waited for a seat, now that every announced seat is filled.

    What a person suspended for another reason waits for a person.
    """
    db.session.flush()  # the count below includes who was just seated
    suspension = suspension_of(round_)
    if suspension is None or suspension.seat_id is None:
        return
    if not jury_is_complete(tally(round_), at):
        return
    with in_language("nl"):
        outcome = _("Every announced seat is filled again.")
    _go_on(round_, suspension, outcome, by=by, at=at)


def _go_on(
    round_: Round, suspension: RoundSuspension, outcome: str, *, by: Person | None, at: datetime
) -> None:
    due_at = due_after(round_, suspension.since, at)
    assert round_.suspended_from is not None, "A round that lies still was somewhere."
    ROUND.move(f"resume_{round_.suspended_from}", round_, at, given=tally(round_))
    round_.suspended_from = None
    round_.due_at = due_at
    suspension.ended_at, suspension.outcome = at, outcome
    suspension.ended_by_id = by.id if by is not None else None
    record(
        "round.resumed",
        round_,
        by=by,
        at=at,
        stream=round_.challenge.code,
        due_at=due_at.isoformat() if due_at else "",
    )
    is_due = round_.state in {RoundState.CONFLICT_CHECK, RoundState.INDIVIDUAL}
    moment = due_at.isoformat() if is_due and due_at else ""
    _tell(round_, "resumed", by, at, due_at=moment, reason=outcome)


def _check_reason(reason: str) -> None:
    if length(reason) < REASON_LENGTH:
        raise Refused(_("Give the reason for this decision."))


def _tell(round_: Round, occasion: str, by: Person | None, at: datetime, **words: str) -> None:
    """Write to the jury, its advisers and its secretary, but not to whoever does it."""
    challenge = round_.challenge
    seats = [*voting_seats(challenge), *advisers_of(challenge)]
    tell(round_, occasion, [seat.person for seat in seats if seat.person], by, at, **words)
    tell(round_, occasion, team_members(challenge, Role.SECRETARY), by, at, **words)


def tell(
    round_: Round,
    occasion: str,
    people: Iterable[Person],
    by: Person | None,
    at: datetime,
    **words: str,
) -> None:
    """Write to these people that a round lies still, or goes on."""
    for person in people:
        if by is None or person.id != by.id:
            write_letter(
                f"jury/{occasion}",
                to=person,
                at=at,
                name=person.name,
                challenge=round_.challenge.terms.title,
                path=f"/challenges/{round_.challenge.code}/jury",
                **words,
            )

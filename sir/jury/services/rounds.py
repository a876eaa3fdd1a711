"""A round of judging: opening it, declaring ties, and starting to read."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from sir.challenges.models import Challenge, ChallengeState
from sir.journal.services import record
from sir.jury.lifecycle import ROUND
from sir.jury.models import Declaration, Measure, Round, RoundState, Seat, Tie
from sir.jury.queries.advice import advisers_of
from sir.jury.queries.registers import register_of
from sir.jury.queries.rounds import current_round, tally
from sir.jury.queries.seats import (
    bidder_members,
    bidders_of,
    declarations_of,
    seats_of,
    voting_seats,
)
from sir.jury.queries.suspensions import suspension_of
from sir.jury.rules.conditions import UNDER_WAY
from sir.jury.rules.conflicts import DETAIL_LENGTH
from sir.jury.rules.sheets import length
from sir.jury.services.advice import hand_out_advice
from sir.jury.services.calibration import begin_calibration
from sir.jury.services.clearing import check_impartial, clear_if_decided
from sir.jury.services.progress import count_again
from sir.jury.services.seats import hand_out_sheets
from sir.jury.services.sheets import carry_over
from sir.jury.services.suspensions import check_going
from sir.jury.services.vacancies import empty_seat
from sir.kernel.codes import new_code
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.kernel.i18n import _, in_language
from sir.notices.services import write_letter
from sir.people.models import Organisation, Person


def open_round(challenge: Challenge, *, by: Person, at: datetime, due_at: datetime) -> Round:
    """Begin judging: the jury may now see who handed in, and declares its ties first."""
    if challenge.state is not ChallengeState.OPENED:
        raise Refused(_("Judging begins once two officials have opened the proposals."))
    if current_round(challenge) is not None:
        raise Refused(_("The judging of this challenge has already begun."))
    if due_at <= at:
        raise Refused(_("Choose a moment in the future for when the scores are due."))
    round_ = Round(
        code=new_code(),
        challenge=challenge,
        number=1,
        order_key=secrets.token_bytes(32),
        due_at=due_at,
        opened_at=at,
    )
    db.session.add(round_)
    begin_calibration(round_, at=at)
    record("round.opened", round_, by=by, at=at, stream=challenge.code)
    exclude_members_of_bidders(round_, at)
    for seat in seats_of(challenge):
        if seat.accepted_at and not seat.vacated_at:
            write_to(seat, "declare", round_, at)
    return round_


def write_to(seat: Seat, occasion: str, round_: Round, at: datetime, key: str = "") -> None:
    """Write to whoever sits in a seat; a letter with the same key is not written twice."""
    write_letter(
        f"jury/{occasion}",
        to=seat.person,
        at=at,
        key=key,
        name=seat.name,
        challenge=seat.challenge.terms.title,
        due_at=round_.due_at.isoformat() if round_.due_at else "",
        path=f"/challenges/{seat.challenge.code}/jury",
    )


def exclude_members_of_bidders(round_: Round, at: datetime) -> None:
    """Empty the seat of whoever belongs to a bidder, whatever they declared."""
    for seat, bidder in bidder_members(round_.challenge):
        if seat.vacated_at is None:
            _set_aside(seat, bidder, at)
            record("tie.found", seat, by=None, at=at, stream=round_.challenge.code)
            exclude(seat, round_, by=None, at=at)


def _set_aside(seat: Seat, bidder: Organisation, at: datetime) -> None:
    """Note as a hard tie that the holder of a seat belongs to a bidder, whatever they declared."""
    known = {declaration.bidder_id: declaration for declaration in declarations_of(seat)}
    declaration = known.get(bidder.id)
    if declaration is None:
        declaration = Declaration(code=new_code(), seat=seat, bidder=bidder, signed_at=at)
        db.session.add(declaration)
        seat.declared += 1
    declaration.tie = Tie.HARD
    with in_language("nl"):
        declaration.detail = _("Found by the platform: a member of this organisation.")


def exclude(seat: Seat, round_: Round, *, by: Person | None, at: datetime) -> None:
    """Take a seat off the jury for the whole challenge, because of a tie (R11)."""
    with in_language("nl"):
        reason = _("Excluded because of a tie with a bidder.")
    empty_seat(seat, round_, reason=reason, by=by, at=at)


def declare_ties(
    seat: Seat, *, ties: Mapping[int, tuple[Tie, str]], by: Person, at: datetime
) -> None:
    """Sign a juror's word on every bidder at once; a hard tie excludes from the whole challenge.

    `ties` gives, by the bidder's number, the tie and its detail. "None" is an answer like the
    others: it must be given.
    """
    round_ = current_round(seat.challenge)
    if seat.person_id != by.id or seat.vacated_at is not None:
        raise Refused(_("This seat is not yours."))
    if round_ is None or round_.reached not in {RoundState.CONFLICT_CHECK, RoundState.INDIVIDUAL}:
        raise Refused(_("Ties are declared after the opening, before scoring begins."))
    register = register_of(by, at)
    if register is None or register.signed_at is None:
        raise Refused(_("First sign your register of interests of this year."))
    known = {declaration.bidder_id for declaration in declarations_of(seat)}
    bidders = [bidder for bidder in bidders_of(seat.challenge) if bidder.id not in known]
    if not bidders:
        raise Refused(_("You have declared on every bidder. Report a change as a new tie."))
    check_answers(bidders, ties)
    for bidder in bidders:
        tie, detail = ties[bidder.id]
        db.session.add(
            Declaration(
                code=new_code(),
                seat=seat,
                bidder=bidder,
                tie=tie,
                detail=detail if tie is not Tie.NONE else "",
                signed_at=at,
            )
        )
    seat.declared += len(bidders)
    seat.cleared_at = None
    record("declaration.signed", seat, by=by, at=at, stream=seat.challenge.code)
    if any(ties[bidder.id][0] is Tie.HARD for bidder in bidders):
        exclude(seat, round_, by=by, at=at)


def check_answers(bidders: Collection[Organisation], ties: Mapping[int, tuple[Tie, str]]) -> None:
    """Refuse a declaration that leaves a bidder out, or does not explain a tie."""
    if unanswered := [bidder.name for bidder in bidders if bidder.id not in ties]:
        names = ", ".join(unanswered)
        raise Refused(_("Answer for every organisation. Still open: %(names)s.", names=names))
    for bidder in bidders:
        tie, detail = ties[bidder.id]
        if tie is not Tie.NONE and length(detail) < DETAIL_LENGTH:
            raise Refused(_("Explain your tie with %(name)s.", name=bidder.name))


def report_tie(  # noqa: PLR0913 - a tie has this many sides
    seat: Seat, bidder: Organisation, *, tie: Tie, detail: str, by: Person, at: datetime
) -> None:
    """Report a tie that shows late (R9): a close one empties the seat at once.

    A loose one waits for the officer, and stops the jury from moving on until it is decided.
    """
    round_ = current_round(seat.challenge)
    if seat.person_id != by.id or seat.vacated_at is not None:
        raise Refused(_("This seat is not yours."))
    if round_ is None or round_.reached not in UNDER_WAY:
        raise Refused(_("The jury has finished its scores. Tell the procurement officer instead."))
    if tie is Tie.NONE or length(detail) < DETAIL_LENGTH:
        raise Refused(_("Explain your tie with %(name)s.", name=bidder.name))
    known = {declaration.bidder_id: declaration for declaration in declarations_of(seat)}
    declaration = known.get(bidder.id)
    if declaration is None:
        raise Refused(_("First declare your ties with every organisation."))
    declaration.tie, declaration.detail, declaration.signed_at = tie, detail, at
    declaration.measure, declaration.measure_reason = None, ""
    declaration.measured_by_id = declaration.measured_at = None
    seat.cleared_at = None
    record("tie.reported", declaration, by=by, at=at, stream=seat.challenge.code, tie=str(tie))
    if tie is Tie.HARD:
        exclude(seat, round_, by=by, at=at)


def reassess(round_: Round, *, reason: str, due_at: datetime, by: Person, at: datetime) -> Round:
    """Judge everything again in a new round; the old one is kept and no longer counts.

    Whoever keeps their seat finds their old scores as a draft; a new member starts empty.
    """
    challenge = round_.challenge
    suspension = suspension_of(round_)
    is_stuck = suspension is not None and suspension.seat_id is not None
    if round_.reached in {RoundState.CONFLICT_CHECK, RoundState.INDIVIDUAL} and not is_stuck:
        raise Refused(_("The jury still scores alone. Call a reserve instead."))
    if challenge.state is not ChallengeState.OPENED or current_round(challenge) is not round_:
        raise Refused(_("This outcome was announced already, or a newer round exists."))
    if length(reason) < DETAIL_LENGTH:
        raise Refused(_("Give the reason for this decision."))
    if due_at <= at:
        raise Refused(_("Choose a moment in the future for when the scores are due."))
    again = Round(
        code=new_code(),
        challenge=challenge,
        number=round_.number + 1,
        order_key=secrets.token_bytes(32),
        due_at=due_at,
        opened_at=at,
        reason=reason,
    )
    db.session.add(again)
    record("round.reassessed", again, by=by, at=at, stream=challenge.code, number=again.number)
    return again


def decide_tie(
    declaration: Declaration, *, measure: Measure, reason: str, by: Person, at: datetime
) -> None:
    """Decide what a soft tie leads to, with the reason (2014/24/EU art. 24)."""
    seat = declaration.seat
    round_ = current_round(seat.challenge)
    check_impartial(seat.challenge, by)
    if declaration.tie is not Tie.SOFT or declaration.measure is not None or round_ is None:
        raise Refused(_("This tie asks for no decision any more."))
    if length(reason) < DETAIL_LENGTH:
        raise Refused(_("Give the reason for this decision."))
    declaration.measure = measure
    declaration.measure_reason = reason
    declaration.measured_by_id = by.id
    declaration.measured_at = at
    record(
        "tie.decided", declaration, by=by, at=at, stream=seat.challenge.code, measure=str(measure)
    )
    if measure is Measure.EXCLUDE and seat.vacated_at is None:
        exclude(seat, round_, by=by, at=at)
    clear_if_decided(seat, round_, by=by, at=at)


def start_individual(round_: Round, *, by: Person, at: datetime) -> None:
    """Let the jury read and score alone: one sheet per seat and proposal, in a drawn order."""
    check_going(round_)
    if round_.challenge.plan.readers is not None:
        raise Refused(_("Divide the proposals over the jury first."))
    exclude_members_of_bidders(round_, at)
    begin_scoring(round_, lambda seat: hand_out_sheets(round_, seat), by=by, at=at)


def begin_scoring(
    round_: Round, hand_out: Callable[[Seat], None], *, by: Person, at: datetime
) -> None:
    """Let scoring begin, with the sheets that are handed out to each seat."""
    ROUND.move("start", round_, at, given=tally(round_))
    round_.started_at = at
    seats = voting_seats(round_.challenge)
    for seat in seats:
        hand_out(seat)
        write_to(seat, "start", round_, at)
    carry_over(round_, by=by, at=at)
    for seat in seats:
        count_again(round_, seat, at=at)
    for seat in advisers_of(round_.challenge):
        hand_out_advice(round_, seat, by=by, at=at)
    record("round.started", round_, by=by, at=at, stream=round_.challenge.code)

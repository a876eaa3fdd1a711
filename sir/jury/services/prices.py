"""Opening the prices: an official and the price assessor, once no score changes any more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sir.challenges.models import Challenge, ChallengeState
from sir.challenges.queries import team_of
from sir.journal.services import record
from sir.jury.document import price_record
from sir.jury.lifecycle import ROUND
from sir.jury.models import OpenedPrice, PriceDeclaration, Round, RoundState, Tie
from sir.jury.queries.matches import sits_or_bids
from sir.jury.queries.prices import bidders_undeclared, price_declarations
from sir.jury.queries.rounds import tally
from sir.jury.queries.seats import seat_of
from sir.jury.services.rounds import check_answers
from sir.jury.services.suspensions import check_going
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.kernel.i18n import _
from sir.people.models import Person, Role
from sir.ports.clock import Clock
from sir.ports.press import Press
from sir.ports.store import Store
from sir.ports.vault import Vault
from sir.proposals.models import Opening
from sir.proposals.queries import opening_of, price_parts
from sir.proposals.rules import to_the_millisecond
from sir.proposals.services import Key, take_turn, turn_first_key, turn_second_key

OFFICIALS = frozenset({Role.OFFICER, Role.SECRETARY})


def start_price_opening(  # noqa: PLR0913 - two people's act needs this much
    round_: Round, *, code: str, by: Person, sign_in_id: int, clock: Clock, vault: Vault
) -> Opening:
    """Turn the first of two keys. Raises WrongCode, or Refused while a score may still change."""
    take_turn(round_.challenge)
    at = to_the_millisecond(clock.now())
    db.session.refresh(round_)
    check_going(round_)
    if reasons := ROUND.refusals("open_prices", round_, at, given=tally(round_)):
        raise Refused(*reasons)
    _check_official(round_, by)
    key = Key(code, by=by, sign_in_id=sign_in_id, at=at)
    return turn_first_key(round_.challenge, round_.number, key, vault)


def complete_price_opening(  # noqa: PLR0913 - two people's act needs this much
    round_: Round,
    *,
    code: str,
    by: Person,
    sign_in_id: int,
    clock: Clock,
    vault: Vault,
    press: Press,
    store: Store,
) -> Opening:
    """Turn the second key: open every price at once and print the record.

    One of the two is the price assessor, the other the procurement officer or the secretary.
    Raises WrongCode, or Refused: for the same person or session, or after ten minutes too.
    """
    challenge = take_turn(round_.challenge)
    at = to_the_millisecond(clock.now())
    db.session.refresh(round_)
    check_going(round_)
    opening = opening_of(challenge, round_.number)
    if opening is None:
        raise Refused(_("Nobody has turned the first key. Start the opening."))
    _check_official(round_, by)
    if by.id != opening.first_id:
        _check_pair(round_, opening.first, by)
    turn_second_key(opening, Key(code, by, sign_in_id, at), vault)
    is_after_pitches = round_.state is RoundState.RECONSIDERING
    ROUND.move("open_prices", round_, at, given=tally(round_))
    round_.prices_opened_at = at
    if is_after_pitches:
        round_.pitched_at = at
    prices = [
        OpenedPrice(
            round=round_,
            proposal=found.proposal,
            receipt=found.receipt,
            sha256=found.sha256,
            amount=found.amount,
        )
        for found in price_parts(opening, vault)
    ]
    db.session.add_all(prices)
    opening.count = len(prices)
    opening.record_pdf = store.keep(press.pdf(price_record(opening, prices, lang="nl"), at))
    record(
        "prices.opened",
        opening,
        by=by,
        at=at,
        stream=challenge.code,
        round=round_.number,
        count=opening.count,
        record=opening.record_pdf,
        hashes={row.proposal.code: row.sha256 for row in prices},
    )
    return opening


def declare_price_ties(
    challenge: Challenge, *, ties: Mapping[int, tuple[Tie, str]], by: Person, at: datetime
) -> None:
    """Sign a price assessor's word on every bidder, before any price opens (2014/24/EU art. 24).

    `ties` gives, by the bidder's number, the tie and its detail; "none" must be said too. With any
    tie somebody else opens the prices: there are only two keys, and no officer to weigh it.
    """
    if Role.PRICE_ASSESSOR not in _roles(challenge, by):
        raise Refused(_("Only the price assessor of this challenge declares this."))
    if challenge.state is not ChallengeState.OPENED:
        raise Refused(_("Ties are declared once two officials have opened the proposals."))
    bidders = bidders_undeclared(challenge, by)
    if not bidders:
        raise Refused(_("You have declared on every bidder."))
    check_answers(bidders, ties)
    for bidder in bidders:
        tie, detail = ties[bidder.id]
        db.session.add(
            PriceDeclaration(
                challenge_id=challenge.id,
                person_id=by.id,
                bidder=bidder,
                tie=tie,
                detail=detail if tie is not Tie.NONE else "",
                signed_at=at,
            )
        )
    record("price_ties.declared", challenge, by=by, at=at, stream=challenge.code)


def _roles(challenge: Challenge, person: Person) -> set[Role]:
    return {place.role for place in team_of(challenge) if place.person_id == person.id}


def _check_official(round_: Round, person: Person) -> None:
    challenge = round_.challenge
    if seat_of(challenge.id, person) is not None:
        raise Refused(_("Whoever sits on the jury does not open prices."))
    if Role.PRICE_ASSESSOR not in _roles(challenge, person):
        return
    if bidders_undeclared(challenge, person):
        raise Refused(_("First declare your ties with every bidder."))
    has_tie = any(row.tie is not Tie.NONE for row in price_declarations(challenge, person))
    if has_tie or sits_or_bids(challenge, person):
        raise Refused(
            _("You have a tie with a bidder, so another price assessor opens the prices.")
        )


def _check_pair(round_: Round, first: Person, second: Person) -> None:
    held: dict[int, set[Role]] = {first.id: set(), second.id: set()}
    for place in team_of(round_.challenge):
        held.get(place.person_id, set()).add(place.role)
    one, other = held[first.id], held[second.id]
    assessor = Role.PRICE_ASSESSOR
    if not ((assessor in one and other & OFFICIALS) or (assessor in other and one & OFFICIALS)):
        raise Refused(
            _(
                "The price assessor opens the prices with the procurement officer or the"
                " secretary. Ask the other of the two."
            )
        )

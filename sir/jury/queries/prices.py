"""Questions about the prices of a round."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from sir.challenges.models import Challenge
from sir.jury.models import OpenedPrice, PriceDeclaration, Round
from sir.jury.queries.seats import bidders_of, is_admitted
from sir.kernel.database import db
from sir.people.models import Organisation, Person
from sir.proposals.models import Proposal


def prices_of(round_: Round) -> list[OpenedPrice]:
    """List the opened prices by the proposals' numbers, those of excluded proposals too."""
    return list(
        db.session.scalars(
            select(OpenedPrice)
            .join(OpenedPrice.proposal)
            .where(OpenedPrice.round_id == round_.id)
            .order_by(Proposal.number)
            .options(contains_eager(OpenedPrice.proposal).joinedload(Proposal.bidder))
        )
    )


def unpriced(round_: Round) -> list[int]:
    """List the numbers of the proposals that take part without an opened price."""
    known = select(OpenedPrice.proposal_id).where(
        OpenedPrice.round_id == round_.id, OpenedPrice.amount.is_not(None)
    )
    numbers = db.session.scalars(
        select(Proposal.number)
        .where(is_admitted(round_.challenge), Proposal.id.not_in(known))
        .order_by(Proposal.number)
    )
    return [number for number in numbers if number is not None]


def lowest_price(round_: Round) -> Decimal | None:
    """Give the lowest price that was opened, whatever became of its proposal."""
    amounts = db.session.scalars(
        select(OpenedPrice.amount).where(
            OpenedPrice.round_id == round_.id, OpenedPrice.amount.is_not(None)
        )
    )
    return min((amount for amount in amounts if amount is not None), default=None)


def are_sealed_anew(round_: Round) -> bool:
    """Say whether this round's prices are known while a later one judges without them."""
    if round_.prices_opened_at is None:
        return False
    later = aliased(Round)
    newest = select(func.max(later.number)).where(later.challenge_id == round_.challenge_id)
    return not db.session.scalar(
        select(Round.prices_opened_at.is_not(None)).where(
            Round.challenge_id == round_.challenge_id, Round.number == newest.scalar_subquery()
        )
    )


def price_declarations(challenge: Challenge, person: Person) -> list[PriceDeclaration]:
    """List what a price assessor declared on the bidders of a challenge."""
    return list(
        db.session.scalars(
            select(PriceDeclaration)
            .where(
                PriceDeclaration.challenge_id == challenge.id,
                PriceDeclaration.person_id == person.id,
            )
            .order_by(PriceDeclaration.id)
            .options(joinedload(PriceDeclaration.bidder))
        )
    )


def bidders_undeclared(challenge: Challenge, person: Person) -> list[Organisation]:
    """List the bidders on whom a price assessor still has to give their word."""
    known = {row.bidder_id for row in price_declarations(challenge, person)}
    return [bidder for bidder in bidders_of(challenge) if bidder.id not in known]

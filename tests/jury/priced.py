"""A jury's story in which the price counts, told through the services."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from sir.jury.models import Tie
from sir.jury.queries import bidders_of, items_of
from sir.jury.services import (
    complete_price_opening,
    declare_price_ties,
    lock_quality,
    make_ranking,
    start_price_opening,
)
from sir.kernel.database import db
from sir.kernel.transaction import transaction
from sir.people.models import Role
from sir.workflows.models import PriceFormula
from tests.jury.finals import Finals
from tests.jury.story import REASON, Story
from tests.makers import FROZEN, NOON, make_plan
from tests.proposals.story import Official, printer

PRICES = ("30.000", "20.000", "10.000")
MINUTE = timedelta(minutes=1)


def priced_plan(formula=PriceFormula.ABSOLUTE, **given):
    """Half for quality and half for the price: all points at 10,000, none at 30,000."""
    bounds = {"price_floor": Decimal(10_000), "price_ceiling": Decimal(30_000)}
    rules = bounds if formula is PriceFormula.ABSOLUTE else {"no_new_ranking": True}
    rules |= {"price_weight": Decimal(50), "price_formula": formula}
    plan = make_plan(**(FROZEN | rules | given))
    for row in plan.criteria:
        row.weight /= 2
    return plan


@dataclass
class Keys:
    """Who can open prices, and the clock they look at."""

    officer: Official
    secretary: Official
    assessor: Official


class _Prices:
    """What a story needs when the price counts."""

    def with_prices(self, prices=PRICES):
        self.written(prices=prices)
        self.keys = Keys(
            *(
                Official(role, self.challenge)
                for role in (Role.OFFICER, Role.SECRETARY, Role.PRICE_ASSESSOR)
            )
        )
        self.declares_for_prices()
        return self

    def declares_for_prices(self, tie=Tie.NONE, detail=""):
        """Let the assessor give their word on every bidder; on the first one this tie."""
        bidders = bidders_of(self.challenge)
        ties = {bidder.id: (Tie.NONE, "") for bidder in bidders}
        ties[bidders[0].id] = (tie, detail)
        declare_price_ties(self.challenge, ties=ties, by=self.keys.assessor.person, at=NOON)
        db.session.commit()

    def locked(self, *levels):
        """Agree on one level per proposal, by number, and settle the scores."""
        self.conferring()
        by_number = dict(enumerate([*levels, 4, 4, 4, 4][: len(self.proposals)], 1))
        for item in items_of(self.round):
            self.agrees(item, by_number[item.proposal.number], extra_reason=REASON)
        lock_quality(self.round, by=self.chair.person, at=NOON)
        db.session.commit()
        return self

    def starts(self, clock, official=None, *, at=NOON):
        clock.at = at
        official = official or self.keys.officer
        with transaction(in_turn=True):
            return start_price_opening(self.round, **official.key(clock.at))

    def completes(self, clock, official=None, *, at=NOON + MINUTE, **given):
        clock.at = at
        official = official or self.keys.assessor
        with transaction(in_turn=True):
            return complete_price_opening(
                self.round, **official.key(clock.at, **given), **printer()
            )

    def opens(self, clock, at=NOON):
        self.starts(clock, at=at)
        self.completes(clock, at=at + MINUTE)
        return self

    def ranks(self, reason=""):
        ranking = make_ranking(self.round, by=self.secretary, at=NOON, reason=reason)
        db.session.flush()
        return ranking


class Priced(_Prices, Story):
    """One round in which the price counts."""

    def __init__(self, prices=PRICES, *, formula=PriceFormula.ABSOLUTE, **given):
        super().__init__(len(prices), plan=priced_plan(formula, **given))
        self.with_prices(prices)


class PricedFinals(_Prices, Finals):
    """Two stages in which the price counts."""

    def __init__(self, prices=PRICES, **given):
        super().__init__(len(prices), plan=priced_plan(), **given)
        self.with_prices(prices)

"""A jury in any order where the price counts: nobody knows one before two people opened them."""

from decimal import Decimal

import pytest
from flask import current_app
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import select

from sir.jury.models import OpenedPrice, RoundState
from sir.jury.queries import items_of, prices_of, voting_seats
from sir.jury.services import complete_price_opening, start_price_opening
from sir.kernel.database import db
from sir.permissions import may, standing_of
from sir.proposals.models import OpeningState
from sir.proposals.queries import opening_of
from tests.jury.priced import MINUTE, Priced
from tests.jury.test_machine import HOW, Jury
from tests.makers import NOON
from tests.proposals.story import printer

ASKED = [Decimal("12345.67"), Decimal("10000.01")]


class PricedJury(Jury):
    """The same, where the price counts for half: two people open it once the scores are fixed."""

    prices = ("12.345,67", "10.000,01")

    def begins(self):
        self.clock = current_app.extensions["sir.clock"]
        self.first = None
        return Priced(self.prices)

    @property
    def officials(self):
        return [self.story.keys.officer, self.story.keys.secretary, self.story.keys.assessor]

    def turns(self, act, official):
        self.clock.at += MINUTE  # the code of an app is new each time
        return self.tries(lambda: act(self.story.round, **official.key(self.clock.at)))

    @rule(by=st.integers(0, 2))
    def somebody_turns_the_first_key(self, by):
        if self.turns(start_price_opening, self.officials[by]):
            self.first = by
            assert self.story.round.state is RoundState.QUALITY_LOCKED

    @rule(by=st.integers(0, 2))
    def somebody_turns_the_second_key(self, by):
        is_done = self.turns(
            lambda round_, **key: complete_price_opening(round_, **key, **printer()),
            self.officials[by],
        )
        if is_done:
            assert 2 in {by, self.first}, "The price assessor is one of the two."
            assert by != self.first
            assert self.is_full()
            assert all(item.level_id for item in items_of(self.story.round))

    @precondition(lambda self: self.story.round.state is RoundState.QUALITY_LOCKED)
    @rule()
    def two_people_open_the_prices(self):
        self.somebody_turns_the_first_key(0)
        self.somebody_turns_the_second_key(2)

    @invariant()
    def nobody_knows_a_price_before_two_people_opened_it(self):
        round_ = self.story.round
        opened = db.session.scalars(
            select(OpenedPrice.amount).where(OpenedPrice.round_id == round_.id)
        ).all()
        if round_.prices_opened_at is None:
            assert opened == []
            assert round_.reached not in {RoundState.PRICE_OPENED, RoundState.RANKED}
            for seat in voting_seats(self.story.challenge):
                assert not may(standing_of(seat.person), "price.read", round_)
            return
        opening = opening_of(self.story.challenge, round_.number)
        assert opening.state is OpeningState.COMPLETED
        assert opening.first_id != opening.second_id
        assert set(opened) <= set(ASKED)
        for row in prices_of(round_):
            assert row.amount == ASKED[row.proposal.number - 1]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_whatever_a_jury_tries_no_price_is_known_before_its_time(app, clock):
    clock.at = NOON
    run_state_machine_as_test(PricedJury, settings=HOW)

"""A jury in any order: whatever anybody tries, what a court would ask of the record stays true."""

import json

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from sir.jury.models import Ranking, RoundState, SeatKind, SheetState
from sir.jury.queries import current_round, items_of, seats_of, sheets_of, voting_seats
from sir.jury.rules.ranking import rank
from sir.jury.rules.roundfile import read_plan, read_scores, written_outcome
from sir.jury.rules.sheets import Marks
from sir.jury.services import (
    agree_item,
    call_reserve,
    lock_quality,
    make_ranking,
    open_consensus,
    save_sheet,
    start_individual,
    submit_sheets,
    take_back_sheets,
    vacate_seat,
)
from sir.kernel.database import db
from sir.kernel.errors import Refused
from tests.jury.story import REASON, Story

WHY = "Dit is de reden, en die is lang genoeg om te begrijpen."
ANY = st.integers(0, 7)
ALONE = {RoundState.INDIVIDUAL}
ORDER = list(RoundState)


class Jury(RuleBasedStateMachine):
    """Three seats and a reserve judge two proposals; chair, secretary and strangers all try."""

    def __init__(self):
        super().__init__()
        self.story = story = Story(proposals=2)
        story.seated()
        self.reserve = story.seat("jurylid", SeatKind.RESERVE)
        story.opened()
        for seat in (*voting_seats(story.challenge), self.reserve):
            story.declares(seat)
        start_individual(story.round, by=story.secretary, at=story.at)
        db.session.flush()
        self.seen = story.round.state
        self.rankings = {}

    def seat(self, n):
        seats = seats_of(self.story.challenge)
        return seats[n % len(seats)]

    def person(self, n):
        people = [seat.person for seat in seats_of(self.story.challenge)]
        return [*people, self.story.secretary, self.story.owner][n % (len(people) + 2)]

    def tries(self, act):
        """Do it whole, or not at all."""
        db.session.flush()
        before = self.record()
        try:
            with db.session.begin_nested():
                act()
                db.session.flush()
        except Refused:
            db.session.expire_all()
            assert self.record() == before
            return False
        return True

    def record(self):
        """Everything a refusal may not touch."""
        sheets = [
            (
                sheet.id,
                sheet.state,
                sheet.version,
                sorted((cell.criterion_id, cell.level_id, cell.reason) for cell in sheet.cells),
            )
            for seat in seats_of(self.story.challenge)
            for sheet in sheets_of(self.story.round, seat)
        ]
        items = [(item.id, item.state, item.level_id) for item in items_of(self.story.round)]
        seats = [(seat.id, seat.kind, seat.vacated_at) for seat in seats_of(self.story.challenge)]
        return self.story.round.state, sheets, items, seats

    # -- What people try ------------------------------------------------------------------

    @rule(of=ANY, at=ANY, level=st.integers(0, 9), length=st.sampled_from([0, 79, 80, 900]))
    def a_juror_fills_in_a_sheet(self, of, at, level, length):
        seat = self.seat(of)
        sheets = sheets_of(self.story.round, seat)
        if not sheets:
            return
        sheet = sheets[at % len(sheets)]
        keys = [row.key for row in self.story.plan.criteria]
        marks = Marks(dict.fromkeys(keys, level), dict.fromkeys(keys, "x" * length), "")
        is_done = self.tries(
            lambda: save_sheet(
                sheet, version=sheet.version, marks=marks, by=seat.person, at=self.story.at
            )
        )
        if is_done:
            assert self.story.round.state in ALONE
            assert seat.vacated_at is None

    @rule(of=ANY, level=st.integers(1, 6))
    def a_juror_fills_in_everything(self, of, level):
        seat = self.seat(of)
        keys = [row.key for row in self.story.plan.criteria]
        marks = Marks(dict.fromkeys(keys, level), dict.fromkeys(keys, REASON), "")
        for sheet in sheets_of(self.story.round, seat):
            self.tries(
                lambda sheet=sheet: save_sheet(
                    sheet, version=sheet.version, marks=marks, by=seat.person, at=self.story.at
                )
            )

    @rule(of=ANY, by=ANY)
    def somebody_hands_in(self, of, by):
        seat, person = self.seat(of), self.person(by)
        is_done = self.tries(
            lambda: submit_sheets(self.story.round, seat, by=person, at=self.story.at)
        )
        if is_done:
            assert seat.person_id == person.id
            for sheet in sheets_of(self.story.round, seat):
                assert sheet.state is SheetState.SUBMITTED
                assert len(sheet.cells) == len(self.story.plan.criteria)
                assert all(cell.level_id and len(cell.reason) >= 80 for cell in sheet.cells)

    @rule(of=ANY, reason=st.sampled_from(["", "kort", WHY]))
    def a_juror_takes_back(self, of, reason):
        seat = self.seat(of)
        is_done = self.tries(
            lambda: take_back_sheets(
                self.story.round, seat, reason=reason, by=seat.person, at=self.story.at
            )
        )
        assert not is_done or (self.story.round.state in ALONE and reason == WHY)

    @rule(of=ANY)
    def the_secretary_empties_a_seat(self, of):
        seat = self.seat(of)
        if seat.kind is SeatKind.CHAIR:
            return  # without a chair nothing goes on, and this test wants to see more
        is_done = self.tries(
            lambda: vacate_seat(seat, reason=WHY, by=self.story.secretary, at=self.story.at)
        )
        if is_done:
            assert {sheet.state for sheet in sheets_of(self.story.round, seat)} <= {SheetState.VOID}

    @rule(of=ANY)
    def the_secretary_calls_the_reserve(self, of):
        seat = self.seat(of)
        is_done = self.tries(
            lambda: call_reserve(seat, self.reserve, by=self.story.secretary, at=self.story.at)
        )
        assert not is_done or (seat.vacated_at and self.story.round.state in ALONE)

    @rule(by=ANY)
    def the_chair_brings_the_jury_together(self, by):
        is_done = self.tries(
            lambda: open_consensus(self.story.round, by=self.person(by), at=self.story.at)
        )
        assert not is_done or self.all_is_in()

    @precondition(lambda self: self.story.round.state is RoundState.CONSENSUS)
    @rule(at=st.integers(0, 30), level=st.integers(1, 6), extra=st.sampled_from(["", WHY]))
    def the_jury_agrees(self, at, level, extra):
        items = items_of(self.story.round)
        item = items[at % len(items)]
        self.tries(lambda: self.agree(item, level, extra))

    @precondition(lambda self: self.story.round.state is RoundState.CONSENSUS)
    @rule(level=st.integers(1, 6))
    def the_jury_agrees_on_everything(self, level):
        for item in items_of(self.story.round):
            assert self.tries(lambda item=item: self.agree(item, level, WHY))

    def agree(self, item, position, extra):
        level = next(row for row in self.story.plan.levels if row.position == position)
        agree_item(
            item,
            version=item.version,
            level=level,
            reason=REASON,
            extra_reason=extra,
            by=self.story.chair.person,
            at=self.story.at,
        )

    @rule()
    def the_scores_are_settled(self):
        is_done = self.tries(
            lambda: lock_quality(self.story.round, by=self.story.chair.person, at=self.story.at)
        )
        if is_done:
            assert all(item.level_id and item.reason for item in items_of(self.story.round))

    @rule(reason=st.sampled_from(["", WHY]))
    def a_ranking_is_made(self, reason):
        self.tries(
            lambda: make_ranking(
                self.story.round, by=self.story.secretary, at=self.story.at, reason=reason
            )
        )

    # -- What stays true ------------------------------------------------------------------

    def all_is_in(self):
        """Every announced seat has scored every proposal."""
        seats = voting_seats(self.story.challenge)
        return len(seats) == self.story.plan.seat_count and all(
            len(sheets) == 2
            and {sheet.state for sheet in sheets} <= {SheetState.SUBMITTED, SheetState.LOCKED}
            for sheets in (sheets_of(self.story.round, seat) for seat in seats)
        )

    @invariant()
    def a_round_never_goes_back(self):
        state = current_round(self.story.challenge).state
        assert ORDER.index(state) >= ORDER.index(self.seen)
        self.seen = state

    @invariant()
    def nothing_is_agreed_while_somebody_still_scores_alone(self):
        if self.story.round.state in ALONE:
            assert items_of(self.story.round) == []

    @invariant()
    def a_ranking_stands_for_the_whole_announced_jury_and_never_changes(self):
        query = select(Ranking).where(Ranking.round_id == self.story.round.id)
        for ranking in db.session.scalars(query):
            kept = (ranking.inputs, ranking.inputs_sha256, json.dumps(ranking.result))
            assert self.rankings.setdefault(ranking.id, kept) == kept
            document = {k: v for k, v in json.loads(ranking.inputs).items() if k != "about"}
            plan, scores = read_plan(document), read_scores(document)
            assert len(scores.seats) == self.story.plan.seat_count
            assert {name: set(sheets) for name, sheets in scores.sheets.items()} == {
                "1": set(scores.seats),
                "2": set(scores.seats),
            }
            again = written_outcome(rank(plan, scores))
            assert again["ranking"] == ranking.result["ranking"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_whatever_a_jury_tries_the_record_stays_sound(app):
    run_state_machine_as_test(
        Jury,
        settings=settings(
            max_examples=12,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],  # a shorter story is not worth a long wait
        ),
    )

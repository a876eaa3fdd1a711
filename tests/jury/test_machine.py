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
from sir.jury.queries import (
    current_round,
    items_of,
    proposals_of,
    seats_of,
    sheets_of,
    suspensions_of,
    voting_seats,
)
from sir.jury.rules.ranking import rank
from sir.jury.rules.roundfile import read_plan, read_scores, written_outcome
from sir.jury.rules.sheets import Marks
from sir.jury.services import (
    agree_item,
    call_reserve,
    judge_after_all,
    lock_quality,
    make_ranking,
    open_consensus,
    resume_round,
    save_sheet,
    start_individual,
    submit_sheets,
    suspend_round,
    take_back_sheets,
    vacate_seat,
)
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.proposals.models import ProposalState
from sir.proposals.services import WrongCode, exclude_proposal
from tests.jury.story import REASON, Story

WHY = "Dit is de reden, en die is lang genoeg om te begrijpen."
ANY = st.integers(0, 7)
ALONE = {RoundState.INDIVIDUAL}
ORDER = list(RoundState)


class Jury(RuleBasedStateMachine):
    """Three seats and a reserve judge two proposals; chair, secretary and strangers all try."""

    prices = ()

    def __init__(self):
        super().__init__()
        self.story = story = self.begins()
        story.seated()
        self.reserve = story.seat("jurylid", SeatKind.RESERVE)
        story.opened()
        for seat in (*voting_seats(story.challenge), self.reserve):
            story.declares(seat)
        start_individual(story.round, by=story.secretary, at=story.at)
        db.session.flush()
        self.seen = story.round.reached
        self.due_at = story.round.due_at
        self.rankings = {}

    def begins(self):
        return Story(proposals=2)

    def seat(self, n):
        seats = seats_of(self.story.challenge)
        return seats[n % len(seats)]

    def person(self, n):
        people = [seat.person for seat in seats_of(self.story.challenge)]
        return [*people, self.story.secretary, self.story.owner][n % (len(people) + 2)]

    def lies_still(self):
        return self.story.round.state is RoundState.SUSPENDED

    def tries(self, act, *, although_it_lies_still=False):
        """Do it whole, or not at all; and while the round lies still only what may be done then."""
        db.session.flush()
        before = self.record()
        is_allowed = although_it_lies_still or not self.lies_still()
        try:
            with db.session.begin_nested():
                act()
                db.session.flush()
        except (Refused, WrongCode):
            db.session.expire_all()
            assert self.record() == before
            return False
        assert is_allowed or self.record() == before
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
        states = [row.state for row in self.story.proposals]
        stops = [(row.id, row.ended_at) for row in suspensions_of(self.story.round)]
        round_ = self.story.round
        halted = (round_.state, round_.suspended_from, round_.due_at, stops)
        return halted, sheets, items, seats, states

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
        self.fills_in_everything(self.seat(of), level)

    def fills_in_everything(self, seat, level):
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
        self.hands_in(self.seat(of), self.person(by))

    def hands_in(self, seat, person):
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
            lambda: vacate_seat(seat, reason=WHY, by=self.story.secretary, at=self.story.at),
            although_it_lies_still=True,
        )
        if is_done:
            assert {sheet.state for sheet in sheets_of(self.story.round, seat)} <= {SheetState.VOID}

    @rule(of=ANY)
    def the_secretary_calls_the_reserve(self, of):
        seat = self.seat(of)
        is_done = self.tries(
            lambda: call_reserve(seat, self.reserve, by=self.story.secretary, at=self.story.at),
            although_it_lies_still=True,
        )
        assert not is_done or (seat.vacated_at and self.story.round.reached in ALONE)

    @rule(reason=st.sampled_from(["", WHY]))
    def the_secretary_suspends(self, reason):
        is_done = self.tries(
            lambda: suspend_round(
                self.story.round, reason=reason, by=self.story.secretary, at=self.story.at
            )
        )
        assert not is_done or (reason and self.lies_still())

    @precondition(lambda self: self.lies_still())
    @rule(reason=st.sampled_from(["", WHY]))
    def the_chair_lets_it_go_on(self, reason):
        was, full = self.story.round.reached, self.is_full()
        is_done = self.tries(
            lambda: resume_round(
                self.story.round, reason=reason, by=self.story.chair.person, at=self.story.at
            ),
            although_it_lies_still=True,
        )
        assert is_done == bool(reason and full)
        assert not is_done or self.story.round.state is was

    @rule(of=st.integers(0, 1))
    def a_proposal_is_left_out(self, of):
        proposal = self.story.proposals[of]
        is_done = self.tries(
            lambda: exclude_proposal(
                proposal, reason=WHY, by=self.story.secretary, at=self.story.at
            ),
            although_it_lies_still=True,
        )
        assert not is_done or proposal.state is ProposalState.INADMISSIBLE

    @rule(of=st.integers(0, 1))
    def a_proposal_is_to_be_judged_after_all(self, of):
        is_done = self.tries(
            lambda: judge_after_all(
                self.story.proposals[of], reason=WHY, by=self.story.officer, at=self.story.at
            ),
            although_it_lies_still=True,
        )
        assert not is_done, "Somebody scored already: only a new round can take it in."

    @rule(level=st.integers(1, 6))
    def everything_goes_well(self, level):
        """Take the next step as a jury that works does, so that the later phases come too."""
        state = self.story.round.state
        if state in ALONE:
            for number, seat in enumerate(voting_seats(self.story.challenge)):
                self.fills_in_everything(seat, (level + number) % 6 + 1)
                self.hands_in(seat, seat.person)
            self.confers(self.story.chair.person)
        elif state is RoundState.CONSENSUS:
            for item in items_of(self.story.round):
                self.tries(lambda item=item: self.agree(item, level, REASON))
            self.the_scores_are_settled()
        else:
            self.a_ranking_is_made(WHY)

    @rule(by=ANY)
    def the_chair_brings_the_jury_together(self, by):
        self.confers(self.person(by))

    def confers(self, person):
        is_done = self.tries(lambda: open_consensus(self.story.round, by=person, at=self.story.at))
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
            assert self.tries(lambda item=item: self.agree(item, level, REASON))

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
        made = []
        is_done = self.tries(
            lambda: made.append(
                make_ranking(
                    self.story.round, by=self.story.secretary, at=self.story.at, reason=reason
                )
            )
        )
        if is_done:
            taking_part = {str(row.number) for row in proposals_of(self.story.challenge)}
            assert {row["proposal"] for row in made[0].result["ranking"]} == taking_part
            assert ("prices" in json.loads(made[0].inputs)) is bool(self.prices)

    # -- What stays true ------------------------------------------------------------------

    def all_is_in(self):
        """Every announced seat has scored every proposal that takes part."""
        admitted = {row.id for row in proposals_of(self.story.challenge)}
        return self.is_full() and all(
            {sheet.proposal_id for sheet in sheets_of(self.story.round, seat) if is_in(sheet)}
            >= admitted
            for seat in voting_seats(self.story.challenge)
        )

    def is_full(self):
        return len(voting_seats(self.story.challenge)) == self.story.plan.seat_count

    @invariant()
    def a_round_never_goes_back(self):
        state = current_round(self.story.challenge).reached
        assert ORDER.index(state) >= ORDER.index(self.seen)
        self.seen = state

    @invariant()
    def a_round_lies_still_as_long_as_there_is_a_reason_on_record(self):
        round_ = self.story.round
        still_open = [row for row in suspensions_of(round_) if row.ended_at is None]
        assert len(still_open) == (1 if self.lies_still() else 0)
        assert all(row.seat_id or row.reason for row in still_open)
        assert round_.due_at >= self.due_at
        self.due_at = round_.due_at

    @invariant()
    def nobody_scores_while_an_announced_seat_is_empty_without_a_reserve_to_ask(self):
        offered = [seat for seat in seats_of(self.story.challenge) if seat.offered_id]
        assert self.is_full() or offered or self.lies_still()

    @invariant()
    def nothing_is_agreed_while_somebody_still_scores_alone(self):
        if self.story.round.reached in ALONE:
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
            assert scores.sheets.keys() <= {"1", "2"}
            assert all(set(sheets) == set(scores.seats) for sheets in scores.sheets.values())
            again = written_outcome(rank(plan, scores))
            assert again["ranking"] == ranking.result["ranking"]


def is_in(sheet):
    return sheet.state in {SheetState.SUBMITTED, SheetState.LOCKED}


HOW = settings(
    max_examples=8,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],  # a shorter story is not worth a long wait
)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_whatever_a_jury_tries_the_record_stays_sound(app):
    run_state_machine_as_test(Jury, settings=HOW)

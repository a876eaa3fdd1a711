"""What waits for the team of a challenge: owner, officer, approver and secretary."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import aliased, joinedload, lazyload

from sir.challenges.models import Challenge, ChallengeState, ReviewNote, TeamPlace
from sir.challenges.queries import IN_BRIEF
from sir.challenges.rules import OVER
from sir.decisions.models import Decision, DecisionLetter, DecisionState, Withdrawal
from sir.desk.queries.tasks import Task
from sir.jury.models import ConsensusItem, ItemState, Round, RoundState, Seat, SeatKind, Workload
from sir.jury.rules.conditions import UNDER_WAY
from sir.jury.rules.pitches import pitches_are_promised
from sir.jury.rules.vacancies import endangered_on
from sir.kernel.database import db
from sir.kernel.i18n import _, lazy
from sir.people.models import Role
from sir.people.rules import Standing
from sir.proposals.rules import asks_price
from sir.questions.models import Question, QuestionState
from sir.residency.models import Milestone, MilestoneState, Residency, ResidencyState
from sir.workflows.models import Plan

ROLES = frozenset({Role.OWNER, Role.OFFICER, Role.APPROVER, Role.SECRETARY, Role.PRICE_ASSESSOR})


@dataclass(frozen=True)
class Situation:
    """One challenge somebody has a role on, with the counts that say what is next."""

    role: Role
    challenge: Challenge
    decision: Decision | None
    round: Round | None
    was_sent_back: bool
    counts: dict[str, tuple[int, int]] = field(default_factory=dict)  # total, done

    def is_at(self, *states: ChallengeState) -> bool:
        """Say whether the challenge is in one of these states."""
        return self.challenge.state in states

    def counted(self, what: str) -> tuple[int, int]:
        """Give (total, done); nothing counted is nothing to do."""
        return self.counts.get(what, (0, 0))


# What a round waits for once the jury has agreed.
AFTER_CONSENSUS: dict[RoundState, Any] = {
    RoundState.QUALITY_LOCKED: lazy("Make the ranking"),
    RoundState.PRICE_OPENED: lazy("Make the ranking"),
    RoundState.RANKED: lazy("Make the report of the jury"),
    RoundState.PITCHING: lazy("Let the finalists pitch"),
    RoundState.RECONSIDERING: lazy("Record what the jury agrees on the finalists"),
    RoundState.SIGNING: lazy("Wait for the signatures"),
}


def team_tasks(me: Standing, at: datetime) -> Iterator[Task]:
    """Yield what each role on each challenge can do now."""
    if me.person is None or not {role for role, _on in me.assignments} & ROLES:
        return
    acts = {
        Role.OWNER: _owner,
        Role.OFFICER: _officer,
        Role.APPROVER: _approver,
        Role.SECRETARY: _secretary,
        Role.PRICE_ASSESSOR: _price_assessor,
    }
    for situation in _situations(me.person.id):
        yield from acts[situation.role](situation, at)
    yield from _milestones(me.person.id)


def _situations(person_id: int) -> list[Situation]:
    later = aliased(Round)
    newest = (
        select(func.max(later.number)).where(later.challenge_id == Challenge.id).scalar_subquery()
    )
    notes = select(ReviewNote.id).where(ReviewNote.challenge_id == Challenge.id).exists()
    rows = db.session.execute(
        select(TeamPlace.role, Challenge, Decision, Round, notes)
        .join(Challenge, TeamPlace.challenge_id == Challenge.id)
        .outerjoin(
            Decision,
            and_(Decision.challenge_id == Challenge.id, Decision.state != DecisionState.WITHDRAWN),
        )
        .outerjoin(Round, and_(Round.challenge_id == Challenge.id, Round.number == newest))
        .where(
            TeamPlace.person_id == person_id,
            TeamPlace.role.in_(ROLES),
            Challenge.state.not_in(OVER),
        )
        .order_by(Challenge.id)
        .options(
            IN_BRIEF,
            joinedload(Challenge.plan).options(lazyload(Plan.criteria), lazyload(Plan.levels)),
        )
    ).all()
    counts = _counts([row[1].id for row in rows])
    return [Situation(*row, counts[row[1].id]) for row in rows]


def _counts(challenges: Sequence[int]) -> dict[int, dict[str, tuple[int, int]]]:
    """Count, per challenge, how much there is and how much of it is done: six questions."""
    found: dict[int, dict[str, tuple[int, int]]] = defaultdict(dict)

    def count(what: str, challenge: Any, is_done: Any, query: Any) -> None:
        rows = db.session.execute(
            query.add_columns(challenge, func.count(), func.sum(case((is_done, 1), else_=0)))
            .where(challenge.in_(challenges))
            .group_by(challenge)
        )
        for number, total, done in rows:
            found[number][what] = (total, done)

    count(
        "questions",
        Question.challenge_id,
        Question.state == QuestionState.PUBLISHED,
        select().where(Question.state != QuestionState.WITHDRAWN),
    )
    count(
        "seats",
        Seat.challenge_id,
        Seat.accepted_at.is_not(None),
        select().where(Seat.vacated_at.is_(None), Seat.kind.in_({SeatKind.CHAIR, SeatKind.JUROR})),
    )
    # the jurors' own counts are added up: thousands of sheets stay where they are
    for number, total, done in db.session.execute(
        select(Round.challenge_id, func.sum(Workload.assigned), func.sum(Workload.submitted))
        .join(Workload.round)
        .where(Round.challenge_id.in_(challenges))
        .group_by(Round.challenge_id, Round.number)
        .order_by(Round.number)
    ):
        found[number]["sheets"] = (total, done)
    count(
        "items",
        Round.challenge_id,
        ConsensusItem.state != ItemState.OPEN,
        select().select_from(ConsensusItem).join(Round, ConsensusItem.round_id == Round.id),
    )
    count(
        "letters",
        Decision.challenge_id,
        DecisionLetter.checked_at.is_not(None),
        select()
        .select_from(DecisionLetter)
        .join(Decision, DecisionLetter.decision_id == Decision.id)
        .where(Decision.state != DecisionState.WITHDRAWN),
    )
    count(
        "withdrawals",
        Decision.challenge_id,
        Withdrawal.confirmed_at.is_not(None),
        select()
        .select_from(Withdrawal)
        .join(Decision, Withdrawal.decision_id == Decision.id)
        .where(Withdrawal.closed_at.is_(None)),
    )
    return found


def _task(row: Situation, what: str, endpoint: str, due: Any = None, progress: str = "") -> Task:
    return Task(row.role, what, row.challenge, endpoint, row.challenge.code, due, progress)


def _of(done: int, total: int) -> str:
    return str(_("%(done)s of %(total)s", done=done, total=total))


def _has_open(row: Situation, what: str) -> bool:
    total, done = row.counted(what)
    return done < total


def _owner(row: Situation, _at: datetime) -> Iterator[Task]:
    if row.is_at(ChallengeState.DRAFT):
        what = _("Sent back: read the remarks") if row.was_sent_back else _("Finish the draft")
        yield _task(row, what, "challenges.manage")


def _officer(row: Situation, at: datetime) -> Iterator[Task]:
    challenge = row.challenge
    if row.is_at(ChallengeState.REVIEW):
        yield _task(row, _("Read the draft along"), "challenges.review")
    elif row.is_at(ChallengeState.APPROVED):
        yield _task(row, _("Publish the challenge"), "challenges.publish", challenge.closes_at)
    elif row.is_at(ChallengeState.PUBLISHED):
        total, done = row.counted("questions")
        if done < total:
            progress = _of(done, total)
            yield _task(
                row, _("Answer questions"), "questions.index", challenge.answers_by, progress
            )
        if challenge.closes_at is not None and at >= challenge.closes_at:
            yield _task(row, _("Open the vault with a colleague"), "proposals.opening")
    elif _prices_are_due(row):
        yield _open_prices(row)
    elif _awaits_decision(row):
        yield _task(row, _("Draw up the letters"), "decisions.show", challenge.decision_on)
    elif row.decision and row.decision.state is DecisionState.DRAFT:
        yield from _letters(row)
    elif row.decision and row.decision.state is DecisionState.SUSPENDED:
        yield _task(row, _("Record how the case ended"), "decisions.show")


def _approver(row: Situation, at: datetime) -> Iterator[Task]:
    decision = row.decision
    if row.is_at(ChallengeState.REVIEW):
        yield _task(row, _("Approve the challenge or send it back"), "challenges.review")
    elif row.is_at(ChallengeState.NOTIFIED) and _has_open(row, "withdrawals"):
        yield _task(row, _("Answer the proposed withdrawal"), "decisions.withdrawal")
    elif decision and decision.state is DecisionState.DRAFT:
        total, done = row.counted("letters")
        if total == done:
            what = (
                _("Letters agreed to: they wait for the rest of the call")
                if decision.cleared_at
                else _("Send the letters")
            )
            yield _task(row, what, "decisions.release", row.challenge.decision_on)
    elif decision and decision.state is DecisionState.NOTIFIED:
        ends_at = decision.standstill_ends_at
        is_over = ends_at is not None and at >= ends_at
        what = _("Make the award final") if is_over else _("Standstill: award possible from")
        yield _task(row, what, "decisions.show", ends_at)


def _secretary(row: Situation, _at: datetime) -> Iterator[Task]:
    round_, challenge = row.round, row.challenge
    yield from _empty_seats(row)
    if not row.is_at(ChallengeState.OPENED):
        return
    if round_ is None:
        yield _task(row, _("Let the judging begin"), "jury.show")
    elif round_.state is RoundState.SUSPENDED:
        yield _task(row, _("The judging is suspended: see what it waits for"), "jury.show")
    elif round_.state is RoundState.CONFLICT_CHECK:
        yield _task(row, _("Wait for declarations, then start scoring"), "jury.show", round_.due_at)
    elif round_.state is RoundState.INDIVIDUAL:
        total, done = row.counted("sheets")
        what = _("Follow the scoring")
        yield _task(row, what, "jury.show", round_.due_at, _of(done, total))
    elif round_.state is RoundState.CONSENSUS:
        total, done = row.counted("items")
        what = _("Record what the jury agrees")
        yield _task(row, what, "jury.show", challenge.decision_on, _of(done, total))
    elif _prices_are_due(row):
        yield _open_prices(row)
    elif round_.state in AFTER_CONSENSUS:
        yield _task(row, str(AFTER_CONSENSUS[round_.state]), "jury.show", challenge.decision_on)
    elif row.decision is None:
        yield _task(row, _("Draw up the letters"), "decisions.show", challenge.decision_on)
    else:
        yield from _letters(row)


def _price_assessor(row: Situation, _at: datetime) -> Iterator[Task]:
    if _prices_are_due(row):
        yield _open_prices(row)


def _prices_are_due(row: Situation) -> bool:
    """Say whether two people may open the prices now: no score changes any more."""
    round_, plan = row.round, row.challenge.plan
    if round_ is None or not row.is_at(ChallengeState.OPENED):
        return False
    if not asks_price(plan) or round_.prices_opened_at is not None:
        return False
    if round_.state is RoundState.RECONSIDERING:
        total, done = row.counted("items")
        return total == done
    is_over = round_.pitched_at is not None or not pitches_are_promised(plan)
    return is_over and round_.state in {RoundState.QUALITY_LOCKED, RoundState.RANKED}


def _open_prices(row: Situation) -> Task:
    assert row.round is not None, "Prices are opened in a round."
    what = _("Open the prices with a colleague")
    due = row.challenge.decision_on
    return Task(row.role, what, row.challenge, "jury.prices", row.round.code, due)


def _empty_seats(row: Situation) -> Iterator[Task]:
    """Say how many announced seats are taken, and from when the others endanger the calendar."""
    round_, challenge = row.round, row.challenge
    _total, done = row.counted("seats")
    announced = max(challenge.plan.seat_count, len(challenge.plan.composition))
    is_open = row.is_at(ChallengeState.PUBLISHED, ChallengeState.OPENED)
    if is_open and done < announced and (round_ is None or round_.reached in UNDER_WAY):
        due = endangered_on(round_.due_at if round_ else None, challenge.closes_at)
        what = (
            _("Fill the seats of the jury")
            if round_ is None
            else _("Alarm: a seat of the jury is empty")
        )
        yield _task(row, what, "jury.show", due, _of(done, announced))


def _awaits_decision(row: Situation) -> bool:
    return (
        row.is_at(ChallengeState.OPENED)
        and row.decision is None
        and row.round is not None
        and row.round.state is RoundState.DECIDED
    )


def _letters(row: Situation) -> Iterator[Task]:
    total, done = row.counted("letters")
    if done < total:
        what = _("Read and check the letters")
        due = row.challenge.decision_on
        yield _task(row, what, "decisions.show", due, _of(done, total))


def _milestones(person_id: int) -> Iterator[Task]:
    """Yield the plans to make and the milestones to reach on awarded challenges."""
    rows = db.session.execute(
        select(TeamPlace.role, Challenge, Residency, Milestone)
        .join(Challenge, TeamPlace.challenge_id == Challenge.id)
        .join(Residency, Residency.challenge_id == Challenge.id)
        .outerjoin(
            Milestone,
            and_(Milestone.residency_id == Residency.id, Milestone.state == MilestoneState.OPEN),
        )
        .where(
            TeamPlace.person_id == person_id,
            TeamPlace.role == Role.OWNER,
            Residency.state.in_({ResidencyState.PLANNED, ResidencyState.RUNNING}),
        )
        .order_by(Milestone.due_on, Milestone.id)
        .options(IN_BRIEF)
    )
    seen = set()
    for role, challenge, residency, milestone in rows:
        if residency.state is ResidencyState.PLANNED:
            if residency.id not in seen:
                what = _("Plan the residency together")
                yield Task(
                    role, what, challenge, "residency.show", residency.code, residency.starts_on
                )
            seen.add(residency.id)
        elif milestone is not None:
            what = _("Milestone: %(title)s", title=milestone.title)
            yield Task(role, what, challenge, "residency.show", residency.code, milestone.due_on)
        else:
            yield Task(
                role,
                _("Complete the residency"),
                challenge,
                "residency.show",
                residency.code,
                residency.ends_on,
            )

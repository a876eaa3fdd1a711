"""Questions about an outcome: rankings, reports, and the reasons a letter needs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import contains_eager, defer, joinedload

from sir.challenges.models import Challenge
from sir.challenges.queries import IN_BRIEF, recall_plan
from sir.jury.models import ConsensusItem, Ranking, Report, Round, Signature
from sir.jury.queries.seats import the_one
from sir.jury.queries.second import standing_of_round
from sir.jury.queries.sheets import sheets_on
from sir.jury.rules.ranking import publish
from sir.kernel.database import db
from sir.proposals.models import Proposal
from sir.workflows.models import Criterion, Level, Method


@dataclass(frozen=True)
class Motivation:
    """What the jury found of one criterion of one proposal, as a letter tells it."""

    criterion: Criterion
    level: Level | None  # none when the published method is the mean
    points: Decimal  # on the criterion's scale, as published
    maximum: Decimal
    reason: str  # empty while the jury has not agreed


def reasons_of(proposal: Proposal, round_: Round) -> list[Motivation]:
    """Give points and reason per criterion, in the plan's order."""
    plan = round_.challenge.plan
    items = {
        item.criterion_id: item
        for item in db.session.scalars(
            select(ConsensusItem)
            .where(ConsensusItem.round_id == round_.id, ConsensusItem.proposal_id == proposal.id)
            .order_by(ConsensusItem.stage)  # what was agreed after a pitch comes last, and stands
            .options(joinedload(ConsensusItem.level))
        )
    }
    given: dict[int, list[Fraction]] = defaultdict(list)
    if plan.method is Method.MEAN:
        standing = standing_of_round(round_)
        for sheet in sheets_on(round_, proposal):
            for cell in sheet.cells:
                level = standing.get((sheet.id, cell.criterion_id), cell.level)
                if level is not None:
                    given[cell.criterion_id].append(Fraction(level.points))
    maximum = max(level.points for level in plan.levels)
    found = []
    for criterion in plan.criteria:
        item = items.get(criterion.id)
        level = item.level if item else None
        scores = given[criterion.id] or [Fraction(level.points if level else 0)]
        found.append(
            Motivation(
                criterion,
                level,
                publish(sum(scores, Fraction(0)) / len(scores), plan.decimals),
                maximum,
                item.reason if item else "",
            )
        )
    return found


_RANKING_BY_CODE = (
    select(Ranking)
    .where(Ranking.code == bindparam("code"))
    .options(
        joinedload(Ranking.round).joinedload(Round.challenge).options(IN_BRIEF),
        # the scores themselves are read by whoever asks for them: they are long
        defer(Ranking.inputs),
        defer(Ranking.result),
    )
)


def ranking_by_code(code: str) -> Ranking:
    """Find a ranking, with its round."""
    ranking: Ranking = the_one(_RANKING_BY_CODE, code=code)
    recall_plan(ranking.round.challenge)
    return ranking


def latest_ranking(challenge: Challenge) -> Ranking | None:
    """Find the last snapshot of a challenge's current round, if the jury ranked."""
    newest = select(func.max(Round.number)).where(Round.challenge_id == challenge.id)
    return db.session.scalar(
        select(Ranking)
        .join(Ranking.round)
        .where(Round.challenge_id == challenge.id, Round.number == newest.scalar_subquery())
        .order_by(Ranking.number.desc())
        .limit(1)
        .options(contains_eager(Ranking.round))
    )


def report_by_code(code: str) -> Report:
    """Find a jury report."""
    report: Report = the_one(
        select(Report)
        .where(Report.code == code)
        .options(
            joinedload(Report.ranking)
            .joinedload(Ranking.round)
            .joinedload(Round.challenge)
            .joinedload(Challenge.plan)
        )
    )
    return report


_REPORT_OF = select(Report).where(Report.ranking_id == bindparam("ranking_id"))


def report_of(ranking: Ranking) -> Report | None:
    """Find the report on a ranking."""
    return db.session.scalar(_REPORT_OF, {"ranking_id": ranking.id})


def signatures_of(report: Report) -> list[Signature]:
    """List who signed or refused, in order of time."""
    return list(
        db.session.scalars(
            select(Signature)
            .where(Signature.report_id == report.id)
            .order_by(Signature.id)
            .options(joinedload(Signature.seat))
        )
    )


class Snapshot(NamedTuple):
    """What a list tells of a ranking."""

    id: int
    code: str
    number: int


_SNAPSHOTS = (
    select(Ranking.id, Ranking.code, Ranking.number)
    .where(Ranking.round_id == bindparam("round_id"))
    .order_by(Ranking.number)
)


def rankings_of(round_: Round) -> list[Snapshot]:
    """List every snapshot of a round, the first one first, without its scores."""
    rows = db.session.execute(_SNAPSHOTS, {"round_id": round_.id})
    return [Snapshot(*row) for row in rows]

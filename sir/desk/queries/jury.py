"""What waits for somebody on a jury."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from sir.challenges.models import Challenge, ChallengeState
from sir.challenges.queries import IN_BRIEF
from sir.desk.queries.tasks import Task
from sir.jury.models import (
    VOTING,
    Advice,
    AdviceState,
    Ranking,
    Report,
    Round,
    RoundState,
    Seat,
    SeatKind,
    Signature,
    Workload,
)
from sir.jury.queries.seats import OWES_A_WORD
from sir.kernel.database import db
from sir.kernel.i18n import _, lazy
from sir.people.models import Role
from sir.people.rules import Standing

LIVE = (ChallengeState.PUBLISHED, ChallengeState.OPENED)
ALONE = (RoundState.CONFLICT_CHECK, RoundState.INDIVIDUAL)
# What whoever votes does while the jury is together or lies still, and what its chair does.
TOGETHER: dict[RoundState, Any] = {
    RoundState.CONSENSUS: lazy("Confer with the jury"),
    RoundState.PITCHING: lazy("Hear the finalists pitch"),
    RoundState.RECONSIDERING: lazy("Confer on the finalists"),
    RoundState.SUSPENDED: lazy("The judging is suspended: wait until it goes on"),
}
LEADS = TOGETHER | {RoundState.CONSENSUS: lazy("Lead the consensus")}
GROUP = {SeatKind.CHAIR: Role.CHAIR, SeatKind.ADVISER: Role.ADVISER}  # others: "as juror"


def jury_tasks(me: Standing, _at: datetime) -> Iterator[Task]:
    """Yield seats to accept, ties to declare, sheets to score and reports to sign."""
    person = me.person
    if person is None:
        return
    later = aliased(Round)
    newest = (
        select(func.max(later.number)).where(later.challenge_id == Challenge.id).scalar_subquery()
    )
    answered = (
        select(Signature.id)
        .join(Report, Signature.report_id == Report.id)
        .join(Ranking, Report.ranking_id == Ranking.id)
        .where(Signature.seat_id == Seat.id, Ranking.round_id == Round.id)
        .exists()
    )
    advises = (
        select(Advice.id)
        .where(
            Advice.seat_id == Seat.id,
            Advice.round_id == Round.id,
            Advice.state == AdviceState.DRAFT,
        )
        .exists()
    )
    free = aliased(Seat)
    offered = (
        select(free.id).where(free.offered_id == Seat.id, free.vacated_at.is_not(None)).exists()
    )
    rows = db.session.execute(
        select(Seat, Challenge, Round, Workload, ~OWES_A_WORD, answered, advises, offered)
        .join(Challenge, Seat.challenge_id == Challenge.id)
        .outerjoin(Round, and_(Round.challenge_id == Challenge.id, Round.number == newest))
        .outerjoin(Workload, and_(Workload.seat_id == Seat.id, Workload.round_id == Round.id))
        .where(
            or_(
                Seat.person_id == person.id,
                and_(Seat.accepted_at.is_(None), Seat.email == person.email),
            ),
            Seat.vacated_at.is_(None),
            Challenge.state.in_(LIVE),
        )
        .order_by(Seat.id)
        .options(IN_BRIEF)
    ).all()
    for seat, challenge, round_, work, *is_done in rows:
        for what, due, progress in _acts(seat, challenge, round_, work, is_done=is_done):
            yield Task(
                GROUP.get(seat.kind, Role.JUROR),
                what,
                challenge,
                "jury.show",
                challenge.code,
                due,
                progress,
            )


def _acts(
    seat: Seat,
    challenge: Challenge,
    round_: Round | None,
    work: Workload | None,
    *,
    is_done: Sequence[bool],
) -> Iterator[tuple[str, datetime | None, str]]:
    has_declared, has_answered, has_to_advise, is_offered = is_done
    if seat.accepted_at is None:
        yield str(_("Accept your seat on the jury")), challenge.closes_at, ""
        return
    if is_offered:
        due = round_.due_at if round_ else challenge.closes_at
        yield str(_("Say whether you take the seat that came free")), due, ""
    if round_ is None:
        return
    if round_.reached in ALONE and not has_declared:
        yield str(_("Declare your ties with the bidders")), round_.due_at, ""
    elif round_.state is RoundState.INDIVIDUAL and work and work.submitted < work.assigned:
        progress = _("%(done)s of %(total)s", done=work.submitted, total=work.assigned)
        yield str(_("Score the proposals")), round_.due_at, str(progress)
    elif round_.state is RoundState.INDIVIDUAL and has_to_advise:
        yield str(_("Advise the jury on the proposals")), round_.due_at, ""
    elif seat.kind not in VOTING:
        return
    elif round_.state in TOGETHER:
        what = TOGETHER[round_.state] if seat.kind is not SeatKind.CHAIR else LEADS[round_.state]
        yield str(what), None, ""
    elif round_.state is RoundState.SIGNING and not has_answered:
        yield str(_("Sign the report of the jury")), None, ""

"""What waits for somebody on a jury."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from sir.challenges.models import Challenge, ChallengeState
from sir.desk.queries.tasks import Task
from sir.jury.models import (
    Declaration,
    Ranking,
    Report,
    Round,
    RoundState,
    Seat,
    SeatKind,
    Signature,
    Workload,
)
from sir.kernel.database import db
from sir.kernel.i18n import _
from sir.people.models import Role
from sir.people.rules import Standing

LIVE = (ChallengeState.PUBLISHED, ChallengeState.OPENED)
GROUP = {SeatKind.CHAIR: Role.CHAIR}  # every other kind stands under "as juror"


def jury_tasks(me: Standing, _at: datetime) -> Iterator[Task]:
    """Yield seats to accept, ties to declare, sheets to score and reports to sign."""
    person = me.person
    if person is None:
        return
    later = aliased(Round)
    newest = (
        select(func.max(later.number)).where(later.challenge_id == Challenge.id).scalar_subquery()
    )
    declared = select(Declaration.id).where(Declaration.seat_id == Seat.id).exists()
    answered = (
        select(Signature.id)
        .join(Report, Signature.report_id == Report.id)
        .join(Ranking, Report.ranking_id == Ranking.id)
        .where(Signature.seat_id == Seat.id, Ranking.round_id == Round.id)
        .exists()
    )
    rows = db.session.execute(
        select(Seat, Challenge, Round, Workload, declared, answered)
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
    ).all()
    for seat, challenge, round_, work, has_declared, has_answered in rows:
        for what, due, progress in _acts(
            seat, challenge, round_, work, is_clear=(has_declared, has_answered)
        ):
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
    is_clear: tuple[bool, bool],
) -> Iterator[tuple[str, datetime | None, str]]:
    has_declared, has_answered = is_clear
    if seat.accepted_at is None:
        yield str(_("Accept your seat on the jury")), challenge.closes_at, ""
        return
    if round_ is None:
        return
    if round_.state is RoundState.CONFLICT_CHECK and not has_declared:
        yield str(_("Declare your ties with the bidders")), round_.due_at, ""
    elif round_.state is RoundState.INDIVIDUAL and work and work.submitted < work.assigned:
        progress = _("%(done)s of %(total)s", done=work.submitted, total=work.assigned)
        yield str(_("Score the proposals")), round_.due_at, str(progress)
    elif round_.state is RoundState.CONSENSUS:
        is_chair = seat.kind is SeatKind.CHAIR
        what = _("Lead the consensus") if is_chair else _("Confer with the jury")
        yield str(what), None, ""
    elif round_.state is RoundState.PITCHING:
        yield str(_("Hear the finalists pitch")), None, ""
    elif round_.state is RoundState.RECONSIDERING:
        yield str(_("Confer on the finalists")), None, ""
    elif round_.state is RoundState.SIGNING and not has_answered:
        yield str(_("Sign the report of the jury")), None, ""

"""What waits for the people of a startup."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import and_, or_, select

from sir.challenges.models import Challenge, ChallengeState
from sir.decisions.models import Decision, DecisionLetter, DecisionState
from sir.desk.queries.tasks import Task
from sir.jury.models import Inquiry, Pitch, PitchSlot, PitchStage, PitchState, Reply
from sir.kernel.database import db
from sir.kernel.i18n import _
from sir.people.models import Role
from sir.people.rules import Standing
from sir.proposals.models import Proposal, ProposalState
from sir.residency.models import Milestone, MilestoneState, Residency, ResidencyState

ROLE = Role.STARTUP_MEMBER


def own_startups(me: Standing) -> list[int]:
    """List the startups this person speaks for."""
    return sorted(number for role, number in me.memberships if role is ROLE)


def startup_tasks(me: Standing, at: datetime) -> Iterator[Task]:
    """Yield drafts with their deadline, letters to read and milestones to reach."""
    startups = own_startups(me)
    if not startups:
        return
    yield from _drafts(startups, at)
    yield from _pitches(startups)
    yield from _inquiries(startups, at)
    yield from _letters(startups, at)
    yield from _milestones(startups)


def _drafts(startups: list[int], at: datetime) -> Iterator[Task]:
    rows = db.session.execute(
        select(Proposal, Challenge)
        .join(Challenge, Proposal.challenge_id == Challenge.id)
        .where(
            Proposal.bidder_id.in_(startups),
            Proposal.state.in_({ProposalState.DRAFT, ProposalState.WITHDRAWN}),
            Challenge.state == ChallengeState.PUBLISHED,
            Challenge.closes_at > at,
        )
    )
    for proposal, challenge in rows:
        what = _("Finish your proposal and hand it in")
        yield Task(ROLE, what, challenge, "proposals.show", proposal.code, challenge.closes_at)


def _pitches(startups: list[int]) -> Iterator[Task]:
    rows = db.session.execute(
        select(Pitch, PitchSlot.starts_at, PitchStage.published_at, Challenge)
        .join(Proposal, Pitch.proposal_id == Proposal.id)
        .join(Challenge, Proposal.challenge_id == Challenge.id)
        .join(PitchStage, PitchStage.round_id == Pitch.round_id)
        .outerjoin(PitchSlot, Pitch.slot_id == PitchSlot.id)
        .where(
            Proposal.bidder_id.in_(startups),
            or_(
                Pitch.state == PitchState.INVITED,
                and_(Pitch.state == PitchState.CLOSED, Pitch.confirmed_at.is_(None)),
            ),
            Challenge.state == ChallengeState.OPENED,
        )
    )
    for pitch, starts_at, published_at, challenge in rows:
        is_held = pitch.state is PitchState.CLOSED
        what = _("Read the minutes of your pitch") if is_held else _("Pitch your proposal")
        at = starts_at if published_at and not is_held else None
        yield Task(ROLE, what, challenge, "jury.pitch", pitch.code, at)


def _inquiries(startups: list[int], at: datetime) -> Iterator[Task]:
    """Yield written questions of a jury that can still be answered, and were not yet."""
    rows = db.session.execute(
        select(Reply, Inquiry.due_at, Challenge)
        .join(Reply.inquiry)
        .join(Proposal, Reply.proposal_id == Proposal.id)
        .join(Challenge, Proposal.challenge_id == Challenge.id)
        .where(
            Proposal.bidder_id.in_(startups),
            Reply.answered_at.is_(None),
            Inquiry.due_at > at,
            Challenge.state == ChallengeState.OPENED,
        )
    )
    for reply, due_at, challenge in rows:
        what = _("Answer a question of the jury")
        yield Task(ROLE, what, challenge, "jury.inquiry", reply.code, due_at)


def _letters(startups: list[int], at: datetime) -> Iterator[Task]:
    """Yield letters as long as the standstill runs: until then there is something to do."""
    rows = db.session.execute(
        select(DecisionLetter, Challenge, Decision)
        .join(Decision, DecisionLetter.decision_id == Decision.id)
        .join(Proposal, DecisionLetter.proposal_id == Proposal.id)
        .join(Challenge, Proposal.challenge_id == Challenge.id)
        .where(
            Proposal.bidder_id.in_(startups),
            Decision.state.in_({DecisionState.NOTIFIED, DecisionState.SUSPENDED}),
            Decision.standstill_ends_at > at,
        )
    )
    for letter, challenge, decision in rows:
        yield Task(
            ROLE,
            _("Read our decision; you can respond until the end of the standstill"),
            challenge,
            "decisions.letter",
            letter.code,
            decision.standstill_ends_at,
        )


def _milestones(startups: list[int]) -> Iterator[Task]:
    rows = db.session.execute(
        select(Milestone, Residency, Challenge)
        .join(Residency, Milestone.residency_id == Residency.id)
        .join(Challenge, Residency.challenge_id == Challenge.id)
        .where(
            and_(
                Residency.startup_id.in_(startups),
                Residency.state == ResidencyState.RUNNING,
                Milestone.state == MilestoneState.OPEN,
            )
        )
    )
    for milestone, residency, challenge in rows:
        what = _("Milestone: %(title)s", title=milestone.title)
        yield Task(ROLE, what, challenge, "residency.show", residency.code, milestone.due_on)

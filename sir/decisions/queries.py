"""Questions about decisions and their letters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from sir.challenges.models import Call, Challenge, ChallengeState
from sir.challenges.rules import counting
from sir.decisions.models import Decision, DecisionLetter, DecisionState, Outcome, Withdrawal
from sir.jury.models import ConsensusItem, Ranking, Round
from sir.kernel.database import db
from sir.kernel.errors import Missing
from sir.people.models import Membership, Person, Role
from sir.proposals.models import Proposal, ProposalState, Submission
from sir.workflows.models import Criterion


def _whole() -> Select[Decision]:
    letters = selectinload(Decision.letters).joinedload(DecisionLetter.proposal)
    return select(Decision).options(
        joinedload(Decision.challenge).joinedload(Challenge.buyer),
        joinedload(Decision.ranking).joinedload(Ranking.round),
        letters.joinedload(Proposal.bidder),
        selectinload(Decision.suspensions),
        selectinload(Decision.withdrawals).options(
            joinedload(Withdrawal.proposed_by), joinedload(Withdrawal.confirmed_by)
        ),
    )


def decision_of(challenge: Challenge) -> Decision | None:
    """Find the decision that stands, with letters and bidders, in a fixed number of questions."""
    return db.session.scalars(
        _whole().where(
            Decision.challenge_id == challenge.id, Decision.state != DecisionState.WITHDRAWN
        )
    ).first()


def withdrawn_decisions(challenge: Challenge) -> list[Decision]:
    """List the decisions that were withdrawn, the newest first, each with its letters."""
    return list(
        db.session.scalars(
            _whole()
            .where(Decision.challenge_id == challenge.id, Decision.state == DecisionState.WITHDRAWN)
            .order_by(Decision.id.desc())
        )
    )


@dataclass(frozen=True)
class Companion:
    """A challenge of which the letters go together with those of others of its call."""

    challenge: Challenge
    decision: Decision | None


def companions(decision: Decision, *, announced: bool = False) -> list[Companion]:
    """List the challenges that are decided together with this one, itself among them.

    In a call of which a startup wins one challenge those are all that wait for their letters, or
    whose letters are out when `announced`; elsewhere it is this one alone.
    """
    call = decision.challenge.call
    if call is None or not call.is_one_win:
        return [Companion(decision.challenge, decision)]
    state = ChallengeState.NOTIFIED if announced else ChallengeState.OPENED
    challenges = [row for row in counting(call) if row.state is state]
    rows = db.session.scalars(
        _whole().where(
            Decision.challenge_id.in_([row.id for row in challenges]),
            Decision.state != DecisionState.WITHDRAWN,
        )
    )
    decisions = {row.challenge_id: row for row in rows}
    return [Companion(row, decisions.get(row.id)) for row in challenges]


def parts_of(withdrawal: Withdrawal) -> list[Withdrawal]:
    """List a proposal to withdraw with all that goes along with it, the leading one first."""
    lead = withdrawal.lead_id or withdrawal.id
    return list(
        db.session.scalars(
            select(Withdrawal)
            .where(or_(Withdrawal.id == lead, Withdrawal.lead_id == lead))
            .order_by(Withdrawal.id)
            .options(
                joinedload(Withdrawal.decision)
                .joinedload(Decision.challenge)
                .joinedload(Challenge.buyer)
            )
        )
    )


def take_call(call: Call) -> None:
    """Lock a call: what goes for all its challenges at once happens one act after the other."""
    db.session.execute(select(Call.id).where(Call.id == call.id).with_for_update())
    db.session.expire(call, ["challenges"])


def take_turn(decision: Decision) -> None:
    """Lock a decision and read it as it is now: two people may act on it at once."""
    db.session.flush()  # what this act changed already is not to be read over
    db.session.execute(select(Decision.id).where(Decision.id == decision.id).with_for_update())
    again = _whole().where(Decision.id == decision.id).execution_options(populate_existing=True)
    db.session.scalars(again).one()


def take_challenge(challenge: Challenge) -> None:
    """Wait for the challenge's lock, as handing in and opening do, and read it as it is now."""
    db.session.scalars(
        select(Challenge)
        .where(Challenge.id == challenge.id)
        .with_for_update(of=Challenge)
        .execution_options(populate_existing=True)
    ).one()


def released_by(decision: Decision) -> str:
    """Name who signed the letters; nobody yet while they are drafts."""
    person = decision.notified_by_id and db.session.get(Person, decision.notified_by_id)
    return person.name if person else ""


def letter_by_code(code: str) -> DecisionLetter:
    """Find the letter a link points to, with the decision and all its letters."""
    letter = db.session.scalar(
        select(DecisionLetter)
        .where(DecisionLetter.code == code)
        .options(
            joinedload(DecisionLetter.proposal)
            .joinedload(Proposal.challenge)
            .joinedload(Challenge.buyer),
            joinedload(DecisionLetter.proposal).joinedload(Proposal.bidder),
        )
    )
    if letter is None:
        raise Missing
    db.session.scalars(_whole().where(Decision.id == letter.decision_id)).one()
    return letter


def answerable_proposals(challenge: Challenge) -> list[Proposal]:
    """List every proposal that was opened, the inadmissible too: each bidder gets a letter."""
    return list(
        db.session.scalars(
            select(Proposal)
            .where(
                Proposal.challenge_id == challenge.id,
                Proposal.state.in_({ProposalState.OPENED, ProposalState.INADMISSIBLE}),
            )
            .order_by(Proposal.number, Proposal.id)
            .options(joinedload(Proposal.bidder))
        )
    )


def interested_proposals(challenge: Challenge) -> list[Proposal]:
    """List every proposal that was not withdrawn, drafts included."""
    return list(
        db.session.scalars(
            select(Proposal)
            .where(Proposal.challenge_id == challenge.id, Proposal.state != ProposalState.WITHDRAWN)
            .order_by(Proposal.id)
            .options(joinedload(Proposal.bidder))
        )
    )


def agreed_reasons(jury_round: Round) -> dict[int, dict[str, str]]:
    """Read the jury's reasons: by proposal number inside, then by criterion key."""
    reasons: dict[int, dict[str, str]] = defaultdict(dict)
    rows = db.session.execute(
        select(ConsensusItem.proposal_id, Criterion.key, ConsensusItem.reason)
        .join(Criterion, ConsensusItem.criterion_id == Criterion.id)
        .where(ConsensusItem.round_id == jury_round.id)
        .order_by(ConsensusItem.stage)  # what was agreed after a pitch comes last, and stands
    )
    for proposal_id, key, reason in rows:
        reasons[proposal_id][key] = reason
    return reasons


def languages_of(proposals: Iterable[Proposal]) -> dict[int, str]:
    """Tell in which language each bidder is written to: that of whoever handed in last."""
    rows = db.session.execute(
        select(Submission.proposal_id, Person.lang)
        .join(Person, Submission.by_id == Person.id)
        .where(Submission.proposal_id.in_([proposal.id for proposal in proposals]))
        .order_by(Submission.number)
    )
    return {row[0]: row[1] for row in rows}


def people_of(organisations: Iterable[int]) -> dict[int, list[Person]]:
    """List who reads the post of each startup."""
    people: dict[int, list[Person]] = defaultdict(list)
    rows = db.session.execute(
        select(Membership.organisation_id, Person)
        .join(Person, Membership.person_id == Person.id)
        .where(
            Membership.organisation_id.in_(list(organisations)),
            Membership.role == Role.STARTUP_MEMBER,
        )
        .order_by(Person.id)
    )
    for organisation_id, person in rows:
        people[organisation_id].append(person)
    return people


@dataclass(frozen=True)
class Winner:
    """What the public hears of a chosen proposal."""

    name: str
    total: Decimal
    rank: int | None


@dataclass(frozen=True)
class PublicAward:
    """What the public hears of an award. Of those who lost there is nothing in it."""

    winners: tuple[Winner, ...]
    proposals: int
    awarded_at: datetime


def public_award(challenge: Challenge) -> PublicAward | None:
    """Tell the public who won and out of how many, once the award is final."""
    if challenge.state is not ChallengeState.AWARDED:
        return None
    decision = db.session.scalar(
        select(Decision).where(
            Decision.challenge_id == challenge.id, Decision.state == DecisionState.AWARDED
        )
    )
    if decision is None or decision.awarded_at is None:
        return None
    count = db.session.scalar(
        select(func.count())
        .select_from(DecisionLetter)
        .where(DecisionLetter.decision_id == decision.id)
    )
    letters = db.session.scalars(
        select(DecisionLetter)
        .where(
            DecisionLetter.decision_id == decision.id,
            DecisionLetter.outcome == Outcome.SELECTED,
        )
        .order_by(DecisionLetter.position)
        .options(joinedload(DecisionLetter.proposal).joinedload(Proposal.bidder))
    )
    return PublicAward(
        tuple(
            Winner(letter.proposal.bidder.name, Decimal(letter.content["total"]), letter.rank)
            for letter in letters
        ),
        count or 0,
        decision.awarded_at,
    )

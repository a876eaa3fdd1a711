"""After the letters: the award waits, goes on or is made; or the challenge stops."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sir.challenges.lifecycle import LIFECYCLE as CHALLENGE_LIFECYCLE
from sir.challenges.models import Challenge
from sir.challenges.rules import seal_of
from sir.decisions.document import last_day, written_day
from sir.decisions.lifecycle import LIFECYCLE
from sir.decisions.models import Decision, DecisionState, Suspension
from sir.decisions.queries import interested_proposals, people_of, take_challenge, take_turn
from sir.decisions.rules import is_suspended
from sir.decisions.services.telling import refuse_short, write_to_all
from sir.journal.services import record
from sir.kernel.calendar import instant
from sir.kernel.errors import Refused
from sir.kernel.i18n import _
from sir.notices.services import write_letter
from sir.people.models import Person
from sir.proposals.models import ProposalState


def suspend_award(decision: Decision, reason: str, *, by: Person, at: datetime) -> None:
    """Let the award wait for a court or a complaint; every bidder hears that it waits."""
    refuse_short(reason)
    take_turn(decision)
    LIFECYCLE.move("suspend", decision, at)
    decision.suspensions.append(Suspension(since=at, reason=reason, by_id=by.id))
    write_to_all(decision, "decisions/suspended", at)
    record("decision.suspended", decision, by=by, at=at, stream=decision.challenge.code)


def resume_award(
    decision: Decision, outcome: str, *, until: date | None, by: Person, at: datetime
) -> None:
    """Let the procedure go on, with what came of it.

    The standstill may run on until the end of a later day; it never becomes shorter.
    """
    refuse_short(outcome)
    take_turn(decision)
    LIFECYCLE.move("resume", decision, at)
    suspension = decision.suspensions[-1]
    suspension.ended_at, suspension.ended_by_id, suspension.outcome = at, by.id, outcome
    ends_at = decision.standstill_ends_at
    assert ends_at is not None, "A decision that was suspended has a standstill."
    if until is not None:
        decision.standstill_ends_at = max(ends_at, instant(until + timedelta(days=1), time()))
    write_to_all(decision, "decisions/resumed", at)
    record("decision.resumed", decision, by=by, at=at, stream=decision.challenge.code)


def award_decision(decision: Decision, *, by: Person, at: datetime) -> None:
    """Make the award final and public. The instant the standstill ends is late enough.

    Refuses before that instant and while the award is suspended (Aw 2.127, 2.131).
    """
    take_turn(decision)
    if is_suspended(decision):
        raise Refused(_("The award is suspended. First record how the case ended."))
    ends_at = decision.standstill_ends_at
    if decision.state is DecisionState.NOTIFIED and ends_at is not None and at < ends_at:
        raise Refused(
            _(
                "The standstill period runs until and including %(last)s. The award is possible"
                " from the day after.",
                last=written_day(last_day(ends_at)),
            )
        )
    # The facts of a state go before the state: reading anything may flush both.
    decision.awarded_at, decision.awarded_by_id = at, by.id
    LIFECYCLE.move("award", decision, at)
    CHALLENGE_LIFECYCLE.move("award", decision.challenge, at)
    write_to_all(decision, "decisions/awarded", at)
    record("decision.awarded", decision, by=by, at=at, stream=decision.challenge.code)


def cancel_challenge(challenge: Challenge, reason: str, *, by: Person, at: datetime) -> None:
    """Stop a challenge for good. Sealed proposals stay sealed and unread.

    Every startup with a draft or a proposal hears it at once, with the reason.
    """
    refuse_short(reason)
    take_challenge(challenge)
    seal = seal_of(challenge)  # who took part in what was never opened stays unknown
    CHALLENGE_LIFECYCLE.move("cancel", challenge, at)
    challenge.cancelled_at, challenge.cancel_reason = at, reason
    proposals = interested_proposals(challenge)
    people = people_of(proposal.bidder_id for proposal in proposals)
    for proposal in proposals:
        for person in people[proposal.bidder_id]:
            write_letter(
                "decisions/cancelled",
                to=person,
                at=at,
                sealed_for=seal,
                title=challenge.terms.title,
                code=challenge.code,
                reason=reason,
                is_read=proposal.state in {ProposalState.OPENED, ProposalState.INADMISSIBLE},
            )
    record("challenge.cancelled", challenge, by=by, at=at, stream=challenge.code)

"""Taking back what was announced: proposed by one, confirmed by another."""

from __future__ import annotations

from datetime import datetime

from sir.challenges.lifecycle import LIFECYCLE as CHALLENGE_LIFECYCLE
from sir.decisions.lifecycle import LIFECYCLE
from sir.decisions.models import Decision, Withdrawal
from sir.decisions.queries import companions, parts_of, take_call, take_turn
from sir.decisions.rules import (
    can_be_withdrawn,
    is_suspended,
    leaning_on,
    proposed_withdrawal,
)
from sir.decisions.services.telling import refuse_short, write_to_all
from sir.journal.services import record
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.kernel.i18n import _
from sir.people.models import Person


def withdrawn_along(decision: Decision) -> list[Decision]:
    """List the other decisions of the call that lean on this one, and on each other's.

    They passed somebody over for a win that would be gone. What was awarded stands.
    """
    others = [row.decision for row in companions(decision, announced=True) if row.decision]
    others = [row for row in others if row.id != decision.id and can_be_withdrawn(row)]
    return leaning_on(decision, others)


def propose_withdrawal(
    decision: Decision, reason: str, *, by: Person, at: datetime
) -> list[Withdrawal]:
    """Propose, with the reason that every bidder will read, to take back what was announced.

    Nothing changes before an approver confirms who is somebody else (2.3.5 of the ASVS: four
    eyes, as for the award itself); only the award waits. In a call of which a startup wins one
    challenge the proposal goes for every decision that leans on this one as well: there somebody
    who stood high enough was passed over because of a win that would no longer be there. The
    other decisions stand, and so does what was awarded. The recorded outcome stays as it is;
    when the jury ranks anew, a new outcome is recorded beside it, with its own number and reason.
    """
    refuse_short(reason)
    _take_turns(decision)
    if not can_be_withdrawn(decision):
        raise Refused(_("Only a decision that was announced and not yet awarded can be withdrawn."))
    touched = [decision, *withdrawn_along(decision)]
    for row in touched:
        if proposed_withdrawal(row):
            raise Refused(
                _(
                    "A withdrawal is proposed already for “%(title)s”. First it is answered.",
                    title=row.challenge.terms.title,
                )
            )
    parts: list[Withdrawal] = []
    for row in touched:
        lead = parts[0] if parts else None
        part = Withdrawal(lead=lead, reason=reason, proposed_at=at, proposed_by_id=by.id)
        row.withdrawals.append(part)
        parts.append(part)
        record("withdrawal.proposed", row, by=by, at=at, stream=row.challenge.code)
    return parts


def confirm_withdrawal(decision: Decision, *, by: Person, at: datetime) -> None:
    """Agree, as an approver who did not propose it, that this decision is taken back.

    With the last approver's word every decision the proposal goes for is withdrawn in one
    transaction, and all their bidders hear why. The letters stay on record; new ones bring a new
    standstill.
    """
    withdrawal = _awaited(decision, by)
    if withdrawal.confirmed_at is not None:
        raise Refused(_("This was confirmed. It waits for the other approvers of the call."))
    withdrawal.confirmed_at, withdrawal.confirmed_by_id = at, by.id
    record("withdrawal.confirmed", decision, by=by, at=at, stream=decision.challenge.code)
    db.session.flush()
    parts = parts_of(withdrawal)
    if all(part.confirmed_at for part in parts):
        for part in parts:
            _withdraw(part, parts[0], by=by, at=at)


def refuse_withdrawal(decision: Decision, refusal: str, *, by: Person, at: datetime) -> None:
    """Let the decision stand, with the reason; and with it all that the proposal goes for."""
    refuse_short(refusal)
    withdrawal = _awaited(decision, by)
    for part in parts_of(withdrawal):
        part.closed_at, part.refusal, part.refused_by_id = at, refusal, by.id
    record("withdrawal.refused", decision, by=by, at=at, stream=decision.challenge.code)


def _take_turns(decision: Decision) -> None:
    if decision.challenge.call is not None:
        take_call(decision.challenge.call)
    take_turn(decision)


def _awaited(decision: Decision, by: Person) -> Withdrawal:
    _take_turns(decision)
    withdrawal = proposed_withdrawal(decision)
    if withdrawal is None:
        raise Refused(_("No withdrawal of this decision is proposed."))
    if by.id == withdrawal.proposed_by_id:
        raise Refused(_("You proposed this. A colleague with the mandate answers it."))
    return withdrawal


def _withdraw(part: Withdrawal, lead: Withdrawal, *, by: Person, at: datetime) -> None:
    decision, challenge = part.decision, part.decision.challenge
    decision.withdrawn_at, decision.withdrawn_by_id = at, part.confirmed_by_id
    decision.withdrawn_reason = part.reason
    if is_suspended(decision):
        suspension = decision.suspensions[-1]
        suspension.ended_at, suspension.ended_by_id = at, part.confirmed_by_id
        suspension.outcome = part.reason
    LIFECYCLE.move("withdraw", decision, at)
    CHALLENGE_LIFECYCLE.move("reopen", challenge, at)
    part.closed_at = at
    leads = "" if part is lead else lead.decision.challenge.terms.title
    write_to_all(decision, "decisions/withdrawn", at, reason=part.reason, leads=leads)
    record("decision.withdrawn", decision, by=by, at=at, stream=challenge.code)

"""Judging a proposal after all that had been left out."""

from __future__ import annotations

from datetime import datetime

from sir.jury.models import RoundState
from sir.jury.queries.matches import seated
from sir.jury.queries.rounds import current_round
from sir.jury.services.rounds import exclude_members_of_bidders, write_to
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.kernel.i18n import _
from sir.people.models import Person
from sir.proposals.models import Proposal
from sir.proposals.services import readmit_proposal


def refusal_to_judge(proposal: Proposal) -> str:
    """Say why the jury cannot judge one proposal more; empty when it can.

    Only before anybody scores: a juror who has begun compares with what lay on the table then.
    """
    round_ = current_round(proposal.challenge)
    if round_ is None or round_.reached is RoundState.CONFLICT_CHECK:
        return ""
    if round_.prices_opened_at is not None:
        return _(
            "The prices are open. Whoever judged may know them, so one proposal more cannot be"
            " judged beside the others any more. Judge everything again, with members who saw no"
            " price; take this proposal in before they score. Then all are judged alike, and the"
            " prices are opened anew after that."
        )
    return _(
        "The jury has begun to score, so one proposal more cannot be judged in this round. Judge"
        " everything again first; then this proposal can be taken in."
    )


def judge_after_all(proposal: Proposal, *, reason: str, by: Person, at: datetime) -> None:
    """Undo that a proposal was left out, as long as every juror can still score it.

    There is one bidder more, so every seat is looked at again: its holder declares on this
    bidder, and whoever guards integrity lets the seat through anew.
    """
    if refusal := refusal_to_judge(proposal):
        raise Refused(refusal)
    readmit_proposal(proposal, reason=reason, by=by, at=at)
    db.session.flush()  # the questions below count this bidder
    round_ = current_round(proposal.challenge)
    if round_ is None:
        return
    exclude_members_of_bidders(round_, at)
    for seat in seated(proposal.challenge):
        seat.cleared_at = None
        write_to(seat, "declare", round_, at, key=f"declare:{proposal.code}:{at}:{seat.code}")

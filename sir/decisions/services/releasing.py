"""Sending the letters: those of one challenge, or of a whole call at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sir.calls.queries import verdict_on
from sir.challenges.lifecycle import LIFECYCLE as CHALLENGE_LIFECYCLE
from sir.decisions.document import letter_document
from sir.decisions.lifecycle import LIFECYCLE
from sir.decisions.models import Decision, DecisionState, Outcome
from sir.decisions.queries import Companion, companions, released_by, take_call, take_turn
from sir.decisions.rules import gaps, proposed_withdrawal
from sir.decisions.services.telling import readers
from sir.journal.services import record
from sir.jury.queries.outcome import latest_ranking
from sir.kernel.calendar import standstill_end
from sir.kernel.errors import Refused
from sir.kernel.i18n import _
from sir.notices.services import write_letter
from sir.people.models import Person
from sir.ports.press import Press
from sir.ports.store import Store


def release_blockers(decision: Decision, at: datetime) -> list[Any]:
    """List every sentence that stands between this decision and its letters."""
    found = [*LIFECYCLE.refusals("release", decision, at)]
    found += [gap.sentence for gap in gaps(decision.letters)]
    newest = latest_ranking(decision.challenge)
    if newest is None or newest.id != decision.ranking_id:
        found.append(_("There is a newer ranking. Prepare the decision again."))
    elif decision.state is DecisionState.DRAFT:
        found += _call_blockers(decision)
    return found


def _call_blockers(decision: Decision) -> list[Any]:
    """Say when the letters name other winners than the outcome of the call does by now."""
    try:
        verdict = verdict_on(decision.challenge, decision.ranking)
    except Refused as refusal:
        return list(refusal.sentences)
    chosen = {
        letter.proposal.bidder.code
        for letter in decision.letters
        if letter.outcome is Outcome.SELECTED
    }
    if verdict is None:
        return []
    if verdict.winners != chosen:
        return [_("The outcome of the call has changed. Prepare the decision again.")]
    return [
        _(
            "Of “%(title)s” in the same call a withdrawal is proposed. First it is answered.",
            title=row.challenge.terms.title,
        )
        for row in companions(decision, announced=True)
        if row.decision and proposed_withdrawal(row.decision)
    ]


def release_decision(
    decision: Decision, *, by: Person, at: datetime, press: Press, store: Store
) -> None:
    """Send every bidder its letter in one moment, and let the standstill begin.

    The letters are printed and kept, the challenge moves on, and the mail only says that there
    is a letter. All of it happens or nothing does. Whoever prepared or checked cannot release.

    In a call of which a startup wins one challenge this is the approver's word for one challenge:
    the letters of all its challenges go with the last word, in the same minute. Equal treatment
    asks it (Aw 1.8, 1.9): one outcome decides them all, so the letters of one challenge tell who
    wins another, and whoever was passed over here for a win there must be able to contest both
    in one standstill. In other calls each challenge decides by itself, and is sent by itself.
    """
    if decision.challenge.call is not None:
        take_call(decision.challenge.call)
    take_turn(decision)
    checkers = {letter.checked_by_id for letter in decision.letters}
    if by.id == decision.prepared_by_id or by.id in checkers:
        raise Refused(
            _("You prepared or checked these letters. A colleague with the mandate releases them.")
        )
    if blockers := release_blockers(decision, at):
        raise Refused(*blockers)
    decision.cleared_at, decision.cleared_by_id = at, by.id
    record("decision.cleared", decision, by=by, at=at, stream=decision.challenge.code)
    together = companions(decision)
    if waits_for(together, at):
        return
    for row in together:
        assert row.decision is not None, "Nothing waits for a decision that is not there."
        _send(row.decision, by=by, at=at, press=press, store=store)


def waits_for(together: list[Companion], at: datetime) -> list[Companion]:
    """List what keeps the letters of a call: challenges without an approver's word that holds."""
    return [
        row
        for row in together
        if row.decision is None
        or row.decision.cleared_at is None
        or release_blockers(row.decision, at)
    ]


def _send(decision: Decision, *, by: Person, at: datetime, press: Press, store: Store) -> None:
    decision.notified_at, decision.notified_by_id = at, decision.cleared_by_id
    decision.standstill_ends_at = ends_at = standstill_end(at)
    LIFECYCLE.move("release", decision, at)
    CHALLENGE_LIFECYCLE.move("notify", decision.challenge, at)
    signed_by, stream = released_by(decision), decision.challenge.code
    for letter in decision.letters:
        paper = press.pdf(letter_document(letter, at=at, signed_by=signed_by), at)
        letter.pdf = store.keep(paper)
        record("letter.released", letter, by=by, at=at, stream=stream, sha256=letter.pdf)
    for letter, person in readers(decision):
        write_letter(
            "decisions/letter",
            to=person,
            at=at,
            letter=letter.code,
            title=decision.challenge.terms.title,
        )
    record(
        "decision.released",
        decision,
        by=by,
        at=at,
        stream=stream,
        letters=len(decision.letters),
        standstill_ends_at=ends_at.isoformat(),
    )

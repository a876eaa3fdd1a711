"""What officials decide. Every verb says who and when."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sir.calls.queries import verdict_on
from sir.calls.rules import Verdict
from sir.challenges.lifecycle import LIFECYCLE as CHALLENGE_LIFECYCLE
from sir.challenges.models import Challenge
from sir.challenges.rules import seal_of
from sir.decisions.document import last_day, letter_document, written_day
from sir.decisions.lifecycle import LIFECYCLE
from sir.decisions.models import Decision, DecisionLetter, DecisionState, Outcome, Suspension
from sir.decisions.queries import (
    agreed_reasons,
    answerable_proposals,
    decision_of,
    interested_proposals,
    languages_of,
    people_of,
    take_challenge,
    take_turn,
    withdrawn_decisions,
)
from sir.decisions.rules import (
    SHORTEST_REASON,
    call_words,
    chosen_alone,
    chosen_in_call,
    gaps,
    in_reach,
    is_suspended,
    jury_has_decided,
    scored,
)
from sir.journal.services import record
from sir.jury.queries.outcome import latest_ranking
from sir.jury.rules.ranking import Place
from sir.jury.rules.snapshot import name_of
from sir.jury.rules.winners import has_decided, standing_places
from sir.kernel.calendar import instant, standstill_end
from sir.kernel.codes import new_code
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.kernel.i18n import _
from sir.notices.services import write_letter
from sir.people.models import Person
from sir.ports.press import Press
from sir.ports.store import Store
from sir.proposals.models import Proposal, ProposalState

# -- Preparing -------------------------------------------------------------------


def prepare_decision(challenge: Challenge, *, by: Person, at: datetime) -> Decision:
    """Draw up the decision and every bidder's letter from the newest ranking.

    Done again, it starts from the newest ranking and keeps what officials wrote for a bidder
    whose outcome is still the same. In a call of which a startup wins one challenge the winners
    come from its recorded outcome. Refuses without a signed ranking, without a winner, while two
    proposals share the last place, and while the outcome of the call is not recorded.
    """
    ranking = latest_ranking(challenge)
    if ranking is None:
        raise Refused(_("There is no ranking yet. The jury has to finish first."))
    if not has_decided(ranking.round):
        raise Refused(jury_has_decided.refusal)
    if reasons := CHALLENGE_LIFECYCLE.refusals("notify", challenge, at):
        raise Refused(*reasons)
    proposals, count = answerable_proposals(challenge), challenge.terms.places
    places = standing_places(ranking, proposals)
    verdict = verdict_on(challenge, ranking)
    chosen = (
        chosen_alone(places, count)
        if verdict is None
        else chosen_in_call(verdict, _names(proposals), places)
    )
    decision = decision_of(challenge)
    if decision is None:
        earlier = next(iter(withdrawn_decisions(challenge)), None)
        decision = Decision(code=new_code(), challenge=challenge, replaces=earlier)
        db.session.add(decision)
    elif decision.state is not DecisionState.DRAFT:
        raise Refused(_("The letters have been sent; this decision cannot be prepared again."))
    decision.ranking, decision.prepared_by, decision.prepared_at = ranking, by, at
    _draw_up(decision, proposals, places, chosen, verdict)
    record("decision.prepared", decision, by=by, at=at, stream=challenge.code, ranking=ranking.code)
    return decision


@dataclass(frozen=True)
class _Kept:
    """What officials wrote, by bidder's proposal and outcome."""

    advantages: str = ""
    closing: str = ""


def _names(proposals: Iterable[Proposal]) -> dict[str, str]:
    return {row.bidder.code: name_of(row) for row in proposals}


def _draw_up(
    decision: Decision,
    proposals: list[Proposal],
    places: Sequence[Place],
    chosen: frozenset[str],
    verdict: Verdict | None,
) -> None:
    challenge = decision.challenge
    kept = {
        (letter.proposal_id, letter.outcome): _Kept(letter.advantages, letter.closing)
        for letter in decision.letters
    }
    decision.letters.clear()
    db.session.flush()  # the old letters go before the new: a bidder has one
    reasons = agreed_reasons(decision.ranking.round)
    languages = languages_of(proposals)
    standing = {place.proposal: position for position, place in enumerate(places)}
    startups = {name: startup for startup, name in _names(proposals).items()}
    reach = [startups[name] for name in in_reach(places, chosen, challenge.terms.places)]
    ranked = sum(place.passes for place in places)
    prices = json.loads(decision.ranking.inputs).get("prices", {})
    proposals.sort(key=lambda proposal: standing.get(name_of(proposal), len(standing)))
    for position, proposal in enumerate(proposals, 1):
        lang = languages.get(proposal.id, "nl")
        place = None
        if proposal.state is ProposalState.INADMISSIBLE:
            outcome = Outcome.INADMISSIBLE
        else:
            place = places[standing[name_of(proposal)]]
            outcome = Outcome.SELECTED if place.proposal in chosen else Outcome.REJECTED
        written = kept.get((proposal.id, outcome), _Kept())
        decision.letters.append(
            DecisionLetter(
                code=new_code(),
                proposal=proposal,
                position=position,
                outcome=outcome,
                rank=place.rank if place else None,
                lang=lang,
                content={
                    "received": len(proposals),
                    "ranked": ranked,
                    "reason": proposal.inadmissible_reason,
                    **scored(challenge.plan, place, reasons.get(proposal.id, {}), prices, lang),
                    "call": call_words(verdict, proposal.bidder.code, reach, lang)
                    if verdict
                    else None,
                },
                advantages=written.advantages,
                closing=written.closing,
            )
        )


def write_closing(letter: DecisionLetter, text: str, *, by: Person, at: datetime) -> None:
    """Write a bidder's own closing paragraph. The letter must then be checked again."""
    _refuse_once_sent(letter.decision)
    letter.closing = text
    _uncheck([letter])
    _note("letter.written", letter, by=by, at=at, part="closing")


def write_advantages(letter: DecisionLetter, text: str, *, by: Person, at: datetime) -> None:
    """Describe what made a winner win, for those who lost: without business secrets.

    Every letter that will show it must then be checked again.
    """
    _refuse_once_sent(letter.decision)
    if letter.outcome is not Outcome.SELECTED:
        raise Refused(_("Only a chosen proposal has relative advantages to describe."))
    letter.advantages = text
    _uncheck([row for row in letter.decision.letters if row.outcome is Outcome.REJECTED])
    _note("letter.written", letter, by=by, at=at, part="advantages")


def check_letter(letter: DecisionLetter, *, by: Person, at: datetime) -> None:
    """Vouch that this letter holds no business secrets of another bidder (Aw 2.138)."""
    _refuse_once_sent(letter.decision)
    letter.checked_at, letter.checked_by_id = at, by.id
    _note("letter.checked", letter, by=by, at=at)


def _uncheck(letters: Iterable[DecisionLetter]) -> None:
    for letter in letters:
        letter.checked_at, letter.checked_by_id = None, None


def _refuse_once_sent(decision: Decision) -> None:
    if decision.state is not DecisionState.DRAFT:
        raise Refused(_("The letters have been sent. They cannot be changed any more."))


# -- Sending ---------------------------------------------------------------------


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
    if verdict is None or verdict.winners == chosen:
        return []
    return [_("The outcome of the call has changed. Prepare the decision again.")]


def release_decision(
    decision: Decision, *, by: Person, at: datetime, press: Press, store: Store
) -> None:
    """Send every bidder its letter in one moment, and let the standstill begin.

    The letters are printed and kept, the challenge moves on, and the mail only says that there
    is a letter. All of it happens or nothing does. Whoever prepared or checked cannot release.
    """
    take_turn(decision)
    checkers = {letter.checked_by_id for letter in decision.letters}
    if by.id == decision.prepared_by_id or by.id in checkers:
        raise Refused(
            _("You prepared or checked these letters. A colleague with the mandate releases them.")
        )
    if blockers := release_blockers(decision, at):
        raise Refused(*blockers)
    decision.notified_at, decision.notified_by_id = at, by.id
    decision.standstill_ends_at = standstill_end(at)
    LIFECYCLE.move("release", decision, at)
    CHALLENGE_LIFECYCLE.move("notify", decision.challenge, at)
    for letter in decision.letters:
        paper = press.pdf(letter_document(letter, at=at, signed_by=by.name), at)
        letter.pdf = store.keep(paper)
        _note("letter.released", letter, by=by, at=at, sha256=letter.pdf)
    for letter, person in _readers(decision):
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
        stream=decision.challenge.code,
        letters=len(decision.letters),
        standstill_ends_at=decision.standstill_ends_at.isoformat(),
    )


# -- After the letters -----------------------------------------------------------


def suspend_award(decision: Decision, reason: str, *, by: Person, at: datetime) -> None:
    """Let the award wait for a court or a complaint; every bidder hears that it waits."""
    _refuse_short(reason)
    take_turn(decision)
    LIFECYCLE.move("suspend", decision, at)
    decision.suspensions.append(Suspension(since=at, reason=reason, by_id=by.id))
    _tell_all(decision, "decisions/suspended", at)
    record("decision.suspended", decision, by=by, at=at, stream=decision.challenge.code)


def resume_award(
    decision: Decision, outcome: str, *, until: date | None, by: Person, at: datetime
) -> None:
    """Let the procedure go on, with what came of it.

    The standstill may run on until the end of a later day; it never becomes shorter.
    """
    _refuse_short(outcome)
    take_turn(decision)
    LIFECYCLE.move("resume", decision, at)
    suspension = decision.suspensions[-1]
    suspension.ended_at, suspension.ended_by_id, suspension.outcome = at, by.id, outcome
    ends_at = decision.standstill_ends_at
    assert ends_at is not None, "A decision that was suspended has a standstill."
    if until is not None:
        decision.standstill_ends_at = max(ends_at, instant(until + timedelta(days=1), time()))
    _tell_all(decision, "decisions/resumed", at)
    record("decision.resumed", decision, by=by, at=at, stream=decision.challenge.code)


def withdraw_decision(decision: Decision, reason: str, *, by: Person, at: datetime) -> None:
    """Take back a decision that was announced, so that a new one can be made; never an award.

    Every bidder hears why at once. The letters stay on record; new ones bring a new standstill.
    """
    _refuse_short(reason)
    take_turn(decision)
    decision.withdrawn_at, decision.withdrawn_by_id, decision.withdrawn_reason = at, by.id, reason
    if is_suspended(decision):
        suspension = decision.suspensions[-1]
        suspension.ended_at, suspension.ended_by_id, suspension.outcome = at, by.id, reason
    LIFECYCLE.move("withdraw", decision, at)
    CHALLENGE_LIFECYCLE.move("reopen", decision.challenge, at)
    _tell_all(decision, "decisions/withdrawn", at, reason=reason)
    record("decision.withdrawn", decision, by=by, at=at, stream=decision.challenge.code)


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
    _tell_all(decision, "decisions/awarded", at)
    record("decision.awarded", decision, by=by, at=at, stream=decision.challenge.code)


def cancel_challenge(challenge: Challenge, reason: str, *, by: Person, at: datetime) -> None:
    """Stop a challenge for good. Sealed proposals stay sealed and unread.

    Every startup with a draft or a proposal hears it at once, with the reason.
    """
    _refuse_short(reason)
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


def _refuse_short(reason: str) -> None:
    if len(" ".join(reason.split())) < SHORTEST_REASON:
        raise Refused(_("Explain this in at least %(count)s characters.", count=SHORTEST_REASON))


def _readers(decision: Decision) -> list[tuple[DecisionLetter, Person]]:
    people = people_of(letter.bidder_id for letter in decision.letters)
    return [(letter, person) for letter in decision.letters for person in people[letter.bidder_id]]


def _tell_all(decision: Decision, template: str, at: datetime, **words: str) -> None:
    title = decision.challenge.terms.title
    for letter, person in _readers(decision):
        write_letter(template, to=person, at=at, letter=letter.code, title=title, **words)


def _note(act: str, letter: DecisionLetter, *, by: Person, at: datetime, **details: Any) -> None:
    record(act, letter, by=by, at=at, stream=letter.challenge.code, **details)

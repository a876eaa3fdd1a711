"""Drawing up a decision, and what people write in its letters."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sir.calls.queries import verdict_on
from sir.calls.rules.verdict import Verdict
from sir.challenges.lifecycle import LIFECYCLE as CHALLENGE_LIFECYCLE
from sir.challenges.models import Challenge
from sir.decisions.models import Decision, DecisionLetter, DecisionState, Outcome
from sir.decisions.queries import (
    agreed_reasons,
    answerable_proposals,
    decision_of,
    languages_of,
    withdrawn_decisions,
)
from sir.decisions.rules import (
    call_words,
    chosen_alone,
    chosen_in_call,
    in_reach,
    jury_has_decided,
    scored,
)
from sir.journal.services import record
from sir.jury.queries.outcome import latest_ranking
from sir.jury.rules.ranking import Place
from sir.jury.rules.snapshot import name_of
from sir.jury.rules.winners import has_decided, standing_places
from sir.kernel.codes import new_code
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.kernel.i18n import _
from sir.people.models import Person
from sir.proposals.models import Proposal, ProposalState


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
    _take_back_the_word(decision)
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
    _uncheck(letter.decision, [letter])
    _note("letter.written", letter, by=by, at=at, part="closing")


def write_advantages(letter: DecisionLetter, text: str, *, by: Person, at: datetime) -> None:
    """Describe what made a winner win, for those who lost: without business secrets.

    Every letter that will show it must then be checked again.
    """
    _refuse_once_sent(letter.decision)
    if letter.outcome is not Outcome.SELECTED:
        raise Refused(_("Only a chosen proposal has relative advantages to describe."))
    letter.advantages = text
    losers = [row for row in letter.decision.letters if row.outcome is Outcome.REJECTED]
    _uncheck(letter.decision, losers)
    _note("letter.written", letter, by=by, at=at, part="advantages")


def check_letter(letter: DecisionLetter, *, by: Person, at: datetime) -> None:
    """Vouch that this letter holds no business secrets of another bidder (Aw 2.138)."""
    _refuse_once_sent(letter.decision)
    letter.checked_at, letter.checked_by_id = at, by.id
    _take_back_the_word(letter.decision)  # it was given on letters that others had checked
    _note("letter.checked", letter, by=by, at=at)


def _take_back_the_word(decision: Decision) -> None:
    decision.cleared_at, decision.cleared_by_id = None, None


def _uncheck(decision: Decision, letters: Iterable[DecisionLetter]) -> None:
    _take_back_the_word(decision)
    for letter in letters:
        letter.checked_at, letter.checked_by_id = None, None


def _refuse_once_sent(decision: Decision) -> None:
    if decision.state is not DecisionState.DRAFT:
        raise Refused(_("The letters have been sent. They cannot be changed any more."))


def _note(act: str, letter: DecisionLetter, *, by: Person, at: datetime, **details: Any) -> None:
    record(act, letter, by=by, at=at, stream=letter.challenge.code, **details)

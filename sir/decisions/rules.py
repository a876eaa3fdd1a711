"""What is true of a decision: who wins, what a letter must hold, when an award may be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sir.calls.rules.verdict import Verdict
from sir.challenges.models import ChallengeState
from sir.decisions.models import Decision, DecisionLetter, DecisionState, Outcome, Withdrawal
from sir.jury.rules.ranking import Place
from sir.jury.rules.winners import has_decided, is_line_tied, winners
from sir.kernel.errors import Refused
from sir.kernel.i18n import _, lazy
from sir.kernel.lifecycle import condition
from sir.workflows.models import Level, Plan
from sir.workflows.rules import anchor_of

SHORTEST_REASON = 20  # characters that explain a suspension, its end or a cancellation
LONGEST_TEXT = 4000  # characters of a text somebody types here


# -- Who wins --------------------------------------------------------------------


def chosen_alone(places: Sequence[Place], count: int) -> frozenset[str]:
    """Name the winners of a challenge that is decided by itself: the best, so many as published.

    Raises Refused without a winner, and while two proposals share the last place.
    """
    best = winners(places, count)
    if not best:
        raise Refused(
            _("No proposal passes the published minimums. Cancel the challenge, with that reason.")
        )
    if is_line_tied(places, count):
        raise Refused(_("Two proposals share the last place, and no rule decided between them."))
    return frozenset(place.proposal for place in best)


def chosen_in_call(
    verdict: Verdict, names: Mapping[str, str], places: Sequence[Place]
) -> frozenset[str]:
    """Name the winners by the recorded outcome of the call; nobody moves up by itself (R18).

    `names` gives the proposal of each startup. Raises Refused when nobody is left to win here,
    and when a winner was set aside since.
    """
    if not verdict.winners:
        raise Refused(
            _(
                "Everybody who passes the minimums wins another challenge of the call. Cancel the"
                " challenge, with that reason."
            )
        )
    passing = {place.proposal for place in winners(places, len(places))}
    chosen = frozenset(names[startup] for startup in verdict.winners)
    if not chosen <= passing:
        raise Refused(
            _(
                "A proposal that wins by the outcome of the call was set aside. First record the"
                " outcome of the call again."
            )
        )
    return chosen


def call_words(
    verdict: Verdict,
    startup: str,
    standing: Sequence[str],
    lang: str,
) -> dict[str, Any]:
    """Write what a letter says of the call; `standing` are the startups that could win, in order.

    `passed` counts who stood above the last winner, or beside an empty place, and wins another
    challenge of the call; `wins` is what this startup wins there, with its code in `at`;
    `is_higher` says whether it is one of them, and `is_kept` whether it had won that by an
    earlier letter.
    """
    above = [name for name in standing if name in verdict.elsewhere]
    won = verdict.elsewhere.get(startup)
    return {
        "name": _named(verdict.call.name, verdict.call.name_en, lang),
        "passed": len(above),
        "wins": _named(won.terms.title, won.terms.title_en, lang) if won else "",
        "at": won.code if won else "",
        "is_higher": startup in above,
        "is_kept": startup in verdict.kept,
    }


def in_reach(places: Sequence[Place], chosen: frozenset[str], count: int) -> list[str]:
    """List the proposals down to the last that wins, or all that pass when a place stays empty."""
    order = [place.proposal for place in winners(places, len(places))]
    if len(chosen) < count:
        return order
    return order[: 1 + max(order.index(name) for name in chosen)]


def stood_higher(letter: DecisionLetter) -> bool:
    """Say whether a bidder stood above a winner, and wins another challenge of the call."""
    call = letter.content.get("call")
    return bool(call and call["is_higher"])


# -- Taking a decision back ------------------------------------------------------


def can_be_withdrawn(decision: Decision) -> bool:
    """Say whether a decision was announced, and neither awarded nor overtaken by a cancellation."""
    return (
        decision.state in {DecisionState.NOTIFIED, DecisionState.SUSPENDED}
        and decision.challenge.state is ChallengeState.NOTIFIED
    )


def proposed_withdrawal(decision: Decision) -> Withdrawal | None:
    """Find the proposal to take this decision back that waits for an answer."""
    return next((row for row in decision.withdrawals if row.closed_at is None), None)


def leaning_on(decision: Decision, others: Sequence[Decision]) -> list[Decision]:
    """List the decisions that passed somebody over for a win in this one, or in one of the list.

    The frozen rule of a call lets the next in rank win what a startup could have won itself. When
    that other win is gone, so is the reason for passing it over.
    """
    gone, found = {decision.challenge.code}, []
    waiting = list(others)
    while leaning := [row for row in waiting if _leans_on(row, gone)]:
        found += leaning
        gone |= {row.challenge.code for row in leaning}
        waiting = [row for row in waiting if row not in leaning]
    return found


def _leans_on(decision: Decision, gone: AbstractSet[str]) -> bool:
    return any(
        stood_higher(letter) and letter.content["call"].get("at") in gone
        for letter in decision.letters
    )


@condition(lazy("Nobody else has confirmed that this decision is withdrawn."))
def is_confirmed_by_another(decision: Decision, _at: datetime) -> bool:
    """Four eyes: one proposed it, and an approver agreed."""
    withdrawal = proposed_withdrawal(decision)
    return withdrawal is not None and withdrawal.confirmed_at is not None


@condition(
    lazy("It is proposed to withdraw this decision. First an approver confirms or refuses that.")
)
def is_not_proposed_for_withdrawal(decision: Decision, _at: datetime) -> bool:
    """What may be taken back tomorrow is not awarded today."""
    return proposed_withdrawal(decision) is None


@dataclass(frozen=True)
class Gap:
    """A motivation that is not there yet."""

    letter: DecisionLetter
    what: str  # a criterion's name, or a word for the rest
    sentence: str


def gaps(letters: Iterable[DecisionLetter]) -> list[Gap]:
    """List every empty reason: while there is one, no letter goes (CvAE advice 209).

    A rejected bidder is also owed the winner's characteristics (Aw 2.130, second paragraph).
    """
    letters = list(letters)
    has_losers = any(
        letter.outcome is Outcome.REJECTED and not stood_higher(letter) for letter in letters
    )
    found: list[Gap] = []
    for letter in letters:
        name = letter.proposal.bidder.name
        if letter.outcome is Outcome.INADMISSIBLE and not letter.content["reason"].strip():
            text = _("The letter to %(bidder)s does not say why it was set aside.", bidder=name)
            found.append(Gap(letter, _("inadmissible"), text))
        for row in letter.content["criteria"]:
            if not row["reason"].strip():
                text = _(
                    "The letter to %(bidder)s has no reason for the criterion %(criterion)s.",
                    bidder=name,
                    criterion=row["name"],
                )
                found.append(Gap(letter, row["name"], text))
        is_winner = letter.outcome is Outcome.SELECTED
        if is_winner and has_losers and not letter.advantages.strip():
            text = _("The relative advantages of %(bidder)s are not described yet.", bidder=name)
            found.append(Gap(letter, _("relative advantages"), text))
    return found


def unchecked(letters: Iterable[DecisionLetter]) -> list[DecisionLetter]:
    """List the letters nobody has looked through for business secrets."""
    return [letter for letter in letters if letter.checked_at is None]


def is_suspended(decision: Decision) -> bool:
    """Say whether a summons or complaint keeps the award waiting."""
    return decision.state is DecisionState.SUSPENDED


@condition(lazy("The jury has not signed its report yet."))
def jury_has_decided(decision: Decision, _at: datetime) -> bool:
    """Names and letters come after the signatures."""
    return has_decided(decision.ranking.round)


@condition(lazy("The reasons are not complete yet."))
def is_motivated(decision: Decision, _at: datetime) -> bool:
    """No reason is empty."""
    return not gaps(decision.letters)


@condition(lazy("Not every letter has been checked for business secrets."))
def is_checked(decision: Decision, _at: datetime) -> bool:
    """Somebody looked through every letter after its last change."""
    return not unchecked(decision.letters)


@condition(lazy("The standstill period has not ended yet."))
def standstill_is_over(decision: Decision, at: datetime) -> bool:
    """The instant at which the last day ends is late enough."""
    ends = decision.standstill_ends_at
    return ends is not None and at >= ends


# -- What a letter holds ---------------------------------------------------------


def level_at(plan: Plan, points: Decimal) -> Level | None:
    """Find the level that is worth exactly these points; a mean may lie between two."""
    return next((level for level in plan.levels if level.points == points), None)


def level_above(plan: Plan, points: Decimal) -> Level | None:
    """Find the first level that would have been better, so that the letter can say why not."""
    return next((level for level in plan.levels if level.points > points), None)


def scored(
    plan: Plan,
    place: Place | None,
    reasons: Mapping[str, str],
    prices: Mapping[str, str],
    lang: str,
) -> dict[str, Any]:
    """Write what a proposal got and why; nothing for one that was not judged."""
    if place is None:
        return {"criteria": [], "below": [], "price": None, "total": None, "decided_by": None}
    return {
        "criteria": scored_rows(plan, place, reasons, lang),
        "below": short_rows(plan, place, lang),
        "price": price_row(plan, place, prices),
        "total": str(place.score),
        "decided_by": place.decided_by,
    }


def scored_rows(
    plan: Plan, place: Place, reasons: Mapping[str, str], lang: str
) -> list[dict[str, Any]]:
    """Write a proposal's score and reason by criterion, with the next level that was not reached.

    Numbers are decimal strings; names and anchors are in the letter's language.
    """
    rows = []
    for criterion in plan.criteria:
        score = place.points[criterion.key]
        level, above = level_at(plan, score), level_above(plan, score)
        rows.append(
            {
                "key": criterion.key,
                "name": _named(criterion.name, criterion.name_en, lang),
                "weight": str(criterion.weight),
                "points": str(score),
                "maximum": str(plan.levels[-1].points),
                "level": _named(level.label, level.label_en, lang) if level else "",
                "reason": reasons.get(criterion.key, ""),
                "above": above
                and {
                    "points": str(above.points),
                    "level": _named(above.label, above.label_en, lang),
                    "anchor": anchor_of(criterion.anchors, above, lang),
                },
            }
        )
    return rows


def price_row(plan: Plan, place: Place, prices: Mapping[str, Any]) -> dict[str, str] | None:
    """Write what a proposal asked and which points that gave; None where no price counts."""
    if place.price is None or plan.price_weight is None:
        return None
    return {
        "amount": str(prices[place.proposal]),
        "points": str(place.price),
        "weight": str(plan.price_weight),
    }


def short_rows(plan: Plan, place: Place, lang: str) -> list[dict[str, str]]:
    """Write every published minimum that was not reached; an empty name means the total."""
    names = {row.key: _named(row.name, row.name_en, lang) for row in plan.criteria}
    return [
        {
            "name": names[shortfall.criterion] if shortfall.criterion else "",
            "points": str(shortfall.score),
            "minimum": str(shortfall.minimum),
        }
        for shortfall in place.shortfalls
    ]


def _named(dutch: str, english: str, lang: str) -> str:
    return english or dutch if lang == "en" else dutch

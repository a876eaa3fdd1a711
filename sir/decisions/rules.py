"""What is true of a decision: who wins, what a letter must hold, when an award may be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sir.decisions.models import Decision, DecisionLetter, DecisionState, Outcome
from sir.jury.rules.ranking import Place
from sir.jury.rules.winners import has_decided
from sir.kernel.i18n import _, lazy
from sir.kernel.lifecycle import condition
from sir.workflows.models import Level, Plan
from sir.workflows.rules import anchor_of

SHORTEST_REASON = 20  # characters that explain a suspension, its end or a cancellation
LONGEST_TEXT = 4000  # characters of a text somebody types here


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
    has_losers = any(letter.outcome is Outcome.REJECTED for letter in letters)
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

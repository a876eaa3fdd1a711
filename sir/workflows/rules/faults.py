"""Every reason why a jury could not judge by a plan."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Any, NamedTuple

from sir.kernel.i18n import lazy
from sir.workflows.models import Anonymity, Criterion, Level, Method, PitchKind, Plan
from sir.workflows.rules.content import digits
from sir.workflows.rules.limits import (
    ANCHOR_LIMIT,
    CENT,
    CRITERIA,
    DECIMALS,
    FUNCTION_LIMIT,
    HUNDRED,
    LABEL_LIMIT,
    LEVELS,
    LOOKS_FOR_LIMIT,
    NAME_LIMIT,
    QUALIFICATION_LIMIT,
    QUESTION_LIMIT,
    QUESTIONS,
    READERS,
    REASON,
    SEATS,
)
from sir.workflows.rules.prices import price_faults, total_weight


class PlanFault(NamedTuple):
    """Something in a plan that must be put right, and at which field."""

    field: str
    sentence: Any
    lang: str = "nl"


def plan_faults(plan: Plan, *, has_english: bool = False) -> list[PlanFault]:
    """List every reason why a jury could not judge by this plan (jury: "publish plan")."""
    return [
        *_criteria_faults(plan.criteria),
        *_weight_faults(plan),
        *(PlanFault(field, sentence) for field, sentence in price_faults(plan)),
        *_scale_faults(plan.levels),
        *_minimum_faults(plan),
        *_jury_faults(plan),
        *_tie_faults(plan),
        *_assignment_faults(plan),
        *_pitch_faults(plan),
        *(_english_faults(plan) if has_english else ()),
    ]


def _criteria_faults(criteria: list[Criterion]) -> Iterator[PlanFault]:
    least, most = CRITERIA
    if not least <= len(criteria) <= most:
        yield PlanFault(
            "criteria",
            lazy("Choose between %(least)d and %(most)d criteria.", least=least, most=most),
        )
    for row in criteria:
        at = f"criteria-{row.position}"
        if not row.name.strip() or not row.looks_for.strip():
            sentence = lazy(
                "Give criterion %(number)d a name and say what you look for.", number=row.position
            )
            yield PlanFault(at, sentence)
        if len(row.name) > NAME_LIMIT or len(row.looks_for) > LOOKS_FOR_LIMIT:
            sentence = lazy(
                "Criterion %(number)d is too long: %(name)d characters for the name and"
                " %(looks_for)d for what you look for.",
                number=row.position,
                name=NAME_LIMIT,
                looks_for=LOOKS_FOR_LIMIT,
            )
            yield PlanFault(at, sentence)
        if row.weight <= 0 or row.weight != row.weight.quantize(CENT):
            sentence = lazy(
                "The weight of criterion %(number)d must be above 0, with at most two decimals.",
                number=row.position,
            )
            yield PlanFault(at, sentence)
    names = [row.name.strip().casefold() for row in criteria]
    if len(set(names)) != len(names):
        yield PlanFault("criteria", lazy("Two criteria have the same name."))


def _weight_faults(plan: Plan) -> Iterator[PlanFault]:
    total = total_weight(plan)
    if not plan.criteria or total == HUNDRED:
        return
    sentence = (
        lazy("The weights add up to %(total)s. They must be exactly 100.", total=_dutch(total))
        if plan.price_weight is None
        else lazy(
            "The weights, with the price, add up to %(total)s. They must be exactly 100.",
            total=_dutch(total),
        )
    )
    yield PlanFault("criteria", sentence)


def _dutch(value: Decimal) -> str:
    return digits(value).replace(".", ",")


def _scale_faults(levels: list[Level]) -> Iterator[PlanFault]:
    least, most = LEVELS
    if not least <= len(levels) <= most:
        sentence = lazy("Choose between %(least)d and %(most)d levels.", least=least, most=most)
        yield PlanFault("levels", sentence)
    if any(not row.label.strip() or not row.anchor.strip() for row in levels):
        sentence = lazy("Give every level of the scale a name and a text that says what it means.")
        yield PlanFault("levels", sentence)
    if any(len(row.label) > LABEL_LIMIT or len(row.anchor) > ANCHOR_LIMIT for row in levels):
        sentence = lazy(
            "A level is too long: %(label)d characters for its name and %(anchor)d for its text.",
            label=LABEL_LIMIT,
            anchor=ANCHOR_LIMIT,
        )
        yield PlanFault("levels", sentence)
    points = [row.points for row in levels]
    if any(lower >= higher for lower, higher in pairwise(points)):
        yield PlanFault("levels", lazy("The points must rise from each level to the next."))
    if levels and (points[0] < 0 or points[-1] <= 0):
        yield PlanFault("levels", lazy("Points begin at 0 or higher."))


def _minimum_faults(plan: Plan) -> Iterator[PlanFault]:
    best = max((row.points for row in plan.levels), default=Decimal(0))
    for row in plan.criteria:
        if row.minimum is not None and not 0 < row.minimum <= best:
            sentence = lazy(
                "The minimum of criterion %(number)d must lie on the scale.", number=row.position
            )
            yield PlanFault(f"criteria-{row.position}", sentence)
    if plan.minimum_total is not None and not 0 < plan.minimum_total <= HUNDRED:
        sentence = lazy("The minimum total is a number of points above 0 and at most 100.")
        yield PlanFault("minimum_total", sentence)


def _jury_faults(plan: Plan) -> Iterator[PlanFault]:
    least, most = SEATS
    if not least <= plan.seat_count <= most:
        sentence = lazy("A jury has between %(least)d and %(most)d seats.", least=least, most=most)
        yield PlanFault("composition", sentence)
    if len(plan.composition) != plan.seat_count:
        sentence = lazy("Name one function for each seat of the jury.")
        yield PlanFault("composition", sentence)
    if any(len(str(function)) > FUNCTION_LIMIT for function in plan.composition):
        sentence = lazy("A function has at most %(limit)d characters.", limit=FUNCTION_LIMIT)
        yield PlanFault("composition", sentence)
    least, most = REASON
    if not least <= plan.min_reason <= most:
        sentence = lazy(
            "A reason has at least %(least)d characters; do not ask for more than %(most)d.",
            least=least,
            most=most,
        )
        yield PlanFault("min_reason", sentence)
    least, most = DECIMALS
    if not least <= plan.decimals <= most:
        sentence = lazy("Round to %(least)d to %(most)d decimals.", least=least, most=most)
        yield PlanFault("decimals", sentence)
    if len(plan.qualification) > QUALIFICATION_LIMIT:
        sentence = lazy(
            "Describe the expertise in at most %(limit)d characters.", limit=QUALIFICATION_LIMIT
        )
        yield PlanFault("qualification", sentence)
    if plan.anonymity is Anonymity.OPEN and not plan.anonymity_reason.strip():
        sentence = lazy("Say why the jury reads the proposals with names.")
        yield PlanFault("anonymity_reason", sentence)
    if plan.method is Method.MEAN and not plan.competence:
        sentence = lazy(
            "When the average counts, each member must be able to judge every criterion: let each"
            " state so."
        )
        yield PlanFault("competence", sentence)
    if not plan.lot_seed.strip():
        sentence = lazy("Say which public source draws the lot when two proposals stay equal.")
        yield PlanFault("lot_seed", sentence)


def _tie_faults(plan: Plan) -> Iterator[PlanFault]:
    if plan.tie_order and sorted(plan.tie_order) != sorted(row.key for row in plan.criteria):
        sentence = lazy("Give every criterion a place in the tie list, or none of them.")
        yield PlanFault("criteria", sentence)


def _assignment_faults(plan: Plan) -> Iterator[PlanFault]:
    """Judging by some of the jury is for a first round of which the mean counts (jury: R1)."""
    loads = (plan.load_least, plan.load_most)
    if plan.readers is None:
        if loads != (None, None):
            sentence = lazy("Say how many jurors read each proposal, or leave the loads empty.")
            yield PlanFault("readers", sentence)
        return
    if not READERS <= plan.readers < plan.seat_count:
        sentence = lazy(
            "At least %(least)d jurors read each proposal, and fewer than the whole jury.",
            least=READERS,
        )
        yield PlanFault("readers", sentence)
    if plan.method is not Method.MEAN:
        sentence = lazy("When proposals are divided over the jury, the average must count.")
        yield PlanFault("method", sentence)
    if None in loads or not 0 <= (plan.load_least or 0) <= (plan.load_most or 0):
        sentence = lazy("Say how few and how many proposals one juror reads: least, then most.")
        yield PlanFault("load_least", sentence)


def _pitch_faults(plan: Plan) -> Iterator[PlanFault]:
    if plan.pitch is PitchKind.NONE:
        return
    if plan.anonymity is Anonymity.UNTIL_DECISION:
        sentence = lazy(
            "Without names until the decision there can be no pitch: ask in writing, or let the"
            " jury know the names earlier."
        )
        yield PlanFault("pitch", sentence)
    if not plan.pitch_questions:
        sentence = lazy("Write the opening questions that every finalist gets.")
        yield PlanFault("pitch_questions", sentence)
    if len(plan.pitch_questions) > QUESTIONS or any(
        len(str(row)) > QUESTION_LIMIT for row in plan.pitch_questions
    ):
        sentence = lazy(
            "Write at most %(most)d questions of at most %(limit)d characters.",
            most=QUESTIONS,
            limit=QUESTION_LIMIT,
        )
        yield PlanFault("pitch_questions", sentence)


def _english_faults(plan: Plan) -> Iterator[PlanFault]:
    for row in plan.criteria:
        if not row.name_en.strip() or not row.looks_for_en.strip():
            sentence = lazy("Give criterion %(number)d in English too.", number=row.position)
            yield PlanFault(f"criteria-{row.position}", sentence, "en")
        if len(row.name_en) > NAME_LIMIT or len(row.looks_for_en) > LOOKS_FOR_LIMIT:
            sentence = lazy("The English of criterion %(number)d is too long.", number=row.position)
            yield PlanFault(f"criteria-{row.position}", sentence, "en")
        if any(own.get("nl") and not own.get("en") for own in row.anchors.values()):
            sentence = lazy(
                "Give the texts of criterion %(number)d for each level in English too.",
                number=row.position,
            )
            yield PlanFault(f"anchors-{row.position}", sentence, "en")
    if any(not row.label_en.strip() or not row.anchor_en.strip() for row in plan.levels):
        yield PlanFault("levels", lazy("Give every level of the scale in English too."), "en")


def seats_advice(plan: Plan) -> Any | None:
    """Advise an odd number of seats, so that a vote cannot end equal; None when it is odd."""
    return None if plan.seat_count % 2 else lazy("An odd number of seats avoids an equal vote.")

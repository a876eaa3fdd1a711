"""What is true of a plan: its checks, its standard form, and the content its hash stands for."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Any, NamedTuple

from sir.kernel.canonical import canonical, sha256
from sir.kernel.i18n import lazy
from sir.workflows.models import Anonymity, Criterion, Level, Method, PitchKind, Plan, PriceFormula

HUNDRED = Decimal(100)
CENT = Decimal("0.01")
CRITERIA = (3, 5)
LEVELS = (3, 11)
NAME_LIMIT = 40
LOOKS_FOR_LIMIT = 180
LABEL_LIMIT = 40
ANCHOR_LIMIT = 120
FUNCTION_LIMIT = 60
SEATS = (3, 9)
REASON = (80, 1000)  # characters per criterion
DECIMALS = (0, 4)
PITCH_MINUTES = 20


class PlanFault(NamedTuple):
    """Something in a plan that must be put right, and at which field."""

    field: str
    sentence: Any
    lang: str = "nl"


STANDARD_CRITERIA = (
    (
        "Begrip van de vraag",
        "Het voorstel laat zien dat u de vraag en de mensen erachter begrijpt, en past daarop.",
        "Understanding of the question",
        "The proposal understands the question and the people behind it, and fits them.",
        30,
    ),
    (
        "Haalbaar in de residency",
        "Het plan is concreet en past in de tijd, met wat wij u bieden. Risico's zijn bedacht.",
        "Feasible in the residency",
        "The plan is concrete and fits the time and what we offer. Risks are thought of.",
        25,
    ),
    (
        "Waarde die te meten is",
        "Gebruikers en samenleving hebben er zichtbaar iets aan, en dat is te meten.",
        "Value that can be measured",
        "Users and society gain visibly, and the gain can be measured.",
        20,
    ),
    (
        "Team en samenwerking",
        "Het team kan dit, en werkt goed samen met onze mensen en gebruikers.",
        "Team and cooperation",
        "The team is able to do this and works well with our people and users.",
        15,
    ),
    (
        "Bruikbaar voor anderen",
        "Andere overheden kunnen het overnemen: open, tegen een redelijke prijs.",
        "Useful for others",
        "Other public bodies can take it over: open, at a reasonable price.",
        10,
    ),
)

STANDARD_LEVELS = (
    (0, "Ontbreekt", "Er staat niets over in het voorstel.", "Absent", "The proposal is silent."),
    (2, "Slecht", "Raakt het criterium nauwelijks, of spreekt zichzelf tegen.", "Poor",
     "Hardly touches the criterion, or contradicts itself."),
    (4, "Matig", "Raakt het criterium, met duidelijke gaten of zonder onderbouwing.", "Weak",
     "Touches the criterion, with clear gaps or without grounds."),
    (6, "Voldoende", "Beantwoordt het criterium, met een enkel gat.", "Sufficient",
     "Answers the criterion, with a single gap."),
    (8, "Goed", "Beantwoordt het criterium volledig en onderbouwd.", "Good",
     "Answers the criterion fully and with grounds."),
    (10, "Uitstekend", "Volledig, onderbouwd en beter dan wij zelf hadden bedacht.", "Excellent",
     "Full, with grounds, and better than we thought of ourselves."),
)  # fmt: skip

STANDARD_COMPOSITION = ("Voorzitter", "Inhoudelijk deskundige", "Deskundige innovatie")
STANDARD_LOT = (
    "Eerste puls van de NIST Randomness Beacon na de sluiting; laagste SHA-256 van puls en nummer."
)


def standard_plan() -> Plan:
    """Make the plan a new challenge starts with; everything in it may be changed."""
    return Plan(
        criteria=[
            Criterion(
                key=f"K{position}",
                position=position,
                name=name,
                looks_for=looks_for,
                name_en=name_en,
                looks_for_en=looks_for_en,
                weight=Decimal(weight),
                anchors={},
            )
            for position, (name, looks_for, name_en, looks_for_en, weight) in enumerate(
                STANDARD_CRITERIA, 1
            )
        ],
        levels=[
            Level(
                position=position,
                points=Decimal(points),
                label=label,
                anchor=anchor,
                label_en=label_en,
                anchor_en=anchor_en,
            )
            for position, (points, label, anchor, label_en, anchor_en) in enumerate(
                STANDARD_LEVELS, 1
            )
        ],
        composition=list(STANDARD_COMPOSITION),
        seat_count=len(STANDARD_COMPOSITION),
        lot_seed=STANDARD_LOT,
        method=Method.CONSENSUS,
        decimals=2,
        min_reason=REASON[0],
        anonymity=Anonymity.UNTIL_QUALITY_LOCK,
        tie_order=[],
        anonymity_reason="",
        qualification="",
        competence=False,
        pitch=PitchKind.NONE,
        pitch_minutes=PITCH_MINUTES,
        pitch_questions=[],
        price_formula=PriceFormula.ABSOLUTE,
        no_new_ranking=False,
        calibration=False,
        report_diagnostics=False,
        screen_names=True,
        recipe="",
    )


def plan_faults(plan: Plan, *, has_english: bool = False) -> list[PlanFault]:
    """List every reason why a jury could not judge by this plan (jury: "publish plan")."""
    return [
        *_criteria_faults(plan.criteria),
        *_scale_faults(plan.levels),
        *_minimum_faults(plan),
        *_jury_faults(plan),
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
    total = sum((row.weight for row in criteria), Decimal(0))
    if criteria and total != HUNDRED:
        sentence = lazy(
            "The weights add up to %(total)s. They must be exactly 100.",
            total=digits(total).replace(".", ","),
        )
        yield PlanFault("criteria", sentence)


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
    if not plan.lot_seed.strip():
        sentence = lazy("Say which public source draws the lot when two proposals stay equal.")
        yield PlanFault("lot_seed", sentence)


def _english_faults(plan: Plan) -> Iterator[PlanFault]:
    for row in plan.criteria:
        if not row.name_en.strip() or not row.looks_for_en.strip():
            sentence = lazy("Give criterion %(number)d in English too.", number=row.position)
            yield PlanFault(f"criteria-{row.position}", sentence, "en")
        if len(row.name_en) > NAME_LIMIT or len(row.looks_for_en) > LOOKS_FOR_LIMIT:
            sentence = lazy("The English of criterion %(number)d is too long.", number=row.position)
            yield PlanFault(f"criteria-{row.position}", sentence, "en")
    if any(not row.label_en.strip() or not row.anchor_en.strip() for row in plan.levels):
        yield PlanFault("levels", lazy("Give every level of the scale in English too."), "en")


def seats_advice(plan: Plan) -> Any | None:
    """Advise an odd number of seats, so that a vote cannot end equal; None when it is odd."""
    return None if plan.seat_count % 2 else lazy("An odd number of seats avoids an equal vote.")


def digits(value: Decimal) -> str:
    """Write a decimal in its one shortest way: "40", "12.5", never "40.00" or "4E+1"."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _written(value: Decimal | None) -> str | None:
    return None if value is None else digits(value)


def plan_content(plan: Plan) -> dict[str, Any]:
    """Give the plan as data, numbers as strings: what the hash stands for and a jury counts by."""
    return {
        "method": plan.method.value,
        "decimals": plan.decimals,
        "minimum_total": _written(plan.minimum_total),
        "min_reason": plan.min_reason,
        "anonymity": plan.anonymity.value,
        "seat_count": plan.seat_count,
        "composition": list(plan.composition),
        "lot_seed": plan.lot_seed,
        "tie_order": list(plan.tie_order),
        "anonymity_reason": plan.anonymity_reason,
        "qualification": plan.qualification,
        "competence": plan.competence,
        "readers": plan.readers,
        "load_least": plan.load_least,
        "load_most": plan.load_most,
        "shortlist": plan.shortlist,
        "pitch": plan.pitch.value,
        "pitch_minutes": plan.pitch_minutes,
        "pitch_questions": list(plan.pitch_questions),
        "price_weight": _written(plan.price_weight),
        "price_formula": plan.price_formula.value,
        "price_floor": _written(plan.price_floor),
        "price_ceiling": _written(plan.price_ceiling),
        "no_new_ranking": plan.no_new_ranking,
        "calibration": plan.calibration,
        "report_diagnostics": plan.report_diagnostics,
        "screen_names": plan.screen_names,
        "criteria": [
            {
                "key": row.key,
                "position": row.position,
                "name": row.name,
                "name_en": row.name_en,
                "looks_for": row.looks_for,
                "looks_for_en": row.looks_for_en,
                "weight": digits(row.weight),
                "minimum": _written(row.minimum),
                "anchors": row.anchors,
            }
            for row in plan.criteria
        ],
        "levels": [
            {
                "position": row.position,
                "points": digits(row.points),
                "label": row.label,
                "label_en": row.label_en,
                "anchor": row.anchor,
                "anchor_en": row.anchor_en,
            }
            for row in plan.levels
        ],
    }


def plan_hash(plan: Plan) -> str:
    """Give the SHA-256 of a plan's canonical content."""
    return sha256(canonical(plan_content(plan)))

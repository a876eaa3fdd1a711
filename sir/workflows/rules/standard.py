"""The plan a new challenge starts with."""

from __future__ import annotations

from decimal import Decimal

from sir.workflows.models import Anonymity, Criterion, Level, Method, PitchKind, Plan, PriceFormula
from sir.workflows.rules.limits import REASON

STANDARD_CRITERIA = (
    (
        "Begrip van de vraag",
        "Het voorstel laat zien dat u de vraag en de mensen erachter begrijpt, en past daarop.",
        "Understanding of the question",
        "The proposal understands the question and the people behind it, and fits them.",
        30,
    ),
    (
        "Haalbaar in de leer- en werkperiode",
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
        pitch_questions=[],
        price_formula=PriceFormula.ABSOLUTE,
        no_new_ranking=False,
        calibration=False,
        report_diagnostics=False,
        report_advice=False,
        screen_names=True,
        recipe="",
    )

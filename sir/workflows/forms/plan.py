"""The plan as a form. A draft may be wrong: the checks before a review say so."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

from sir.kernel.i18n import _, lazy
from sir.web.forms import (
    BooleanField,
    DecimalField,
    Form,
    InputRequired,
    IntegerField,
    Length,
    MoneyField,
    NumberRange,
    Optional,
    RadioField,
    StringField,
    TextAreaField,
    VersionField,
)
from sir.workflows.models import Anonymity, Method, PitchKind, Plan, PriceFormula
from sir.workflows.rules import (
    ANCHOR_LIMIT,
    CRITERIA,
    DECIMALS,
    LABEL_LIMIT,
    LEVELS,
    LOOKS_FOR_LIMIT,
    NAME_LIMIT,
    QUALIFICATION_LIMIT,
    QUESTIONS,
    REASON,
    STANDARD_LEVELS,
)

CRITERION_NAMES = ("name", "looks_for", "weight", "minimum", "name_en", "looks_for_en")
# What a plan and its form call by the same name and keep alike.
SETTINGS = (
    *("decimals", "report_diagnostics", "competence", "calibration", "qualification"),
    *("report_advice", "anonymity_reason", "screen_names", "readers", "load_least", "load_most"),
    *("price_floor", "price_ceiling", "no_new_ranking"),
)
LEVEL_ROWS = len(STANDARD_LEVELS)
LONGEST = 1000  # characters of one line, whatever its limit

METHODS = [
    (
        Method.CONSENSUS.value,
        lazy("Agree together"),
        {"help": lazy("First alone, then one score with one reason for each criterion.")},
    ),
    (
        Method.MEAN.value,
        lazy("Average"),
        {"help": lazy("Each criterion gets the average of the jurors' scores.")},
    ),
]
ANONYMITIES = [
    (Anonymity.UNTIL_QUALITY_LOCK.value, lazy("Without names until the scores are fixed")),
    (Anonymity.UNTIL_DECISION.value, lazy("Without names until the decision")),
    (Anonymity.OPEN.value, lazy("With names")),
]


class _Shown:
    """Shows how long a text should be and that a review asks for it, without refusing a draft."""

    def __init__(self, limit: int | None, *, is_asked: bool) -> None:
        self.field_flags: dict[str, Any] = {"maxlength": limit} if limit else {}
        if is_asked:
            self.field_flags["required"] = True

    def __call__(self, _form: Any, _field: Any) -> None:
        """Refuse nothing."""


PITCHES = [
    (
        PitchKind.NONE.value,
        lazy("No pitch on this platform"),
        {"help": lazy("The jury decides on paper only.")},
    ),
    (
        PitchKind.CLARIFY.value,
        lazy("To clarify"),
        {"help": lazy("Finalists explain. The scores on paper stay as they are.")},
    ),
    (
        PitchKind.RESCORE.value,
        lazy("To score again"),
        {"help": lazy("After the pitch a juror may change the score on paper, with a reason.")},
    ),
]

FORMULAS = [
    (
        PriceFormula.ABSOLUTE.value,
        lazy("Between two fixed amounts"),
        {"help": lazy("What others ask changes nothing in the points of a proposal.")},
    ),
    (
        PriceFormula.RELATIVE.value,
        lazy("Compared with the lowest price"),
        {
            "help": lazy(
                "Take care: one proposal can turn the order of two others, also when it drops out."
            )
        },
    ),
]


class PlanForm(Form):
    """Criteria in rows 1 to 5, levels in rows; what is left empty is left out."""

    version = VersionField()
    method = RadioField(
        lazy("How scores become one"), [InputRequired()], choices=METHODS, default="consensus"
    )
    minimum_total = DecimalField(
        lazy("Least total"),
        places=2,
        description=lazy("Points out of 100. Leave empty for no minimum."),
    )
    decimals = IntegerField(
        lazy("Decimals of a score"),
        [InputRequired(), NumberRange(*DECIMALS)],
        description=lazy("Scores are rounded once, half up, and compared as published."),
    )
    report_diagnostics = BooleanField(lazy("Print in the jury's report how far jurors differed"))
    report_advice = BooleanField(
        lazy("Add what advisers of the jury wrote to its report, as an annex")
    )
    competence = BooleanField(
        lazy("Each member states for every criterion that they can judge it"),
        description=lazy("Needed when the average counts."),
    )
    calibration = BooleanField(
        lazy("The jury first scores one invented proposal"),
        description=lazy("Then jurors see how they use the scale, before the real work."),
    )
    qualification = StringField(
        lazy("Expertise that you ask of bidders"),
        [Length(max=LONGEST), _Shown(QUALIFICATION_LIMIT, is_asked=False)],
        description=lazy(
            "Only when you ask bidders for a qualification: then at least a third of the jury has"
            " it too."
        ),
    )
    anonymity_reason = TextAreaField(
        lazy("Why does the jury read with names?"),
        [Length(max=LONGEST)],
        description=lazy("Only for “With names”. This is published."),
        render_kw={"rows": 2},
    )
    screen_names = BooleanField(
        lazy("Show the names of jurors on the screen when the jury confers")
    )
    readers = IntegerField(
        lazy("Jurors for each proposal"),
        [Optional()],
        description=lazy("Only for a large first round. Leave empty: everybody reads everything."),
    )
    load_least = IntegerField(lazy("Fewest proposals for one juror"), [Optional()])
    load_most = IntegerField(lazy("Most proposals for one juror"), [Optional()])
    pitch = RadioField(
        lazy("What is the pitch for?"),
        [InputRequired()],
        choices=PITCHES,
        default=PitchKind.NONE.value,
    )
    pitch_questions = TextAreaField(
        lazy("Opening questions"),
        [Length(max=LONGEST * QUESTIONS)],
        description=lazy("One on each line. Every finalist gets the same ones."),
        render_kw={"rows": 4},
    )
    weight_price = DecimalField(
        lazy("Weight of the price"),
        places=2,
        description=lazy("Leave empty: the price does not count."),
        render_kw={"suffix": "%"},
    )
    price_formula = RadioField(
        lazy("How a price becomes points"),
        choices=FORMULAS,
        default=PriceFormula.ABSOLUTE.value,
    )
    price_floor = MoneyField(
        lazy("All points at this price or lower"),
        description=lazy("Excluding VAT. Only between two fixed amounts."),
    )
    price_ceiling = MoneyField(
        lazy("No points at this price or higher"),
        description=lazy("Excluding VAT. Only between two fixed amounts."),
    )
    no_new_ranking = BooleanField(
        lazy("When a proposal drops out, the points of the others stay what they were"),
        description=lazy("Needed when prices are compared with the lowest. This is published."),
    )
    composition = TextAreaField(
        lazy("Functions in the jury"),
        [InputRequired()],
        description=lazy("One on each line; at least three. Functions are published, names not."),
        render_kw={"rows": 5},
    )
    anonymity = RadioField(
        lazy("What the jury sees of the bidders"),
        [InputRequired()],
        choices=ANONYMITIES,
        default=Anonymity.UNTIL_QUALITY_LOCK.value,
    )
    min_reason = IntegerField(
        lazy("Least length of a reason"),
        [InputRequired(), NumberRange(*REASON)],
        description=lazy("Characters for each criterion."),
    )
    lot_seed = StringField(
        lazy("Source of the lot"),
        [InputRequired(), Length(max=200)],
        description=lazy("A public source that nobody can know beforehand, for equal proposals."),
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse two criteria with the same place in the tie list: one of the two would be lost."""
        is_right = super().validate(extra_validators)
        taken: set[int] = set()
        for number in range(1, CRITERIA[1] + 1):
            place = self[f"tie_{number}"].data
            if place in taken:
                self.add_error(f"tie_{number}", _("Another criterion has this place already."))
                is_right = False
            taken |= {place} - {None}
        return is_right


@cache
def plan_form() -> type[PlanForm]:
    """Make the form with its numbered rows."""
    fields: dict[str, Any] = {}
    for number in range(1, CRITERIA[1] + 1):
        asked = number <= CRITERIA[0]
        fields[f"name_{number}"] = _line(lazy("Name"), NAME_LIMIT, is_asked=asked)
        fields[f"looks_for_{number}"] = _text(
            lazy("What we look for"), LOOKS_FOR_LIMIT, is_asked=asked
        )
        fields[f"weight_{number}"] = DecimalField(
            lazy("Weight"),
            [_Shown(None, is_asked=asked)],
            places=2,
            render_kw={"suffix": "%"},
        )
        fields[f"minimum_{number}"] = DecimalField(
            lazy("Minimum"), places=2, description=lazy("Points on the scale. May stay empty.")
        )
        fields[f"tie_{number}"] = IntegerField(
            lazy("Place in the tie list"),
            [Optional(), NumberRange(1, CRITERIA[1])],
            description=lazy("Of equal proposals. Leave empty everywhere: by weight."),
        )
        fields[f"name_en_{number}"] = _line(lazy("Name in English"), NAME_LIMIT)
        fields[f"looks_for_en_{number}"] = _text(
            lazy("What we look for, in English"), LOOKS_FOR_LIMIT
        )
    for number in range(1, LEVEL_ROWS + 1):
        asked = number <= LEVELS[0]
        fields[f"points_{number}"] = DecimalField(
            lazy("Points"), [_Shown(None, is_asked=asked)], places=2
        )
        fields[f"label_{number}"] = _line(lazy("Level"), LABEL_LIMIT, is_asked=asked)
        fields[f"anchor_{number}"] = _line(lazy("What it means"), ANCHOR_LIMIT, is_asked=asked)
        fields[f"label_en_{number}"] = _line(lazy("Level in English"), LABEL_LIMIT)
        fields[f"anchor_en_{number}"] = _line(lazy("What it means, in English"), ANCHOR_LIMIT)
    return type("NumberedPlanForm", (PlanForm,), fields)


def stored_plan(plan: Plan) -> dict[str, Any]:
    """Give what is stored of a plan, by the names of the form's fields."""
    stored: dict[str, Any] = {
        "method": plan.method.value,
        "minimum_total": plan.minimum_total,
        "composition": "\n".join(map(str, plan.composition)),
        "anonymity": plan.anonymity.value,
        "min_reason": plan.min_reason,
        "lot_seed": plan.lot_seed,
        "pitch": plan.pitch.value,
        "weight_price": plan.price_weight,
        "price_formula": plan.price_formula.value,
        "pitch_questions": "\n".join(map(str, plan.pitch_questions)),
        **{name: getattr(plan, name) for name in SETTINGS},
    }
    criteria = {row.position: row for row in plan.criteria}
    for number in range(1, CRITERIA[1] + 1):
        for name in ("name", "looks_for", "name_en", "looks_for_en"):
            stored[f"{name}_{number}"] = getattr(criteria.get(number), name, "")
        for name in ("weight", "minimum"):
            stored[f"{name}_{number}"] = getattr(criteria.get(number), name, None)
        key = getattr(criteria.get(number), "key", None)
        stored[f"tie_{number}"] = plan.tie_order.index(key) + 1 if key in plan.tie_order else None
    levels = {row.position: row for row in plan.levels}
    for number in range(1, LEVEL_ROWS + 1):
        stored[f"points_{number}"] = getattr(levels.get(number), "points", None)
        for name in ("label", "anchor", "label_en", "anchor_en"):
            stored[f"{name}_{number}"] = getattr(levels.get(number), name, "")
    return stored


def criteria_rows(form: Form) -> list[dict[str, Any]]:
    """Give the criteria that are filled in, in order."""
    return [
        {name: form[f"{name}_{number}"].data for name in CRITERION_NAMES}
        | {"weight": form[f"weight_{number}"].data or Decimal(0)}
        for number in _kept(form)
    ]


def tie_order_in(form: Form) -> list[str]:
    """Give the criteria's keys in the order of the places that were filled in."""
    places = [
        (form[f"tie_{number}"].data, f"K{position}")
        for position, number in enumerate(_kept(form), 1)
    ]
    return [key for place, key in sorted(row for row in places if row[0] is not None)]


def _kept(form: Form) -> list[int]:
    """Say which rows of criteria are filled in."""
    names = ("name", "looks_for", "weight")
    return [
        number
        for number in range(1, CRITERIA[1] + 1)
        if any(form[f"{name}_{number}"].data for name in names)
    ]


def level_rows(form: Form) -> list[dict[str, Any]]:
    """Give the levels that are filled in, in order."""
    names = ("points", "label", "anchor", "label_en", "anchor_en")
    rows = [
        {name: form[f"{name}_{number}"].data for name in names}
        for number in range(1, LEVEL_ROWS + 1)
    ]
    kept = [row for row in rows if row["points"] is not None or row["label"]]
    return [row | {"points": row["points"] or Decimal(0)} for row in kept]


def _line(label: Any, limit: int, *, is_asked: bool = False) -> StringField:
    return StringField(label, [Length(max=LONGEST), _Shown(limit, is_asked=is_asked)])


def _text(label: Any, limit: int, *, is_asked: bool = False) -> TextAreaField:
    guards = [Length(max=LONGEST), _Shown(limit, is_asked=is_asked)]
    return TextAreaField(label, guards, render_kw={"rows": 2})

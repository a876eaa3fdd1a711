"""The recipes every government finds here: complete plans to begin with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from sir.kernel.i18n import lazy
from sir.workflows.models import Anonymity, Method, PitchKind, Plan
from sir.workflows.rules.content import plan_content
from sir.workflows.rules.standard import standard_plan

RECIPE_NAME_LIMIT = 80
RECIPE_DESCRIPTION_LIMIT = 400


class BuiltIn(NamedTuple):
    """A recipe that comes with the platform."""

    code: str
    name: Any
    description: Any
    make: Callable[[], Plan]

    @property
    def content(self) -> Mapping[str, Any]:
        """The whole plan as data."""
        return plan_content(self.make())


def _small() -> Plan:
    plan = standard_plan()
    plan.criteria = plan.criteria[:3]
    for row, weight in zip(plan.criteria, (40, 35, 25), strict=True):
        row.weight = Decimal(weight)
    return plan


def _contest() -> Plan:
    plan = standard_plan()
    plan.anonymity = Anonymity.UNTIL_DECISION
    plan.composition = [*plan.composition, "Onafhankelijk ontwerper", "Gebruiker"]
    plan.seat_count = len(plan.composition)
    plan.calibration = True
    plan.screen_names = False
    return plan


def _two_stages() -> Plan:
    plan = standard_plan()
    plan.pitch = PitchKind.RESCORE
    plan.pitch_questions = [
        "Wat leerde u van de eerste mensen die uw oplossing gebruikten?",
        "Welk onderdeel van uw plan is het minst zeker, en wat doet u als het tegenvalt?",
        "Wat heeft u van ons nodig in de eerste maand?",
    ]
    plan.minimum_total = Decimal(50)
    return plan


def _large() -> Plan:
    plan = standard_plan()
    plan.method = Method.MEAN
    plan.competence = True
    plan.calibration = True
    plan.composition = [*plan.composition, "Gebruiker", "Deskundige inkoop"]
    plan.seat_count = len(plan.composition)
    plan.readers, plan.load_least, plan.load_most = 3, 0, 30
    plan.minimum_total = Decimal(55)
    return plan


BUILT_IN = {
    recipe.code: recipe
    for recipe in (
        BuiltIn(
            "open-oproep",
            lazy("SiR open call"),
            lazy("Five criteria, a jury of three that agrees on every score. For most challenges."),
            standard_plan,
        ),
        BuiltIn(
            "klein",
            lazy("Small challenge under the threshold"),
            lazy("Three criteria, so that a proposal stays short and the jury is soon ready."),
            _small,
        ),
        BuiltIn(
            "ontwerpprijsvraag",
            lazy("Design contest with a jury of five"),
            lazy("The jury of five sees no name until the decision, and nobody pitches."),
            _contest,
        ),
        BuiltIn(
            "twee-rondes",
            lazy("Two stages with pitch"),
            lazy(
                "The best on paper answer the same questions, and jurors may then change a score."
            ),
            _two_stages,
        ),
        BuiltIn(
            "grote-ronde",
            lazy("Large first round"),
            lazy("Each proposal goes to three of the five jurors, and their average counts."),
            _large,
        ),
    )
}

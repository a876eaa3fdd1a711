"""What a proposal consists of.

FIELDS is the bidder's three A4 and its separate sheets, as one table: the form, the check and the
printed document all follow it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sir.kernel.i18n import lazy
from sir.kernel.prose import tidy
from sir.proposals.models import PartKind
from sir.workflows.models import Plan

PAGE_LIMIT = 3  # A4
STEP_ROWS = 6  # of the plan
COST_ROWS = 6
LONGEST = 20_000  # characters that a draft keeps of one field

Content = dict[str, dict[str, str]]  # part -> field key -> text, as typed


class Step(StrEnum):
    """A page of the form: the three A4, the picture after them, and the sheets beside them."""

    IDEA = "idea"
    PLAN = "plan"
    TEAM = "team"
    PICTURE = "picture"  # optional; the hash of its bytes stands in the idea, as `picture`
    COMPANY = "company"
    COST = "cost"
    PRICE = "price"  # only where the plan weighs one


STEP_TITLES = {
    Step.IDEA: lazy("Your idea"),
    Step.PLAN: lazy("Your plan"),
    Step.TEAM: lazy("Team and after"),
    Step.PICTURE: lazy("Picture"),
    Step.COMPANY: lazy("Your company"),
    Step.COST: lazy("Costs"),
    Step.PRICE: lazy("Price"),
}


class FieldKind(StrEnum):
    """How a field is filled in."""

    LINE = "line"
    PROSE = "prose"
    DATE = "date"  # 2027-03-01
    AMOUNT = "amount"  # euro, excluding VAT
    WHOLE = "whole"  # a whole number
    EMAIL = "email"
    CHOICE = "choice"
    TICK = "tick"  # "yes" or nothing


@dataclass(frozen=True)
class Field:
    """One row of the table: where it stands, how long it may be, what it asks."""

    key: str
    step: Step
    kind: FieldKind
    limit: int  # characters
    label: Any
    hint: Any = ""
    is_required: bool = False
    choices: tuple[tuple[str, Any], ...] = ()

    @property
    def part(self) -> PartKind:
        """The sealed part it belongs to."""
        return part_of(self.step)


@dataclass(frozen=True)
class Shortcoming:
    """What still stands in the way of handing in, and where to repair it."""

    step: Step
    key: str
    sentence: Any


def part_of(step: Step) -> PartKind:
    """Say in which sealed part a step's fields are kept."""
    return _PARTS.get(step, PartKind.IDEA)


WRITTEN = tuple(kind for kind in PartKind if kind is not PartKind.PICTURE)  # a picture is bytes
_PARTS = {
    Step.COMPANY: PartKind.COMPANY,
    Step.COST: PartKind.COST,
    Step.PRICE: PartKind.PRICE,
}


def asks_price(plan: Plan) -> bool:
    """Say whether bidders hand in a price that becomes points."""
    return plan.price_weight is not None


def steps_of(plan: Plan) -> list[Step]:
    """List the pages of the form in their order."""
    return [step for step in Step if step is not Step.PRICE or asks_price(plan)]


def parts_of(plan: Plan) -> list[PartKind]:
    """List the written parts that are sealed apart of each proposal."""
    return [kind for kind in WRITTEN if kind is not PartKind.PRICE or asks_price(plan)]


def _plan_rows() -> tuple[Field, ...]:
    rows: list[Field] = []
    for n in range(1, STEP_ROWS + 1):
        what, until = lazy("Step %(n)s", n=n), lazy("Step %(n)s: ready on", n=n)
        rows += [
            Field(f"step{n}", Step.PLAN, FieldKind.LINE, 110, what, is_required=n == 1),
            Field(f"step{n}_on", Step.PLAN, FieldKind.DATE, 10, until, is_required=n == 1),
        ]
    return tuple(rows)


def _cost_rows() -> tuple[Field, ...]:
    rows: list[Field] = []
    for n in range(1, COST_ROWS + 1):
        what, amount = lazy("Item %(n)s", n=n), lazy("Item %(n)s: amount in euros", n=n)
        rows += [
            Field(f"cost{n}", Step.COST, FieldKind.LINE, 90, what),
            Field(f"cost{n}_amount", Step.COST, FieldKind.AMOUNT, 15, amount),
        ]
    return tuple(rows)


LANGUAGES = (("nl", lazy("Dutch")), ("en", lazy("English")))
STAGES = (
    ("idea", lazy("Idea or design: nothing is built yet")),
    ("prototype", lazy("Prototype: it works in a test environment")),
    ("tested", lazy("Tested with a user: at least one trial in practice")),
    ("live", lazy("In use: there are paying customers")),
)

FIELDS: tuple[Field, ...] = (
    Field("lang", Step.IDEA, FieldKind.CHOICE, 2, lazy("Language of your proposal"),
          is_required=True, choices=LANGUAGES),
    Field("title", Step.IDEA, FieldKind.LINE, 80, lazy("Title of your proposal"),
          lazy("This title becomes public if you win."), is_required=True),
    Field("one_liner", Step.IDEA, FieldKind.LINE, 160, lazy("Your idea in one sentence"),
          is_required=True),
    Field("solution", Step.IDEA, FieldKind.PROSE, 1200, lazy("How it solves the question"),
          lazy("Say what you make and why it works here. The jury reads this first."),
          is_required=True),
    Field("novelty", Step.IDEA, FieldKind.PROSE, 400, lazy("What is new about it"),
          is_required=True),
    Field("users", Step.IDEA, FieldKind.PROSE, 300, lazy("Who will use it"), is_required=True),
    *_plan_rows(),
    Field("needs", Step.PLAN, FieldKind.PROSE, 400, lazy("What you need from us"),
          lazy("People, data, places to test, access."), is_required=True),
    Field("risks", Step.PLAN, FieldKind.PROSE, 500, lazy("Risks and privacy"),
          lazy("What could go wrong, and which personal data do you use?"), is_required=True),
    Field("success", Step.PLAN, FieldKind.PROSE, 300, lazy("How we measure success"),
          lazy("Name a number and how you measure it."), is_required=True),
    Field("team", Step.TEAM, FieldKind.PROSE, 500, lazy("Team and skills"),
          lazy("Say what people can do, rather than what they are called."), is_required=True),
    Field("stage", Step.TEAM, FieldKind.CHOICE, 10, lazy("How far is your solution?"),
          lazy("Choose what fits best. There is no wrong answer."), is_required=True,
          choices=STAGES),
    Field("stage_note", Step.TEAM, FieldKind.PROSE, 300, lazy("What exists already"),
          is_required=True),
    Field("after", Step.TEAM, FieldKind.PROSE, 600, lazy("After the pilot"),
          lazy("Price model, other governments, open standards and open source."),
          is_required=True),
    Field("picture_alt", Step.PICTURE, FieldKind.PROSE, 300,
          lazy("What the picture shows, in words"),
          lazy("For who cannot see it: name what matters, also numbers and words in the picture.")),
    Field("picture_caption", Step.PICTURE, FieldKind.LINE, 160, lazy("Caption"),
          lazy("One line that is printed under the picture.")),
    Field("picture_unnamed", Step.PICTURE, FieldKind.TICK, 3,
          lazy("The picture shows no name, logo or face that tells who we are")),
    Field("name", Step.COMPANY, FieldKind.LINE, 120, lazy("Name of the company"),
          is_required=True),
    Field("kvk", Step.COMPANY, FieldKind.LINE, 8, lazy("KvK number"),
          lazy("Eight digits. No Dutch company? Leave this empty and fill in the next two.")),
    Field("country", Step.COMPANY, FieldKind.LINE, 60, lazy("Country of registration"),
          lazy("Only for a company outside the Netherlands.")),
    Field("register", Step.COMPANY, FieldKind.LINE, 80, lazy("Register and number there")),
    Field("founded", Step.COMPANY, FieldKind.WHOLE, 4, lazy("Year of foundation"),
          is_required=True),
    Field("fte", Step.COMPANY, FieldKind.LINE, 8, lazy("Number of full-time jobs (fte)"),
          is_required=True),
    Field("contact", Step.COMPANY, FieldKind.LINE, 80, lazy("Contact person"), is_required=True),
    Field("email", Step.COMPANY, FieldKind.EMAIL, 120, lazy("E-mail address"), is_required=True),
    Field("phone", Step.COMPANY, FieldKind.LINE, 20, lazy("Telephone number")),
    Field("signatory", Step.COMPANY, FieldKind.LINE, 120, lazy("Who signs, and as what"),
          lazy("Somebody who may bind the company according to the register."),
          is_required=True),
    Field("relations", Step.COMPANY, FieldKind.PROSE, 600, lazy("Ties with the jury"),
          lazy("Does somebody in your company have a tie with somebody in the jury? Name the"
               " function on the jury and the tie. It stays sealed until the opening; then only"
               " the integrity officer reads it.")),
    Field("declares", Step.COMPANY, FieldKind.TICK, 3,
          lazy("We declare that no ground for exclusion of this challenge applies to us")),
    Field("uea", Step.COMPANY, FieldKind.LINE, 200, lazy("Where the signed UEA can be found"),
          lazy("A reference or a link. Only when the challenge asks for a UEA.")),
    Field("secrets", Step.COMPANY, FieldKind.PROSE, 400, lazy("What is confidential"),
          lazy("Name the passages that are a trade secret, and why.")),
    Field("consent_contact", Step.COMPANY, FieldKind.TICK, 3,
          lazy("Other governments may contact us about this idea")),
    *_cost_rows(),
    Field("cost_note", Step.COST, FieldKind.PROSE, 300, lazy("Note on the costs")),
    Field("price", Step.PRICE, FieldKind.AMOUNT, 15, lazy("Your price"),
          lazy("In euros, excluding VAT, such as 12.500 or 12.500,50."), is_required=True),
)  # fmt: skip
BY_KEY = {field.key: field for field in FIELDS}
# Fields that stand side by side: a step with its date, an item with its amount.
PAIRS: dict[Step, list[tuple[str, str]]] = {
    Step.PLAN: [(f"step{n}", f"step{n}_on") for n in range(1, STEP_ROWS + 1)],
    Step.COST: [(f"cost{n}", f"cost{n}_amount") for n in range(1, COST_ROWS + 1)],
}


def for_officials(company: dict[str, str]) -> dict[str, str]:
    """Leave out of a company sheet what only whoever guards integrity may read."""
    return {key: text for key, text in company.items() if key != "relations"}


def fields_of(step: Step) -> tuple[Field, ...]:
    """List the fields on one page of the form."""
    return tuple(field for field in FIELDS if field.step is step)


def empty_content() -> Content:
    """Give a proposal in which nothing was written yet."""
    return {part.value: {} for part in WRITTEN if part is not PartKind.PRICE}


def merged(content: Content, step: Step, texts: dict[str, str]) -> Content:
    """Put one page of the form into the content; the other pages stay as they were."""
    part = part_of(step).value
    own = {field.key: _cleaned(texts.get(field.key, "")) for field in fields_of(step)}
    filled = {key: text for key, text in {**content.get(part, {}), **own}.items() if text}
    return {**content, part: filled}


def _cleaned(text: str) -> str:
    return tidy(text.replace("\r\n", "\n"))[:LONGEST].strip()


def text_of(content: Content, field: Field) -> str:
    """Give what was written in a field."""
    return content.get(field.part.value, {}).get(field.key, "")


def day_of(text: str) -> date | None:
    """Read a day as a browser sends it, or as people write it: 2027-03-01 or 1-3-2027."""
    if match := re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", text.strip(), re.ASCII):
        text = f"{match[3]}-{int(match[2]):02d}-{int(match[1]):02d}"
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def amount_of(text: str) -> Decimal | None:
    """Read an amount as the Dutch write it (12.500,50) or with a point for the cents."""
    bare = re.sub(r",-+$", "", re.sub(r"[€\s]", "", text))
    if "," in bare or re.fullmatch(r"\d{1,3}(\.\d{3})+", bare, re.ASCII):
        bare = bare.replace(".", "").replace(",", ".")
    is_amount = re.fullmatch(r"\d{1,9}(\.\d{1,2})?", bare, re.ASCII)
    return Decimal(bare) if is_amount else None


def cost_rows(cost: dict[str, str]) -> list[tuple[str, Decimal]]:
    """List the items of the cost sheet that say what and how much."""
    rows = [(cost.get(what, ""), amount_of(cost.get(much, ""))) for what, much in PAIRS[Step.COST]]
    return [(what, amount) for what, amount in rows if amount is not None]


def plan_rows(idea: dict[str, str]) -> list[tuple[str, date | None]]:
    """List the steps of the plan that say what."""
    rows = [(idea.get(what, ""), day_of(idea.get(on, ""))) for what, on in PAIRS[Step.PLAN]]
    return [(what, on) for what, on in rows if what]


def price_of(part: dict[str, str]) -> Decimal | None:
    """Read the price, in euro without VAT; None as long as it is no amount."""
    return amount_of(part.get("price", ""))

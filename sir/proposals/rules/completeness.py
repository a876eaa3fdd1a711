"""What must be in order before a proposal is handed in."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import ROUND_UP, Decimal
from typing import Any

from sir.challenges.models import Challenge
from sir.kernel.i18n import lazy
from sir.kernel.prose import named_signs
from sir.proposals.models import PartKind
from sir.proposals.rules.fields import (
    BY_KEY,
    FIELDS,
    PAGE_LIMIT,
    PAIRS,
    Content,
    Field,
    FieldKind,
    Shortcoming,
    Step,
    amount_of,
    asks_price,
    day_of,
    price_of,
    steps_of,
    text_of,
)
from sir.proposals.rules.pictures import picture_faults
from sir.terms.models import DeclarationKind, PaymentBasis
from sir.workflows.models import Plan, PriceFormula


def shortcomings(content: Content, challenge: Challenge, pages: Decimal) -> list[Shortcoming]:
    """List everything that stands in the way of handing in, in the order of the form."""
    found = [
        *faults_of(content, FIELDS),
        *_price_faults(content, challenge.plan),
        *_gaps(content, challenge),
        *picture_faults(content, challenge.terms),
    ]
    order = [field.key for field in FIELDS]
    found.sort(key=lambda shortcoming: order.index(shortcoming.key))
    if pages > PAGE_LIMIT:
        over = (pages - PAGE_LIMIT).quantize(Decimal("0.1"), ROUND_UP)
        found.insert(0, Shortcoming(Step.IDEA, "solution", lazy(
            "Your proposal is longer than %(limit)s A4. Shorten it by about %(over)s page.",
            limit=PAGE_LIMIT, over=over,
        )))  # fmt: skip
    return found


def boxes_in(
    content: Content, plan: Plan, unprintable: Callable[[str], Sequence[str]]
) -> list[Shortcoming]:
    """List the texts with characters that come out as an empty box. They stop nobody.

    A bidder must not miss the deadline for a sign; it is told which, and where.
    """
    steps = steps_of(plan)
    found = []
    for field in (field for field in FIELDS if field.step in steps):
        if signs := unprintable(text_of(content, field)):
            sentence = lazy(
                "“%(label)s” has characters that cannot be printed: %(signs)s",
                label=field.label,
                signs=named_signs(signs),
            )
            found.append(Shortcoming(field.step, field.key, sentence))
    return found


def faults_of(content: Content, fields: tuple[Field, ...]) -> list[Shortcoming]:
    """List what was filled in wrongly; what is still empty is no fault while writing."""
    faults = []
    for field in fields:
        text = text_of(content, field)
        if text and (sentence := _fault(field, text)):
            faults.append(Shortcoming(field.step, field.key, sentence))
    return faults


def _fault(field: Field, text: str) -> Any:
    if len(text) > field.limit:
        return lazy(
            "%(label)s: %(count)s characters too many",
            label=field.label,
            count=len(text) - field.limit,
        )
    is_right, sentence = _FORMATS.get(field.kind, (None, ""))
    if field.choices and text not in dict(field.choices):
        return lazy("%(label)s: choose one of the answers", label=field.label)
    if field.key == "kvk" and not re.fullmatch(r"\d{8}", text, re.ASCII):
        return lazy("A KvK number has eight digits")
    if is_right is not None and not is_right(text):
        return lazy("%(label)s: %(what)s", label=field.label, what=sentence)
    return None


_FORMATS: dict[FieldKind, tuple[Any, Any]] = {
    FieldKind.DATE: (lambda text: day_of(text) is not None, lazy("write a date like 1-3-2027")),
    FieldKind.AMOUNT: (
        lambda text: amount_of(text) is not None,
        lazy("write an amount like 12.500 or 950,50"),
    ),
    FieldKind.WHOLE: (lambda text: text.isascii() and text.isdigit(), lazy("write whole digits")),
    FieldKind.EMAIL: (
        lambda text: re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text) is not None,
        lazy("write an address like naam@bedrijf.nl"),
    ),
}


def _price_faults(content: Content, plan: Plan) -> list[Shortcoming]:
    """Refuse a price of nothing where all prices are compared with the lowest (F7)."""
    if not asks_price(plan) or plan.price_formula is not PriceFormula.RELATIVE:
        return []
    if price_of(content.get(PartKind.PRICE, {})) != 0:
        return []
    return [Shortcoming(Step.PRICE, "price", lazy("Your price must be more than nothing."))]


def _gaps(content: Content, challenge: Challenge) -> list[Shortcoming]:
    terms = challenge.terms
    steps = steps_of(challenge.plan)
    asked = [field for field in FIELDS if field.is_required and field.step in steps]
    missing = [field for field in asked if not text_of(content, field)]
    company, idea, cost = content["company"], content["idea"], content["cost"]
    if not company.get("kvk") and not (company.get("country") and company.get("register")):
        missing.append(BY_KEY["kvk"])
    if terms.declaration is not DeclarationKind.NONE and not company.get("declares"):
        missing.append(BY_KEY["declares"])
    if terms.declaration is DeclarationKind.UEA and not company.get("uea"):
        missing.append(BY_KEY["uea"])
    missing += _half_rows(idea, Step.PLAN) + _half_rows(cost, Step.COST)
    has_costs = any(cost.get(what) for what, _amount in PAIRS[Step.COST])
    if terms.payment_basis is not PaymentBasis.NONE and not has_costs:
        missing.append(BY_KEY["cost1"])
    return [
        Shortcoming(field.step, field.key, lazy("Fill in: %(label)s", label=field.label))
        for field in dict.fromkeys(missing)
    ]


def _half_rows(part: dict[str, str], step: Step) -> list[Field]:
    """List the fields that are missing beside one that was filled in."""
    return [
        BY_KEY[second if part.get(first) else first]
        for first, second in PAIRS[step]
        if bool(part.get(first)) != bool(part.get(second))
    ]

"""What must be true of the text and the money before others may see them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sir.kernel.i18n import lazy
from sir.terms.models import PaymentBasis, Terms
from sir.terms.rules.fields import FIELDS, Field, Kind, lines_of

CENT = Decimal("0.01")
MOST = Decimal(1_000_000_000)  # euro; more is a slip of the finger
MAX_PLACES = 20
PITCH_MINUTES = (5, 60)
MAX_PITCHES = 10


@dataclass(frozen=True)
class Fault:
    """Something that must be put right, and where."""

    step: str  # "1", "2", "3", "criteria", "calendar" or "team"
    field: str
    sentence: Any
    lang: str = "nl"


def text_faults(terms: Terms) -> list[Fault]:
    """List what is missing or too long, in each language the terms speak."""
    faults = list(_faults_in(terms.text_nl, "nl"))
    if terms.has_english:
        faults += _faults_in(terms.text_en, "en")
    return faults


def _faults_in(texts: dict[str, Any], lang: str) -> Iterator[Fault]:
    for field in FIELDS:
        text = str(texts.get(field.key, "")).strip()
        for sentence in _field_faults(field, text):
            yield Fault(str(field.page), field.key, sentence, lang)


def _field_faults(field: Field, text: str) -> Iterator[Any]:
    if not text:
        if field.is_required:
            yield lazy("Fill in “%(label)s”.", label=field.label)
        return
    if field.kind is Kind.LINES:
        yield from _line_faults(field, lines_of(text))
    elif len(text) > field.limit:
        yield lazy(
            "“%(label)s” has %(count)d characters. At most %(limit)d fit.",
            label=field.label,
            count=len(text),
            limit=field.limit,
        )
    if field.key == "question" and not text.endswith("?"):
        yield lazy("The question must end with a question mark.")
    if field.key == "who" and not re.search(r"\d", text):
        yield lazy("Say in “%(label)s” how many they are: write a number.", label=field.label)
    if field.key == "results" and not any(re.search(r"\d", line) for line in lines_of(text)):
        yield lazy("Name at least one result that can be measured: write a number in it.")


def _line_faults(field: Field, lines: tuple[str, ...]) -> Iterator[Any]:
    if len(lines) > field.count:
        yield lazy(
            "“%(label)s” has %(count)d lines. At most %(limit)d fit.",
            label=field.label,
            count=len(lines),
            limit=field.count,
        )
    for number, line in enumerate(lines, 1):
        if len(line) > field.limit:
            yield lazy(
                "Line %(number)d of “%(label)s” has %(count)d characters. At most %(limit)d fit.",
                number=number,
                label=field.label,
                count=len(line),
                limit=field.limit,
            )


def money_faults(terms: Terms) -> list[Fault]:
    """Check that the fee, the places and the total value belong together (2014/24/EU art. 5)."""
    faults = [Fault("2", field, sentence) for field, sentence in _amount_faults(terms)]
    if not 1 <= terms.places <= MAX_PLACES:
        sentence = lazy("Between 1 and %(most)d startups can win.", most=MAX_PLACES)
        faults.append(Fault("2", "places", sentence))
    if faults or terms.max_total_value is None:
        return faults
    fees = (terms.fee or Decimal(0)) * terms.places
    if fees > terms.max_total_value:
        sentence = lazy(
            "The fees together are %(fees)s euro. The total value must hold them and what follows.",
            fees=f"{fees:,.0f}".replace(",", "."),
        )
        faults.append(Fault("2", "max_total_value", sentence))
    return faults


def _amount_faults(terms: Terms) -> Iterator[tuple[str, Any]]:
    if terms.payment_basis is PaymentBasis.NONE:
        if terms.fee:
            yield "fee", lazy("Leave the fee empty, or say what the payment is for.")
    elif terms.fee is None or not 0 < terms.fee < MOST:
        yield "fee", lazy("Give the fee for each startup in euro, more than 0.")
    if terms.max_total_value is None or not 0 < terms.max_total_value < MOST:
        yield (
            "max_total_value",
            lazy("Give the total value in euro, with everything that may follow."),
        )
    for field, amount in (("fee", terms.fee), ("max_total_value", terms.max_total_value)):
        if amount is not None and amount != amount.quantize(CENT):
            yield field, lazy("An amount has at most two decimals.")


def pitch_faults(terms: Terms) -> list[Fault]:
    """Check that whoever is invited to pitch gets a sensible and equal time."""
    if not 0 <= terms.pitch_count <= MAX_PITCHES:
        sentence = lazy("Invite at most %(most)d startups to pitch.", most=MAX_PITCHES)
        return [Fault("3", "pitch_count", sentence)]
    if terms.pitch_count == 0:
        return []
    least, most = PITCH_MINUTES
    minutes = {
        "pitch_minutes": terms.pitch_minutes,
        "pitch_question_minutes": terms.pitch_question_minutes,
    }
    sentence = lazy("Choose between %(least)d and %(most)d minutes.", least=least, most=most)
    return [
        Fault("3", field, sentence)
        for field, value in minutes.items()
        if not least <= value <= most
    ]

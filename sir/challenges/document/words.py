"""Words for numbers, dates and rows of a plan, in the language of the paper."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from babel.dates import format_date, format_time
from babel.numbers import format_currency

from sir.challenges.models import Challenge
from sir.kernel.calendar import AMSTERDAM
from sir.kernel.i18n import _
from sir.workflows.models import Criterion, Level
from sir.workflows.rules import digits

Lang = Literal["nl", "en"]


def languages(challenge: Challenge) -> tuple[Lang, ...]:
    """Give the languages the terms are printed in."""
    return ("nl", "en") if challenge.terms.has_english else ("nl",)


def criterion_words(row: Criterion, lang: str) -> tuple[str, str]:
    """Give a criterion's name and what is looked for; Dutch where there is no English."""
    if lang == "en":
        return row.name_en or row.name, row.looks_for_en or row.looks_for
    return row.name, row.looks_for


def level_words(row: Level, lang: str) -> tuple[str, str]:
    """Give a level's name and what it means; Dutch where there is no English."""
    if lang == "en":
        return row.label_en or row.label, row.anchor_en or row.anchor
    return row.label, row.anchor


def weight_words(weight: Decimal, lang: str) -> str:
    """Write a weight: "12,5%"."""
    return f"{plain(weight, lang)}%"


def date_words(value: datetime | date, lang: str, *, is_deadline: bool = False) -> str:
    """Write a date with its hour when it has one: "donderdag 17 december 2026, vóór 12.00 uur"."""
    if not isinstance(value, datetime):
        return str(format_date(value, "EEEE d MMMM y", locale=lang))
    wall = value.astimezone(AMSTERDAM)
    on = format_date(wall, "EEEE d MMMM y", locale=lang)
    hour = format_time(wall, "HH.mm 'uur'" if lang == "nl" else "HH:mm", locale=lang)
    if is_deadline:
        return str(_("%(day)s, before %(hour)s", day=on, hour=hour))
    return str(_("%(day)s, %(hour)s", day=on, hour=hour))


def euro_words(amount: Decimal | None, lang: str) -> str:
    """Write an amount: whole euros without cents."""
    if amount is None:
        return "€ –"
    pattern = "¤ #,##0" if amount == amount.to_integral_value() else None
    return str(
        format_currency(amount, "EUR", pattern, locale=lang, currency_digits=pattern is None)
    )


def plain(value: Decimal, lang: str) -> str:
    """Write a number in its shortest way, with the language's own mark."""
    text = digits(value)
    return text.replace(".", ",") if lang == "nl" else text

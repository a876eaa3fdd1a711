"""The three pages as forms, made from the table of fields. A draft may be empty or too long."""

from __future__ import annotations

from functools import cache
from typing import Any

from sir.kernel.i18n import lazy
from sir.terms.models import DeclarationKind, PaymentBasis, Procedure, Terms
from sir.terms.rules import OFFERED, Field, Kind, fields_of
from sir.web.forms import (
    BooleanField,
    Bounded,
    Form,
    IntegerField,
    MoneyField,
    NumberRange,
    SelectField,
    StringField,
    TextAreaField,
    VersionField,
)

PROCEDURES = {
    Procedure.NATIONAL_OPEN: lazy("National open procedure"),
    Procedure.EUROPEAN_OPEN: lazy("European open procedure"),
    Procedure.INNOVATION_PARTNERSHIP: lazy("Innovation partnership"),
    Procedure.SOCIAL_SPECIFIC: lazy("Social and other specific services"),
    Procedure.DESIGN_CONTEST: lazy("Design contest"),
}
PAYMENTS = {
    PaymentBasis.FEE: lazy("A fee for the work"),
    PaymentBasis.PRIZE: lazy("A prize"),
    PaymentBasis.NONE: lazy("No payment"),
}
DECLARATIONS = {
    DeclarationKind.NONE: lazy("No declaration"),
    DeclarationKind.WEB: lazy("A short declaration on the platform"),
    DeclarationKind.UEA: lazy("The UEA (European self-declaration)"),
}


class Advised:
    """Shows how long a text should be and that a review asks for it, without refusing a draft."""

    def __init__(self, field: Field) -> None:
        limit = field.limit * (field.count or 1)
        self.field_flags = {"maxlength": limit}
        if field.is_required:
            self.field_flags["required"] = True

    def __call__(self, _form: Any, _field: Any) -> None:
        """Refuse nothing: the checks before a review do."""


class TermsForm(Form):
    """One page of the terms in one language."""

    version = VersionField()


@cache
def terms_form(page: int, lang: str) -> type[TermsForm]:
    """Make the form of a page: its texts, and with the Dutch ones its numbers."""
    texts = {field.key: _text_field(field) for field in fields_of(page)}
    numbers = _numbers(page) if lang == "nl" else {}
    return type(f"TermsForm{page}{lang}", (TermsForm,), texts | numbers)


def number_names(page: int) -> list[str]:
    """Name the numbers and choices of a page, as they are called in `Terms`."""
    names = list(_numbers(page))
    return ["procedure" if name == "procedure_kind" else name for name in names]


def stored_terms(terms: Terms, page: int, lang: str) -> dict[str, Any]:
    """Give what is stored of a page, by the names of the form's fields."""
    texts = terms.text_en if lang == "en" else terms.text_nl
    stored: dict[str, Any] = {field.key: texts.get(field.key, "") for field in fields_of(page)}
    if lang == "nl":
        for name in _numbers(page):
            value = terms.procedure if name == "procedure_kind" else getattr(terms, name)
            stored[name] = value.value if hasattr(value, "value") else value
    return stored


def _text_field(field: Field) -> Any:
    guards = [Bounded(field.limit * (field.count or 1)), Advised(field)]
    if field.kind is Kind.LINE:
        return StringField(field.label, guards, description=field.hint)
    rows = {"rows": field.rows}
    return TextAreaField(field.label, guards, description=field.hint, render_kw=rows)


def _choices(words: dict[Any, Any]) -> list[tuple[str, Any]]:
    return [(kind.value, label) for kind, label in words.items()]


def _whole(label: Any, most: int, hint: Any = "") -> IntegerField:
    return IntegerField(label, [NumberRange(0, most)], description=hint, default=0)


def _numbers(page: int) -> dict[str, Any]:
    if page == 1:
        return {
            "has_english": BooleanField(
                lazy("There is an English text too"),
                description=lazy("Both texts must fit on three pages and be complete."),
            )
        }
    if page == 2:  # noqa: PLR2004 - a page
        return {
            "payment_basis": SelectField(lazy("What the money is for"), choices=_choices(PAYMENTS)),
            "fee": MoneyField(lazy("Fee for each startup"), description=lazy("Excluding VAT.")),
            "places": _whole(lazy("Startups that win"), 99),
            "max_total_value": MoneyField(
                lazy("Total value"),
                description=lazy(
                    "Everything that may follow included: all fees, options and a purchase. This"
                    " is compared with the European threshold."
                ),
            ),
            "declaration": SelectField(
                lazy("What a bidder declares"), choices=_choices(DECLARATIONS)
            ),
            "accepts_english": BooleanField(lazy("Proposals in English are welcome")),
            "is_blind": BooleanField(
                lazy("The jury reads without names"),
                description=lazy("Bidders leave their name out of the proposal itself."),
            ),
        }
    return {
        "procedure_kind": SelectField(
            lazy("Which procedure"), choices=_choices({kind: PROCEDURES[kind] for kind in OFFERED})
        ),
        "pitch_count": _whole(
            lazy("How many are invited to pitch"), 99, lazy("0 when there is no pitch.")
        ),
        "pitch_minutes": _whole(lazy("Minutes to pitch"), 999),
        "pitch_question_minutes": _whole(lazy("Minutes for questions"), 999),
    }

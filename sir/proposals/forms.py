"""What we accept from bidders and from the officials who open a vault."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from wtforms.fields.core import Field as Input

from sir.kernel.i18n import lazy
from sir.proposals.rules import BY_KEY, PAIRS, Content, Field, FieldKind, Step, fields_of, text_of
from sir.terms.models import DeclarationKind, Terms
from sir.web.forms import (
    BooleanField,
    Bounded,
    Counted,
    DataRequired,
    EmailField,
    FileField,
    Form,
    HiddenField,
    Length,
    RadioField,
    StringField,
    TextAreaField,
    VersionField,
    Wanted,
)

PAIRED = {key for pairs in PAIRS.values() for pair in pairs for key in pair}


def _checks(field: Field) -> list[Any]:
    is_typed = field.kind not in {FieldKind.CHOICE, FieldKind.TICK}
    wanted = [Wanted()] if field.is_required else []
    return [*wanted, Bounded(field.limit)] if is_typed else [*wanted]


def _input(field: Field) -> Input:
    says: dict[str, Any] = {"label": field.label, "description": field.hint}
    checks = _checks(field)
    look: dict[str, Any] = {}
    match field.kind:
        case FieldKind.CHOICE:
            return RadioField(
                **says, choices=field.choices, validators=checks, validate_choice=False
            )
        case FieldKind.TICK:
            return BooleanField(**says, validators=checks)
        case FieldKind.PROSE:
            look = {"rows": max(3, field.limit // 90)}
            return TextAreaField(**says, validators=[*checks, Counted(field.limit)], render_kw=look)
        case FieldKind.EMAIL:
            return EmailField(**says, validators=checks, render_kw={"autocomplete": "email"})
        case FieldKind.AMOUNT:
            look = {"prefix": "€", "width": "s", "inputmode": "decimal"}
        case FieldKind.DATE:
            look = {"width": "s"}
        case FieldKind.WHOLE:
            look = {"width": "s", "inputmode": "numeric"}
        case FieldKind.LINE:
            look = {"width": "s"} if field.limit < 20 else {}  # noqa: PLR2004 - a short line
            if field.limit >= 80 and field.key not in PAIRED:  # noqa: PLR2004 - long enough to count
                checks.append(Counted(field.limit))
    return StringField(**says, validators=checks, render_kw=look)


class StepForm(Form):
    """One page of a proposal. Whatever is typed is kept; mistakes are shown beside it."""

    version = VersionField()


STEP_FORMS: dict[Step, type[StepForm]] = {
    step: cast(
        "type[StepForm]",
        type(
            f"{step.name.title()}Form",
            (StepForm,),
            {field.key: _input(field) for field in fields_of(step)},
        ),
    )
    for step in Step
}


class PictureForm(STEP_FORMS[Step.PICTURE]):  # type: ignore[misc, valid-type]  # made from the table
    """The picture page: one file, and what it shows in words."""

    upload = FileField(
        lazy("Choose a picture"),
        description=lazy("JPEG, PNG or WebP, at most 5 MB and 25 million pixels."),
        render_kw={"accept": "image/jpeg,image/png,image/webp"},
    )
    picture_alt = _input(replace(BY_KEY["picture_alt"], is_required=True))


class RemoveForm(Form):
    """Which version of a draft loses its picture."""

    version = VersionField()


def asked_of(step: Step, terms: Terms) -> list[str]:
    """List the fields a challenge asks on this page: no UEA where none is wanted."""
    left_out = set()
    if terms.declaration is DeclarationKind.NONE:
        left_out.add("declares")
    if terms.declaration is not DeclarationKind.UEA:
        left_out.add("uea")
    if not terms.accepts_english:
        left_out.add("lang")
    if not terms.is_blind:
        left_out.add("picture_unnamed")
    return [field.key for field in fields_of(step) if field.key not in left_out]


def texts_for(step: Step, content: Content) -> dict[str, Any]:
    """Give what was written on a page as a form wants it."""
    return {
        field.key: bool(text) if field.kind is FieldKind.TICK else text
        for field in fields_of(step)
        if (text := text_of(content, field)) or field.key != "lang"
    }


def texts_from(step: Step, form: StepForm) -> dict[str, str]:
    """Give what was typed on a page as a proposal keeps it."""
    typed = {field.key: form[field.key].data for field in fields_of(step)}
    return {key: "yes" if value is True else str(value or "") for key, value in typed.items()}


class NewForm(Form):
    """For which startup somebody begins."""

    bidder = RadioField(lazy("For which startup?"), validators=[DataRequired()])


class SubmitForm(Form):
    """The last, small request: which version, and the declaration."""

    version = VersionField()
    has_declared = BooleanField(
        lazy(
            "We offer this proposal on the terms of the challenge, and what it says about our "
            "company is true"
        )
    )


class WithdrawForm(Form):
    """Which handing-in is taken back."""

    receipt = HiddenField()
    is_sure = BooleanField(
        lazy("Yes, take this proposal out of the vault"),
        validators=[DataRequired(lazy("Tick the box to withdraw your proposal."))],
    )


class FactorForm(Form):
    """A fresh one-time code, for turning a key."""

    code = StringField(
        lazy("Code of your authenticator app"),
        description=lazy("Six digits. A code works once."),
        validators=[DataRequired()],
        render_kw={"width": "s", "inputmode": "numeric", "autocomplete": "one-time-code"},
    )


class ExcludeForm(Form):
    """Why a proposal is left out of the judging."""

    reason = TextAreaField(
        lazy("Reason"),
        description=lazy("The bidder reads this. Name the requirement and why it is not met."),
        validators=[DataRequired(), Length(min=40, max=2000)],
        render_kw={"rows": 6},
    )

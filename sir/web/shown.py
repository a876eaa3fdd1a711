"""How a field looks: label, hint, mistake, input, counter, tied together for a screen reader."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from flask import current_app
from markupsafe import Markup, escape
from wtforms import (
    BooleanField,
    FileField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    SubmitField,
    TextAreaField,
)
from wtforms.fields.core import Field
from wtforms.widgets import HiddenInput, TextArea, TextInput

from sir.web.fields import DecimalField, PartsField

CHOICE = {
    "radio": "utrecht-radio-button utrecht-radio-button--html-input",
    "checkbox": "utrecht-checkbox utrecht-checkbox--custom utrecht-checkbox--html-input",
}

COUNTED_FROM, COUNTED_UNDER = 40, 200  # characters of a line of text
UNREACHED_FROM = 20_000  # characters that nobody writes in one field

PLAIN = (HiddenInput, TextInput)


@dataclass(frozen=True)
class Shown:
    """What the template needs to know of a field."""

    id: str
    label: str
    hint: str = ""
    error: str = ""
    warning: str = ""
    is_optional: bool = False
    prefix: str = ""
    suffix: str = ""
    longest: int | None = None
    shortest: int = 0

    @property
    def described_by(self) -> str:
        """The ids of everything that explains this field."""
        parts = {
            "hint": self.hint,
            "error": self.error,
            "warning": self.warning,
            "counter": self.longest,
        }
        return " ".join(f"{self.id}-{part}" for part, text in parts.items() if text)


def first_input(field: Field) -> str | None:
    """Give the id of the input a mistake points at; None for what cannot be seen."""
    if isinstance(field.widget, HiddenInput):
        return None
    if isinstance(field, PartsField):
        return f"{field.id}-{field.parts[0][0]}"
    if isinstance(field, RadioField | SelectMultipleField):
        return next((option.id for option in field), field.id)
    return str(field.id)


def attributes(**given: Any) -> Markup:
    """Write attributes as WTForms' own `html_params` does, for a tenth of its price.

    A page of fields writes a hundred. False is left out, True stands by itself, `class_` is
    `class`, and `aria_` and `data_` get their hyphens.
    """
    rows = []
    for key, value in sorted(given.items()):
        name = key.rstrip("_")
        if name.startswith(("aria_", "data_")):
            name = name.replace("_", "-")
        if value is True:
            rows.append(name)
        elif value is not False:
            # markup may hold a bare quote
            rows.append(f'{name}="{str(escape(value)).replace(chr(34), "&quot;")}"')
    return Markup(" ".join(rows))  # noqa: S704 - escaped above


def show(field: Field, render_kw: dict[str, Any]) -> Markup:
    """Give the whole of a field as markup."""
    extra = {**(field.render_kw or {}), **render_kw}
    if isinstance(field, HiddenField | SubmitField) or isinstance(field.widget, HiddenInput):
        return _drawn(field, extra)
    shown = Shown(
        id=field.id,
        label=str(extra.pop("label", field.label.text)),
        hint=str(extra.pop("hint", field.description) or ""),
        error=str(field.errors[0]) if field.errors else "",
        warning=vars(field).get("warning", ""),
        is_optional=not (field.flags.required or field.flags.narrows)
        and not isinstance(field, BooleanField),
        prefix=extra.pop("prefix", ""),
        suffix=extra.pop("suffix", ""),
    )
    if isinstance(field, PartsField):
        return _part("moment", shown, _boxes(field, shown))
    if isinstance(field, RadioField | SelectMultipleField):
        return _part("choices", shown, _options(field))
    if isinstance(field, BooleanField):
        return _part("check", shown, _tick(field, shown, extra))
    if isinstance(field, FileField):
        return _part("file", shown, _input(field, shown, extra))
    longest, shortest = field.flags.maxlength, field.flags.minlength or 0
    if longest and not isinstance(field, SelectField) and _is_counted(field, longest, shortest):
        shown = replace(shown, longest=longest, shortest=shortest)
    return _part("single", shown, _input(field, shown, extra))


def _is_counted(field: Field, longest: int, shortest: int) -> bool:
    """Whether a counter helps: in a text, and in a line that its limit makes people weigh.

    A limit that nobody comes near only guards the house.
    """
    if longest >= UNREACHED_FROM:
        return False
    return (
        isinstance(field, TextAreaField) or shortest > 0 or COUNTED_FROM <= longest < COUNTED_UNDER
    )


def _part(name: str, *words: Any) -> Markup:
    macros = current_app.jinja_env.get_template("parts/field.html").module
    return Markup(getattr(macros, name)(*words))  # noqa: S704 - the macro escapes


def _input(field: Field, shown: Shown, extra: dict[str, Any]) -> Markup:
    kind, tag = "textbox", "input"
    if isinstance(field, TextAreaField):
        kind, tag = "textarea", "textarea"
    elif isinstance(field, SelectField):
        kind, tag = "select", "select"
    look = [f"utrecht-{kind}", f"utrecht-{kind}--html-{tag}"]
    if isinstance(field, FileField):
        look = []
    if isinstance(field, IntegerField | DecimalField):
        extra.setdefault("inputmode", "numeric" if isinstance(field, IntegerField) else "decimal")
        extra["type"] = "text"
        extra.setdefault("width", "s")
    if shown.error:
        look.append(f"utrecht-{kind}--invalid")
    if width := extra.pop("width", ""):
        look.append(f"sir-w-{width}")
    # the browser must not cut a pasted text, nor speak before the server does
    extra |= {"required": False, "maxlength": False, "minlength": False, "min": False, "max": False}
    return _drawn(field, {"class_": " ".join(look), **_aria(field, shown), **extra})


def _drawn(field: Any, extra: dict[str, Any]) -> Markup:
    """Draw the input itself; the kinds that a page has many of are drawn here."""
    kind = type(field.widget)
    named = {"id": field.id, "name": field.name, **extra}
    if kind is TextArea:
        inside = f"<textarea {attributes(**named)}>\r\n{escape(field._value())}</textarea>"  # noqa: SLF001 - as WTForms' own widgets do
        return Markup(inside)  # noqa: S704 - escaped above
    if kind in PLAIN:
        named = {"type": field.widget.input_type, "value": field._value(), **named}  # noqa: SLF001
        return Markup(f"<input {attributes(**named)}>")  # noqa: S704 - attributes escapes
    return Markup(field.widget(field, **extra))  # noqa: S704 - WTForms escapes


def _aria(field: Field, shown: Shown) -> dict[str, str]:
    said = {}
    if shown.described_by:
        said["aria-describedby"] = shown.described_by
    if shown.error:
        said["aria-invalid"] = "true"
    if field.flags.required:
        said["aria-required"] = "true"
    return said


def _tick(field: Field, shown: Shown, extra: dict[str, Any]) -> Markup:
    extra |= {"required": False, "class": CHOICE["checkbox"]}
    return Markup(field.widget(field, **_aria(field, shown), **extra))  # noqa: S704 - WTForms escapes


def _options(field: RadioField | SelectMultipleField) -> list[tuple[Markup, str, str, str]]:
    kind = "radio" if isinstance(field, RadioField) else "checkbox"
    rows = []
    for place, (value, label, is_chosen, render_kw) in enumerate(field.iter_choices()):
        extra = dict(render_kw or {})
        words, count = extra.pop("help", ""), extra.pop("count", "")
        inside = attributes(
            type=kind,
            id=f"{field.id}-{place}",
            name=field.name,
            value=str(value),
            checked=is_chosen,
            class_=CHOICE[kind],
            **extra,
        )
        drawn = Markup(f"<input {inside}>")  # noqa: S704 - attributes escapes
        rows.append((drawn, str(label or value), str(words), str(count)))
    return rows


def _boxes(field: PartsField, shown: Shown) -> list[tuple[str, str, Markup]]:
    typed = field.spelled()
    look = "utrecht-textbox utrecht-textbox--html-input" + (
        " utrecht-textbox--invalid" if shown.error else ""
    )
    rows = []
    for part, words, size in field.parts:
        name = f"{field.id}-{part}"
        inside = attributes(
            type="text",
            id=name,
            name=f"{field.name}-{part}",
            value=typed[part],
            inputmode="decimal" if part == "time" else "numeric",
            autocomplete="off",
            size=size,
            class_=f"{look} sir-w-{size}",
            aria_invalid="true" if shown.error else False,
            aria_required="true" if field.flags.required else False,
        )
        rows.append((name, str(words), Markup(f"<input {inside}>")))  # noqa: S704 - attributes escapes
    return rows

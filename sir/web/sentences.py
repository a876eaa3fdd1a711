"""What WTForms has to say, as sentences that name the field and say what to do."""

from __future__ import annotations

from wtforms import BooleanField, FileField, RadioField, SelectField
from wtforms.fields.core import Field

from sir.kernel.i18n import _, lazy

FILL_IN = lazy("Fill in “%(label)s”.")
CHOOSE = lazy("Choose an answer for “%(label)s”.")
TICK = lazy("Tick the box “%(label)s”.")
UPLOAD = lazy("Choose a file for “%(label)s”.")

# WTForms fills in %(min)s and the like after us, so the label may only come in doubled per cents
SENTENCES = {
    "Field must be equal to %(other_name)s.": lazy("Type the same again for “%(label)s”."),
    "Field must be at least %(min)d characters long.": lazy(
        "Write at least %(min)s characters for “%(label)s”. You have %(length)s."
    ),
    "Field cannot be longer than %(max)d characters.": lazy(
        "Make “%(label)s” shorter: at most %(max)s characters; you have %(length)s."
    ),
    "Field must be exactly %(max)d characters long.": lazy(
        "Write exactly %(max)s characters for “%(label)s”. You have %(length)s."
    ),
    "Field must be between %(min)d and %(max)d characters long.": lazy(
        "Write %(min)s to %(max)s characters for “%(label)s”. You have %(length)s."
    ),
    "Number must be at least %(min)s.": lazy("Write %(min)s or more for “%(label)s”."),
    "Number must be at most %(max)s.": lazy("Write %(max)s or less for “%(label)s”."),
    "Number must be between %(min)s and %(max)s.": lazy(
        "Write a number from %(min)s to %(max)s for “%(label)s”."
    ),
    "Date must be at least %(min)s.": lazy("Choose %(min)s or later for “%(label)s”."),
    "Date must be at most %(max)s.": lazy("Choose %(max)s or earlier for “%(label)s”."),
    "Date must be between %(min)s and %(max)s.": lazy(
        "Choose a day from %(min)s to %(max)s for “%(label)s”."
    ),
    "Invalid email address.": lazy("Write an e-mail address such as name@example.nl."),
    "Invalid URL.": lazy("Write a web address that starts with https:// for “%(label)s”."),
    "Not a valid integer value.": lazy("Write a whole number, in digits, for “%(label)s”."),
    "Not a valid choice.": CHOOSE,
    "Invalid Choice: could not coerce.": CHOOSE,
    "Invalid choice(s): one or more data inputs could not be coerced.": CHOOSE,
    "'%(value)s' is not a valid choice for this field.": CHOOSE,
    "'%(value)s' are not valid choices for this field.": CHOOSE,
}
FILLED_IN_LATER = ("%(min)", "%(max)", "%(length)", "%(other_name)", "%(value)")


class Sentences:
    """Stands where WTForms expects a catalogue, and knows which field is speaking."""

    def __init__(self, field: Field) -> None:
        self.field = field

    def gettext(self, string: str) -> str:
        """Give our sentence for one of WTForms' own; what it does not know, it translates."""
        if string in {"This field is required.", "Invalid input."}:
            return str(self._missing()) % {"label": self.label}
        sentence = SENTENCES.get(string)
        if sentence is None:
            return str(_(string))
        if any(hole in string for hole in FILLED_IN_LATER):
            return str(sentence).replace("%(label)s", self.label.replace("%", "%%"))
        return str(sentence).replace("%(label)s", self.label)

    def ngettext(self, singular: str, plural: str, number: int) -> str:  # noqa: ARG002 - the shape WTForms calls
        """Our sentences hold for one and for many."""
        return self.gettext(plural)

    @property
    def label(self) -> str:
        """The words above the field."""
        return str(self.field.label.text)

    def _missing(self) -> object:
        kinds: tuple[tuple[type[Field] | tuple[type[Field], ...], object], ...] = (
            (BooleanField, TICK),
            ((RadioField, SelectField), CHOOSE),
            (FileField, UPLOAD),
        )
        return next((words for kind, words in kinds if isinstance(self.field, kind)), FILL_IN)

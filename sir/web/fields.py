"""Fields the trade needs and WTForms does not have: euros, days and moments in the Netherlands."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import wtforms
from babel.numbers import format_decimal
from werkzeug.datastructures import MultiDict
from wtforms import IntegerField
from wtforms.fields.core import Field
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget, TextInput

from sir.kernel.calendar import AMSTERDAM
from sir.kernel.i18n import _, lazy
from sir.web.locale import page_language

WHOLE = re.compile(r"-?\d+")
DUTCH = re.compile(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?")  # 50.000 or 50.000,00
ENGLISH = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?")  # 50,000 or 50,000.00
BROKEN = re.compile(r"-?\d+[.,]\d+")  # 12,5 or 12.5
LONGEST_NUMBER = 20


class UnclearNumberError(ValueError):
    """A number that two people would read differently, or that is no number at all."""


def read_number(text: str, places: int) -> Decimal:
    """Read a number as a Dutch or an English writer means it; exact, at most `places` decimals.

    Raises UnclearNumberError for "1.234" when three decimals are possible, and for no number.
    """
    text = re.sub(r"[\s\u00a0\u202f€]", "", text).replace("\u2212", "-").removesuffix(",-")
    if not text.isascii() or len(text) > LONGEST_NUMBER:
        raise UnclearNumberError
    grouped = DUTCH.fullmatch(text) or ENGLISH.fullmatch(text)
    broken = BROKEN.fullmatch(text)
    if grouped and broken and places > 2:  # noqa: PLR2004 - three digits: thousands or decimals
        raise UnclearNumberError
    if grouped:
        sign = "," if DUTCH.fullmatch(text) else "."
        plain = text.replace("." if sign == "," else ",", "").replace(sign, ".")
    elif broken or WHOLE.fullmatch(text):
        plain = text.replace(",", ".")
    else:
        raise UnclearNumberError
    if len(plain.partition(".")[2]) > places:
        raise UnclearNumberError
    return Decimal(plain)


class DecimalField(Field):
    """An exact number with at most `places` decimals, with a comma or a point; never a float."""

    widget = TextInput()
    sentence = lazy("Write a number such as 12,5 for “%(label)s”.")

    def __init__(self, *args: Any, places: int = 2, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = places

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read what was typed; an empty field is None."""
        self.data: Decimal | None = None
        if not valuelist or not valuelist[0].strip():
            return
        try:
            self.data = read_number(valuelist[0], self.places)
        except UnclearNumberError:
            raise ValueError(str(self.sentence) % {"label": self.label.text}) from None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        if self.data is None:
            return ""
        return format_decimal(self.data, self.pattern, locale=page_language())

    @property
    def pattern(self) -> str:
        """How the number is written back."""
        return "0." + "#" * self.places if self.places else "0"


class MoneyField(DecimalField):
    """An amount in euros: "50.000", "50.000,00", "50000.00" and "€ 50.000,-" are all clear."""

    sentence = lazy("Write an amount such as 50000 or 50.000,00 for “%(label)s”.")

    def __init__(self, *args: Any, render_kw: dict[str, Any] | None = None, **kwargs: Any) -> None:
        shown = {"prefix": "€", "width": "s", **(render_kw or {})}
        super().__init__(*args, places=2, render_kw=shown, **kwargs)

    @property
    def pattern(self) -> str:
        """Cents only when there are any."""
        is_round = self.data is not None and self.data == self.data.to_integral_value()
        return "#,##0" if is_round else "#,##0.00"


class PartsField(Field):
    """A field typed in several boxes under one heading; each box has its own name and label."""

    widget = TextInput()
    parts: tuple[tuple[str, Any, str], ...] = ()  # (name, label, how many signs)

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Gather the boxes, so that validators see one answer or none."""
        if data is None:
            data = self.default() if callable(self.default) else self.default
        joined = None
        self.typed: dict[str, str] | None = None
        if formdata is not None:
            boxes = {part: formdata.get(f"{self.name}-{part}", "") for part, *_rest in self.parts}
            self.typed = {part: str(text).strip() for part, text in boxes.items()}
            if any(self.typed.values()):
                joined = MultiDict({self.name: " ".join(self.typed.values())})
            else:
                joined = MultiDict()
        super().process(joined, data, extra_filters)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the boxes; all empty is None."""
        self.data: Any = None
        if valuelist and self.typed is not None:
            self.data = self.read(self.typed)

    @abstractmethod
    def read(self, typed: dict[str, str]) -> Any:
        """Make one value of what was typed, or raise ValueError with a sentence."""

    def spelled(self) -> dict[str, str]:
        """Give the text for each box: as typed, or of the value we know."""
        return self.typed if self.typed is not None else self.spell(self.data)

    @abstractmethod
    def spell(self, value: Any) -> dict[str, str]:
        """Write a value in its boxes."""


DAY_PARTS = (("day", lazy("Day"), "2"), ("month", lazy("Month"), "2"), ("year", lazy("Year"), "4"))


def read_day(typed: dict[str, str], label: str) -> date:
    """Read a day from three boxes, all in digits and after the year 1899."""
    missing = [str(words) for part, words, _w in DAY_PARTS if not typed[part]]
    if missing:
        raise ValueError(
            _("Fill in the rest of “%(label)s”: %(missing)s.")
            % {"label": label, "missing": ", ".join(missing).lower()}
        )
    numbers = [typed[part] for part, _words, _w in DAY_PARTS]
    if all(re.fullmatch(r"[0-9]{1,4}", number) for number in numbers):
        day, month, year = map(int, numbers)
        if 1900 <= year <= 2999:  # noqa: PLR2004 - anything else is a slip of the finger
            try:
                return date(year, month, day)
            except ValueError:
                pass
    raise ValueError(
        _("Write a day that exists, such as 1 2 2027, for “%(label)s”.") % {"label": label}
    )


class DateField(PartsField):
    """A day in three boxes: day, month, year. Gives a date."""

    parts = DAY_PARTS

    def read(self, typed: dict[str, str]) -> date:
        """Give the day."""
        return read_day(typed, str(self.label.text))

    def spell(self, value: date | None) -> dict[str, str]:
        """Write the day in its boxes."""
        numbers = (value.day, value.month, value.year) if value else ("", "", "")
        return dict(zip(("day", "month", "year"), map(str, numbers), strict=True))


class LocalDateTimeField(PartsField):
    """A moment on the wall clock of the Netherlands. Gives and takes aware UTC.

    Refuses the hour that the clock skips in March and the one it shows twice in October:
    a deadline must be one instant.
    """

    parts = (*DAY_PARTS, ("time", lazy("Time"), "5"))

    def read(self, typed: dict[str, str]) -> datetime:
        """Give the instant."""
        label = str(self.label.text)
        if not typed["time"] and all(typed[part] for part in ("day", "month", "year")):
            raise ValueError(_("Add the time, such as 12.00, to “%(label)s”.") % {"label": label})
        day = read_day(typed, label)
        clock = re.fullmatch(r"([0-9]{1,2})(?:[.:]([0-9]{2}))?(?: ?uur)?", typed["time"].lower())
        hour, minute = (int(clock[1]), int(clock[2] or 0)) if clock else (24, 0)
        if hour > 23 or minute > 59:  # noqa: PLR2004 - the clock's own limits
            raise ValueError(
                _("Write the time as 12.00 or 12:00, from 00.00 to 23.59, for “%(label)s”.")
                % {"label": label}
            )
        return the_instant(datetime(day.year, day.month, day.day, hour, minute, tzinfo=AMSTERDAM))

    def spell(self, value: datetime | None) -> dict[str, str]:
        """Write the instant in its boxes, as the wall clock shows it."""
        if value is None:
            return dict.fromkeys(("day", "month", "year", "time"), "")
        wall = value.astimezone(AMSTERDAM)
        words = ("%-d", "%-m", "%Y", "%H.%M" if page_language() == "nl" else "%H:%M")
        names = ("day", "month", "year", "time")
        return {name: wall.strftime(word) for name, word in zip(names, words, strict=True)}


SKIPPED = lazy(
    "That night the clock goes from 2.00 to 3.00, so this time does not exist. Choose another."
)
TWICE = lazy(
    "That night the clock goes back from 3.00 to 2.00, so this time comes twice. Choose another."
)


def the_instant(wall: datetime) -> datetime:
    """Give the one instant this wall clock shows; raises ValueError when there is none, or two."""
    instant = wall.astimezone(UTC)
    if instant.astimezone(AMSTERDAM).replace(fold=0) != wall.replace(fold=0):
        raise ValueError(str(SKIPPED))
    if wall.replace(fold=1).astimezone(UTC) != instant:
        raise ValueError(str(TWICE))
    return instant


class PairsMixin:
    """Takes its choices as (value, words) or (value, words, {"help": …})."""

    def __init__(self, *args: Any, choices: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = choices  # here and not above: WTForms warns of pairs, yet reads them


class SelectField(PairsMixin, wtforms.SelectField):
    """One answer out of a list."""


class RadioField(PairsMixin, wtforms.RadioField):
    """One answer out of a few, all in sight."""


class CheckboxesField(PairsMixin, wtforms.SelectMultipleField):
    """Several answers out of a list, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class VersionField(IntegerField):
    """The version somebody was looking at, hidden in the form."""

    widget = HiddenInput()

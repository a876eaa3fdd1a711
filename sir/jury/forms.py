"""What the jury room accepts from a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sir.jury.models import Measure, SeatKind, Tie
from sir.jury.rules.conflicts import DETAIL_LENGTH
from sir.jury.rules.sheets import NOTE_LIMIT, REASON_LIMIT, Marks
from sir.kernel.i18n import _, lazy
from sir.people.models import Organisation
from sir.web.forms import (
    EmailField,
    Form,
    InputRequired,
    Length,
    LocalDateTimeField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    VersionField,
)
from sir.workflows.models import Plan


class Wanted:
    """Tells the counter how many characters are wanted; a draft may have fewer."""

    def __init__(self, characters: int) -> None:
        self.field_flags = {"minlength": characters, "required": True}

    def __call__(self, form: Form, field: Any) -> None:
        """Refuse nothing: what is missing is said when everything is handed in."""


class ActForm(Form):
    """A button: only proof that our own page sent it."""


class InviteForm(Form):
    """Whom to offer a seat."""

    name = StringField(lazy("Name"), [InputRequired(), Length(max=200)])
    email = EmailField(
        lazy("E-mail address"),
        [InputRequired(), Length(max=254)],
        description=lazy("The invitation goes here. Only this address can accept the seat."),
    )
    kind = RadioField(
        lazy("Seat"),
        [InputRequired()],
        choices=[
            (SeatKind.CHAIR, lazy("Chair"), {"help": lazy("Leads the jury and scores.")}),
            (SeatKind.JUROR, lazy("Juror"), {"help": lazy("Scores every proposal.")}),
            (
                SeatKind.RESERVE,
                lazy("Reserve juror"),
                {"help": lazy("Takes over an empty seat of the same function.")},
            ),
            (SeatKind.ADVISER, lazy("Adviser"), {"help": lazy("Advises and does not score.")}),
        ],
    )
    function = SelectField(
        lazy("Function"),
        [InputRequired()],
        description=lazy("As announced with the challenge."),
    )
    qualification = StringField(lazy("Expertise"), [Length(max=200)])

    def offer(self, functions: Sequence[str]) -> None:
        """Offer the functions that were announced."""
        self.function.choices = [(row, row) for row in functions]


class ReasonForm(Form):
    """Why something is done that others must be able to check."""

    reason = TextAreaField(lazy("Reason"), [InputRequired(), Length(max=REASON_LIMIT)])


class OpenRoundForm(Form):
    """When the scores are due."""

    due_at = LocalDateTimeField(
        lazy("Scores are due before"),
        [InputRequired()],
        description=lazy("Jurors are reminded seven, three and one day before, and on the day."),
    )


TIES = [
    (Tie.NONE, lazy("No tie")),
    (
        Tie.SOFT,
        lazy("A loose tie"),
        {"help": lazy("Such as a former colleague, or the same large organisation.")},
    ),
    (
        Tie.HARD,
        lazy("A close tie"),
        {
            "help": lazy(
                "You work there or worked there less than three years ago, own a part, have family"
                " there, have a contract or a dispute, or helped to write a proposal. You then"
                " leave this jury."
            )
        },
    ),
]


def ties_form(bidders: Iterable[Organisation]) -> Form:
    """Ask for the tie with every bidder; nothing is chosen beforehand (jury: R11)."""
    fields: dict[str, Any] = {}
    for bidder in bidders:
        fields[f"tie_{bidder.id}"] = RadioField(
            bidder.name,
            [InputRequired(message=lazy("Choose what applies to %(name)s.", name=bidder.name))],
            choices=TIES,
        )
        fields[f"detail_{bidder.id}"] = TextAreaField(
            _("Explain your tie with %(name)s", name=bidder.name),
            [Length(max=REASON_LIMIT)],
            description=lazy("Only when you have a tie. The procurement officer reads this."),
            render_kw={"rows": 2},
        )
    shape: type[Form] = type("TiesForm", (Form,), fields)
    form = shape.from_request()
    for bidder in bidders:
        if form.is_submitted() and form[f"tie_{bidder.id}"].data in {Tie.SOFT, Tie.HARD}:
            form[f"detail_{bidder.id}"].validators = [
                InputRequired(),
                Length(min=DETAIL_LENGTH, max=REASON_LIMIT),
            ]
    return form


def ties_in(form: Form, bidders: Iterable[Organisation]) -> dict[int, tuple[Tie, str]]:
    """Read the answers, by the bidder's number."""
    return {
        bidder.id: (
            Tie(form[f"tie_{bidder.id}"].data),
            form[f"detail_{bidder.id}"].data or "",
        )
        for bidder in bidders
    }


class MeasureForm(Form):
    """What a loose tie leads to."""

    measure = RadioField(
        lazy("Decision"),
        [InputRequired()],
        choices=[
            (Measure.ADMIT, lazy("The juror stays")),
            (Measure.EXCLUDE, lazy("The juror leaves this jury")),
        ],
    )
    reason = TextAreaField(
        lazy("Reason"), [InputRequired(), Length(min=DETAIL_LENGTH, max=REASON_LIMIT)]
    )


def sheet_form(plan: Plan, marks: Marks | None = None, version: int = 0) -> Form:
    """Ask a level and a reason for each criterion; a draft may miss anything."""
    fields: dict[str, Any] = {"version": VersionField()}
    values: dict[str, Any] = {"version": version}
    for row in plan.criteria:
        fields[f"level_{row.key}"] = StringField(_("%(name)s: level", name=row.name))
        fields[f"reason_{row.key}"] = TextAreaField(
            _("Your reason"),
            [Length(max=REASON_LIMIT), Wanted(plan.min_reason)],
            description=lazy(
                "Why this level, and not one higher or lower? At least %(length)s characters.",
                length=plan.min_reason,
            ),
            render_kw={"rows": 3},
        )
        if marks is not None:
            values[f"level_{row.key}"] = _text(marks.levels.get(row.key))
            values[f"reason_{row.key}"] = marks.reasons.get(row.key, "")
    fields["note"] = TextAreaField(
        lazy("Note to yourself"),
        [Length(max=NOTE_LIMIT)],
        description=lazy("Only you see this. It is not sent with your scores."),
        render_kw={"rows": 3},
    )
    values["note"] = marks.note if marks else ""
    shape: type[Form] = type("SheetForm", (Form,), fields)
    return shape.from_request(**values)


def marks_in(form: Form, plan: Plan) -> Marks:
    """Read what a juror filled in."""
    return Marks(
        levels={row.key: _position(form[f"level_{row.key}"].data) for row in plan.criteria},
        reasons={row.key: form[f"reason_{row.key}"].data or "" for row in plan.criteria},
        note=form["note"].data or "",
    )


def shown_marks(marks: Marks, plan: Plan) -> dict[str, str]:
    """Give stored marks by the names of the form, to be put beside what was typed."""
    shown = {}
    for row in plan.criteria:
        shown[f"level_{row.key}"] = _text(marks.levels.get(row.key))
        shown[f"reason_{row.key}"] = marks.reasons.get(row.key, "")
    return shown | {"note": marks.note}


def _position(text: str | None) -> int | None:
    """Read a level; what is not a level of any scale becomes one that the service refuses."""
    if not text:
        return None
    return int(text) if text.isascii() and text.isdecimal() and len(text) < len("1000") else -1


def _text(value: int | None) -> str:
    return "" if value is None else str(value)


class LateTieForm(Form):
    """A tie that somebody discovers after having declared."""

    bidder = SelectField(lazy("Organisation"), [InputRequired()])
    tie = RadioField(lazy("Your tie"), [InputRequired()], choices=TIES[1:])
    detail = TextAreaField(
        lazy("Explain your tie"),
        [InputRequired(), Length(min=DETAIL_LENGTH, max=REASON_LIMIT)],
        description=lazy("The procurement officer reads this."),
    )

    def offer(self, bidders: Iterable[Organisation]) -> None:
        """Offer the organisations that handed in."""
        self.bidder.choices = [(str(row.id), row.name) for row in bidders]


class ReassessForm(OpenRoundForm):
    """Why everything is judged again, and when the scores are due."""

    reason = TextAreaField(
        lazy("Why is everything judged again?"),
        [InputRequired(), Length(min=20, max=REASON_LIMIT)],
    )


class TakeBackForm(Form):
    """Why sheets are taken back."""

    reason = TextAreaField(
        lazy("Why do you take your scores back?"),
        [InputRequired(), Length(min=20, max=REASON_LIMIT)],
    )


class ItemForm(Form):
    """What the jury agreed on one criterion of one proposal."""

    version = VersionField()
    level = StringField(lazy("Level"))
    reason = TextAreaField(
        lazy("The jury's reason"),
        [InputRequired(), Length(max=REASON_LIMIT)],
        render_kw={"rows": 5},
    )
    extra_reason = TextAreaField(
        lazy("Why the jury left the jurors' own levels"),
        [Length(max=REASON_LIMIT)],
        description=lazy(
            "Only when the level lies outside what the jurors gave, or more than one level from"
            " the middle."
        ),
        render_kw={"rows": 3},
    )
    minority = TextAreaField(
        lazy("View of a minority"),
        [Length(max=REASON_LIMIT)],
        description=lazy("Only when a member of the jury wants this written down."),
        render_kw={"rows": 3},
    )

    @property
    def position(self) -> int | None:
        """The level that was chosen."""
        return _position(self.level.data)


class RankForm(Form):
    """Why a new ranking is made; the first needs no reason."""

    reason = TextAreaField(lazy("Why do you make a new ranking?"), [Length(max=REASON_LIMIT)])


class SignForm(Form):
    """A signature with one's own second factor, or a refusal with a reason."""

    answer = RadioField(
        lazy("Your answer"),
        [InputRequired()],
        choices=[("sign", lazy("I sign this report")), ("refuse", lazy("I do not sign"))],
    )
    refusal = TextAreaField(
        lazy("Why do you not sign?"),
        [Length(max=REASON_LIMIT)],
        description=lazy("Only when you do not sign. Your reason is kept with the report."),
    )
    code = StringField(
        lazy("Code from your authenticator app"),
        [InputRequired()],
        render_kw={"width": "s", "inputmode": "numeric", "autocomplete": "one-time-code"},
    )

"""What the jury agrees."""

from __future__ import annotations

from sir.jury.rules.sheets import REASON_LIMIT, position_in
from sir.kernel.i18n import lazy
from sir.web.forms import Form, InputRequired, Length, StringField, TextAreaField, VersionField


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
        return position_in(self.level.data)

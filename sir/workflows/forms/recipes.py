"""The forms of the library of recipes."""

from __future__ import annotations

from sir.kernel.i18n import lazy
from sir.web.forms import Form, InputRequired, Length, StringField, TextAreaField, VersionField
from sir.workflows.rules import RECIPE_DESCRIPTION_LIMIT, RECIPE_NAME_LIMIT


class UseForm(Form):
    """A button that replaces a plan: the version says which plan was looked at."""

    version = VersionField()


class RecipeForm(Form):
    """What a shared recipe says of itself."""

    title = StringField(lazy("Name"), [InputRequired(), Length(max=RECIPE_NAME_LIMIT)])
    description = TextAreaField(
        lazy("When is it useful?"),
        [InputRequired(), Length(max=RECIPE_DESCRIPTION_LIMIT)],
        description=lazy("A colleague elsewhere chooses by this. Name no bidder and no person."),
        render_kw={"rows": 4},
    )

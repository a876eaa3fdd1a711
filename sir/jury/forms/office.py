"""A file that a juror filled in elsewhere."""

from __future__ import annotations

from sir.kernel.i18n import lazy
from sir.web.forms import FileField, Form, InputRequired


class FilledForm(Form):
    """One spreadsheet."""

    filled = FileField(
        lazy("Your filled in spreadsheet"),
        [InputRequired()],
        description=lazy("XLSX or ODS, at most 1 MB, as you took it from here."),
    )

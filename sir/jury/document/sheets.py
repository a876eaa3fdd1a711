"""A score sheet to fill in on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from sir.jury.document.names import shown
from sir.jury.models import (
    Sheet,
)
from sir.jury.rules.sheets import marks_of
from sir.kernel.i18n import _
from sir.kernel.paper import (
    Document,
    Part,
    Prose,
    Section,
    Table,
)


def sheet_document(
    sheet: Sheet,
    name: str,
    scales: Mapping[str, Sequence[tuple[int, str, str]]],
    plan_sha256: str,
    lang: Literal["nl", "en"],
) -> Document:
    """Print one juror's score sheet to fill in by hand: boxes to tick, lines to write on.

    What is stored already is printed; the plan, the round and the version stand on every page.
    """
    marks, round_ = marks_of(sheet), sheet.round
    plan = round_.challenge.plan
    return Document(
        kind="report",
        lang=lang,
        title=_("Score sheet: %(name)s", name=name),
        subtitle=round_.challenge.terms.title,
        reference=_(
            "Sheet %(sheet)s, version %(version)s, round %(round)s, plan %(plan)s",
            sheet=sheet.code,
            version=sheet.version,
            round=round_.code,
            plan=plan_sha256[:16],
        ),
        facts=(
            (_("Juror"), sheet.seat.name),
            (
                _("Score sheet"),
                _("%(sheet)s, version %(version)s", sheet=sheet.code, version=sheet.version),
            ),
            (_("Round"), round_.code),
            (_("Fingerprint of the plan"), plan_sha256),
        ),
        blocks=tuple(
            Section(
                row.key,
                f"{place}. {row.name} ({shown(row.weight)} %)",
                _to_fill_in(scales[row.key], marks.levels.get(row.key), marks.reasons.get(row.key)),
            )
            for place, row in enumerate(plan.criteria, 1)
        ),
    )


LINES_TO_WRITE = 5


def _to_fill_in(
    scale: Sequence[tuple[int, str, str]], chosen: int | None, reason: str | None
) -> tuple[Part, ...]:
    rows = tuple(
        ("☑" if position == chosen else "☐", str(position), label, anchor)
        for position, label, anchor in scale
    )
    table = Table(("", _("Level"), _("Name"), _("What it means")), rows, widths=(0, 0, 2, 5))
    lines = "\n".join([""] * LINES_TO_WRITE)
    written = Prose(reason) if reason else Table((_("Your reason"),), ((lines,),), widths=(1,))
    return (table, written)

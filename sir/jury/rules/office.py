"""Score sheets in a spreadsheet: what stands where, and what is wrong with one that comes back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sir.jury.models import Round, Sheet
from sir.jury.rules.patches import fields_of
from sir.jury.rules.sheets import REASON_LIMIT, marks_of
from sir.kernel.filled import Filled, address
from sir.kernel.i18n import _
from sir.kernel.sheets import Cell
from sir.workflows.models import Plan

FORMAT = "sir-score-1"
COLUMNS = 7
LEVEL, REASON = 6, 7  # columns to fill in, counted from 1
FREE = frozenset({LEVEL - 1, REASON - 1})
_PLAN, _ROUND, _FORMAT = 2, 3, 4  # the rows that say what the file is, in the second column
FIRST_ROW = 8  # after the six lines above and the heads
_MOST_FAULTS = 30


@dataclass(frozen=True)
class Office:
    """A file to take away: lines above, heads, and a row for each criterion of each sheet."""

    above: Sequence[Sequence[Cell]]
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class Returned:
    """What a file says of one sheet, and on which version it was filled in."""

    code: str
    version: int
    changes: Mapping[str, str]


def office_of(
    round_: Round, sheets: Iterable[tuple[Sheet, str]], plan_sha256: str, level_names: Sequence[str]
) -> Office:
    """Lay out a juror's own sheets, each with the name of its proposal."""
    plan = round_.challenge.plan
    above = (
        (_("Score sheets of %(title)s", title=round_.challenge.terms.title),),
        (_("Fingerprint of the plan"), plan_sha256),
        (_("Round"), round_.code),
        (_("Form"), FORMAT),
        (_("Levels"), " · ".join(level_names)),
        (_("Fill in the last two columns only: the number of the level, and your reason."),),
    )
    header = (
        _("Score sheet"),
        _("Version"),
        _("Proposal"),
        _("Key"),
        _("Criterion"),
        _("Level (number)"),
        _("Your reason"),
    )
    rows = [
        _row(sheet, name, plan, place)
        for sheet, name in sheets
        for place in range(len(plan.criteria))
    ]
    return Office(above, header, rows)


def _row(sheet: Sheet, name: str, plan: Plan, place: int) -> tuple[Cell, ...]:
    criterion = plan.criteria[place]
    fields = fields_of(marks_of(sheet), plan)
    level = fields[f"level_{criterion.key}"]
    return (
        sheet.code,
        sheet.version,
        name,
        criterion.key,
        criterion.name,
        int(level) if level else None,
        fields[f"reason_{criterion.key}"],
    )


def faults_of(filled: Filled, round_: Round, plan_sha256: str) -> list[str]:
    """Say what stands in the way of a file as a whole: it must be ours, of this plan and round."""
    faults = []
    if filled.at(_FORMAT, 2) != FORMAT:
        return [
            _("%(cell)s: this is not a score sheet of this platform.", cell=address(_FORMAT, 2))
        ]
    if filled.at(_PLAN, 2) != plan_sha256:
        faults.append(
            _("%(cell)s: this file belongs to another plan of judging.", cell=address(_PLAN, 2))
        )
    if filled.at(_ROUND, 2) != round_.code:
        faults.append(_("%(cell)s: this file belongs to another round.", cell=address(_ROUND, 2)))
    return faults


def read_returned(
    filled: Filled, plan: Plan, own: Mapping[str, Sheet]
) -> tuple[list[Returned], list[str]]:
    """Read what was filled in on a juror's own sheets, and say of each cell what is wrong."""
    keys = {row.key for row in plan.criteria}
    levels = {str(level.position) for level in plan.levels}
    changes: dict[str, dict[str, str]] = {}
    versions: dict[str, int] = {}
    faults = [
        _("%(cell)s holds a formula. Type the text or the number itself.", cell=address(*place))
        for place in sorted(filled.formulas)
    ]
    for row in range(FIRST_ROW, filled.last_row + 1):
        code, key = filled.at(row, 1), filled.at(row, 4)
        if not any(filled.at(row, column) for column in range(1, COLUMNS + 1)):
            continue
        wrong = _faults_of_row(filled, row, own, keys, levels)
        if not wrong and key in {name.partition("_")[2] for name in changes.get(code, {})}:
            wrong = [_("Row %(row)s stands there twice.", row=row)]
        if not wrong and versions.setdefault(code, int(filled.at(row, 2))) != int(
            filled.at(row, 2)
        ):
            wrong = [_("%(cell)s: one sheet has one version.", cell=address(row, 2))]
        faults += wrong
        if not wrong:
            changes.setdefault(code, {}).update(
                {f"level_{key}": filled.at(row, LEVEL), f"reason_{key}": filled.at(row, REASON)}
            )
    if not changes and not faults:
        faults.append(_("There is no score sheet in this file."))
    returned = [Returned(code, versions[code], changes[code]) for code in changes]
    return returned, faults[:_MOST_FAULTS]


def _faults_of_row(
    filled: Filled, row: int, own: Mapping[str, Sheet], keys: set[str], levels: set[str]
) -> list[str]:
    faults = []
    if filled.at(row, 1) not in own:
        faults.append(_("%(cell)s: this is not one of your score sheets.", cell=address(row, 1)))
    if not _is_version(filled.at(row, 2)):
        faults.append(_("%(cell)s: the version is not a number.", cell=address(row, 2)))
    if filled.at(row, 4) not in keys:
        faults.append(_("%(cell)s: the plan has no such criterion.", cell=address(row, 4)))
    level, reason = filled.at(row, LEVEL), filled.at(row, REASON)
    if level and level not in levels:
        faults.append(
            _(
                "%(cell)s: “%(level)s” is not a level of the published scale.",
                cell=address(row, LEVEL),
                level=level[:40],
            )
        )
    if len(reason) > REASON_LIMIT:
        faults.append(
            _(
                "%(cell)s: a reason has at most %(limit)s characters.",
                cell=address(row, REASON),
                limit=REASON_LIMIT,
            )
        )
    return faults


def _is_version(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < len("1000000")

"""Changes to single fields of a score sheet, as a page sends them while a juror works."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sir.jury.models import Sheet, SheetPatch
from sir.jury.queries.patches import marks_at, patch_by_key
from sir.jury.rules.patches import Clash, Way, clash, fields_of, marks_from
from sir.jury.rules.sheets import marks_of
from sir.jury.services.sheets import ChangedMeanwhile, save_sheet
from sir.kernel.canonical import canonical, sha256
from sir.kernel.database import db
from sir.kernel.i18n import _
from sir.people.models import Person


class Clashed(ChangedMeanwhile):
    """Nothing was written: both versions, and what they have in common, for a person to choose."""

    def __init__(self, both: Clash) -> None:
        super().__init__(_("This score sheet was saved elsewhere in the meantime."))
        self.both = both


class KeyReused(ChangedMeanwhile):
    """Something else was sent under this key before; nothing was written."""


def change_sheet(  # noqa: PLR0913 - what a change is made of
    sheet: Sheet,
    changes: Mapping[str, str],
    *,
    key: str,
    version: int,
    way: Way,
    by: Person,
    at: datetime,
) -> SheetPatch:
    """Take in the fields that changed since `version`; a key that was heard before changes nothing.

    Raises Clashed when the sheet was saved since, unless it says just this by now and no more:
    whoever sends must hear of every other change first. Raises KeyReused when the key stands for
    another change.
    """
    plan = sheet.round.challenge.plan
    digest = sha256(canonical(dict(changes)))
    known = patch_by_key(sheet, key)
    if known is not None:
        if known.sha256 != digest:
            raise KeyReused(_("This key was used for another change."))
        return known
    stored = fields_of(marks_of(sheet), plan)
    marks = marks_from({**stored, **changes}, plan)
    if version != sheet.version:
        before = marks_at(sheet, version)
        base = None if before is None else fields_of(before, plan)
        if base is None or {**base, **changes} != stored:
            raise Clashed(clash(changes, stored, base, sheet.version))
    save_sheet(sheet, version=sheet.version, marks=marks, way=way, by=by, at=at)
    taken = SheetPatch(sheet_id=sheet.id, key=key, sha256=digest, version=sheet.version, at=at)
    db.session.add(taken)
    return taken

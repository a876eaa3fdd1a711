"""Questions about changes that were sent to score sheets."""

from __future__ import annotations

from sqlalchemy import select

from sir.jury.models import Sheet, SheetPatch, SheetRevision
from sir.jury.rules.patches import marks_in_revision
from sir.jury.rules.sheets import Marks
from sir.kernel.database import db

LOOKED_BACK = 20  # revisions; taking back, the only kind without marks, is rare


def patch_by_key(sheet: Sheet, key: str) -> SheetPatch | None:
    """Find a change that was taken in before under the same key."""
    return db.session.scalar(
        select(SheetPatch).where(SheetPatch.sheet_id == sheet.id, SheetPatch.key == key)
    )


def marks_at(sheet: Sheet, version: int) -> Marks | None:
    """Read what stood on a sheet at an earlier version; None when that cannot be told.

    Before its first saving a sheet was empty.
    """
    kept = db.session.scalars(
        select(SheetRevision)
        .where(SheetRevision.sheet_id == sheet.id, SheetRevision.number <= version)
        .order_by(SheetRevision.number.desc())
        .limit(LOOKED_BACK)
    ).all()
    for revision in kept:
        if "levels" in revision.content:
            return marks_in_revision(revision.content)
    return None if len(kept) == LOOKED_BACK else Marks({}, {})

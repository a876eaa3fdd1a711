"""Taking in score sheets that a juror filled in elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sir.journal.services import record
from sir.jury.models import Round, Sheet
from sir.jury.rules.office import Returned
from sir.jury.rules.patches import Clash, Way
from sir.jury.services.patches import Clashed, change_sheet
from sir.jury.services.sheets import ChangedMeanwhile
from sir.kernel.i18n import _
from sir.people.models import Person


class FileClashed(ChangedMeanwhile):
    """Nothing of a file was taken in: some of its sheets were saved elsewhere since it was made."""

    def __init__(self, clashes: Sequence[tuple[Sheet, Clash]]) -> None:
        super().__init__(_("This score sheet was saved elsewhere in the meantime."))
        self.clashes = clashes


def take_in_file(  # noqa: PLR0913 - what a file is made of
    round_: Round,
    own: Mapping[str, Sheet],
    returned: Sequence[Returned],
    *,
    sha256: str,
    by: Person,
    at: datetime,
) -> None:
    """Take in all sheets of a file or none; the same file twice does no harm.

    Raises FileClashed when a sheet has another version by now and says something else.
    """
    clashes = []
    for row in returned:
        sheet = own[row.code]
        try:
            change_sheet(
                sheet,
                row.changes,
                key=f"file-{sha256}",
                version=row.version,
                way=Way.OFFICE,
                by=by,
                at=at,
            )
        except Clashed as clashed:
            clashes.append((sheet, clashed.both))
    if clashes:
        raise FileClashed(clashes)
    record(
        "sheets.read_in",
        round_,
        by=by,
        at=at,
        stream=round_.challenge.code,
        sheets=len(returned),
        sha256=sha256,
    )

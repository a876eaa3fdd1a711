"""What the jury room prints, and the words it does so with."""

from sir.jury.document.calendar import pitch_calendar
from sir.jury.document.names import (
    decided_by_name,
    ground_name,
    kind_name,
    measure_name,
    numbered_name,
    proposal_name,
    tie_name,
    verdict_name,
)
from sir.jury.document.prices import price_record
from sir.jury.document.report import Papers, report_document
from sir.jury.document.sheets import sheet_document

__all__ = [
    "Papers",
    "decided_by_name",
    "ground_name",
    "kind_name",
    "measure_name",
    "numbered_name",
    "pitch_calendar",
    "price_record",
    "proposal_name",
    "report_document",
    "sheet_document",
    "tie_name",
    "verdict_name",
]

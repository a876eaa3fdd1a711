"""What is true of the three pages: their fields, limits, standard texts and checks."""

from sir.terms.rules.advice import CHECKLIST, Advice, solution_words, text_advice
from sir.terms.rules.blocks import PROCEDURE_TEXTS, STANDARD_TEXTS, standard_texts
from sir.terms.rules.checks import Fault, money_faults, pitch_faults, text_faults
from sir.terms.rules.fields import (
    FIELDS,
    FIELDS_BY_KEY,
    PAGE_TITLES,
    Field,
    Kind,
    fields_of,
    lines_of,
)
from sir.terms.rules.procedures import (
    OFFERED,
    PUBLIC,
    THRESHOLDS,
    Side,
    minimum_days,
    notice_faults,
    procedure_faults,
    threshold,
)

__all__ = [
    "CHECKLIST",
    "FIELDS",
    "FIELDS_BY_KEY",
    "OFFERED",
    "PAGE_TITLES",
    "PROCEDURE_TEXTS",
    "PUBLIC",
    "STANDARD_TEXTS",
    "THRESHOLDS",
    "Advice",
    "Fault",
    "Field",
    "Kind",
    "Side",
    "fields_of",
    "lines_of",
    "minimum_days",
    "money_faults",
    "notice_faults",
    "pitch_faults",
    "procedure_faults",
    "solution_words",
    "standard_texts",
    "text_advice",
    "text_faults",
    "threshold",
]

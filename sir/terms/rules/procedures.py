"""Which procedure switches on what: thresholds by date, minimum terms, the notice on TenderNed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from sir.kernel.i18n import lazy
from sir.terms.models import DeclarationKind, Procedure, Terms
from sir.terms.rules.checks import Fault
from sir.terms.rules.fields import lines_of

# What can be chosen. An invited tender is not public, and every challenge here is.
OFFERED = (
    Procedure.NATIONAL_OPEN,
    Procedure.EUROPEAN_OPEN,
    Procedure.INNOVATION_PARTNERSHIP,
    Procedure.SOCIAL_SPECIFIC,
    Procedure.DESIGN_CONTEST,
)
PUBLIC = frozenset(OFFERED)  # begin with a notice on TenderNed


class Side(StrEnum):
    """Whose threshold holds."""

    CENTRAL = "central"  # ministries
    SUB_CENTRAL = "sub_central"  # municipalities and provinces
    SOCIAL = "social"  # social and other specific services, for all


@dataclass(frozen=True)
class Threshold:
    """An amount in euro excluding VAT, from which the European rules hold. Until a later row."""

    start: date
    side: Side
    amount: Decimal
    source: str


THRESHOLDS = (
    Threshold(date(2022, 1, 1), Side.CENTRAL, Decimal(140_000), "(EU) 2021/1952"),
    Threshold(date(2022, 1, 1), Side.SUB_CENTRAL, Decimal(215_000), "(EU) 2021/1952"),
    Threshold(date(2024, 1, 1), Side.CENTRAL, Decimal(143_000), "(EU) 2023/2495"),
    Threshold(date(2024, 1, 1), Side.SUB_CENTRAL, Decimal(221_000), "(EU) 2023/2495"),
    Threshold(date(2026, 1, 1), Side.CENTRAL, Decimal(140_000), "(EU) 2025/2152"),
    Threshold(date(2026, 1, 1), Side.SUB_CENTRAL, Decimal(216_000), "(EU) 2025/2152"),
    Threshold(date(2016, 4, 18), Side.SOCIAL, Decimal(750_000), "2014/24/EU art. 4(d)"),
)

# Days between the notice and the deadline. Elsewhere the law asks for a reasonable term.
MINIMUM_DAYS = {
    Procedure.EUROPEAN_OPEN: 40,  # Aw 2.71: 45, and 5 less for electronic proposals
    Procedure.INNOVATION_PARTNERSHIP: 30,  # 2014/24/EU art. 31(1)
}

UNDER_THRESHOLD = frozenset({Procedure.NATIONAL_OPEN, Procedure.MULTIPLE_PRIVATE})


def threshold(side: Side, on: date) -> Threshold:
    """Give the row that holds on a day. Raises LookupError for days before the first row."""
    rows = [row for row in THRESHOLDS if row.side is side and row.start <= on]
    if not rows:
        raise LookupError(side, on)
    return max(rows, key=lambda row: row.start)


def minimum_days(procedure: Procedure) -> int:
    """Give the least number of days that proposals must be welcome; 0 where no law gives one."""
    return MINIMUM_DAYS.get(procedure, 0)


def procedure_faults(terms: Terms, *, is_central: bool, on: date) -> list[Fault]:
    """Check that the procedure fits the value, and that what it obliges to is there."""
    faults = []
    if terms.procedure not in OFFERED:
        sentence = lazy("Choose an open procedure: every challenge on this platform is public.")
        faults.append(Fault("3", "procedure_kind", sentence))
    row = threshold(Side.CENTRAL if is_central else Side.SUB_CENTRAL, on)
    value = terms.max_total_value
    if terms.procedure in UNDER_THRESHOLD and value is not None and value >= row.amount:
        sentence = lazy(
            "The total value reaches the European threshold of %(amount)s euro. Choose a European"
            " procedure or lower the value.",
            amount=f"{row.amount:,.0f}".replace(",", "."),
        )
        faults.append(Fault("3", "procedure_kind", sentence))
    is_uea = terms.declaration is DeclarationKind.UEA
    if terms.procedure is Procedure.EUROPEAN_OPEN and not is_uea:
        sentence = lazy("A European open procedure asks for the UEA declaration.")
        faults.append(Fault("2", "declaration", sentence))
    requirements = lines_of(str(terms.text_nl.get("requirements", "")))
    if requirements and terms.declaration is DeclarationKind.NONE:
        sentence = lazy("You set requirements. Ask for a declaration about them.")
        faults.append(Fault("2", "declaration", sentence))
    if terms.procedure is Procedure.DESIGN_CONTEST and terms.pitch_count:
        sentence = lazy("A design contest stays anonymous until the decision: leave pitches out.")
        faults.append(Fault("3", "pitch_count", sentence))
    return faults


def notice_faults(procedure: Procedure, tenderned_id: str, reason: str) -> list[Fault]:
    """Check that the notice is on TenderNed, or that somebody says why not (apply or explain)."""
    if procedure not in PUBLIC or tenderned_id.strip() or reason.strip():
        return []
    sentence = lazy("Give the TenderNed number of the notice, or the reason why there is none.")
    return [Fault("publish", "tenderned_id", sentence)]

"""Words for what the jury room holds: seats, ties, proposals and rules."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from sir.jury.models import (
    Declaration,
    Measure,
    SeatKind,
    Tie,
    Verdict,
)
from sir.jury.rules.matching import Ground
from sir.kernel.i18n import _
from sir.proposals.models import Proposal
from sir.workflows.models import Plan


def kind_name(kind: SeatKind) -> str:
    """Name a kind of seat."""
    names: dict[SeatKind, str] = {
        SeatKind.CHAIR: _("chair"),
        SeatKind.JUROR: _("juror"),
        SeatKind.RESERVE: _("reserve juror"),
        SeatKind.ADVISER: _("adviser"),
    }
    return names[kind]


def shown(value: Decimal | str) -> str:
    """Write a number on Dutch paper: a comma, and the digits it has."""
    return f"{Decimal(value):f}".replace(".", ",")


def proposal_name(proposal: Proposal, *, masked: bool) -> str:
    """Name a proposal by its number, and by its bidder once that may be known."""
    return numbered_name(proposal.number, None if masked else proposal.bidder.name)


def numbered_name(number: int | None, bidder: str | None) -> str:
    """Write a proposal's number, and its bidder's name for whoever may know it."""
    name = _("Proposal %(number)s", number=number)
    return name if bidder is None else f"{name}: {bidder}"


def tie_name(tie: Tie) -> str:
    """Name what a juror declared."""
    names: dict[Tie, str] = {
        Tie.NONE: _("no tie"),
        Tie.SOFT: _("a loose tie"),
        Tie.HARD: _("a close tie"),
    }
    return names[tie]


def measure_name(declaration: Declaration) -> str:
    """Say what a declared tie led to."""
    names: dict[Measure | None, str] = {
        Measure.ADMIT: _("admitted"),
        Measure.EXCLUDE: _("excluded"),
        None: _("not yet decided"),
    }
    return names[Measure.EXCLUDE if declaration.tie is Tie.HARD else declaration.measure]


def verdict_name(verdict: Verdict | None) -> str:
    """Say what was decided about a match."""
    names: dict[Verdict | None, str] = {
        Verdict.NO_TIE: _("no tie"),
        Verdict.ADMIT: _("admitted"),
        Verdict.EXCLUDE: _("excluded"),
        None: _("not yet decided"),
    }
    return names[verdict]


def ground_name(ground: Mapping[str, str]) -> str:
    """Say on what a juror and a bidder were matched."""
    mine, theirs = ground["mine"], ground["theirs"]
    names: dict[Ground, str] = {
        Ground.KVK: _("The same KvK number: %(number)s", number=mine),
        Ground.DOMAIN: _("The same domain: %(mine)s and %(theirs)s", mine=mine, theirs=theirs),
        Ground.NAME: _("The same organisation: %(mine)s and %(theirs)s", mine=mine, theirs=theirs),
        Ground.PERSON: _("The same person: %(mine)s and %(theirs)s", mine=mine, theirs=theirs),
        Ground.MEMBER: _("Somebody of the bidder has a role there too: %(name)s", name=mine),
        Ground.AWARD: _("Worked on a challenge that this bidder won: %(title)s", title=mine),
        Ground.DECLARED: _("The bidder declared a tie: %(text)s", text=theirs),
        Ground.UNRESOLVED: _(
            "The bidder declared a tie that names no function: %(text)s", text=theirs
        ),
        Ground.RECOGNISED: _("The juror recognised the bidder: %(text)s", text=mine),
    }
    return names[Ground(ground["kind"])]


def price_points_name(points: Decimal | str, plan: Plan) -> str:
    """Write what a price got of what it could get, on Dutch paper."""
    most = shown(plan.price_weight or Decimal(0))
    return _("%(points)s of %(most)s", points=shown(points), most=most)


def decided_by_name(rule: str | None, plan: Plan) -> str:
    """Say which rule gave a place."""
    names: dict[str | None, str] = {
        "score": _("the score"),
        "lot": _("the lot"),
        None: _("still equal"),
    }
    for row in plan.criteria:
        names[row.key] = _("tie: %(criterion)s", criterion=row.name)
    return names[rule]

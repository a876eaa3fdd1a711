"""The jury's report, as data for the press (2014/24/EU art. 82(3) and 84)."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from babel.dates import format_datetime

from sir.jury.document.names import (
    decided_by_name,
    kind_name,
    measure_name,
    price_points_name,
    proposal_name,
    shown,
    tie_name,
)
from sir.jury.models import (
    Advice,
    ConsensusItem,
    Declaration,
    Inquiry,
    Pitch,
    Ranking,
    RoundSuspension,
    Seat,
    SeatKind,
    Stage,
)
from sir.jury.rules.conditions import is_masked
from sir.jury.rules.diagnostics import juror_totals
from sir.jury.rules.ranking import publish
from sir.jury.rules.roundfile import read_plan, read_scores
from sir.jury.rules.snapshot import name_of
from sir.kernel.calendar import AMSTERDAM
from sir.kernel.i18n import _
from sir.kernel.paper import (
    Block,
    Definitions,
    Document,
    Heading,
    Note,
    Part,
    Prose,
    Section,
    Signatures,
    Table,
)
from sir.proposals.document import euro_on_paper
from sir.proposals.models import Proposal
from sir.workflows.models import Method, Plan


@dataclass(frozen=True)
class Papers:
    """What a report is made of."""

    ranking: Ranking
    seats: Sequence[Seat]  # every seat there was, the vacated ones too
    ties: Sequence[Declaration]
    suspensions: Sequence[RoundSuspension]
    proposals: Sequence[Proposal]
    items: Sequence[ConsensusItem]  # what was agreed last
    paper_items: Sequence[ConsensusItem]  # and what was agreed before the pitches
    pitches: Sequence[Pitch]
    inquiries: Sequence[Inquiry]
    advice: Sequence[Advice]
    written_on: str  # in words


def report_document(papers: Papers) -> Document:
    """Write the report: who judged, by what, what they found, in which order, and who signs."""
    round_ = papers.ranking.round
    challenge = round_.challenge
    masked = is_masked(challenge.plan.anonymity, round_.state)
    names = {
        name_of(proposal): proposal_name(proposal, masked=masked) for proposal in papers.proposals
    }
    signing = [seat for seat in papers.seats if seat.vacated_at is None and seat.kind in _SIGNING]
    blocks: tuple[Block, ...] = (
        Section("jury", _("The jury"), _jury(papers)),
        Section("plan", _("How the jury judged"), _method(challenge.plan)),
        Section("ranking", _("The ranking"), _ranking(papers.ranking, challenge.plan, names)),
        *_second_stage(papers, names),
        *_in_writing(papers, names),
        *(
            Section(
                f"proposal-{proposal.number}",
                names[name_of(proposal)],
                _findings(proposal, papers),
            )
            for proposal in papers.proposals
        ),
        *_differences(papers.ranking, challenge.plan, names),
        *_advised(papers, challenge.plan, names),
        Section(
            "signatures",
            _("Signatures"),
            (
                Prose(_("Each member of the jury signs this report on the platform.")),
                Signatures(tuple((seat.name, seat.function) for seat in signing)),
            ),
        ),
    )
    return Document(
        kind="report",
        lang="nl",
        title=_("Report of the jury"),
        subtitle=challenge.terms.title,
        reference=papers.ranking.code,
        author=challenge.buyer.name,
        facts=(
            (_("Challenge"), challenge.code),
            (_("Public body"), challenge.buyer.name),
            (_("Round"), str(round_.number)),
            (_("Date"), papers.written_on),
            (_("Fingerprint of the plan"), papers.ranking.plan_sha256),
            (_("Fingerprint of the scores"), papers.ranking.inputs_sha256),
            *_lot(papers.ranking, challenge.plan),
        ),
        blocks=blocks,
    )


def _lot(ranking: Ranking, plan: Plan) -> tuple[tuple[str, str], ...]:
    if not ranking.lot:
        return ()
    return ((_("Source of the lot"), plan.lot_seed), (_("What the source gave"), ranking.lot))


_SIGNING = frozenset({SeatKind.CHAIR, SeatKind.JUROR})


def _jury(papers: Papers) -> tuple[Part, ...]:
    rows = tuple(
        (seat.label, seat.name, seat.function, kind_name(seat.kind), seat.vacated_reason or "–")
        for seat in papers.seats
    )
    head = (_("Seat"), _("Name"), _("Function"), _("Role"), _("Seat was emptied because"))
    parts: list[Part] = [Table(head, rows, widths=(1, 3, 3, 2, 4))]
    if papers.ties:
        parts += [
            Heading(_("Ties that were declared"), 2),
            Table(
                (_("Seat"), _("Tie"), _("What was decided"), _("Reason")),
                tuple(
                    (row.seat.label, tie_name(row.tie), measure_name(row), row.measure_reason)
                    for row in papers.ties
                ),
                widths=(1, 2, 2, 5),
            ),
        ]
    else:
        parts.append(Prose(_("No member of the jury declared a tie with a bidder.")))
    if papers.suspensions:
        when = (_("Suspended on"), _("Resumed on"), _("Reason"), _("How it ended"))
        lines = tuple(_lay_still(row) for row in papers.suspensions)
        parts += [
            Heading(_("When the judging was suspended"), 2),
            Table(when, lines, widths=(2, 2, 3, 3)),
        ]
    return tuple(parts)


def _lay_still(row: RoundSuspension) -> tuple[str, str, str, str]:
    empty = _("seat %(label)s was empty", label=row.seat.label) if row.seat else ""
    until = _moment(row.ended_at) if row.ended_at else "–"
    return _moment(row.since), until, row.reason or empty, row.outcome or "–"


def _method(plan: Plan) -> tuple[Part, ...]:
    how = {
        Method.CONSENSUS: _(
            "Every juror scored alone. Then the jury agreed one level and one reason for each"
            " criterion of each proposal."
        ),
        Method.MEAN: _(
            "Every juror scored alone. The mean of their points counts. The jury agreed one reason"
            " for each criterion of each proposal."
        ),
    }[plan.method]
    criteria = tuple(
        (
            row.name,
            f"{shown(row.weight)} %",
            "–" if row.minimum is None else shown(row.minimum),
        )
        for row in plan.criteria
    )
    if plan.price_weight is not None:
        criteria += ((_("Price"), f"{shown(plan.price_weight)} %", "–"),)
    levels = tuple((shown(level.points), level.label, level.anchor) for level in plan.levels)
    return (
        Prose(how),
        Table(
            (_("Criterion"), _("Weight"), _("Minimum")),
            criteria,
            aligns=("left", "right", "right"),
            widths=(6, 1, 1),
        ),
        Table(
            (_("Points"), _("Level"), _("What it means")),
            levels,
            aligns=("right", "left", "left"),
            widths=(1, 2, 6),
        ),
    )


def _ranking(ranking: Ranking, plan: Plan, names: Mapping[str, str]) -> tuple[Part, ...]:
    prices = json.loads(ranking.inputs).get("prices")
    rows = tuple(
        (
            "–" if place["rank"] is None else str(place["rank"]),
            names[place["proposal"]],
            shown(place["score"]),
            decided_by_name(place["decided_by"], plan) if place["passes"] else _("below a minimum"),
        )
        for place in ranking.result["ranking"]
    )
    head = (_("Place"), _("Proposal"), _("Score"), _("Decided by"))
    order = Table(head, rows, aligns=("right", "left", "right", "left"), widths=(1, 5, 1, 3))
    return (order,) if prices is None else (order, *_prices(ranking, plan, names, prices))


def _prices(
    ranking: Ranking, plan: Plan, names: Mapping[str, str], prices: Mapping[str, str]
) -> tuple[Part, ...]:
    """Tell what was asked and which points that gave: known once the scores were fixed."""
    rows = tuple(
        (
            names[place["proposal"]],
            euro_on_paper(Decimal(prices[place["proposal"]]), "nl"),
            price_points_name(place["price"], plan),
        )
        for place in ranking.result["ranking"]
    )
    head = (_("Proposal"), _("Price, excluding VAT"), _("Points of the price"))
    opened = ranking.round.prices_opened_at
    said = _(
        "The prices were opened on %(moment)s, after the scores were fixed.",
        moment=_moment(opened) if opened else "–",
    )
    return (
        Heading(_("The prices"), 2),
        Prose(said),
        Table(head, rows, aligns=("left", "right", "right"), widths=(5, 2, 2)),
    )


def _second_stage(papers: Papers, names: Mapping[str, str]) -> tuple[Section, ...]:
    """Tell who pitched, what that changed, and what was said (2014/24/EU art. 82(5)(6))."""
    if not papers.pitches:
        return ()
    parts: list[Part] = [
        Table(
            (_("Finalist"), _("Pitched"), _("Minutes confirmed")),
            tuple(
                (
                    names[name_of(pitch.proposal)],
                    _moment(pitch.started_at) if pitch.started_at else pitch.reason or "–",
                    _moment(pitch.confirmed_at) if pitch.confirmed_at else "–",
                )
                for pitch in papers.pitches
                if name_of(pitch.proposal) in names
            ),
            widths=(4, 3, 3),
        )
    ]
    paper = {(row.proposal_id, row.criterion_id): row.level for row in papers.paper_items}
    changes = tuple(
        (names[name_of(item.proposal)], item.criterion.name, before.label, item.level.label)
        for item in papers.items
        if item.stage is Stage.PITCH
        and item.level is not None
        and (before := paper[item.proposal_id, item.criterion_id]) is not None
        and before.id != item.level.id
    )
    if changes:
        head = (_("Finalist"), _("Criterion"), _("On paper"), _("After the pitch"))
        parts.append(Heading(_("What the pitches changed"), 2))
        parts.append(Table(head, changes, widths=(3, 3, 2, 2)))
    for pitch in papers.pitches:
        if pitch.minutes and name_of(pitch.proposal) in names:
            parts += [Heading(_("Minutes: %(name)s", name=names[name_of(pitch.proposal)]), 2)]
            parts += [Prose(pitch.minutes)]
            parts += [Note(row.answer, row.text) for row in pitch.questions]
            if pitch.remarks:
                parts.append(Note(pitch.remarks, _("Remarks of the finalist")))
    return (Section("pitches", _("The pitches"), tuple(parts)),)


def _in_writing(papers: Papers, names: Mapping[str, str]) -> tuple[Section, ...]:
    """Give each written question with its answers (2014/24/EU art. 82(5)(6))."""
    if not papers.inquiries:
        return ()
    parts: list[Part] = []
    for inquiry in papers.inquiries:
        heading = _("Question %(n)s", n=inquiry.number)
        who = _("Everybody got this question.") if inquiry.is_for_all else ""
        asked = _("Asked %(asked)s; answers due %(due)s.", asked=_moment(inquiry.asked_at),
                  due=_moment(inquiry.due_at))  # fmt: skip
        parts += [Heading(heading, 2), Prose(inquiry.text), Prose(f"{asked} {who}")]
        parts += [
            Note(reply.text or _("No answer came in."), names[name_of(reply.proposal)])
            for reply in inquiry.replies
            if name_of(reply.proposal) in names
        ]
    return (Section("inquiries", _("Written questions"), tuple(parts)),)


def _moment(at: datetime) -> str:
    return format_datetime(at.astimezone(AMSTERDAM), "d MMMM y, HH.mm 'uur'", locale="nl")


def _findings(proposal: Proposal, papers: Papers) -> tuple[Part, ...]:
    points = papers.ranking.result["points"][name_of(proposal)]
    parts: list[Part] = []
    for item in papers.items:
        if item.proposal_id != proposal.id:
            continue
        level = f"{item.level.label}, " if item.level else ""
        parts += [
            Heading(item.criterion.name, 2),
            Definitions(
                ((_("Found"), level + _("%(n)s points", n=shown(points[item.criterion.key]))),)
            ),
            Prose(item.reason),
        ]
        if item.extra_reason:
            parts.append(Note(item.extra_reason, _("Why the jury left the jurors' own levels")))
        if item.minority:
            parts.append(Note(item.minority, _("View of a minority")))
    return tuple(parts)


def _differences(ranking: Ranking, plan: Plan, names: Mapping[str, str]) -> tuple[Section, ...]:
    """Say how far the jurors lay apart, when the plan promised to print it (F8; jury: R20)."""
    if not plan.report_diagnostics:
        return ()
    document = json.loads(ranking.inputs)
    totals = juror_totals(read_plan(document), read_scores(document))
    rows = tuple(
        (
            names[name],
            *(
                shown(publish(value, plan.decimals))
                for value in (
                    min(row.values()),
                    max(row.values()),
                    max(row.values()) - min(row.values()),
                )
            ),
        )
        for name, row in totals.items()
        if row
    )
    head = (_("Proposal"), _("Lowest total"), _("Highest total"), _("Apart"))
    table = Table(head, rows, aligns=("left", "right", "right", "right"), widths=(5, 2, 2, 2))
    said = Prose(_("The totals that jurors gave alone, out of 100. They changed no score."))
    return (Section("differences", _("How far the jurors lay apart"), (said, table)),)


def _advised(papers: Papers, plan: Plan, names: Mapping[str, str]) -> tuple[Section, ...]:
    """Add what advisers wrote, when the plan promised to print it (jury: 3.2)."""
    given = [row for row in papers.advice if name_of(row.proposal) in names]
    if not plan.report_advice or not given:
        return ()
    parts: list[Part] = [Prose(_("Advisers scored nothing and did not vote."))]
    for row in sorted(given, key=lambda row: (row.proposal.number or 0, row.seat_id)):
        parts.append(Heading(names[name_of(row.proposal)], 2))
        parts.append(Note(row.text or "–", f"{row.seat.name}, {row.seat.function}"))
        parts += [
            Note(row.remarks[criterion.key], criterion.name)
            for criterion in plan.criteria
            if row.remarks.get(criterion.key)
        ]
    return (Section("advice", _("Annex: what advisers wrote"), tuple(parts)),)


def _ends(totals: Collection[Fraction]) -> tuple[Fraction, Fraction, Fraction]:
    low, high = min(totals), max(totals)
    return low, high, high - low

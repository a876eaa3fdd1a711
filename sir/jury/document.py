"""The jury's report, as data for the press (2014/24/EU art. 82(3) and 84)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from babel.dates import format_datetime

from sir.jury.models import (
    ConsensusItem,
    Declaration,
    Measure,
    Pitch,
    Ranking,
    Seat,
    SeatKind,
    Sheet,
    Stage,
    Tie,
    Verdict,
)
from sir.jury.rules.conditions import is_masked
from sir.jury.rules.matching import Ground
from sir.jury.rules.sheets import marks_of
from sir.jury.rules.snapshot import name_of
from sir.kernel.appointments import Appointment, calendar
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
from sir.proposals.models import Proposal
from sir.workflows.models import Method, Plan


@dataclass(frozen=True)
class Papers:
    """What a report is made of."""

    ranking: Ranking
    seats: Sequence[Seat]  # every seat there was, the vacated ones too
    ties: Sequence[Declaration]
    proposals: Sequence[Proposal]
    items: Sequence[ConsensusItem]  # what was agreed last
    paper_items: Sequence[ConsensusItem]  # and what was agreed before the pitches
    pitches: Sequence[Pitch]
    written_on: str  # in words


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
        *(
            Section(
                f"proposal-{proposal.number}",
                names[name_of(proposal)],
                _findings(proposal, papers),
            )
            for proposal in papers.proposals
        ),
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
        ),
        blocks=blocks,
    )


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
    return tuple(parts)


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


def _ranking(ranking: Ranking, plan: Plan, names: Mapping[str, str]) -> tuple[Part, ...]:
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
    return (Table(head, rows, aligns=("right", "left", "right", "left"), widths=(1, 5, 1, 3)),)


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


def _moment(at: datetime) -> str:
    return format_datetime(at.astimezone(AMSTERDAM), "d MMMM y, HH.mm 'uur'", locale="nl")


def pitch_calendar(pitches: Sequence[Pitch], at: datetime) -> str:
    """Write the calendar file of these pitches; without the names of finalists."""
    return calendar(
        [
            Appointment(
                uid=f"pitch-{pitch.code}@sir",
                sequence=pitch.sequence,
                starts_at=pitch.slot.starts_at,
                ends_at=pitch.slot.ends_at,
                title=_(
                    "Pitch of proposal %(number)s: %(challenge)s",
                    number=pitch.proposal.number,
                    challenge=pitch.proposal.challenge.terms.title,
                ),
                place=pitch.slot.room,
                link=pitch.slot.link,
            )
            for pitch in pitches
            if pitch.slot is not None
        ],
        stamp=at,
    )


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
            (_("Score sheet"), f"{sheet.code}, {sheet.version}"),
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

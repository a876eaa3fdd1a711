"""The chapters of the jury: seats, ties, scores alone, then together, and a signed report."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from datetime import datetime, timedelta

from sir.challenges.models import Challenge
from sir.commands.demo.cast import JURIES
from sir.commands.demo.opening import Plot
from sir.commands.demo.reasons import reason
from sir.commands.demo.stage import Stage
from sir.jury.models import (
    InterestKind,
    Ranking,
    Round,
    Seat,
    SeatKind,
    Sheet,
    Tie,
    Verdict,
)
from sir.jury.queries import (
    bidders_of,
    current_round,
    items_of,
    matches_of,
    register_of,
    report_of,
    seats_of,
    sheets_of,
    voting_seats,
)
from sir.jury.rules.sheets import Marks
from sir.jury.services import (
    accept_offer,
    accept_seat,
    add_interest,
    agree_item,
    clear_seats,
    decide_match,
    declare_ties,
    invite_juror,
    lock_quality,
    make_ranking,
    make_report,
    open_consensus,
    open_round,
    save_sheet,
    sign_register,
    sign_report,
    start_individual,
    submit_sheets,
)
from sir.people.models import Person, Role
from sir.proposals.queries import opened_proposals
from sir.residency.queries import awards_to

# Whom somebody lists as family, and a founder happens to be called too.
NAMESAKES = {"Mieke Tammens": "Ilse Postma"}
NO_TIE = (
    "Een naamgenoot. De nicht van het jurylid woont in Maastricht en werkt in het onderwijs; zij kent "
    "deze inschrijver niet. Nagevraagd bij het jurylid."
)
ALONE = "het plan in stappen en de passage over het meten van het resultaat."
TOGETHER = "de aanpak per stap en de onderbouwing met cijfers."

# Points out of ten per startup and criterion, from which each juror strays a little.
VIEWS: dict[str, dict[str, tuple[int, ...]]] = {
    "letters": {
        "klare": (10, 8, 8, 8, 8),
        "lezer": (8, 8, 8, 6, 6),
        "schrijf": (8, 6, 6, 6, 8),
        "b1": (4, 4, 4, 6, 4),
    },
    "waste": {
        "schoon": (8, 8, 8, 8),
        "nudge": (8, 6, 10, 8),
        "zak": (6, 8, 6, 6),
        "pas": (6, 6, 4, 6),
        "lommer": (4, 6, 4, 6),
    },
    "crossing": {
        "lommer": (10, 8, 8),
        "nudge": (8, 8, 8),
        "schoon": (6, 6, 4),
    },
}


def seat_jury(stage: Stage, plot: Plot, challenge: Challenge) -> Generator[datetime, None, None]:
    """The secretary invites; each juror registers, ties an app and takes the seat."""
    secretary = stage.staff[plot.body, Role.SECRETARY]
    for number, (name, function) in enumerate(JURIES[plot.key]):
        yield stage.day(plot.closes - 10, hour=10, minute=3 * number)
        person = stage.enter(name, "jury")
        stage.arm(person)
        stage.jurors[name] = person
        is_reserve = number == len(plot.jury)
        kind = SeatKind.RESERVE if is_reserve else SeatKind.JUROR if number else SeatKind.CHAIR
        seat = invite_juror(
            challenge, name=name, email=person.email, kind=kind, function=function,
            by=secretary, at=stage.at,
        )  # fmt: skip
        accept_seat(seat, by=person, at=stage.at)
        _register(stage, person)


def _register(stage: Stage, person: Person) -> None:
    """Let somebody keep their register of this year, before it is known who hands in."""
    stage.flush()
    known = register_of(person, stage.at)
    if known is not None and known.signed_at is not None:
        return
    namesake = NAMESAKES.get(person.name)
    if known is None and namesake:
        add_interest(
            kind=InterestKind.FAMILY, people=namesake, since=stage.date(-2000),
            by=person, at=stage.at,
        )  # fmt: skip
    sign_register(has_none=not namesake, by=person, at=stage.at)


def _clear(stage: Stage, plot: Plot, challenge: Challenge) -> None:
    """Let whoever guards integrity decide on what the platform found, and clear the jury."""
    guard = stage.staff.get((plot.body, Role.INTEGRITY_OFFICER))
    guard = guard or stage.staff[plot.body, Role.OFFICER]
    round_ = _round(challenge)
    awards = awards_to(bidder.id for bidder in bidders_of(challenge))
    clear_seats(round_, awards=awards, vault=stage.vault, by=guard, at=stage.at)
    for match in matches_of(challenge):
        decide_match(match, verdict=Verdict.NO_TIE, reason=NO_TIE, by=guard, at=stage.at)


def declare(
    stage: Stage, plot: Plot, challenge: Challenge, hard: Mapping[str, str] | None = None
) -> Generator[datetime, None, None]:
    """Everybody declares on every bidder; one who is tied gives way to the reserve."""
    secretary = stage.staff[plot.body, Role.SECRETARY]
    yield stage.day(plot.closes + 6, hour=11)
    open_round(challenge, by=secretary, at=stage.at, due_at=stage.day(plot.closes + 21, hour=17))
    for seat in seats_of(challenge):
        _register(stage, _holder(seat))  # a new year may have begun
        ties = {proposal.bidder_id: (Tie.NONE, "") for proposal in opened_proposals(challenge)}
        detail = (hard or {}).get(seat.name)
        if detail is not None:
            ties[stage.startups["nudge"].id] = (Tie.HARD, detail)
        declare_ties(seat, ties=ties, by=_holder(seat), at=stage.at)
    yield stage.day(plot.closes + 6, hour=16)
    _clear(stage, plot, challenge)
    for seat in seats_of(challenge) if hard else ():
        if seat.name in (hard or {}):
            yield stage.day(plot.closes + 7, hour=9)
            reserve = next(s for s in seats_of(challenge) if s.id == seat.offered_id)
            accept_offer(reserve, by=_holder(reserve), at=stage.at)
    yield stage.day(plot.closes + 7, hour=15)
    start_individual(_round(challenge), by=secretary, at=stage.at)


def score(
    stage: Stage, plot: Plot, challenge: Challenge, *, share: tuple[int, ...] = ()
) -> Generator[datetime, None, None]:
    """Each juror scores; `share` says how many proposals each finishes, without submitting."""
    round_ = _round(challenge)
    for number, seat in enumerate(voting_seats(challenge)):
        sheets = sheets_of(round_, seat)
        count = share[number] if share else len(sheets)
        for place, sheet in enumerate(sheets[:count]):
            yield stage.day(plot.closes + 8 + place, hour=9 + number, minute=5 * place)
            _fill(stage, plot, challenge, sheet, seat, number)
        if count == len(sheets):
            yield stage.day(plot.closes + 15, hour=10 + number)
            submit_sheets(round_, seat, by=_holder(seat), at=stage.at)


def confer(stage: Stage, plot: Plot, challenge: Challenge) -> Generator[datetime, None, None]:
    """The jury agrees on one level and one reason per criterion, and signs its report."""
    chair = stage.jurors[JURIES[plot.key][0][0]]
    secretary = stage.staff[plot.body, Role.SECRETARY]
    round_ = _round(challenge)
    yield stage.day(plot.closes + 18, hour=13)
    open_consensus(round_, by=chair, at=stage.at)
    levels = {int(level.points): level for level in challenge.plan.levels}
    for number, item in enumerate(items_of(round_)):
        yield stage.day(plot.closes + 18, hour=13) + timedelta(minutes=4 * number)
        points = _view(stage, plot, item.proposal.bidder_id)[item.criterion.position - 1]
        agree_item(
            item, version=item.version, level=levels[points],
            reason=reason(item.criterion.name, points, juror=0, about=TOGETHER),
            by=secretary, at=stage.at,
        )  # fmt: skip
    yield stage.day(plot.closes + 19, hour=9)
    lock_quality(round_, by=chair, at=stage.at)
    ranking = make_ranking(round_, by=secretary, at=stage.at)
    yield stage.day(plot.closes + 19, hour=11)
    make_report(ranking, press=stage.press, store=stage.store, by=secretary, at=stage.at)
    yield from _sign(stage, plot, challenge, ranking)


def _sign(
    stage: Stage, plot: Plot, challenge: Challenge, ranking: Ranking
) -> Generator[datetime, None, None]:
    for number, seat in enumerate(voting_seats(challenge)):
        yield stage.day(plot.closes + 20, hour=9 + number)
        report = report_of(ranking)
        assert report is not None
        sign_report(report, seat, by=_holder(seat), at=stage.at)


def _fill(  # noqa: PLR0913, PLR0917 - a sheet knows this much
    stage: Stage, plot: Plot, challenge: Challenge, sheet: Sheet, seat: Seat, number: int
) -> None:
    view = _view(stage, plot, sheet.proposal.bidder_id)
    positions = {int(level.points): level.position for level in challenge.plan.levels}
    levels, reasons = {}, {}
    for place, criterion in enumerate(challenge.plan.criteria):
        points = _strayed(view[place], number + place)
        levels[criterion.key] = positions[points]
        reasons[criterion.key] = reason(criterion.name, points, juror=number, about=ALONE)
    save_sheet(
        sheet, version=sheet.version, marks=Marks(levels, reasons),
        by=_holder(seat), at=stage.at,
    )  # fmt: skip


def _strayed(points: int, number: int) -> int:
    """Let one juror be a level lower, another a level higher, now and then."""
    stray = {0: 0, 1: 2, 2: -2, 3: 0, 4: 0}[number % 5]
    return min(10, max(2, points + stray))


def _view(stage: Stage, plot: Plot, bidder_id: int) -> tuple[int, ...]:
    key = next(key for key, startup in stage.startups.items() if startup.id == bidder_id)
    return VIEWS[plot.key][key]


def _round(challenge: Challenge) -> Round:
    found = current_round(challenge)
    assert found is not None
    return found


def _holder(seat: Seat) -> Person:
    assert seat.person is not None
    return seat.person

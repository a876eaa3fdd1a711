"""The chapters of the jury: seats, ties, scores alone, then together, and a signed report."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from datetime import datetime, timedelta

from sir.challenges.models import Challenge
from sir.commands.demo.cast import ADVISERS, JURIES
from sir.commands.demo.opening import Plot
from sir.commands.demo.reasons import VIEWS, reason
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
from sir.workflows.models import Plan

# Whom somebody lists as family, and a founder happens to be called too.
NAMESAKES = {"Mieke Tammens": "Ilse Postma"}
NO_TIE = (
    "Een naamgenoot. De nicht van het jurylid woont in Maastricht en werkt in het onderwijs; zij kent "
    "deze inschrijver niet. Nagevraagd bij het jurylid."
)
ALONE = "het plan in stappen en de passage over het meten van het resultaat."
TOGETHER = "de aanpak per stap en de onderbouwing met cijfers."


def seat_jury(stage: Stage, plot: Plot, challenge: Challenge) -> Generator[datetime, None, None]:
    """The secretary invites; each juror registers, ties an app and takes the seat."""
    secretary = stage.staff[plot.body, Role.SECRETARY]
    invited = [
        (
            *member,
            SeatKind.RESERVE if n >= len(plot.jury) else SeatKind.JUROR if n else SeatKind.CHAIR,
        )
        for n, member in enumerate(JURIES[plot.key])
    ]
    invited += [(*member, SeatKind.ADVISER) for member in ADVISERS.get(plot.key, ())]
    for number, (name, function, kind) in enumerate(invited):
        yield stage.day(plot.closes - 10, hour=10, minute=3 * number)
        person = stage.enter(name, "jury")
        stage.arm(person)
        stage.jurors[name] = person
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
    round_ = round_of(challenge)
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
        _register(stage, holder_of(seat))  # a new year may have begun
        ties = {proposal.bidder_id: (Tie.NONE, "") for proposal in opened_proposals(challenge)}
        detail = (hard or {}).get(seat.name)
        if detail is not None:
            ties[stage.startups["nudge"].id] = (Tie.HARD, detail)
        declare_ties(seat, ties=ties, by=holder_of(seat), at=stage.at)
    yield stage.day(plot.closes + 6, hour=16)
    _clear(stage, plot, challenge)
    for seat in seats_of(challenge) if hard else ():
        if seat.name in (hard or {}):
            yield stage.day(plot.closes + 7, hour=9)
            reserve = next(s for s in seats_of(challenge) if s.id == seat.offered_id)
            accept_offer(reserve, by=holder_of(reserve), at=stage.at)


def begin(stage: Stage, plot: Plot, challenge: Challenge) -> Generator[datetime, None, None]:
    """Let everybody read and score every proposal alone."""
    yield stage.day(plot.closes + 7, hour=15)
    secretary = stage.staff[plot.body, Role.SECRETARY]
    start_individual(round_of(challenge), by=secretary, at=stage.at)


def score(
    stage: Stage, plot: Plot, challenge: Challenge, *, share: tuple[int, ...] = ()
) -> Generator[datetime, None, None]:
    """Each juror scores; `share` says how many proposals each finishes, without submitting."""
    round_ = round_of(challenge)
    for number, seat in enumerate(voting_seats(challenge)):
        sheets = sheets_of(round_, seat)
        count = share[number] if share else len(sheets)
        for place, sheet in enumerate(sheets[:count]):
            yield stage.day(plot.closes + 8 + place, hour=9 + number, minute=5 * place)
            _fill(stage, plot, challenge, sheet, seat, number)
        if count == len(sheets):
            yield stage.day(plot.closes + 15, hour=10 + number)
            submit_sheets(round_, seat, by=holder_of(seat), at=stage.at)


def confer(stage: Stage, plot: Plot, challenge: Challenge) -> Generator[datetime, None, None]:
    """The jury agrees on everything, ranks and signs its report."""
    yield from agree(stage, plot, challenge)
    ranking = yield from settle(stage, plot, challenge)
    secretary = stage.staff[plot.body, Role.SECRETARY]
    yield stage.day(plot.closes + 19, hour=11)
    make_report(ranking, press=stage.press, store=stage.store, by=secretary, at=stage.at)
    yield from _sign(stage, plot, challenge, ranking)


def agree(
    stage: Stage, plot: Plot, challenge: Challenge, *, first: int | None = None
) -> Generator[datetime, None, None]:
    """The jury agrees on one level and one reason per criterion: of all items, or the first."""
    chair = stage.jurors[JURIES[plot.key][0][0]]
    secretary = stage.staff[plot.body, Role.SECRETARY]
    round_ = round_of(challenge)
    yield stage.day(plot.closes + 18, hour=13)
    open_consensus(round_, by=chair, at=stage.at)
    levels = {int(level.points): level for level in challenge.plan.levels}
    for number, item in enumerate(items_of(round_)[:first]):
        yield stage.day(plot.closes + 18, hour=13) + timedelta(minutes=4 * number)
        points = _view(stage, plot, item.proposal.bidder_id)[item.criterion.position - 1]
        agree_item(
            item, version=item.version, level=levels[points],
            reason=reason(item.criterion.name, points, juror=0, about=TOGETHER),
            by=secretary, at=stage.at,
        )  # fmt: skip


def settle(stage: Stage, plot: Plot, challenge: Challenge) -> Generator[datetime, None, Ranking]:
    """No score changes any more, and the ranking follows from the published plan."""
    yield stage.day(plot.closes + 19, hour=9)
    round_ = round_of(challenge)
    lock_quality(round_, by=stage.jurors[JURIES[plot.key][0][0]], at=stage.at)
    return make_ranking(round_, by=stage.staff[plot.body, Role.SECRETARY], at=stage.at)


def _sign(
    stage: Stage, plot: Plot, challenge: Challenge, ranking: Ranking
) -> Generator[datetime, None, None]:
    for number, seat in enumerate(voting_seats(challenge)):
        yield stage.day(plot.closes + 20, hour=9 + number)
        report = report_of(ranking)
        assert report is not None
        sign_report(report, seat, by=holder_of(seat), at=stage.at)


def _fill(  # noqa: PLR0913, PLR0917 - a sheet knows this much
    stage: Stage, plot: Plot, challenge: Challenge, sheet: Sheet, seat: Seat, number: int
) -> None:
    view = _view(stage, plot, sheet.proposal.bidder_id)
    save_sheet(
        sheet, version=sheet.version, marks=marked(challenge.plan, view, number),
        by=holder_of(seat), at=stage.at,
    )  # fmt: skip


def marked(plan: Plan, view: Sequence[int], number: int) -> Marks:
    """Give what juror `number` makes of a proposal that deserves these points."""
    positions = {int(level.points): level.position for level in plan.levels}
    levels, reasons = {}, {}
    for place, criterion in enumerate(plan.criteria):
        points = _strayed(view[place], number + place)
        levels[criterion.key] = positions[points]
        reasons[criterion.key] = reason(criterion.name, points, juror=number, about=ALONE)
    return Marks(levels, reasons)


def _strayed(points: int, number: int) -> int:
    """Let one juror be a level lower, another a level higher, now and then."""
    stray = {0: 0, 1: 2, 2: -2, 3: 0, 4: 0}[number % 5]
    return min(10, max(2, points + stray))


def _view(stage: Stage, plot: Plot, bidder_id: int) -> tuple[int, ...]:
    key = next(key for key, startup in stage.startups.items() if startup.id == bidder_id)
    return VIEWS[plot.key][key]


def round_of(challenge: Challenge) -> Round:
    """Give the round that is going on, which there is."""
    found = current_round(challenge)
    assert found is not None
    return found


def holder_of(seat: Seat) -> Person:
    """Give who sits in a seat that was accepted."""
    assert seat.person is not None
    return seat.person

"""Questions about how far each juror is: counts and days, never a score (jury: R4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Row, Select, and_, bindparam, case, func, or_, select

from sir.challenges.models import Challenge
from sir.jury.models import Round, Seat, Sheet, SheetState, Workday, Workload
from sir.jury.queries.seats import IS_SEATED, VOTES, is_admitted, page_before, place_of_seat
from sir.kernel.database import db
from sir.proposals.models import Proposal
from sir.workflows.models import Criterion

HANDED_IN = Sheet.state.in_({SheetState.SUBMITTED, SheetState.LOCKED})
NUMBERS = 25  # proposals on one page
PANEL = 8  # jurors on one page: each brings the days of their work
COUNTS = Sheet.state != SheetState.VOID


@dataclass(frozen=True)
class Counted:
    """One seat's sheets in a round, counted; void ones are not."""

    assigned: int = 0
    begun: int = 0
    ready: int = 0
    submitted: int = 0


@dataclass(frozen=True)
class Progress:
    """How far one juror is: counts only."""

    seat: Seat
    counted: Counted
    active_on: date | None = None

    @property
    def is_done(self) -> bool:
        """Say whether everything that was handed out is handed in."""
        return 0 < self.counted.assigned == self.counted.submitted


_WORKLOAD = select(Workload).where(
    Workload.round_id == bindparam("round_id"), Workload.seat_id == bindparam("seat_id")
)


def workload_of(round_: Round, seat: Seat) -> Workload | None:
    """Find the counts of one seat in one round."""
    return db.session.scalar(_WORKLOAD, {"round_id": round_.id, "seat_id": seat.id})


def workday_on(work: Workload, day: date) -> Workday | None:
    """Find what was noted of one day."""
    return db.session.scalar(
        select(Workday).where(Workday.workload_id == work.id, Workday.day == day)
    )


def _criteria(plan_id: Any) -> Any:
    return select(func.count()).where(Criterion.plan_id == plan_id).scalar_subquery()


def _recount(criteria: Any) -> tuple[Any, ...]:
    return (
        func.count(),
        func.coalesce(func.sum(case((Sheet.saved_at.is_not(None), 1), else_=0)), 0),
        func.coalesce(func.sum(case((Sheet.ready >= criteria, 1), else_=0)), 0),
        func.coalesce(func.sum(case((HANDED_IN, 1), else_=0)), 0),
    )


def counted_anew(round_: Round, seat: Seat) -> Counted:
    """Count one seat's sheets from the sheets themselves."""
    criteria = len(round_.challenge.plan.criteria)
    row = db.session.execute(
        select(*_recount(criteria)).where(
            Sheet.round_id == round_.id, Sheet.seat_id == seat.id, COUNTS
        )
    ).one()
    return Counted(*row)


class Miscount(NamedTuple):
    """A seat whose kept counts are not those of its sheets."""

    round: str
    seat: str
    kept: Counted
    counted: Counted


def miscounts() -> list[Miscount]:
    """Compare every kept count with a recount, and with the last day that was noted."""
    counted = {
        (row[0], row[1]): Counted(*row[2:])
        for row in db.session.execute(
            select(
                Round.code,
                Seat.code,
                *_recount(_criteria(Challenge.plan_id).correlate(Challenge)),
            )
            .select_from(Sheet)
            .join(Sheet.round)
            .join(Round.challenge)
            .join(Sheet.seat)
            .where(COUNTS)
            .group_by(Round.code, Seat.code)
        )
    }
    later = select(func.max(Workday.day)).where(Workday.workload_id == Workload.id)
    kept = {
        (row[0], row[1]): (Counted(*row[2:6]), row[6])
        for row in db.session.execute(
            select(
                Round.code,
                Seat.code,
                Workload.assigned,
                Workload.begun,
                Workload.ready,
                Workload.submitted,
                Workday.ready,
            )
            .join(Workload.round)
            .join(Workload.seat)
            .outerjoin(
                Workday,
                and_(
                    Workday.workload_id == Workload.id,
                    Workday.day == later.correlate(Workload).scalar_subquery(),
                ),
            )
        )
    }
    found = []
    for place in sorted(counted.keys() | kept.keys()):
        given, last = kept.get(place, (Counted(), 0))
        if given != counted.get(place, Counted()) or last != given.ready:
            found.append(Miscount(place[0], place[1], given, counted.get(place, Counted())))
    return found


def _seats_with_counts(round_: Round) -> Select[Seat, Workload]:
    return (
        select(Seat, Workload)
        .outerjoin(Workload, and_(Workload.seat_id == Seat.id, Workload.round_id == round_.id))
        .where(Seat.challenge_id == round_.challenge_id, IS_SEATED, VOTES)
        .order_by(Seat.id)
    )


def _progress(row: Row[Seat, Workload]) -> Progress:
    seat, work = row
    if work is None:
        return Progress(seat, Counted())
    counted = Counted(work.assigned, work.begun, work.ready, work.submitted)
    return Progress(seat, counted, work.active_on)


def jury_progress(round_: Round) -> list[Progress]:
    """Give the counts of every voting seat: as many rows as there are jurors."""
    return [_progress(row) for row in db.session.execute(_seats_with_counts(round_))]


def progress_page(
    round_: Round, after: str, *, is_unfinished: bool = False
) -> tuple[list[Progress], bool]:
    """Give the counts of the voting seats after the one with this code, and whether there are more.

    `is_unfinished` leaves out who handed in everything.
    """
    query = _seats_with_counts(round_).where(Seat.id > place_of_seat(after)).limit(PANEL + 1)
    if is_unfinished:
        query = query.where(or_(Workload.id.is_(None), Workload.submitted < Workload.assigned))
    found = [_progress(row) for row in db.session.execute(query)]
    return found[:PANEL], len(found) > PANEL


def panel_before(first: Seat) -> str:
    """Give the code after which the page before this voting seat begins."""
    return page_before(first, IS_SEATED, VOTES, size=PANEL)


class Total(NamedTuple):
    """What all voting seats together were given, have begun, have ready and handed in."""

    seats: int
    done: int  # seats that handed in everything
    assigned: int
    begun: int
    ready: int
    submitted: int


_TOTAL = (
    select(
        func.count(),
        *(
            func.coalesce(func.sum(part), 0)
            for part in (
                case(
                    (
                        and_(Workload.assigned > 0, Workload.submitted == Workload.assigned),
                        1,
                    ),
                    else_=0,
                ),
                Workload.assigned,
                Workload.begun,
                Workload.ready,
                Workload.submitted,
            )
        ),
    )
    .select_from(Seat)
    .outerjoin(
        Workload, and_(Workload.seat_id == Seat.id, Workload.round_id == bindparam("round_id"))
    )
    .where(Seat.challenge_id == bindparam("challenge_id"), IS_SEATED, VOTES)
)


def total_of(round_: Round) -> Total:
    """Add up the counts of all voting seats: one row, however large the jury."""
    row = db.session.execute(
        _TOTAL, {"round_id": round_.id, "challenge_id": round_.challenge_id}
    ).one()
    return Total(*row)


def workdays_of(seats: list[Seat], round_: Round) -> dict[int, list[tuple[date, int]]]:
    """Give for each of these seats the days on which its number of ready sheets changed."""
    days: dict[int, list[tuple[date, int]]] = {seat.id: [] for seat in seats}
    rows = db.session.execute(
        select(Workload.seat_id, Workday.day, Workday.ready)
        .join(Workday.workload)
        .where(Workload.round_id == round_.id, Workload.seat_id.in_(days))
        .order_by(Workload.seat_id, Workday.day)
    )
    for seat_id, day, ready in rows:
        days[seat_id].append((day, ready))
    return days


def numbers_page(challenge: Challenge, after: int) -> tuple[list[Proposal], bool]:
    """List the judged proposals after this number, and say whether there are more."""
    found = list(
        db.session.scalars(
            select(Proposal)
            .where(is_admitted(challenge), Proposal.number > after)
            .order_by(Proposal.number)
            .limit(NUMBERS + 1)
        )
    )
    return found[:NUMBERS], len(found) > NUMBERS


def cells_of(
    round_: Round, seats: list[Seat], proposals: list[int]
) -> dict[tuple[int, int], SheetState | None]:
    """Say of each of these seats and proposals where its sheet is: None is not begun."""
    rows = db.session.execute(
        select(Sheet.seat_id, Sheet.proposal_id, Sheet.state, Sheet.saved_at).where(
            Sheet.round_id == round_.id,
            Sheet.seat_id.in_([seat.id for seat in seats]),
            Sheet.proposal_id.in_(proposals),
            COUNTS,
        )
    )
    return {
        (row.seat_id, row.proposal_id): (
            None if row.state is SheetState.DRAFT and row.saved_at is None else row.state
        )
        for row in rows
    }

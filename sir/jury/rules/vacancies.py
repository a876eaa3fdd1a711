"""Which announced seats are empty, from when that endangers the calendar, and what can be done.

The jury that was announced is the jury that scores (Rb. Amsterdam 2022, GVB).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sir.jury.models import VOTING, RoundState, Seat, SeatKind
from sir.kernel.calendar import local_day

READING_DAYS = 7  # a reserve who is called needs a week to read and score everything


class Why(StrEnum):
    """Why an announced seat is empty."""

    LEFT = "left"
    UNANSWERED = "unanswered"
    UNINVITED = "uninvited"


class Remedy(StrEnum):
    """What can still be done about it."""

    OFFERED = "offered"  # a reserve was asked, and did not answer yet
    CALL = "call"  # a reserve of the same function
    INVITE = "invite"
    WAIT = "wait"  # for the answer to an invitation
    RESUME = "resume"  # no reserve: the round lies still until there is one
    AGAIN = "again"  # the jury confers, so only a new round helps


@dataclass(frozen=True)
class Vacancy:
    """An announced seat nobody sits in."""

    function: str
    why: Why
    seat: Seat | None
    reserves: tuple[Seat, ...]
    remedy: Remedy


def is_open_to_reserves(state: RoundState | None) -> bool:
    """Say whether a reserve can still join: until the jury confers (jury: 3.2)."""
    return state in {None, RoundState.CONFLICT_CHECK, RoundState.INDIVIDUAL}


def endangered_on(due_at: datetime | None, closes_at: datetime | None) -> date | None:
    """Give the day from which an empty seat endangers the calendar.

    Once judging began that is a week before the scores are due; before that, the day on which
    proposals close.
    """
    if due_at is not None:
        return local_day(due_at) - timedelta(days=READING_DAYS)
    return local_day(closes_at) if closes_at is not None else None


def vacancies(
    announced: Sequence[str],
    seat_count: int,
    seated: Counter[str],
    seats: Iterable[Seat],
    state: RoundState | None,
) -> list[Vacancy]:
    """List the announced seats nobody sits in, by function in its published order.

    `seated` counts by function those who accepted and still vote; `seats` need hold only the
    others: emptied, not yet accepted, and reserves.
    """
    short = Counter(announced) - seated
    if (others := seat_count - seated.total() - short.total()) > 0:
        short[""] += others  # a number was announced, not a function
    left, invited, reserves = _sorted(seats)
    found = []
    for function in dict.fromkeys([*announced, ""]):
        waiting = [(Why.LEFT, seat) for seat in left[function]]
        waiting += [(Why.UNANSWERED, seat) for seat in invited[function]]
        ready = tuple(reserves[function])
        for number in range(short[function]):
            why, seat = waiting[number] if number < len(waiting) else (Why.UNINVITED, None)
            found.append(Vacancy(function, why, seat, ready, _remedy(why, seat, ready, state)))
    return found


def _sorted(seats: Iterable[Seat]) -> tuple[dict[str, list[Seat]], ...]:
    left, invited, reserves = (defaultdict[str, list[Seat]](list) for _ in range(3))
    every = list(seats)
    replaced = {seat.replaces_id for seat in every}
    for seat in every:
        if seat.vacated_at is not None:
            if seat.kind in VOTING and seat.id not in replaced:
                left[seat.function].append(seat)
        elif seat.kind in VOTING and seat.accepted_at is None:
            invited[seat.function].append(seat)
        elif seat.kind is SeatKind.RESERVE and seat.accepted_at is not None:
            reserves[seat.function].append(seat)
    return left, invited, reserves


def _remedy(
    why: Why, seat: Seat | None, reserves: Sequence[Seat], state: RoundState | None
) -> Remedy:
    if not is_open_to_reserves(state):
        return Remedy.AGAIN
    if seat is not None and any(reserve.id == seat.offered_id for reserve in reserves):
        return Remedy.OFFERED
    if why is Why.LEFT and reserves:
        return Remedy.CALL
    if state is RoundState.INDIVIDUAL:
        return Remedy.RESUME
    return Remedy.WAIT if why is Why.UNANSWERED else Remedy.INVITE

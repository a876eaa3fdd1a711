"""A round that lies still: what it waits for, and what becomes of the time to score."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sir.jury.models import Round, RoundSuspension
from sir.jury.rules.vacancies import is_open_to_reserves
from sir.kernel.calendar import AMSTERDAM
from sir.kernel.i18n import _

REASON_LENGTH = 20  # characters that explain why a round lies still, or goes on

_DAY = timedelta(days=1)


def due_after(round_: Round, since: datetime, until: datetime) -> datetime | None:
    """Give when scores are due once a round goes on that lay still between two instants.

    While the jury declares or scores alone the term does not run: it moves by as many days as were
    begun, to the same time on the clock in Amsterdam. A term that was over already stays over.
    """
    due_at = round_.due_at
    if due_at is None or due_at <= since or not is_open_to_reserves(round_.reached):
        return due_at
    days = -(-(until - since) // _DAY)  # upward: a day that was begun counts
    return (due_at.astimezone(AMSTERDAM) + days * _DAY).astimezone(due_at.tzinfo)


def awaited(round_: Round, suspension: RoundSuspension) -> Any:
    """Say what a round that lies still waits for."""
    seat = suspension.seat
    if seat is None:
        return _(
            "The judging is suspended. It goes on when the secretary or the chair decides so. The"
            " reason: %(reason)s",
            reason=suspension.reason,
        )
    if is_open_to_reserves(round_.reached):
        return _(
            "The judging is suspended: seat %(label)s (%(function)s) is empty and there is no"
            " reserve. It goes on when somebody with this function takes the seat.",
            label=seat.label,
            function=seat.function,
        )
    return _(
        "The judging is suspended: seat %(label)s (%(function)s) is empty and the jury already"
        " confers, so nobody can join. It waits for a new round that judges everything again.",
        label=seat.label,
        function=seat.function,
    )

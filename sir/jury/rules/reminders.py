"""When jurors are reminded: declaring, scoring and signing each have a clock of their own (R24)."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import NamedTuple

from sir.jury.models import Round, RoundState
from sir.jury.rules.vacancies import READING_DAYS
from sir.kernel.calendar import instant, local_day

REMIND_BEFORE = (7, 3, 1, 0)  # days before it is due
SIGNED_AT = time(17)  # on the day of the decision


class Clock(NamedTuple):
    """What is due now, by the name of its letter, and when."""

    occasion: str
    due_at: datetime

    def rings(self, at: datetime) -> bool:
        """Say whether today is one of the days on which it reminds."""
        return (local_day(self.due_at) - local_day(at)).days in REMIND_BEFORE


def clock_of(round_: Round) -> Clock | None:
    """Give the clock that runs in this state of the round, if any.

    Declarations are due a week before the scores, so that there is time to read; but not before
    the day after the round opened. Signatures are due on the day of the decision.
    """
    due_at = round_.due_at
    if round_.state is RoundState.CONFLICT_CHECK and due_at is not None:
        soonest = min(round_.opened_at + timedelta(days=1), due_at)
        return Clock("remind_declaration", max(due_at - timedelta(days=READING_DAYS), soonest))
    if round_.state is RoundState.INDIVIDUAL and due_at is not None:
        return Clock("remind_scores", due_at)
    decision_on = round_.challenge.decision_on
    if round_.state is RoundState.SIGNING and decision_on is not None:
        return Clock("remind_signature", instant(decision_on, SIGNED_AT))
    return None

"""What is true of pitches: who is promised one, and whom a day of slots suits (jury: R25, F15)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from sir.jury.rules.schedule import PitchDay
from sir.workflows.models import Anonymity, PitchKind, Plan

MOST_SLOTS = 60  # of one round


def pitches_are_promised(plan: Plan) -> bool:
    """Say whether this jury hears pitches; never while its names stay hidden (R28)."""
    return plan.pitch is not PitchKind.NONE and plan.anonymity is not Anonymity.UNTIL_DECISION


def finalists_in(result: Mapping[str, Any]) -> list[str]:
    """Give who is invited by a kept ranking: its shortlist, or all that pass without one."""
    passing = [place["proposal"] for place in result["ranking"] if place["passes"]]
    return list(result["shortlist"]) or passing


def slot_times(starts_at: datetime, count: int, minutes: int, pause: int) -> list[datetime]:
    """Give when each of a row of slots begins."""
    return [starts_at + n * timedelta(minutes=minutes + pause) for n in range(count)]


def overlap(slots: Iterable[tuple[datetime, int]]) -> bool:
    """Say whether two slots of (beginning, minutes) overlap."""
    ordered = sorted(slots)
    return any(
        earlier + timedelta(minutes=minutes) > later
        for (earlier, minutes), (later, _minutes) in pairwise(ordered)
    )


@dataclass(frozen=True)
class Obstacle:
    """A finalist who has no slot in common with the jury, and who is in the way."""

    finalist: str
    own: tuple[str, ...]  # slots the finalist blocks
    jurors: tuple[str, ...]  # seats that block at least one of the others


def obstacles(day: PitchDay) -> list[Obstacle]:
    """List the finalists without a common slot, and who blocks (F15)."""
    found = []
    for finalist in day.finalists:
        if day.open_slots(finalist):
            continue
        own = day.blocked.get(finalist, frozenset())
        rest = set(day.slots) - own
        seats = tuple(seat for seat, blocked in day.jurors.items() if blocked & rest)
        found.append(Obstacle(finalist, tuple(slot for slot in day.slots if slot in own), seats))
    return found

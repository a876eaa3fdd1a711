"""The chapter of a call that is decided: two startups lead in two challenges, and win one each."""

from __future__ import annotations

from collections.abc import Generator
from datetime import datetime

from sir.calls.queries import entries_of, gather
from sir.calls.services import order_entries, record_outcome
from sir.commands.demo.stage import Chapter, Stage
from sir.people.models import Role

# What each startup wants most: the challenge in which another startup is better.
WISHES = {"klare": "utrecht", "lezer": "bzk"}


def decide_call(stage: Stage, key: str, *, ordered: int, recorded: int) -> Chapter:
    """Both order their entries before the deadline; after the juries the outcome is recorded."""
    yield from _order(stage, key, ordered)
    yield stage.day(recorded, hour=11)
    call = stage.calls[key]
    gathered = gather(call, stage.vault)
    record_outcome(
        call, 0, seen=gathered.sha256, by=stage.staff["bzk", Role.PROGRAMME_MANAGER],
        at=stage.at, vault=stage.vault,
    )  # fmt: skip


def _order(stage: Stage, key: str, day: int) -> Generator[datetime, None, None]:
    for number, (startup, first) in enumerate(WISHES.items()):
        yield stage.day(day, hour=11, minute=10 * number)
        call, bidder = stage.calls[key], stage.startups[startup]
        entries = entries_of(call, bidder)
        entries.sort(key=lambda row: row.challenge.buyer_id != stage.bodies[first].id)
        order_entries(
            call, bidder, [row.challenge.code for row in entries], version=0,
            by=stage.founders[startup], at=stage.at, vault=stage.vault,
        )  # fmt: skip

"""When each finalist pitches: drawn among the orders that suit the whole jury (jury: F15)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from sir.jury.rules.plan import PLAN_INVALID, listed, repeated
from sir.kernel.errors import Invalid
from sir.ports.solver import Choice, Condition, Solver

NO_COMMON_SLOT = "no_common_slot"
DRAWS = 10**6  # a draw lies below this


@dataclass(frozen=True)
class PitchDay:
    """Who pitches, the slots in order of time, and what keeps whom from which slot.

    `jurors` holds the slots in which each juror who is not excluded cannot sit; `room` those in
    which the room is taken; `blocked` those a finalist cannot come. The seed was published.
    """

    finalists: tuple[str, ...]
    slots: tuple[str, ...]
    seed: str
    jurors: Mapping[str, frozenset[str]] = field(default_factory=dict)
    room: frozenset[str] = frozenset()
    blocked: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def open_slots(self, finalist: str) -> list[str]:
        """Give the slots in which the finalist, every juror and the room are free."""
        taken = self.room.union(*self.jurors.values(), self.blocked.get(finalist, frozenset()))
        return [slot for slot in self.slots if slot not in taken]


def draw(seed: str, finalist: str, slot: str) -> int:
    """Draw a number for a finalist in a slot, which anybody can compute again."""
    digest = hashlib.sha256(f"{seed}|{finalist}|{slot}".encode()).hexdigest()
    return int(digest, 16) % DRAWS


def schedule(day: PitchDay, solver: Solver) -> tuple[tuple[str, str], ...]:
    """Give (slot, finalist) in order of time: of all that suit, the one with the highest draws.

    Raises Invalid: `no_common_slot` naming the finalists who cannot be placed, or
    `plan_invalid` when a finalist or slot is listed twice.
    """
    if twice := repeated(day.finalists) + repeated(day.slots):
        raise Invalid(PLAN_INVALID, f"Listed twice: {listed(twice)}.")
    finalists = sorted(day.finalists)
    options = [(f, slot) for f in finalists for slot in day.open_slots(f)]
    if without := [f for f in day.finalists if not day.open_slots(f)]:
        raise Invalid(NO_COMMON_SLOT, f"No slot suits the jury, the room and: {listed(without)}.")
    once = [Condition(_where(options, finalist=f), 1, 1) for f in finalists]
    apart = [Condition(_where(options, slot=slot), None, 1) for slot in day.slots]
    draws = [draw(day.seed, finalist, slot) for finalist, slot in options]
    chosen = solver.choose(Choice(draws, [*once, *apart]))
    if chosen is None:
        raise _refusal(day, options, apart, solver)
    held = {options[n][1]: options[n][0] for n in chosen}
    return tuple((slot, held[slot]) for slot in day.slots if slot in held)


def _refusal(
    day: PitchDay, options: list[tuple[str, str]], apart: list[Condition], solver: Solver
) -> Invalid:
    """Name who is left over when as many as possible are placed."""
    at_most_once = [Condition(_where(options, finalist=f), None, 1) for f in day.finalists]
    chosen = solver.choose(Choice([1] * len(options), [*at_most_once, *apart]))
    assert chosen is not None, "Nobody at all is a schedule too."
    placed = {options[n][0] for n in chosen}
    left = [finalist for finalist in day.finalists if finalist not in placed]
    return Invalid(NO_COMMON_SLOT, f"Too few slots suit all together; left over: {listed(left)}.")


def _where(
    options: list[tuple[str, str]], *, finalist: str | None = None, slot: str | None = None
) -> list[int]:
    return [n for n, (f, s) in enumerate(options) if finalist in {None, f} and slot in {None, s}]

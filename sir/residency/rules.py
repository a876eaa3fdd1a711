"""What is true of a residency: what is late, what still has to happen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sir.kernel.calendar import local_day
from sir.kernel.i18n import lazy
from sir.kernel.lifecycle import condition
from sir.residency.models import Milestone, MilestoneState, Residency, ResidencyState

OVER = frozenset({ResidencyState.COMPLETED, ResidencyState.STOPPED})


def is_late(milestone: Milestone, at: datetime) -> bool:
    """Say whether a milestone should have been ready: its last day has passed."""
    return milestone.state is MilestoneState.OPEN and local_day(at) > milestone.due_on


def was_late(milestone: Milestone) -> bool:
    """Say whether a milestone was ready only after its last day."""
    done_at = milestone.done_at
    return done_at is not None and local_day(done_at) > milestone.due_on


def is_over(residency: Residency) -> bool:
    """Say whether the residency has ended, well or early."""
    return residency.state in OVER


def is_span(starts_on: date, ends_on: date) -> bool:
    """Say whether a residency ends after it starts."""
    return starts_on < ends_on


def next_position(milestones: Iterable[Milestone]) -> int:
    """Give the number of the next milestone."""
    return max((milestone.position for milestone in milestones), default=0) + 1


@condition(lazy("First agree on the goal and the first and last day."))
def is_planned(residency: Residency, _at: datetime) -> bool:
    """Both parties know what for and until when."""
    return bool(residency.goal.strip() and residency.starts_on and residency.ends_on)


@condition(lazy("First add at least one milestone."))
def has_milestones(residency: Residency, _at: datetime) -> bool:
    """There is something to work towards."""
    return bool(residency.milestones)


@condition(lazy("A milestone is still open. Finish it or drop it first."))
def no_milestone_is_open(residency: Residency, _at: datetime) -> bool:
    """Everything agreed was done, or dropped on purpose."""
    return all(milestone.state is not MilestoneState.OPEN for milestone in residency.milestones)


@condition(lazy("This residency has not begun, or it has ended."))
def residency_runs(milestone: Milestone, _at: datetime) -> bool:
    """Milestones are reached while the residency runs."""
    return milestone.residency.state is ResidencyState.RUNNING


@condition(lazy("This residency has ended."))
def residency_is_not_over(milestone: Milestone, _at: datetime) -> bool:
    """A plan may change until the end."""
    return not is_over(milestone.residency)

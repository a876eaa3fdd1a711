"""The lives of a residency and of a milestone."""

from sir.kernel.lifecycle import Lifecycle, Move
from sir.residency.models import MilestoneState, ResidencyState
from sir.residency.rules import (
    has_milestones,
    is_planned,
    no_milestone_is_open,
    residency_is_not_over,
    residency_runs,
)

PLANNED = ResidencyState.PLANNED
RUNNING = ResidencyState.RUNNING
COMPLETED = ResidencyState.COMPLETED
STOPPED = ResidencyState.STOPPED

# fmt: off
LIFECYCLE = Lifecycle(
    #     act         from                to          only if
    Move("start",     {PLANNED},          RUNNING,    (is_planned, has_milestones)),
    Move("complete",  {RUNNING},          COMPLETED,  (no_milestone_is_open,)),
    Move("stop",      {PLANNED, RUNNING}, STOPPED),
)

MILESTONE = Lifecycle(
    #     act       from                    to                       only if
    Move("finish",  {MilestoneState.OPEN},  MilestoneState.DONE,     (residency_runs,)),
    Move("drop",    {MilestoneState.OPEN},  MilestoneState.DROPPED,  (residency_is_not_over,)),
)
# fmt: on

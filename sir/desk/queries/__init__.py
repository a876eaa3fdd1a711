"""Everything that waits for one person, read from every room with one question per source."""

from __future__ import annotations

from datetime import datetime

from sir.desk.queries.calls import call_tasks
from sir.desk.queries.integrity import integrity_tasks
from sir.desk.queries.jury import jury_tasks
from sir.desk.queries.overview import Overview, Wanted, overview_of
from sir.desk.queries.startup import startup_tasks
from sir.desk.queries.tasks import Task, by_group
from sir.desk.queries.team import team_tasks
from sir.people.rules import Standing

__all__ = ["Overview", "Task", "Wanted", "by_group", "overview_of", "tasks_of"]


def tasks_of(me: Standing, at: datetime) -> list[Task]:
    """List what this person can do now, the first due first; what has no date comes last."""
    found = [
        *team_tasks(me, at),
        *integrity_tasks(me, at),
        *jury_tasks(me, at),
        *startup_tasks(me, at),
        *call_tasks(me, at),
    ]
    return sorted(found, key=lambda task: task.order)

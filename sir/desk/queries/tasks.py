"""One thing that waits for somebody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sir.challenges.models import Challenge
from sir.kernel.calendar import instant
from sir.kernel.i18n import lazy
from sir.people.models import Role

FOR_EVER = datetime.max.replace(tzinfo=UTC)

GROUPS: dict[Role, Any] = {
    Role.PROGRAMME_MANAGER: lazy("As programme manager"),
    Role.OWNER: lazy("As challenge owner"),
    Role.OFFICER: lazy("As procurement officer"),
    Role.APPROVER: lazy("As approver"),
    Role.INTEGRITY_OFFICER: lazy("As integrity officer"),
    Role.SECRETARY: lazy("As jury secretary"),
    Role.PRICE_ASSESSOR: lazy("As price assessor"),
    Role.CHAIR: lazy("As chair of the jury"),
    Role.JUROR: lazy("As juror"),
    Role.ADVISER: lazy("As adviser of the jury"),
    Role.STARTUP_MEMBER: lazy("For your startup"),
}


@dataclass(frozen=True)
class Task:
    """What to do, about which challenge, by when, and where."""

    role: Role
    what: str
    challenge: Challenge
    endpoint: str
    code: str
    due: datetime | date | None = None
    progress: str = ""

    @property
    def due_at(self) -> datetime | None:
        """The instant at which it is too late; a day counts until its end."""
        if self.due is None or isinstance(self.due, datetime):
            return self.due
        return instant(self.due + timedelta(days=1), time())

    @property
    def order(self) -> tuple[datetime, int, str]:
        """Sort by date, then by age of the challenge."""
        return self.due_at or FOR_EVER, self.challenge.id, self.what


def by_group(tasks: Iterable[Task]) -> list[tuple[Any, list[Task]]]:
    """Put tasks under the role they belong to, in the order of the procedure."""
    tasks = list(tasks)
    grouped = [
        (label, [task for task in tasks if task.role is role]) for role, label in GROUPS.items()
    ]
    return [(label, rows) for label, rows in grouped if rows]

"""Questions about plans: the parts of a frozen one are read once."""

from __future__ import annotations

from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import joinedload, lazyload
from sqlalchemy.orm.attributes import set_committed_value

from sir.kernel.database import Base, db, reading
from sir.kernel.memory import Memory
from sir.workflows.models import Criterion, Level, Plan

Parts = tuple[list[Criterion], list[Level]]

_known: Memory[Parts] = Memory(64)


def plan_through(relation: Any) -> Any:
    """Give the option that loads a plan through this relation, its parts left to `recall_parts`."""
    return joinedload(relation).options(lazyload(Plan.criteria), lazyload(Plan.levels))


def recall_parts(plan: Plan) -> None:
    """Give a frozen plan its criteria and levels from memory, on a page that only looks.

    What is frozen never changes: its hash, its number and its house say which parts it has. On a
    page that writes, and for a draft, the database itself is asked.
    """
    if not reading.get() or plan.frozen_at is None:
        return
    parts = _known.recall((db.engine.url, plan.id, plan.sha256), lambda: _loose_parts(plan))
    set_committed_value(plan, "criteria", parts[0])
    set_committed_value(plan, "levels", parts[1])


def _loose_parts(plan: Plan) -> Parts:
    """Copy the parts, so that no session owns them."""
    return [_loose(row) for row in plan.criteria], [_loose(row) for row in plan.levels]


def _loose(row: Any) -> Any:
    kind: type[Base] = type(row)
    names = [column.key for column in inspect(kind).column_attrs]
    return kind(**{name: getattr(row, name) for name in names})

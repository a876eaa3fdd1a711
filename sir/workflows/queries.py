"""Questions about plans: a frozen one is read once."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import inspect
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value

from sir.kernel.database import Base, db
from sir.kernel.memory import Memory
from sir.workflows.models import Plan

Row = TypeVar("Row", bound=Base)

_known: Memory[Plan] = Memory(64)


def plan_to_look_at(number: int) -> Plan:
    """Give a plan for a page that writes nothing.

    What is frozen never changes, so it is remembered with its parts; they belong to no session.
    """
    key = db.engine.url, number
    known = _known.get(key)
    if known is None:
        plan = db.session.get_one(Plan, number)
        if plan.frozen_at is None:
            return plan
        known = _known.keep(key, _loose_plan(plan))
    return known


def _loose_plan(plan: Plan) -> Plan:
    copy = _loose(plan)
    set_committed_value(copy, "criteria", [_loose(row) for row in plan.criteria])
    set_committed_value(copy, "levels", [_loose(row) for row in plan.levels])
    return copy


def _loose(row: Row) -> Row:
    kind = type(row)
    names = [column.key for column in inspect(kind).column_attrs]
    copy = kind(**{name: getattr(row, name) for name in names})
    make_transient_to_detached(copy)
    return copy

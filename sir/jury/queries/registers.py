"""Questions about the yearly registers of interests."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from sir.jury.models import Interest, Register
from sir.jury.queries.seats import the_one
from sir.kernel.calendar import local_day
from sir.kernel.database import db
from sir.people.models import Person


def register_of(person: Person, at: datetime) -> Register | None:
    """Find somebody's register for the calendar year of this moment."""
    return db.session.scalar(
        select(Register).where(Register.person_id == person.id, Register.year == local_day(at).year)
    )


def latest_register(person: Person) -> Register | None:
    """Find somebody's register of the latest year there is."""
    return db.session.scalar(
        select(Register)
        .where(Register.person_id == person.id)
        .order_by(Register.year.desc())
        .limit(1)
    )


def registers_of(person: Person) -> list[Register]:
    """List somebody's registers, the latest year first."""
    return list(
        db.session.scalars(
            select(Register).where(Register.person_id == person.id).order_by(Register.year.desc())
        )
    )


def interest_by_code(code: str) -> Interest:
    """Find one interest, with its register."""
    interest: Interest = the_one(
        select(Interest).where(Interest.code == code).options(joinedload(Interest.register))
    )
    return interest


def signed_years(people: Collection[int]) -> dict[int, Register]:
    """Give each person's latest signed register."""
    rows = db.session.scalars(
        select(Register)
        .where(Register.person_id.in_(people), Register.signed_at.is_not(None))
        .order_by(Register.year)
    )
    return {register.person_id: register for register in rows}


def interests_of(people: Collection[int]) -> list[Interest]:
    """List everything these people ever listed, what was struck out too."""
    return list(
        db.session.scalars(
            select(Interest)
            .join(Interest.register)
            .where(Register.person_id.in_(people))
            .order_by(Interest.id)
            .options(joinedload(Interest.register))
        )
    )

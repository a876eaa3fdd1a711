"""Looking into the outbox. What is sealed is nowhere in it: in no list and in no count."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from sir.kernel.database import db
from sir.kernel.errors import Missing
from sir.notices.models import Letter
from sir.notices.rules import MOST_TRIES

PAGE = 50


def letter_by_key(key: str) -> Letter:
    """Find a letter, or raise Missing."""
    letter = db.session.scalar(select(Letter).where(Letter.key == key, Letter.sealed_for == ""))
    if letter is None:
        raise Missing
    return letter


def letters_page(before: str = "", *, only_stuck: bool = False) -> Sequence[Letter]:
    """List one page of letters, the latest first; `before` is the last key of the page before."""
    page = select(Letter).where(Letter.sealed_for == "").order_by(Letter.id.desc()).limit(PAGE + 1)
    if only_stuck:
        page = page.where(Letter.posted_at.is_(None), Letter.fault != "")
    if before:
        last = select(Letter.id).where(Letter.key == before).scalar_subquery()
        page = page.where(Letter.id < last)
    return db.session.scalars(page).all()


def count_waiting(at: datetime) -> int:
    """Count the letters that are due and were not posted or given up."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Letter)
            .where(
                Letter.posted_at.is_(None),
                Letter.due_at <= at,
                Letter.tries < MOST_TRIES,
                Letter.sealed_for == "",
            )
        )
        or 0
    )


def count_given_up() -> int:
    """Count the letters that wait for a human."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Letter)
            .where(
                Letter.posted_at.is_(None),
                Letter.tries >= MOST_TRIES,
                Letter.sealed_for == "",
            )
        )
        or 0
    )

"""Questions about calls themselves: one, a public page of them, those to choose from."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload, selectinload

from sir.challenges.models import Call, Challenge, ChallengeState
from sir.challenges.queries import IN_BRIEF, PAGE_SIZE
from sir.kernel.database import db
from sir.kernel.errors import Missing
from sir.kernel.prose import tidy


def call_by_code(code: str) -> Call:
    """Find the call a link points to, with its challenges."""
    call = db.session.scalar(
        select(Call)
        .where(Call.code == code)
        .options(
            joinedload(Call.buyer),
            selectinload(Call.challenges).options(IN_BRIEF, joinedload(Challenge.buyer)),
        )
    )
    if call is None:
        raise Missing
    return call


def published_call(code: str) -> Call | None:
    """Find a public call by what somebody put in an address."""
    return db.session.scalar(
        select(Call).where(Call.code == tidy(code), Call.published_at.is_not(None))
    )


def published_calls(after: str = "") -> tuple[list[Call], bool]:
    """Give a page of public calls, the newest first, and whether there are more."""
    rows = select(Call).where(Call.published_at.is_not(None)).options(joinedload(Call.buyer))
    if after:
        last = select(Call.published_at, Call.id).where(Call.code == tidy(after)).subquery()
        rows = rows.join(
            last,
            or_(
                Call.published_at < last.c.published_at,
                and_(Call.published_at == last.c.published_at, Call.id < last.c.id),
            ),
        )
    order = (Call.published_at.desc(), Call.id.desc())
    page = list(db.session.scalars(rows.order_by(*order).limit(PAGE_SIZE + 1)))
    return page[:PAGE_SIZE], len(page) > PAGE_SIZE


def calls_of_bodies(organisations: Collection[int]) -> list[Call]:
    """List the calls that these public bodies lead, the newest first."""
    return list(
        db.session.scalars(
            select(Call)
            .where(Call.buyer_id.in_(organisations))
            .options(joinedload(Call.buyer), selectinload(Call.challenges).options(IN_BRIEF))
            .order_by(Call.id.desc())
        )
    )


def calls_to_choose(at: datetime) -> list[Call]:
    """List the calls that a draft can still come into: none of their deadlines has passed."""
    begun = select(Challenge.id).where(
        Challenge.call_id == Call.id,
        Challenge.published_at.is_not(None),
        Challenge.state != ChallengeState.CANCELLED,
        Challenge.closes_at <= at,
    )
    return list(
        db.session.scalars(
            select(Call)
            .where(~begun.exists())
            .options(joinedload(Call.buyer))
            .order_by(Call.name, Call.id)
        )
    )

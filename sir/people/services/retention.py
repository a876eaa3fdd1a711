"""Throwing away what nobody needs any more. The journal keeps that it once was there."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, Delete, Select, delete, func, or_

from sir.journal.services import record
from sir.kernel.database import db
from sir.people.models import FactorReset, Invitation, KeptForm, SignIn, Token
from sir.people.rules.retention import INVITATIONS_KEPT, LINKS_KEPT, RESETS_KEPT, SESSIONS_KEPT
from sir.people.services.kept import KEEP


def forget_old(*, at: datetime, spared: Select[Any]) -> dict[str, Any]:
    """Delete old sessions, links, kept forms and invitations; count them by kind.

    `spared` selects the numbers of sessions that stay: papers point at them.
    """
    ended = func.coalesce(SignIn.ended_at, SignIn.expires_at)
    dead_link = func.coalesce(Token.used_at, Token.expires_at)
    settled = func.coalesce(Invitation.accepted_at, Invitation.withdrawn_at, Invitation.expires_at)
    counts: dict[str, Any] = {
        "sessions": _count(
            delete(SignIn).where(
                or_(ended <= at - SESSIONS_KEPT, SignIn.expires_at <= at - SESSIONS_KEPT),
                SignIn.id.not_in(spared),
            )
        ),
        "links": _count(delete(Token).where(dead_link <= at - LINKS_KEPT)),
        "forms": _count(delete(KeptForm).where(KeptForm.kept_at <= at - KEEP)),
        "resets": _count(delete(FactorReset).where(FactorReset.asked_at <= at - RESETS_KEPT)),
        "invitations": _count(delete(Invitation).where(settled <= at - INVITATIONS_KEPT)),
    }
    if any(counts.values()):
        record("house.forgotten", "house:", by=None, at=at, **counts)
    return counts


def _count(statement: Delete) -> int:
    statement = statement.execution_options(synchronize_session=False)
    result = db.session.execute(statement)
    assert isinstance(result, CursorResult), "A deletion says how many rows it took."
    return result.rowcount

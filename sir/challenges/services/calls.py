"""Putting challenges together in a call, while they are drafts."""

from __future__ import annotations

from datetime import datetime

from sir.challenges.models import Call, Challenge
from sir.challenges.queries import has_membership
from sir.challenges.rules import is_settled, is_under_way
from sir.challenges.services.drafting import check_is_draft
from sir.journal.services import record
from sir.kernel.codes import new_code
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.kernel.i18n import lazy
from sir.kernel.prose import tidy
from sir.people.models import Organisation, Person, Role

CLOSED = lazy("A deadline of this call has passed, so no challenge can come in any more.")
SETTLED = lazy("A challenge of this call was approved with its name and rule. They stand now.")


def draft_call(  # noqa: PLR0913 - what a call is made of
    buyer: Organisation,
    *,
    name: str,
    name_en: str = "",
    is_one_win: bool,
    by: Person,
    at: datetime,
) -> Call:
    """Begin a call in the name of a public body, by its programme manager."""
    if not buyer.is_public_body or not has_membership(by, buyer, Role.PROGRAMME_MANAGER):
        raise Refused(lazy("A call is begun by the programme manager of a public body."))
    call = Call(
        code=new_code(), buyer=buyer, is_one_win=is_one_win, created_at=at, created_by_id=by.id
    )
    _name(call, name, name_en)
    db.session.add(call)
    record("call.drafted", call, by=by, at=at, one_win=is_one_win)
    return call


def change_call(  # noqa: PLR0913 - what a call is made of
    call: Call, *, name: str, name_en: str = "", is_one_win: bool, by: Person, at: datetime
) -> None:
    """Change name and rule, as long as no challenge was approved with them."""
    if is_settled(call):
        raise Refused(SETTLED)
    _name(call, name, name_en)
    call.is_one_win = is_one_win
    record("call.changed", call, by=by, at=at, one_win=is_one_win)


def choose_call(challenge: Challenge, call: Call | None, *, by: Person, at: datetime) -> None:
    """Put a draft in a call, or take it out again with None.

    A challenge comes in before the first deadline of the call: who hands in must be able to
    know every challenge there is to choose from.
    """
    if challenge.call_id == (call.id if call else None):
        return
    check_is_draft(challenge)
    if call is not None and is_under_way(call, at):
        raise Refused(CLOSED)
    former = challenge.call
    challenge.call = call
    db.session.flush()
    for changed in (former, call):
        if changed is not None:
            db.session.expire(changed, ["challenges"])
    record(
        "challenge.grouped",
        challenge,
        by=by,
        at=at,
        stream=challenge.code,
        call=call.code if call else "",
    )


def _name(call: Call, name: str, name_en: str) -> None:
    call.name, call.name_en = (" ".join(tidy(text).split()) for text in (name, name_en))
    if not call.name:
        raise Refused(lazy("Give the call a name."))

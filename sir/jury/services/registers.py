"""Keeping the yearly register of interests: listing, striking out, signing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sir.journal.services import record
from sir.jury.models import Interest, InterestKind, Register
from sir.jury.queries.registers import latest_register, register_of
from sir.jury.queries.seats import seats_held
from sir.kernel.calendar import local_day
from sir.kernel.canonical import canonical, sha256
from sir.kernel.codes import new_code
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.kernel.i18n import _
from sir.people.models import Person
from sir.people.rules.organisations import is_kvk

COPIED = ("kind", "organisation", "kvk", "domain", "people", "since", "until")


def add_interest(  # noqa: PLR0913 - an interest has this many sides
    *,
    kind: InterestKind,
    organisation: str = "",
    kvk: str = "",
    domain: str = "",
    people: str = "",
    since: date | None = None,
    until: date | None = None,
    by: Person,
    at: datetime,
) -> Interest:
    """List one tie of one's own. The register then asks for a new signature."""
    if not organisation and not people:
        raise Refused(_("Name the organisation, or the person it is about."))
    if kvk and not is_kvk(kvk):
        raise Refused(_("A KvK number has eight digits."))
    if since and until and until < since:
        raise Refused(_("The end cannot come before the beginning."))
    register = _open(by, at)
    interest = Interest(
        code=new_code(),
        register=register,
        kind=kind,
        organisation=organisation,
        kvk=kvk or None,
        domain=domain.strip().casefold(),
        people=people,
        since=since,
        until=until,
        added_at=at,
    )
    db.session.add(interest)
    _change(register, by)
    record("interest.added", interest, by=by, at=at, kind=kind.value)
    return interest


def strike_interest(interest: Interest, *, by: Person, at: datetime) -> None:
    """Strike one's own tie out; it is kept, and the register asks for a new signature."""
    if interest.person_id != by.id or interest.removed_at is not None:
        raise Refused(_("This tie is not in your register any more."))
    if interest.register.year != local_day(at).year:
        raise Refused(_("A register of an earlier year stays as it was signed."))
    interest.removed_at = at
    _change(interest.register, by)
    record("interest.struck", interest, by=by, at=at)


def sign_register(*, has_none: bool, by: Person, at: datetime) -> Register:
    """Sign this year's register. Who has no ties says so; silence is no answer (R11)."""
    register = _open(by, at)
    standing = standing_interests(register)
    if has_none and standing:
        raise Refused(_("You listed ties, so you cannot state that you have none."))
    if not has_none and not standing:
        raise Refused(_("List your ties, or state that you have none."))
    register.has_none = has_none
    register.sha256 = sha256(canonical(_written(register)))
    register.signed_at = at
    for seat in seats_held(by):
        seat.cleared_at = None  # what changed is looked at again
    record("register.signed", register, by=by, at=at, sha256=register.sha256, year=register.year)
    return register


def standing_interests(register: Register) -> list[Interest]:
    """List what a register holds now."""
    return [row for row in register.interests if row.removed_at is None]


def _open(by: Person, at: datetime) -> Register:
    """Find this year's register, or begin it with what last year's held."""
    register = register_of(by, at)
    if register is not None:
        return register
    before = latest_register(by)
    register = Register(code=new_code(), person=by, year=local_day(at).year)
    db.session.add(register)
    for row in standing_interests(before) if before else ():
        copied: Mapping[str, Any] = {name: getattr(row, name) for name in COPIED}
        register.interests.append(Interest(code=new_code(), added_at=at, **copied))
    return register


def _change(register: Register, by: Person) -> None:
    register.signed_at = None
    register.has_none = False
    for seat in seats_held(by):
        seat.cleared_at = None


def _written(register: Register) -> dict[str, Any]:
    return {
        "person": register.person.code,
        "year": register.year,
        "none": register.has_none,
        "interests": [
            {
                "code": row.code,
                "kind": row.kind.value,
                "organisation": row.organisation,
                "kvk": row.kvk or "",
                "domain": row.domain,
                "people": row.people,
                "since": row.since.isoformat() if row.since else "",
                "until": row.until.isoformat() if row.until else "",
            }
            for row in standing_interests(register)
        ],
    }

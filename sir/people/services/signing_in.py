"""Opening and ending sessions, and the second factor."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete

from sir.journal.models import Result
from sir.journal.services import record
from sir.kernel.codes import new_code
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.kernel.i18n import lazy
from sir.notices.services import write_letter
from sir.people.models import Person, RecoveryCode, SignIn
from sir.people.queries import hashed, unused_recovery_codes
from sir.people.rules.factors import step_of, tidy_code
from sir.people.rules.sessions import LONGEST
from sir.ports.vault import Vault, open_text, seal_text

RECOVERY_CODES = 10
RECOVERY_LENGTH = 16  # 76 bits


class Opened(NamedTuple):
    """A new session, with the secret that goes into the cookie and nowhere else."""

    token: str
    sign_in: SignIn


def open_sign_in(
    person: Person, *, agent: str, at: datetime, factor_at: datetime | None = None
) -> Opened:
    """Start a session for somebody who proved who they are."""
    token = secrets.token_urlsafe(32)
    sign_in = SignIn(
        token_hash=hashed(token),
        person=person,
        started_at=at,
        seen_at=at,
        expires_at=at + LONGEST,
        factor_at=factor_at,
        agent=agent[:300],
    )
    db.session.add(sign_in)
    record("person.signed_in", person, by=person, at=at)
    return Opened(token, sign_in)


def note_failed_sign_in(person: Person | None, *, at: datetime) -> None:
    """Note that somebody tried a wrong password; an unknown address leaves no trace of itself."""
    record("person.signed_in", person or "person:", by=None, at=at, result=Result.DENIED)


def end_sign_in(sign_in: SignIn, *, by: Person, at: datetime) -> None:
    """End a session at once, wherever its cookie may be."""
    if sign_in.ended_at is None:
        sign_in.ended_at = at
        record("person.signed_out", by, by=by, at=at)


def set_factor(  # noqa: PLR0913 - a factor has this many sides
    person: Person, secret: str, code: str, *, sign_in: SignIn, vault: Vault, at: datetime
) -> list[str] | None:
    """Tie an authenticator app to a person, who shows its code to prove that it works.

    Gives the recovery codes, which are shown once; None when the code is wrong.
    """
    step = step_of(secret, code, at, None)
    if step is None:
        record("factor.set", person, by=person, at=at, result=Result.DENIED)
        return None
    person.totp_secret = seal_text(vault, _place(person), secret)
    person.totp_confirmed_at = at
    person.totp_last_step = step
    sign_in.factor_at = at
    codes = _new_recovery_codes(person)
    record("factor.set", person, by=person, at=at)
    write_letter("people/factor_set", to=person, at=at)
    return codes


def show_factor(
    person: Person, code: str, *, sign_in: SignIn, vault: Vault, at: datetime
) -> Opened | None:
    """Accept a code of the app, or a recovery code in its place; each works once.

    The session goes on under a new secret. None when the code is wrong, late or used before.
    """
    if not (_takes_app_code(person, code, vault, at) or _takes_recovery_code(person, code, at)):
        record("factor.shown", person, by=person, at=at, result=Result.DENIED)
        return None
    token = secrets.token_urlsafe(32)
    sign_in.token_hash = hashed(token)
    sign_in.factor_at = at
    record("factor.shown", person, by=person, at=at)
    return Opened(token, sign_in)


def verify_factor(person: Person, code: str, *, vault: Vault, at: datetime) -> bool:
    """Say whether somebody shows their app's code at this very act; it works once.

    A recovery code does not do: it proves a letter kept, not somebody present.
    """
    if _takes_app_code(person, code, vault, at):
        return True
    record("factor.shown", person, by=person, at=at, result=Result.DENIED)
    return False


def renew_recovery_codes(person: Person, *, at: datetime) -> list[str]:
    """Give new recovery codes; the old ones stop working."""
    if person.totp_confirmed_at is None:
        raise Refused(lazy("Set up a second factor first."))
    codes = _new_recovery_codes(person)
    record("factor.codes_renewed", person, by=person, at=at)
    write_letter("people/factor_codes", to=person, at=at)
    return codes


def remove_factor(person: Person, *, by: Person | None, at: datetime) -> None:
    """Untie the authenticator app from somebody who may do without one."""
    person.totp_secret = person.totp_confirmed_at = person.totp_last_step = None
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    record("factor.removed", person, by=by, at=at)
    write_letter("people/factor_removed", to=person, at=at)


def _takes_app_code(person: Person, code: str, vault: Vault, at: datetime) -> bool:
    if person.totp_secret is None:
        return False
    secret = open_text(vault, _place(person), person.totp_secret)
    step = step_of(secret, code, at, person.totp_last_step)
    if step is None:
        return False
    person.totp_last_step = step
    return True


def _takes_recovery_code(person: Person, code: str, at: datetime) -> bool:
    given = hashed(f"{person.code} {tidy_code(code)}")
    for kept in unused_recovery_codes(person):
        if secrets.compare_digest(kept.code_hash, given):
            kept.used_at = at
            write_letter("people/factor_code_used", to=person, at=at)
            return True
    return False


def _new_recovery_codes(person: Person) -> list[str]:
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    codes = [new_code(RECOVERY_LENGTH) for _ in range(RECOVERY_CODES)]
    db.session.add_all(
        RecoveryCode(person_id=person.id, code_hash=hashed(f"{person.code} {code}"))
        for code in codes
    )
    return codes


def _place(person: Person) -> str:
    return f"factor:{person.code}"

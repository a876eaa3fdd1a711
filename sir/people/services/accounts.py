"""Becoming known, and proving again who you are: addresses, passwords and mailed links.

Nothing here tells a stranger whether an address is known: the answer goes to the mailbox.
Passwords arrive hashed, since hashing takes tens of milliseconds and nobody should wait for it
inside a transaction.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import update

from sir.journal.models import Result
from sir.journal.services import record
from sir.kernel.codes import new_code
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.kernel.i18n import lazy
from sir.notices.services import write_letter
from sir.people.models import Person, SignIn, Token, TokenPurpose
from sir.people.queries import hashed, living_token, person_by_email
from sir.people.rules.sessions import CONFIRM_WITHIN, RESET_WITHIN
from sir.ports.vault import Vault, seal_text

LINK = "link"  # the place for which the secret of a mailed link is sealed in the outbox


def register_person(  # noqa: PLR0913 - what a register form asks
    email: str, *, name: str, lang: str, onward: str = "", vault: Vault, at: datetime
) -> None:
    """Write to an address that somebody wants to register.

    A new address gets a link to confirm it; whoever has an account gets a letter that says so.
    `onward` is the path to continue on after the first sign-in, such as an invitation.
    """
    person = person_by_email(email)
    if person is not None and person.confirmed_at is not None:
        record("person.registered", person, by=None, at=at, result=Result.DENIED)
        write_letter("people/known", to=person, at=at)
        return
    if person is None:
        person = Person(code=new_code(), name=name, email=email.lower(), lang=lang, created_at=at)
        db.session.add(person)
        db.session.flush()  # the letter and the link need their number
    person.name, person.lang = name, lang
    record("person.registered", person, by=None, at=at)
    secret = _new_link(person, TokenPurpose.CONFIRM_EMAIL, CONFIRM_WITHIN, vault, at)
    write_letter("people/confirm", to=person, at=at, secret=secret, onward=onward)


def confirm_person(secret: str, *, name: str, password_hash: str, at: datetime) -> Person:
    """Make an account of a confirmed address. Raises Missing when the link no longer works."""
    token = living_token(secret, TokenPurpose.CONFIRM_EMAIL, at)
    person = token.person
    token.used_at = at
    person.name = name
    person.password_hash = password_hash
    person.confirmed_at = at
    record("person.confirmed", person, by=person, at=at)
    return person


def make_platform_admin(person: Person, *, at: datetime) -> None:
    """Let somebody run the house: they may see that things are there, never what they say."""
    person.is_platform_admin = True
    record("person.made_admin", person, by=None, at=at)


def ask_password_reset(email: str, *, vault: Vault, at: datetime) -> None:
    """Send a link to choose a new password, if there is somebody to send it to."""
    person = person_by_email(email)
    if person is None:
        record("password.reset_asked", "person:", by=None, at=at, result=Result.DENIED)
        return
    if person.confirmed_at is None:
        secret = _new_link(person, TokenPurpose.CONFIRM_EMAIL, CONFIRM_WITHIN, vault, at)
        write_letter("people/confirm", to=person, at=at, secret=secret, onward="")
    else:
        secret = _new_link(person, TokenPurpose.RESET_PASSWORD, RESET_WITHIN, vault, at)
        write_letter("people/reset", to=person, at=at, secret=secret)
    record("password.reset_asked", person, by=None, at=at)


def reset_password(secret: str, *, password_hash: str, at: datetime) -> None:
    """Choose a new password by a mailed link. Every session ends; the second factor stays."""
    token = living_token(secret, TokenPurpose.RESET_PASSWORD, at)
    token.used_at = at
    _set_password(token.person, password_hash, at, keep=None)
    record("password.reset", token.person, by=token.person, at=at)


def change_password(person: Person, *, password_hash: str, keep: SignIn, at: datetime) -> None:
    """Choose a new password while signed in; every other session ends."""
    _set_password(person, password_hash, at, keep=keep)
    record("password.changed", person, by=person, at=at)


def renew_password_hash(person: Person, *, password_hash: str, at: datetime) -> None:
    """Keep the same password in today's way."""
    person.password_hash = password_hash
    record("password.rehashed", person, by=person, at=at)


def change_details(person: Person, *, name: str, lang: str, at: datetime) -> None:
    """Change how somebody is called and in which language we write to them."""
    person.name, person.lang = name, lang
    record("person.changed", person, by=person, at=at)


def ask_email_change(person: Person, email: str, *, vault: Vault, at: datetime) -> None:
    """Write to the new address, which counts once it is confirmed, and warn the old one."""
    email = email.lower()
    owner = person_by_email(email)
    if owner is person:
        raise Refused(lazy("This is your address already."))
    record("email.change_asked", person, by=person, at=at)
    write_letter("people/email_changing", to=person, at=at)
    if owner is not None:
        write_letter("people/known", to=owner, at=at)
        return
    secret = _new_link(person, TokenPurpose.CHANGE_EMAIL, CONFIRM_WITHIN, vault, at, email)
    write_letter("people/email_change", address=email, lang=person.lang, at=at, secret=secret)


def change_email(secret: str, *, at: datetime) -> Person:
    """Let a confirmed new address count. Raises Missing when the link no longer works."""
    token = living_token(secret, TokenPurpose.CHANGE_EMAIL, at)
    if person_by_email(token.email) is not None:
        raise Refused(lazy("Somebody registered this address in the meantime."))
    token.used_at = at
    token.person.email = token.email
    record("email.changed", token.person, by=token.person, at=at)
    return token.person


def end_sign_ins(person: Person, *, keep: SignIn | None, by: Person | None, at: datetime) -> None:
    """End every session of a person, except the one to keep."""
    ending = update(SignIn).where(SignIn.person_id == person.id, SignIn.ended_at.is_(None))
    if keep is not None:
        ending = ending.where(SignIn.id != keep.id)
    db.session.execute(ending.values(ended_at=at))
    record("person.signed_out_elsewhere", person, by=by, at=at)


def _set_password(person: Person, password_hash: str, at: datetime, *, keep: SignIn | None) -> None:
    person.password_hash = password_hash
    end_sign_ins(person, keep=keep, by=person, at=at)
    _use_up(person, TokenPurpose.RESET_PASSWORD, at)
    write_letter("people/password_changed", to=person, at=at)


def _use_up(person: Person, purpose: TokenPurpose, at: datetime) -> None:
    db.session.execute(
        update(Token)
        .where(Token.person_id == person.id, Token.purpose == purpose, Token.used_at.is_(None))
        .values(used_at=at)
    )


def _new_link(  # noqa: PLR0913, PLR0917 - all sides of a link
    person: Person,
    purpose: TokenPurpose,
    within: timedelta,
    vault: Vault,
    at: datetime,
    email: str = "",
) -> str:
    """Make a secret for a link; earlier ones stop working. Give it sealed, for the letter."""
    _use_up(person, purpose, at)
    secret = secrets.token_urlsafe(32)
    db.session.add(
        Token(
            purpose=purpose,
            person=person,
            email=email,
            token_hash=hashed(secret),
            created_at=at,
            expires_at=at + within,
        )
    )
    return seal_text(vault, LINK, secret)

"""A lost second factor: a colleague asks, another confirms, and the mailbox proves who it is.

The recovery codes are everybody's own road. Who lost those too is helped by two others, so that
one taken-over account cannot open a colleague's. What is reset is the password as well: whoever
only knew that gets nowhere, and the link to a new one goes to the address we know.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sir.journal.services import record
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.kernel.i18n import lazy
from sir.notices.services import write_letter
from sir.people.models import FactorReset, Person
from sir.people.queries import open_factor_reset
from sir.people.services.accounts import ask_password_reset, end_sign_ins
from sir.people.services.signing_in import remove_factor
from sir.ports.vault import Vault

SHORTEST = 20  # characters: how somebody knows that it is really their colleague


def ask_factor_reset(
    person: Person, reason: str, *, others: Iterable[tuple[Person, str]], by: Person, at: datetime
) -> FactorReset:
    """Ask to reset a colleague's second factor. They hear it at once; one of the others confirms.

    `others` are those who may confirm it, each with the path where. Refuses for oneself, without
    a factor, and twice at once.
    """
    if person.id == by.id:
        raise Refused(lazy("You cannot reset your own second factor. Use a recovery code."))
    if person.totp_confirmed_at is None:
        raise Refused(lazy("This person has no second factor."))
    if len(" ".join(reason.split())) < SHORTEST:
        raise Refused(lazy("Write how you know that it is really your colleague who asks."))
    if open_factor_reset(person, at) is not None:
        raise Refused(lazy("A reset was asked already. Another colleague confirms or stops it."))
    asked = FactorReset(person=person, asked_by=by, reason=reason.strip(), asked_at=at)
    db.session.add(asked)
    record("factor.reset_asked", person, by=by, at=at)
    write_letter("people/factor_reset_asked", to=person, at=at, asker=by.name)
    for other, path in others:
        if other.id not in {person.id, by.id}:
            write_letter(
                "people/factor_reset_confirm",
                to=other,
                at=at,
                asker=by.name,
                name=person.name,
                path=path,
            )
    return asked


def confirm_factor_reset(person: Person, *, vault: Vault, by: Person, at: datetime) -> None:
    """Reset: the factor and the password are gone, every session ends, a link goes by e-mail."""
    asked = _open(person, at)
    if by.id in {asked.asked_by_id, person.id}:
        raise Refused(lazy("Somebody else confirms this: four eyes."))
    asked.confirmed_by_id, asked.ended_at = by.id, at
    _untie(person, by=by, at=at)
    record("factor.reset", person, by=by, at=at, asked_by=asked.asked_by.code)
    write_letter(
        "people/factor_reset_done", to=person, at=at, asker=asked.asked_by.name, other=by.name
    )
    ask_password_reset(person.email, vault=vault, at=at)


def reset_factor_of_admin(person: Person, *, vault: Vault, at: datetime) -> None:
    """Let whoever runs the server help a platform admin, who may have no colleague to ask.

    Everybody else has colleagues: refused, and so is an admin without a factor.
    """
    if not person.is_platform_admin:
        raise Refused(lazy("Colleagues reset this factor together, on the page of this member."))
    if person.totp_confirmed_at is None:
        raise Refused(lazy("This person has no second factor."))
    _untie(person, by=None, at=at)
    record("factor.reset", person, by=None, at=at)
    write_letter("people/factor_reset_by_operator", to=person, at=at)
    ask_password_reset(person.email, vault=vault, at=at)


def _untie(person: Person, *, by: Person | None, at: datetime) -> None:
    """Take the factor, the password and every session away."""
    remove_factor(person, by=by, at=at)
    person.password_hash = None
    end_sign_ins(person, keep=None, by=by, at=at)


def stop_factor_reset(person: Person, *, by: Person, at: datetime) -> None:
    """Stop a request that was asked; the factor stays as it is. They hear that too."""
    asked = _open(person, at)
    asked.ended_at = at
    record("factor.reset_stopped", person, by=by, at=at)
    write_letter("people/factor_reset_stopped", to=person, at=at, other=by.name)


def _open(person: Person, at: datetime) -> FactorReset:
    asked = open_factor_reset(person, at)
    if asked is None:
        raise Refused(lazy("No reset is waiting. It was confirmed, stopped, or it lapsed."))
    return asked

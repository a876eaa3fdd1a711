"""Organisations, the roles people hold in them, and invitations to a role."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import select

from sir.journal.services import record
from sir.kernel.codes import new_code
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.kernel.i18n import lazy
from sir.notices.services import write_letter
from sir.people.models import (
    Invitation,
    Membership,
    Organisation,
    OrganisationKind,
    Person,
    Role,
)
from sir.people.queries import (
    hashed,
    members_of,
    open_invitations,
    person_by_email,
    roles_in,
    startup_by_register,
)
from sir.people.rules.organisations import ADMIN_ROLES, STARTUP_ROLES, admin_role_for, role_faults
from sir.people.rules.sessions import ACCEPT_WITHIN
from sir.people.services.accounts import LINK
from sir.ports.vault import Vault, seal_text


def create_startup(  # noqa: PLR0913 - what the form asks
    name: str,
    *,
    country: str = "NL",
    number: str,
    city: str = "",
    website: str = "",
    email: str = "",
    by: Person,
    at: datetime,
) -> Organisation:
    """Register a startup under its number in the trade register; its maker looks after it."""
    if startup_by_register(country, number) is not None:
        raise Refused(
            lazy(
                "A startup with this number is registered already. Ask a colleague who looks "
                "after it for an invitation, or ask us when you do not know who that is."
            )
        )
    startup = Organisation(
        code=new_code(),
        kind=OrganisationKind.STARTUP,
        name=name,
        kvk=number if country == "NL" else None,
        country=country,
        register_number="" if country == "NL" else number,
        city=city,
        website=website,
        email=email,
        created_at=at,
    )
    db.session.add(startup)
    db.session.flush()  # memberships need its number
    for role in STARTUP_ROLES:
        _tie(by, startup, role, at)
    record("organisation.created", startup, by=by, at=at)
    return startup


def create_public_body(  # noqa: PLR0913 - what the form asks
    name: str,
    *,
    kind: OrganisationKind,
    short_name: str = "",
    city: str = "",
    email: str = "",
    admin_email: str,
    admin_lang: str = "nl",
    vault: Vault,
    by: Person,
    at: datetime,
) -> Organisation:
    """Register a government, and invite the first person to look after it."""
    assert kind is not OrganisationKind.STARTUP, "A startup registers itself."
    body = Organisation(
        code=new_code(),
        kind=kind,
        name=name,
        short_name=short_name,
        city=city,
        email=email,
        created_at=at,
    )
    db.session.add(body)
    db.session.flush()  # the invitation needs its number
    record("organisation.created", body, by=by, at=at)
    invite(admin_email, body, admin_role_for(kind), lang=admin_lang, vault=vault, by=by, at=at)
    return body


def invite(  # noqa: PLR0913 - an invitation has this many sides
    email: str,
    organisation: Organisation,
    role: Role,
    *,
    lang: str = "nl",
    vault: Vault,
    by: Person,
    at: datetime,
) -> Invitation:
    """Offer a role to whoever reads this address, once, for fourteen days."""
    email = email.lower()
    known = person_by_email(email)
    held = roles_in(organisation, known) if known else frozenset()
    if faults := role_faults(role, organisation.kind, held):
        raise Refused(*faults)
    if any(
        kept.email == email and kept.role is role for kept in open_invitations(organisation, at)
    ):
        raise Refused(lazy("This address has an open invitation for this role already."))
    secret = secrets.token_urlsafe(32)
    invitation = Invitation(
        email=email,
        organisation=organisation,
        role=role,
        token_hash=hashed(secret),
        invited_by=by,
        invited_at=at,
        expires_at=at + ACCEPT_WITHIN,
    )
    db.session.add(invitation)
    db.session.flush()  # the journal needs its code
    record(
        "invitation.sent", invitation, by=by, at=at, organisation=organisation.code, role=role.value
    )
    write_letter(
        "people/invitation",
        at=at,
        **({"to": known} if known else {"address": email, "lang": lang}),
        organisation=organisation.name,
        role=role.value,
        inviter=by.name,
        expires_at=invitation.expires_at.isoformat(),
        secret=seal_text(vault, LINK, secret),
    )
    return invitation


def withdraw_invitation(invitation: Invitation, *, by: Person, at: datetime) -> None:
    """Take an offer back before it is accepted."""
    if invitation.accepted_at is not None:
        raise Refused(lazy("This invitation was accepted already."))
    if invitation.withdrawn_at is None:
        invitation.withdrawn_at = at
        record("invitation.withdrawn", invitation, by=by, at=at)


def accept_invitation(invitation: Invitation, *, by: Person, at: datetime) -> None:
    """Take the role, as the person whose address it was offered to. Once is enough."""
    if invitation.email != by.email:
        raise Refused(lazy("This invitation is for another address than yours."))
    if invitation.accepted_at is not None:
        raise Refused(lazy("This invitation was accepted already."))
    if invitation.withdrawn_at is not None:
        raise Refused(lazy("This invitation was withdrawn."))
    if at >= invitation.expires_at:
        raise Refused(lazy("This invitation has expired. Ask for a new one."))
    organisation = invitation.organisation
    if faults := role_faults(invitation.role, organisation.kind, roles_in(organisation, by)):
        raise Refused(*faults)
    invitation.accepted_at = at
    _tie(by, organisation, invitation.role, at)
    record(
        "invitation.accepted", invitation, by=by, at=at,
        organisation=organisation.code, role=invitation.role.value,
    )  # fmt: skip


def give_role(
    person: Person, organisation: Organisation, role: Role, *, by: Person, at: datetime
) -> None:
    """Give one more role to somebody who is a member already."""
    held = roles_in(organisation, person)
    if not held:
        raise Refused(lazy("Only a member can get another role. Invite this person first."))
    if faults := role_faults(role, organisation.kind, held):
        raise Refused(*faults)
    _tie(person, organisation, role, at)
    record("role.given", person, by=by, at=at, organisation=organisation.code, role=role.value)


def take_role(membership: Membership, *, by: Person, at: datetime) -> None:
    """Take a role from a member. The last one who looks after an organisation keeps that role."""
    organisation, role = membership.organisation, membership.role
    if role in ADMIN_ROLES and len(members_of(organisation, role)) == 1:
        raise Refused(
            lazy("Somebody has to look after the members. Give this role to a colleague first.")
        )
    db.session.delete(membership)
    record(
        "role.taken", membership.person, by=by, at=at,
        organisation=organisation.code, role=role.value,
    )  # fmt: skip


def _tie(person: Person, organisation: Organisation, role: Role, at: datetime) -> None:
    known = select(Membership.id).where(
        Membership.person_id == person.id,
        Membership.organisation_id == organisation.id,
        Membership.role == role,
    )
    if db.session.scalar(known) is None:
        db.session.add(
            Membership(person_id=person.id, organisation_id=organisation.id, role=role, since=at)
        )

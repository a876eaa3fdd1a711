"""Who works on a challenge, and which combinations of roles may not meet."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from sir.challenges.models import Challenge, Partner, TeamPlace
from sir.challenges.queries import has_membership, partners_of, team_of
from sir.challenges.services.drafting import check_is_draft
from sir.journal.services import record
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.kernel.i18n import lazy
from sir.notices.services import write_letter
from sir.people.models import Organisation, Person, Role

TEAM_ROLES = (Role.OWNER, Role.OFFICER, Role.APPROVER, Role.SECRETARY, Role.PRICE_ASSESSOR)
WRITERS = frozenset({Role.OWNER, Role.OFFICER})


def staff_challenge(
    challenge: Challenge, person: Person, role: Role, *, by: Person, at: datetime
) -> None:
    """Give a colleague a role on a challenge. They must hold that role in the public body.

    A partner body may lend people for every role but the approver's: the mandate is that of the
    body which asks. Whoever approves may not have written: not the author, no owner, no officer.
    """
    if role not in TEAM_ROLES:
        raise Refused(lazy("This role is not given on a challenge."))
    if not any(has_membership(person, body, role) for body in bodies_for(challenge, role)):
        raise Refused(lazy("This person does not hold that role in the organisation."))
    held = {place.role for place in team_of(challenge) if place.person_id == person.id}
    if role in held:
        return
    if role is Role.APPROVER and (held & WRITERS or person.id == challenge.author_id):
        raise Refused(lazy("Whoever wrote the challenge cannot approve it. Choose a colleague."))
    if role in WRITERS and Role.APPROVER in held:
        raise Refused(lazy("Whoever approves the challenge cannot write it. Choose a colleague."))
    db.session.add(TeamPlace(challenge_id=challenge.id, person_id=person.id, role=role, since=at))
    record(
        "team.joined",
        challenge,
        by=by,
        at=at,
        stream=challenge.code,
        person=person.code,
        role=role.value,
    )
    if person.id != by.id:
        write_letter(
            "challenges/staffed",
            to=person,
            at=at,
            code=challenge.code,
            title=challenge.terms.title,
            role=role.value,
        )


def bodies_for(challenge: Challenge, role: Role) -> list[Organisation]:
    """List the public bodies whose people may hold a role on a challenge."""
    if role is Role.APPROVER:
        return [challenge.buyer]
    return [challenge.buyer, *(row.organisation for row in partners_of(challenge))]


def unstaff_challenge(
    challenge: Challenge, person: Person, role: Role, *, by: Person, at: datetime
) -> None:
    """Take a role on a challenge back. The last owner and the last officer stay."""
    places = [place for place in team_of(challenge) if place.role is role]
    mine = [place for place in places if place.person_id == person.id]
    if not mine:
        raise Refused(lazy("This person does not hold that role any more."))
    if len(places) == 1 and role in WRITERS:
        raise Refused(lazy("Somebody must hold this role. First choose somebody else."))
    db.session.delete(mine[0])
    record(
        "team.left",
        challenge,
        by=by,
        at=at,
        stream=challenge.code,
        person=person.code,
        role=role.value,
    )


def add_partner(
    challenge: Challenge, organisation: Organisation, *, by: Person, at: datetime
) -> None:
    """Let another public body own the challenge too (interbestuurlijk)."""
    check_is_draft(challenge)
    if not organisation.is_public_body or organisation.id == challenge.buyer_id:
        raise Refused(lazy("Choose another public body."))
    if any(partner.organisation_id == organisation.id for partner in partners_of(challenge)):
        return
    db.session.add(Partner(challenge_id=challenge.id, organisation_id=organisation.id))
    db.session.flush()
    db.session.expire(challenge, ["partners"])
    record(
        "partner.joined",
        challenge,
        by=by,
        at=at,
        stream=challenge.code,
        organisation=organisation.code,
    )


def remove_partner(
    challenge: Challenge, organisation: Organisation, *, by: Person, at: datetime
) -> None:
    """Take a partner off a draft again. Nobody it lent may still hold a role there."""
    check_is_draft(challenge)
    partner = db.session.scalar(
        select(Partner).where(
            Partner.challenge_id == challenge.id, Partner.organisation_id == organisation.id
        )
    )
    if partner is None:
        raise Refused(lazy("This organisation is no partner any more."))
    for place in team_of(challenge):
        bodies = [row for row in bodies_for(challenge, place.role) if row.id != organisation.id]
        if not any(has_membership(place.person, body, place.role) for body in bodies):
            raise Refused(lazy("Somebody of this partner is on the team. First take them off it."))
    db.session.delete(partner)
    db.session.flush()
    db.session.expire(challenge, ["partners"])
    record(
        "partner.left",
        challenge,
        by=by,
        at=at,
        stream=challenge.code,
        organisation=organisation.code,
    )

"""Who you can be in a demo: the invented people, by what they do."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import select

from sir.challenges.models import Challenge
from sir.jury.models import Seat
from sir.kernel.database import db
from sir.people.models import Organisation, Person, Role
from sir.people.queries import all_ties, platform_admins
from sir.people.rules.names import ROLE_NAMES

ORDER = (
    Role.OWNER,
    Role.OFFICER,
    Role.APPROVER,
    Role.SECRETARY,
    Role.PRICE_ASSESSOR,
    Role.CHAIR,
    Role.JUROR,
    Role.STARTUP_MEMBER,
    Role.PROGRAMME_MANAGER,
    Role.INTEGRITY_OFFICER,
    Role.AUDITOR,
    Role.ORG_ADMIN,
)


class Somebody(NamedTuple):
    """One person on the list, and whom they work for."""

    code: str
    name: str
    place: str


class Group(NamedTuple):
    """Everybody with one role."""

    role: str  # empty for the platform's own administrators
    label: object
    people: list[Somebody]


def demo_groups() -> list[Group]:
    """List everybody once, under the role that says most about them."""
    ties = [(person, role, organisation.name) for person, role, organisation in all_ties()]
    ties += [(person, role, place) for person, role, place in _seats()]
    seen: set[str] = set()
    groups = []
    for role in ORDER:
        people = []
        for person, held, place in ties:
            if held is role and person.code not in seen:
                seen.add(person.code)
                people.append(Somebody(person.code, person.name, place))
        if people:
            groups.append(Group(role.value, ROLE_NAMES[role], people))
    admins = [Somebody(person.code, person.name, "") for person in platform_admins()]
    return [*groups, Group("", "", admins)] if admins else groups


def _seats() -> list[tuple[Person, Role, str]]:
    rows = db.session.execute(
        select(Person, Seat.kind, Organisation.name)
        .join(Seat, Seat.person_id == Person.id)
        .join(Challenge, Challenge.id == Seat.challenge_id)
        .join(Organisation, Organisation.id == Challenge.buyer_id)
        .order_by(Organisation.name, Person.name)
    )
    return [(person, Role(kind.value), place) for person, kind, place in rows]

"""Who you can be in a demo: the invented people, by what they do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import select, union

from sir.challenges.models import Challenge, TeamPlace
from sir.jury.models import Seat
from sir.kernel.database import db
from sir.people.models import Membership, Organisation, Person, Role
from sir.people.queries import all_ties, platform_admins
from sir.people.rules.names import ROLE_HELP, ROLE_NAMES
from sir.proposals.models import Proposal
from sir.terms.models import Terms

ORDER = (
    Role.OWNER,
    Role.OFFICER,
    Role.APPROVER,
    Role.SECRETARY,
    Role.PRICE_ASSESSOR,
    Role.CHAIR,
    Role.JUROR,
    Role.RESERVE,
    Role.ADVISER,
    Role.STARTUP_MEMBER,
    Role.PROGRAMME_MANAGER,
    Role.INTEGRITY_OFFICER,
    Role.AUDITOR,
    Role.ORG_ADMIN,
)


class Somebody(NamedTuple):
    """One person on the list, whom they work for, and on which challenges they have work."""

    code: str
    name: str
    place: str
    work: list[str]


class Group(NamedTuple):
    """Everybody with one role, and what that role does."""

    role: str  # empty for the platform's own administrators
    label: object
    about: object
    people: list[Somebody]


def demo_groups() -> list[Group]:
    """List everybody once, under the role that says most about them."""
    ties = [(person, role, organisation.name) for person, role, organisation in all_ties()]
    ties += [(person, role, place) for person, role, place in _seats()]
    work = _work()
    seen: set[str] = set()
    groups = []
    for role in ORDER:
        people = []
        for person, held, place in ties:
            if held is role and person.code not in seen:
                seen.add(person.code)
                people.append(Somebody(person.code, person.name, place, work[person.id]))
        if people:
            groups.append(Group(role.value, ROLE_NAMES[role], ROLE_HELP.get(role, ""), people))
    admins = [Somebody(person.code, person.name, "", []) for person in platform_admins()]
    return [*groups, Group("", "", "", admins)] if admins else groups


def _seats() -> list[tuple[Person, Role, str]]:
    rows = db.session.execute(
        select(Person, Seat.kind, Organisation.name)
        .join(Seat, Seat.person_id == Person.id)
        .join(Challenge, Challenge.id == Seat.challenge_id)
        .join(Organisation, Organisation.id == Challenge.buyer_id)
        .order_by(Organisation.name, Person.name)
    )
    return [(person, Role(kind.value), place) for person, kind, place in rows]


def _work() -> Mapping[int, list[str]]:
    """Name by person the challenges on which they sit, work or hand in, the newest first."""
    ties = union(
        select(TeamPlace.person_id, TeamPlace.challenge_id),
        select(Seat.person_id, Seat.challenge_id),
        select(Membership.person_id, Proposal.challenge_id).join(
            Proposal, Proposal.bidder_id == Membership.organisation_id
        ),
    ).subquery()
    rows = db.session.execute(
        select(ties.c.person_id, Terms.title)
        .join(Challenge, Challenge.id == ties.c.challenge_id)
        .join(Terms, Terms.id == Challenge.terms_id)
        .order_by(Challenge.id.desc())
    )
    found: dict[int, list[str]] = defaultdict(list)
    for person, title in rows:
        found[person].append(title)
    return found

"""A ministry whose people came in long ago: they have a password and a phone."""

from datetime import timedelta

from sir.commands.demo.stage import Stage
from sir.kernel.database import db
from sir.people.models import OrganisationKind, Role
from sir.people.services.accounts import make_platform_admin
from sir.people.services.organisations import create_public_body
from sir.people.services.signing_in import end_sign_in
from tests.journeys.people import Actor
from tests.makers import NOON

MINISTRY = "Ministerie van Heldere Brieven"
STAFF = {
    Role.ORG_ADMIN: "Marijke Dekker",
    Role.OWNER: "Rachida el Idrissi",
    Role.OFFICER: "Pieter van Dam",
    Role.APPROVER: "Hanneke Vos",
    Role.SECRETARY: "Joris Meijer",
}


def settle(scene):
    """Let the ministry arrive through the services, and give its people as actors by role."""
    with scene.live.app.app_context():
        stage = Stage(NOON, scene.live.app.extensions)
        people = {}
        stage.run(_arrive(stage, people))
        cast = {
            role: (person.name, person.email, stage.secrets[person.id])
            for role, person in people.items()
        }
        db.session.remove()
    scene.clock.at = NOON + timedelta(minutes=5)
    return {role: Actor(scene, *known) for role, known in cast.items()}


def _arrive(stage, people):
    yield NOON - timedelta(days=3)
    admin = stage.enter("Beheer Platform", "beheer")
    make_platform_admin(admin, at=stage.at)
    stage.flush()
    first = people[Role.ORG_ADMIN] = stage.enter(STAFF[Role.ORG_ADMIN], "helder")
    body = create_public_body(
        MINISTRY, kind=OrganisationKind.MINISTRY, city="Den Haag", email="sir@helder.example",
        admin_email=first.email, vault=stage.vault, by=admin, at=stage.at,
    )  # fmt: skip
    stage.accept_last(first)
    for role, name in STAFF.items():
        if role is not Role.ORG_ADMIN:
            people[role] = stage.enter(name, "helder")
            stage.join(people[role], body, role, first)
    for person in people.values():
        end_sign_in(stage.arm(person), by=person, at=stage.at)

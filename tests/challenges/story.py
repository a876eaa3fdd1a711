"""A challenge that is complete, told through the services. The clock begins at NOON."""

from datetime import date, time
from decimal import Decimal

from flask import current_app

from sir.challenges.services import (
    approve_challenge,
    draft_challenge,
    publish_challenge,
    set_calendar,
    staff_challenge,
    submit_for_review,
    write_terms,
)
from sir.kernel.calendar import instant
from sir.kernel.database import db
from sir.people.models import Membership, OrganisationKind, Role
from tests.makers import NOON, make_organisation, make_person, save

TEXTS = {
    "title": "Stillere straten",
    "question": "Hoe kunnen wij de nachtrust in drukke straten verbeteren?",
    "situation": "Elke nacht worden mensen wakker van **verkeer**.\n\n- Vrachtauto's\n- Brommers",
    "who": "Ongeveer 4.000 bewoners van twaalf straten.",
    "tried": "Drempels en borden hielpen niet genoeg.",
    "results": ["40% minder klachten na vijf maanden", "Twee straten doen mee"],
    "limits": "Geen camera's op bewoners.",
    "get": "De helft bij de start, de helft na de demo.",
    "get_more": "Een contactpersoon, acht uur per week.",
    "expect": "Een dag per week aanwezig.",
    "for_whom": ["Bedoeld voor startups"],
    "follow_up": "De wethouder beslist in maart uit het budget Leefbaarheid: kopen of stoppen.",
}
ENGLISH = {
    "title": "Quieter streets",
    "question": "How can we improve the night's rest in busy streets?",
    "situation": "Every night people wake up.",
    "who": "About 4,000 residents.",
    "tried": "Bumps and signs did not help enough.",
    "results": "40% fewer complaints",
    "limits": "No cameras on residents.",
    "get": "Half at the start, half after the demo.",
    "get_more": "A contact person, eight hours a week.",
    "expect": "Present one day a week.",
    "for_whom": "Meant for startups",
    "follow_up": "The alderman decides in March: buy or stop.",
}
DATES = {
    "questions_close_at": instant(date(2026, 6, 15), time(12)),
    "answers_by": date(2026, 6, 22),
    "closes_at": instant(date(2026, 7, 7), time(12)),
    "decision_on": date(2026, 8, 3),
    "starts_on": date(2026, 9, 1),
    "demo_on": date(2027, 2, 1),
    "follow_up_on": date(2027, 3, 1),
}


def press():
    return current_app.extensions["sir.press"]


def store():
    return current_app.extensions["sir.store"]


def join(organisation, role, name):
    """Somebody with a role in a public body."""
    person = make_person(name=name)
    save(Membership(person_id=person.id, organisation_id=organisation.id, role=role, since=NOON))
    return person


class Story:
    """A municipality, its people and a complete draft."""

    def __init__(self, *, has_english=False, kind=OrganisationKind.MUNICIPALITY):
        self.buyer = make_organisation(name="Gemeente Voorbeeld", kind=kind)
        self.owner = join(self.buyer, Role.OWNER, "Otto Eigenaar")
        self.officer = join(self.buyer, Role.OFFICER, "Inge Inkoper")
        self.approver = join(self.buyer, Role.APPROVER, "Anna Akkoord")
        self.secretary = join(self.buyer, Role.SECRETARY, "Sam Secretaris")
        self.challenge = draft_challenge(self.buyer, by=self.owner, at=NOON)
        self.write(
            texts={"nl": TEXTS} | ({"en": ENGLISH} if has_english else {}),
            fee=Decimal(30_000),
            max_total_value=Decimal(150_000),
            has_english=has_english,
        )
        set_calendar(self.challenge, by=self.owner, at=NOON, **DATES)
        for person, role in (
            (self.officer, Role.OFFICER),
            (self.approver, Role.APPROVER),
            (self.secretary, Role.SECRETARY),
        ):
            staff_challenge(self.challenge, person, role, by=self.owner, at=NOON)
        db.session.flush()

    def write(self, **words):
        write_terms(self.challenge, by=self.owner, at=NOON, **words)

    def with_assessor(self):
        """Let somebody open the prices."""
        self.assessor = join(self.buyer, Role.PRICE_ASSESSOR, "Pien Prijs")
        staff_challenge(self.challenge, self.assessor, Role.PRICE_ASSESSOR, by=self.owner, at=NOON)
        db.session.flush()
        return self

    def submitted(self, at=NOON):
        submit_for_review(self.challenge, by=self.owner, at=at, press=press())
        return self

    def approved(self, at=NOON):
        self.submitted(at)
        self.edition = approve_challenge(
            self.challenge, by=self.approver, at=at, press=press(), store=store()
        )
        return self

    def published(self, at=NOON):
        self.approved(at)
        publish_challenge(self.challenge, by=self.officer, at=at, tenderned_id="345678")
        return self

"""The stage: a clock that steps through time, and the people who act on it.

Each chapter is a generator that yields the next moment it acts at. The stage lets the earliest
one act, inside one transaction, so that the whole demo happens in the order of its clock.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pyotp
from sqlalchemy import select

from sir.challenges.models import Call
from sir.commands.demo.cast import PASSWORD, address
from sir.kernel.calendar import instant, local_day, working_day_from
from sir.kernel.database import db
from sir.kernel.paper import Document
from sir.kernel.transaction import transaction
from sir.notices.models import Letter
from sir.people.models import Organisation, Person, Role, SignIn
from sir.people.queries import invitation_by_token
from sir.people.rules.passwords import hash_password
from sir.people.services.accounts import LINK, confirm_person, register_person
from sir.people.services.organisations import accept_invitation, invite
from sir.people.services.signing_in import open_sign_in, set_factor
from sir.ports.clock import StoppedClock
from sir.ports.press import Press
from sir.ports.press.measure import Measure
from sir.ports.store import Store
from sir.ports.vault import Vault, open_text

Chapter = Iterator[datetime]


class Remembering:
    """A press that measures the same pages once: before the review and before the approval."""

    def __init__(self, press: Press) -> None:
        self._press = press
        self._known: dict[str, Measure] = {}
        self.pdf = press.pdf
        self.svg = press.svg
        self.unprintable = press.unprintable

    def measure(self, document: Document) -> Measure:
        """Measure a document, or recall what it measured."""
        content = repr(document)
        if content not in self._known:
            self._known[content] = self._press.measure(document)
        return self._known[content]


class Stage:
    """Holds the ports, the clock, and who is who."""

    def __init__(self, now: datetime, ports: Mapping[str, Any]) -> None:
        self.now = now
        self.clock = StoppedClock(now)
        self.press: Press = Remembering(ports["sir.press"])
        self.store: Store = ports["sir.store"]
        self.vault: Vault = ports["sir.vault"]
        self.bodies: dict[str, Organisation] = {}
        self.startups: dict[str, Organisation] = {}
        self.staff: dict[tuple[str, Role], Person] = {}
        self.founders: dict[str, Person] = {}
        self.jurors: dict[str, Person] = {}
        self.calls: dict[str, Call] = {}
        self.secrets: dict[int, str] = {}  # a person's authenticator, for the openings
        self._password = hash_password(PASSWORD)

    @property
    def at(self) -> datetime:
        """The moment of the act that is going on."""
        return self.clock.at

    def day(self, offset: int, *, hour: int = 10, minute: int = 0) -> datetime:
        """Give a moment on the first working day from `offset` days after today."""
        return instant(self.date(offset), time(hour, minute))

    def date(self, offset: int) -> date:
        """Give the first working day from `offset` days after today."""
        return working_day_from(local_day(self.now) + timedelta(days=offset))

    def run(self, *chapters: Chapter) -> None:
        """Let every chapter act, the earliest moment first, each step in one transaction.

        A chapter yields its first moment before it acts at all.
        """
        queue = [(next(chapter), number, chapter) for number, chapter in enumerate(chapters)]
        heapq.heapify(queue)
        self.clock.at = queue[0][0]
        while queue:
            moment, number, chapter = heapq.heappop(queue)
            self.clock.at = max(self.clock.at, moment)
            with transaction():
                following = next(chapter, None)
            if following is not None:
                heapq.heappush(queue, (min(following, self.now), number, chapter))

    # -- people ------------------------------------------------------------------

    def enter(self, name: str, domain: str, *, lang: str = "nl") -> Person:
        """Let somebody register, confirm the mailed link and choose a password."""
        email = address(name, domain) if "@" not in domain else domain
        register_person(email, name=name, lang=lang, vault=self.vault, at=self.at)
        secret = open_text(self.vault, LINK, self._last_letter(email).words["secret"])
        return confirm_person(secret, name=name, password_hash=self._password, at=self.at)

    def arm(self, person: Person) -> SignIn:
        """Let somebody sign in and tie an authenticator app; later openings need its codes."""
        opened = open_sign_in(person, agent="demo", at=self.at)
        db.session.flush()
        secret = pyotp.random_base32()
        code = pyotp.TOTP(secret).at(self.at)
        codes = set_factor(
            person, secret, code, sign_in=opened.sign_in, vault=self.vault, at=self.at
        )
        assert codes is not None, "The demo's own code must work."
        self.secrets[person.id] = secret
        return opened.sign_in

    def flush(self) -> None:
        """Give what was made its number, which the next act needs."""
        db.session.flush()

    def code(self, person: Person) -> str:
        """Read the code that somebody's app shows now."""
        return pyotp.TOTP(self.secrets[person.id]).at(self.at)

    def join(self, person: Person, body: Organisation, role: Role, by: Person) -> None:
        """Let somebody be invited into an organisation and accept."""
        offer = invite(person.email, body, role, vault=self.vault, by=by, at=self.at)
        accept_invitation(offer, by=person, at=self.at)

    def accept_last(self, person: Person) -> None:
        """Let somebody accept the offer that was mailed to them last."""
        secret = open_text(self.vault, LINK, self._last_letter(person.email).words["secret"])
        accept_invitation(invitation_by_token(secret), by=person, at=self.at)

    def _last_letter(self, email: str) -> Letter:
        letter = db.session.scalar(
            select(Letter).where(Letter.to == email).order_by(Letter.id.desc()).limit(1)
        )
        assert letter is not None
        return letter


def amount(euros: str) -> Decimal:
    """Read an amount that a text holds, such as "35.000"."""
    return Decimal(euros.replace(".", ""))

"""The ground the measured house stands on: rows put straight into an empty database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from flask import Flask
from sqlalchemy import func, insert, select

from bench.texts import terms_of
from sir.challenges.document import terms_document
from sir.challenges.models import Challenge, ChallengeState, Edition, TeamPlace, Theme
from sir.jury.models import Lot
from sir.kernel.canonical import canonical, sha256
from sir.kernel.database import Base, db
from sir.people.models import Membership, Organisation, OrganisationKind, Person, Role, SignIn
from sir.people.queries import hashed
from sir.terms.models import Terms
from sir.workflows.models import Criterion, Level, Plan
from sir.workflows.rules import standard_plan

Row = dict[str, Any]


class Ground:
    """People, public bodies and published challenges."""

    def __init__(self, app: Flask) -> None:
        self.ports = {name: app.extensions[f"sir.{name}"] for name in ("vault", "press", "store")}
        self.at: datetime = app.extensions["sir.clock"].now().replace(microsecond=0)
        self.counts: dict[type[Base], int] = {}
        self.parts: dict[int, tuple[list[int], list[int]]] = {}  # plan -> criteria, levels
        self.pdf = ""  # the store's key of the paper that all editions share
        self.sessions: dict[str, str] = {}  # whose -> the secret in the cookie
        self.buyers = self.organisations("Gemeente", 6, OrganisationKind.MUNICIPALITY)
        self.team = {
            role: self.person(role.value)
            for role in (Role.OWNER, Role.OFFICER, Role.APPROVER, Role.SECRETARY)
        }
        for role, person in self.team.items():
            self.member(person, self.buyers[0], role)
            self.session(role.value, person)

    def put(self, model: type[Base], rows: Iterable[Row]) -> list[Row]:
        """Insert rows; each gets the next number of its table, and a code where it has none."""
        table: Any = model.__table__
        start = self.counts.get(model, 0)
        full: list[Row] = []
        for number, row in enumerate(rows, start + 1):
            mark = {"id": number}
            if "code" in table.c and "code" not in row:
                mark["code"] = f"{table.name[:5].upper()}{number:07d}"
            if "version" in table.c and "version" not in row:
                mark["version"] = 1
            full.append(mark | row)
        if full:
            db.session.execute(insert(table), full)
        self.counts[model] = start + len(full)
        return full

    def lot(self, challenge_id: int) -> None:
        """Record what the source gave: among so many proposals some end equal."""
        first, second = (self.team[role]["id"] for role in (Role.OFFICER, Role.SECRETARY))
        typed = {"challenge_id": challenge_id, "value": "4F1C09AE77D0"}
        typed |= {"first_id": first, "first_at": self.at}
        self.put(Lot, [typed | {"second_id": second, "second_at": self.at}])

    def number_on(self) -> None:
        """Let PostgreSQL go on numbering after the rows that brought their own number."""
        if db.engine.dialect.name != "postgresql":
            return
        for model in self.counts:
            table: Any = model.__table__
            highest = select(func.max(table.c.id)).scalar_subquery()
            sequence = func.pg_get_serial_sequence(table.name, "id")
            db.session.execute(select(func.setval(sequence, highest)))

    # -- People ------------------------------------------------------------------

    def organisations(self, word: str, count: int, kind: OrganisationKind) -> list[Row]:
        """Found so many organisations."""
        is_startup = kind is OrganisationKind.STARTUP
        return self.put(
            Organisation,
            (
                {
                    "kind": kind,
                    "name": f"{word} {number:04d}",
                    "kvk": f"{number + 10_000_000:08d}" if is_startup else None,
                    "city": "Utrecht",
                    "created_at": self.at,
                }
                for number in range(count)
            ),
        )

    def person(self, name: str) -> Row:
        """Put somebody there who can sign in."""
        return self.put(
            Person,
            [
                {
                    "name": name.capitalize(),
                    "email": f"{name}@house.example",
                    "created_at": self.at,
                    "confirmed_at": self.at,
                    "totp_confirmed_at": self.at,
                }
            ],
        )[0]

    def member(self, person: Row, organisation: Row, role: Role) -> None:
        """Tie a person to an organisation."""
        tie = {"person_id": person["id"], "organisation_id": organisation["id"]}
        self.put(Membership, [{**tie, "role": role, "since": self.at}])

    def session(self, name: str, person: Row) -> str:
        """Sign somebody in, and remember the secret under this name."""
        token = f"session of {name}"
        # seen just now for as long as we measure: looking at a page then writes nothing
        moments = {"started_at": self.at, "seen_at": self.at + timedelta(minutes=30)}
        self.put(
            SignIn,
            [
                {
                    **moments,
                    "code": f"SESSION{self.counts.get(SignIn, 0)}",
                    "token_hash": hashed(token),
                    "person_id": person["id"],
                    "expires_at": self.at + timedelta(hours=12),
                    "factor_at": self.at,
                }
            ],
        )
        self.sessions[name] = token
        return token

    # -- Challenges --------------------------------------------------------------

    def challenge(self, number: int, state: ChallengeState, days: int) -> Challenge:
        """Put a challenge there that closes in so many days, with its frozen edition."""
        plan = self.plan()
        texts = terms_of(number)
        terms = self.put(
            Terms, [{**texts, "fee": Decimal(35000), "max_total_value": Decimal(130000)}]
        )
        row = self.put(
            Challenge,
            [
                {
                    "code": f"SIR-2026-{self.counts.get(Challenge, 0) + 1:03d}",
                    "buyer_id": self.buyers[number % len(self.buyers)]["id"],
                    "author_id": self.team[Role.OWNER]["id"],
                    "terms_id": terms[0]["id"],
                    "plan_id": plan,
                    "theme": list(Theme)[number % len(Theme)],
                    "state": state,
                    "created_at": self.at - timedelta(days=90),
                    "approved_at": self.at - timedelta(days=61),
                    "approved_by_id": self.team[Role.APPROVER]["id"],
                    "published_at": self.at - timedelta(days=60),
                    "questions_close_at": self.at + timedelta(days=days - 10),
                    "closes_at": self.at + timedelta(days=days),
                }
            ],
        )[0]
        challenge = db.session.get_one(Challenge, row["id"])
        self.put(
            TeamPlace,
            (
                {
                    "challenge_id": row["id"],
                    "person_id": person["id"],
                    "role": role,
                    "since": self.at,
                }
                for role, person in self.team.items()
            ),
        )
        self._edition(challenge)
        return challenge

    def _edition(self, challenge: Challenge) -> None:
        if not self.pdf:
            pdf = self.ports["press"].pdf(terms_document(challenge, "nl"), self.at)
            self.pdf = self.ports["store"].keep(pdf)
        content = canonical({"code": challenge.code})
        self.put(
            Edition,
            [
                {
                    "challenge_id": challenge.id,
                    "number": 1,
                    "content": content.decode(),
                    "sha256": sha256(content),
                    "plan_sha256": sha256(b"plan"),
                    "pdf_nl": self.pdf,
                    "frozen_at": self.at - timedelta(days=61),
                    "frozen_by_id": self.team[Role.APPROVER]["id"],
                }
            ],
        )

    def plan(self) -> int:
        """Freeze the standard plan."""
        plan = standard_plan()
        row = self.put(
            Plan,
            [
                {
                    "composition": plan.composition,
                    "lot_seed": plan.lot_seed,
                    "frozen_at": self.at,
                    "sha256": sha256(b"plan"),
                }
            ],
        )[0]
        parts: list[list[int]] = []
        for model, found in ((Criterion, plan.criteria), (Level, plan.levels)):
            table: Any = model.__table__
            names = {column.name for column in table.c} - {"id", "plan_id"}
            rows = [
                {name: getattr(part, name) for name in names if getattr(part, name) is not None}
                | {"plan_id": row["id"]}
                for part in found
            ]
            parts.append([part["id"] for part in self.put(model, rows)])
        number: int = row["id"]
        self.parts[number] = parts[0], parts[1]
        return number

"""A house with thousands of proposals, sealed and judged, put straight into an empty database.

The rows are those that a story of this size leaves behind: every constraint holds, what is sealed
opens with the house's own vault, and the ranking is made by the house's own service.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from flask import Flask

from bench.ground import Ground, Row
from bench.texts import REASON, content_of
from sir.challenges.models import Challenge, ChallengeState
from sir.jury.models import (
    Cell,
    ConsensusItem,
    Declaration,
    ItemState,
    Round,
    RoundState,
    Seat,
    SeatKind,
    Sheet,
    SheetState,
    Tie,
    Workday,
    Workload,
)
from sir.jury.services import make_ranking
from sir.kernel.canonical import canonical, sha256
from sir.kernel.database import db
from sir.kernel.transaction import transaction
from sir.people.models import OrganisationKind, Person, Role
from sir.proposals.models import (
    Draft,
    Part,
    PartKind,
    Proposal,
    ProposalState,
    SealingKey,
    Submission,
)
from sir.proposals.rules import binding, submission_key

CHALLENGES = 40  # published, the one that takes our proposals among them
RANKED = 25  # proposals in the round with a ranking
JUDGES = 5  # in the ranked round
FILLED = 10  # sheets of each juror that hold scores; the others are blank
BATCH = 5000  # rows in one statement


@dataclass(frozen=True)
class World:
    """Where to look in the house, and who holds which session."""

    open_code: str  # a challenge that takes proposals
    judged_code: str  # the big one, whose jury scores alone
    round_code: str
    sheet_code: str  # of the first juror, with scores
    blank_code: str  # of the first juror, to be saved
    ranking_code: str
    founder: tuple[str, str]  # a proposal that was handed in, and its founder's session
    drafts: list[tuple[str, str]] = field(default_factory=list)  # to hand in: proposal, session
    sessions: dict[str, str] = field(default_factory=dict)  # by role


def build_world(app: Flask, *, proposals: int, jurors: int, drafts: int) -> World:
    """Fill the empty database of this house. Needs the tables, and a context of the app."""
    with transaction():
        ground = Ground(app)
        towns = [
            ground.challenge(number, ChallengeState.PUBLISHED, 20 + number)
            for number in range(CHALLENGES)
        ]
        bidders = ground.organisations("Startup", proposals, OrganisationKind.STARTUP)
        envelopes = Envelopes(ground, towns[0])
        founder = _handed_in(envelopes, bidders)
        complete = _drafts(envelopes, drafts)
        judged = _judged(ground, bidders, jurors)
        round_ = _judged_round(ground, bidders[:RANKED])
        judging = db.session.get_one(Round, round_)
        ground.lot(judging.challenge_id)
        ground.number_on()
        ranking = make_ranking(
            judging,
            by=db.session.get_one(Person, ground.team[Role.SECRETARY]["id"]),
            at=ground.at,
        )
        return World(
            open_code=towns[0].code,
            ranking_code=ranking.code,
            founder=founder,
            drafts=complete,
            sessions=ground.sessions,
            **judged,
        )


# -- Proposals ---------------------------------------------------------------------


class Envelopes:
    """Seals what startups write for one challenge, as the house does."""

    def __init__(self, ground: Ground, challenge: Challenge) -> None:
        self.ground, self.challenge = ground, challenge
        self.place = challenge.code.encode()
        self.wrapped: bytes = ground.ports["vault"].new_key(self.place)
        key = {"challenge_id": challenge.id, "wrapped": self.wrapped, "created_at": ground.at}
        ground.put(SealingKey, [key])

    def proposals(self, bidders: list[Row], state: ProposalState) -> list[Row]:
        """Put a proposal of each bidder there, numbered once it is opened."""
        is_draft, at = state is ProposalState.DRAFT, self.ground.at
        return self.ground.put(
            Proposal,
            (
                {
                    "challenge_id": self.challenge.id,
                    "bidder_id": bidder["id"],
                    "number": number if state is ProposalState.OPENED else None,
                    "state": state,
                    "created_at": at - timedelta(days=30),
                    "submitted_at": None if is_draft else at - timedelta(days=20),
                }
                for number, bidder in enumerate(bidders, 1)
            ),
        )

    def submit(self, proposals: list[Row], bidders: list[Row], by: Row) -> None:
        """Put what was handed in there, in its three sealed parts."""
        submissions = self.ground.put(
            Submission,
            (
                {
                    "proposal_id": row["id"],
                    "number": 1,
                    "key": submission_key(self._thing(row, row), 1),
                    "receipt": f"RECEIPT{row['id']:07d}",
                    "received_at": self.ground.at - timedelta(days=20),
                    "sha256": sha256(row["code"].encode()),
                    "anchor": sha256(b""),
                    "pages": Decimal("2.4"),
                    "by_id": by["id"],
                }
                for row in proposals
            ),
        )
        parts = self._parts(submissions, proposals, bidders)
        while batch := [part for part, _n in zip(parts, range(BATCH), strict=False)]:
            self.ground.put(Part, batch)

    def _parts(
        self, submissions: list[Row], proposals: list[Row], bidders: list[Row]
    ) -> Iterator[Row]:
        rows = zip(submissions, proposals, bidders, strict=True)
        for number, (submission, row, bidder) in enumerate(rows):
            for name, part in content_of(number).items():
                kind = PartKind(name)
                sealed = self.sealed(row, bidder, kind, part)
                yield {"submission_id": submission["id"], "kind": kind, **sealed}

    def sealed(self, proposal: Row, bidder: Row, what: str, content: Any) -> Row:
        """Seal content so that it opens as version one of this proposal only."""
        written = canonical(content)
        digest = sha256(written)
        bound = binding(self._thing(proposal, bidder), what, 1, digest)
        sealed = self.ground.ports["vault"].seal(self.wrapped, self.place, written, bound)
        return {"sealed": sealed, "sha256": digest}

    def _thing(self, proposal: Row, bidder: Row) -> Any:
        """Give what the rules want to know of a proposal, without asking the database."""
        return SimpleNamespace(
            code=proposal["code"],
            challenge=self.challenge,
            bidder=SimpleNamespace(code=bidder["code"]),
        )


def _handed_in(envelopes: Envelopes, bidders: list[Row]) -> tuple[str, str]:
    """Fill the vault of an open challenge; give the first proposal and its founder's session."""
    ground = envelopes.ground
    founder = ground.person("founder")
    ground.member(founder, bidders[0], Role.STARTUP_MEMBER)
    sealed = envelopes.proposals(bidders, ProposalState.SEALED)
    envelopes.submit(sealed, bidders, founder)
    return sealed[0]["code"], ground.session("founder", founder)


def _drafts(envelopes: Envelopes, count: int) -> list[tuple[str, str]]:
    """Let so many founders be ready to hand in; give each one's proposal and session."""
    ground = envelopes.ground
    bidders = ground.organisations("Nieuwkomer", count, OrganisationKind.STARTUP)
    proposals = envelopes.proposals(bidders, ProposalState.DRAFT)
    found = []
    for number, (row, bidder) in enumerate(zip(proposals, bidders, strict=True)):
        name = f"newcomer{number}"
        person = ground.person(name)
        ground.member(person, bidder, Role.STARTUP_MEMBER)
        sealed = envelopes.sealed(row, bidder, "draft", content_of(number))
        draft = {"proposal_id": row["id"], "pages": Decimal("2.4"), "saved_at": ground.at}
        ground.put(Draft, [draft | sealed])
        found.append((row["code"], ground.session(name, person)))
    return found


# -- The jury ----------------------------------------------------------------------


class Panel:
    """The jury of one challenge, and its round."""

    def __init__(
        self, ground: Ground, name: str, jurors: int, state: RoundState, proposals: int
    ) -> None:
        self.ground = ground
        self.challenge = ground.challenge(0, ChallengeState.OPENED, -15)
        self.criteria, self.levels = ground.parts[self.challenge.plan_id]
        functions = self.challenge.plan.composition
        self.people = [ground.person(f"{name}{number}") for number in range(jurors)]
        self.seats = ground.put(
            Seat,
            (
                {
                    "challenge_id": self.challenge.id,
                    "label": f"J{number + 1}",
                    "kind": SeatKind.JUROR if number else SeatKind.CHAIR,
                    "function": functions[min(number, len(functions) - 1)],
                    "name": person["name"],
                    "email": person["email"],
                    "invited_at": ground.at,
                    "person_id": person["id"],
                    "accepted_at": ground.at,
                    "declared": proposals,
                    "cleared_at": ground.at,
                    "cleared_by_id": ground.team[Role.OFFICER]["id"],
                }
                for number, person in enumerate(self.people)
            ),
        )
        self.round = ground.put(
            Round,
            [
                {
                    "challenge_id": self.challenge.id,
                    "number": 1,
                    "state": state,
                    "order_key": b"k" * 32,
                    "due_at": ground.at + timedelta(days=14),
                    "opened_at": ground.at - timedelta(days=5),
                    "started_at": ground.at - timedelta(days=4),
                }
            ],
        )[0]

    def judge(self, bidders: list[Row]) -> list[Row]:
        """Put the opened proposals there, and each juror's word on each bidder."""
        envelopes = Envelopes(self.ground, self.challenge)
        proposals = envelopes.proposals(bidders, ProposalState.OPENED)
        envelopes.submit(proposals, bidders, self.ground.team[Role.OWNER])
        for seat in self.seats:
            self.ground.put(
                Declaration,
                (
                    {
                        "seat_id": seat["id"],
                        "bidder_id": bidder["id"],
                        "tie": Tie.NONE,
                        "signed_at": self.ground.at - timedelta(days=4),
                    }
                    for bidder in bidders
                ),
            )
        return proposals

    def sheets(self, seat: Row, proposals: list[Row], state: SheetState, filled: int) -> list[Row]:
        """Hand a juror a sheet on each proposal; the first ones hold scores."""
        at, is_done = self.ground.at, state is not SheetState.DRAFT
        sheets = self.ground.put(
            Sheet,
            (
                {
                    "round_id": self.round["id"],
                    "seat_id": seat["id"],
                    "proposal_id": proposal["id"],
                    "position": position,
                    "state": state,
                    "ready": len(self.criteria) if position <= filled else 0,
                    "saved_at": at if position <= filled else None,
                    "submitted_at": at if is_done else None,
                }
                for position, proposal in enumerate(proposals, 1)
            ),
        )
        self.ground.put(
            Cell,
            (
                {
                    "sheet_id": sheet["id"],
                    "criterion_id": criterion,
                    "level_id": self._level(sheet["id"] + number),
                    "reason": REASON,
                }
                for sheet in sheets[:filled]
                for number, criterion in enumerate(self.criteria)
            ),
        )
        self._count(seat, sheets, min(filled, len(sheets)), is_done=is_done)
        return sheets

    def _count(self, seat: Row, sheets: list[Row], ready: int, *, is_done: bool) -> None:
        """Keep count as the house does, over a fortnight of work."""
        work = self.ground.put(
            Workload,
            [
                {
                    "round_id": self.round["id"],
                    "seat_id": seat["id"],
                    "assigned": len(sheets),
                    "begun": ready,
                    "ready": ready,
                    "submitted": len(sheets) if is_done else 0,
                    "active_on": self.ground.at.date(),
                }
            ],
        )[0]
        days = [self.ground.at.date() - timedelta(days=n) for n in (3, 2, 1, 0)]
        self.ground.put(
            Workday,
            (
                {"workload_id": work["id"], "day": day, "ready": ready * number // len(days)}
                for number, day in enumerate(days, 1)
            ),
        )

    def agree(self, proposals: list[Row]) -> None:
        """Let the jury agree on every criterion of every proposal."""
        pairs = [(proposal, criterion) for proposal in proposals for criterion in self.criteria]
        self.ground.put(
            ConsensusItem,
            (
                {
                    "round_id": self.round["id"],
                    "proposal_id": proposal["id"],
                    "criterion_id": criterion,
                    "position": position,
                    "first_seat_id": self.seats[1]["id"],
                    "state": ItemState.AGREED,
                    "level_id": self._level(position * 7 + proposal["id"]),
                    "reason": REASON,
                    "agreed_at": self.ground.at,
                    "agreed_by_id": self.people[0]["id"],
                }
                for position, (proposal, criterion) in enumerate(pairs, 1)
            ),
        )

    def _level(self, number: int) -> int:
        return self.levels[1 + number % (len(self.levels) - 1)]


def _judged(ground: Ground, bidders: list[Row], jurors: int) -> dict[str, str]:
    """Let a jury score alone, in the middle of its work."""
    panel = Panel(ground, "juror", jurors, RoundState.INDIVIDUAL, len(bidders))
    proposals = panel.judge(bidders)
    ground.session("juror", panel.people[1])
    own: list[Row] = []
    for seat in panel.seats:
        handed_out = panel.sheets(seat, proposals, SheetState.DRAFT, FILLED)
        own = handed_out if seat is panel.seats[1] else own
    return {
        "judged_code": panel.challenge.code,
        "round_code": panel.round["code"],
        "sheet_code": own[FILLED // 2]["code"],
        "blank_code": own[FILLED]["code"],
    }


def _judged_round(ground: Ground, bidders: list[Row]) -> int:
    """Let a jury be ready to rank; give the round's number."""
    panel = Panel(ground, "judge", JUDGES, RoundState.QUALITY_LOCKED, len(bidders))
    proposals = panel.judge(bidders)
    ground.session("judge", panel.people[1])
    for seat in panel.seats:
        panel.sheets(seat, proposals, SheetState.LOCKED, len(proposals))
    panel.agree(proposals)
    number: int = panel.round["id"]
    return number

"""A jury's story, told through the services: so that each test begins where it wants to."""

from datetime import timedelta
from decimal import Decimal
from itertools import zip_longest

from flask import current_app

from sir.challenges.models import ChallengeState
from sir.jury.models import Lot, SeatKind, Tie
from sir.jury.queries import (
    bidders_of,
    items_of,
    register_of,
    seats_of,
    sheets_of,
    ties_of,
    voting_seats,
)
from sir.jury.rules.sheets import Marks
from sir.jury.services import (
    accept_seat,
    agree_item,
    clear_seats,
    declare_ties,
    invite_juror,
    make_report,
    open_consensus,
    open_round,
    save_sheet,
    sign_register,
    sign_report,
    start_individual,
    submit_sheets,
)
from sir.kernel.canonical import canonical, sha256
from sir.kernel.database import db
from sir.people.models import Role
from sir.proposals.models import Part, PartKind, ProposalState, SealingKey, Submission
from sir.proposals.rules import binding, with_picture
from sir.proposals.services.sealing import seal
from tests.makers import (
    NOON,
    make_challenge,
    make_person,
    make_proposal,
    make_startup,
    make_team_member,
    save,
)
from tests.proposals.story import content

REASON = "Het voorstel onderbouwt dit met gesprekken, een proef van elf weken en een helder plan. "
JUROR = ("jurylid", SeatKind.JUROR)
FUNCTIONS = [("voorzitter", SeatKind.CHAIR), JUROR, JUROR]


ALT, CAPTION = "Een doorsnede van de klinker", "Vlinderwoord onder de afbeelding"


LOT = "4F1C09AE77D0"


class Story:
    """One challenge whose proposals were opened, its team and its jury."""

    def __init__(self, proposals=3, **given):
        self.at = NOON
        self.challenge = make_challenge(
            **{
                "state": ChallengeState.OPENED,
                "closes_at": NOON - timedelta(days=1),
                "questions_close_at": NOON - timedelta(days=9),
            }
            | given
        )
        self.plan = self.challenge.plan
        self.secretary = make_team_member(Role.SECRETARY, self.challenge)
        self.officer = make_team_member(Role.OFFICER, self.challenge)
        self.owner = make_team_member(Role.OWNER, self.challenge)
        self.proposals = [
            make_proposal(
                challenge=self.challenge,
                bidder=make_startup(name=f"Startup {letter}", kvk=f"{number:08d}"),
                number=number,
                state=ProposalState.OPENED,
                submitted_at=NOON - timedelta(days=2),
            )
            for number, letter in zip(range(1, proposals + 1), letters(), strict=False)
        ]
        self.round = None
        # what the published source gave, for the many stories whose proposals end equal
        self.lot = Lot(challenge=self.challenge, value=LOT, first=self.officer, first_at=NOON)
        self.lot.second, self.lot.second_at = self.secretary, NOON
        save(self.lot)

    def written(self, relations="", prices=(), picture=b""):
        """Seal a real text in every proposal, and a price, as a bidder's own handing-in does.

        A picture goes with the first.
        """
        vault = current_app.extensions["sir.vault"]
        key = vault.new_key(self.challenge.code.encode())
        save(SealingKey(challenge_id=self.challenge.id, wrapped=key, created_at=NOON))
        for proposal, price in zip_longest(self.proposals, prices):
            name = f"{proposal.code}-1"
            submission = save(
                Submission(
                    proposal=proposal,
                    number=1,
                    key=name,
                    receipt=name,
                    received_at=NOON,
                    sha256="0" * 64,
                    anchor="0" * 64,
                    pages=Decimal("2.4"),
                    by=self.owner,
                )
            )
            told = content(solution=f"Oplossing {proposal.number}")
            if relations:
                told["company"]["relations"] = relations
            if price is not None:
                told["price"] = {"price": price, "salt": f"{proposal.number:032x}"}
            sealed_parts = {kind: canonical(texts) for kind, texts in told.items()}
            if picture and proposal.number == 1:
                shown = content(picture_alt=ALT, picture_caption=CAPTION)
                idea = with_picture(shown, sha256(picture))["idea"]
                sealed_parts |= {"idea": canonical(idea), PartKind.PICTURE: picture}
            for kind, text in sealed_parts.items():
                digest = sha256(text)
                bound = binding(proposal, kind, 1, digest)
                sealed = seal(proposal, text, bound, vault)
                save(Part(submission_id=submission.id, kind=kind, sealed=sealed, sha256=digest))
        return self

    def seat(self, function="jurylid", kind=SeatKind.JUROR, person=None, *, accepts=True):
        person = person or make_person()
        seat = invite_juror(
            self.challenge,
            name=person.name,
            email=person.email,
            kind=kind,
            function=function,
            by=self.secretary,
            at=self.at,
        )
        if accepts:
            accept_seat(seat, by=person, at=self.at)
            self.registers(person)
        db.session.flush()
        return seat

    def seated(self):
        for function, kind in FUNCTIONS:
            self.seat(function, kind)
        return self

    def opened(self):
        if not seats_of(self.challenge):
            self.seated()
        self.round = open_round(
            self.challenge, by=self.secretary, at=self.at, due_at=self.at + timedelta(days=14)
        )
        db.session.flush()
        return self

    def registers(self, person):
        """State that there is nothing to list, unless somebody listed something."""
        register = register_of(person, self.at)
        if register is None:
            sign_register(has_none=True, by=person, at=self.at)
        elif register.signed_at is None:
            sign_register(has_none=False, by=person, at=self.at)
        db.session.flush()

    def clears(self, **given):
        vault = current_app.extensions["sir.vault"]
        given = {"by": self.officer, "awards": ()} | given
        count = clear_seats(self.round, vault=vault, at=self.at, **given)
        db.session.flush()
        return count

    def declares(self, seat, **given):
        ties = {bidder.id: (Tie.NONE, "") for bidder in bidders_of(self.challenge)}
        declare_ties(seat, ties=ties | given.get("ties", {}), by=seat.person, at=self.at)
        db.session.flush()
        self.clears()

    def declared(self):
        self.opened()
        for seat in voting_seats(self.challenge):
            self.declares(seat)
        return self

    def declared_with_tie(self):
        self.opened()
        first, *others = voting_seats(self.challenge)
        bidder = self.proposals[0].bidder_id
        self.declares(first, ties={bidder: (Tie.SOFT, "Oud-collega, vier jaar geleden.")})
        for seat in others:
            self.declares(seat)
        return self

    def started(self):
        self.declared()
        start_individual(self.round, by=self.secretary, at=self.at)
        db.session.flush()
        return self

    def fills(self, sheet, positions=4, reason=REASON):
        keys = [criterion.key for criterion in self.plan.criteria]
        levels = dict.fromkeys(keys, positions) if isinstance(positions, int) else positions
        save_sheet(
            sheet,
            version=sheet.version,
            marks=Marks(levels, dict.fromkeys(keys, reason)),
            by=sheet.seat.person,
            at=self.at,
        )
        db.session.flush()

    def submits(self, seat, positions=4):
        for sheet in sheets_of(self.round, seat):
            self.fills(sheet, positions)
        submit_sheets(self.round, seat, by=seat.person, at=self.at)
        db.session.flush()

    def submitted(self, *positions):
        self.started()
        levels = [*positions, 4, 4, 4]
        for seat, chosen in zip(self.jury, levels, strict=False):
            self.submits(seat, chosen)
        return self

    def conferring(self, *positions):
        return self.submitted(*positions).confers()

    def confers(self):
        open_consensus(self.round, by=self.chair.person, at=self.at)
        db.session.flush()
        return self

    def signed(self, ranking):
        ports = {name: current_app.extensions[f"sir.{name}"] for name in ("press", "store")}
        report = make_report(ranking, by=self.secretary, at=self.at, **ports)
        db.session.flush()
        for seat in self.jury:
            sign_report(report, seat, by=seat.person, at=self.at)
        return report

    def ties(self):
        return ties_of(self.challenge)

    def agreed(self, *positions):
        self.conferring(*positions)
        for item in items_of(self.round):
            self.agrees(item, 4)
        return self

    def agrees(self, item, position, **given):
        level = next(row for row in self.plan.levels if row.position == position)
        agree_item(
            item,
            **{
                "version": item.version,
                "level": level,
                "reason": REASON,
                "by": self.chair.person,
                "at": self.at,
            }
            | given,
        )
        db.session.flush()

    @property
    def jury(self):
        return voting_seats(self.challenge)

    @property
    def chair(self):
        return next(seat for seat in self.jury if seat.kind is SeatKind.CHAIR)


def letters():
    return (f"{a}{b}" for a in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" for b in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")

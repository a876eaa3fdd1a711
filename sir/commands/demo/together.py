"""Chapters of a jury that does something special: divided reading, written questions, candidates."""

from __future__ import annotations

from collections.abc import Generator
from datetime import datetime

from sir.challenges.models import Challenge
from sir.commands.demo.cast import JURIES, address
from sir.commands.demo.judging import round_of
from sir.commands.demo.opening import Plot
from sir.commands.demo.stage import Stage
from sir.jury.models import Answer, Inquiry
from sir.jury.queries import voting_seats
from sir.jury.rules.wishes import Wishes
from sir.jury.services import (
    accept_assignment,
    answer_inquiry,
    answer_on,
    ask_for_check,
    ask_inquiry,
    judge_after_all,
    note_candidate,
    propose_assignment,
)
from sir.people.models import Role
from sir.ports.solver import HighsSolver
from sir.proposals.models import Proposal
from sir.proposals.queries import opened_proposals
from sir.proposals.services import exclude_proposal

LOADS = {"J1": (2, 5)}  # the chair reads less; the others as the plan says
BARRED = "Dit jurylid gaf in het voorjaar een lezing bij deze inschrijver, zonder vergoeding."


def divide(stage: Stage, plot: Plot, challenge: Challenge) -> Generator[datetime, None, None]:
    """The secretary says who knows security and who must not read what; the rest is computed."""
    secretary = stage.staff[plot.body, Role.SECRETARY]
    round_, plan = round_of(challenge), challenge.plan
    loads = {
        seat.label: LOADS.get(seat.label, (plan.load_least or 0, plan.load_most or 0))
        for seat in voting_seats(challenge)
    }
    yield stage.day(plot.closes + 7, hour=13)
    experts = dict.fromkeys(("2", "5"), frozenset({"J3"}))
    wishes = Wishes(loads, experts=experts, barred={"4": frozenset({"J2"})}, barred_reason=BARRED)
    division = propose_assignment(
        round_, wishes=wishes, reason="", solver=HighsSolver(), by=secretary, at=stage.at
    )
    yield stage.day(plot.closes + 7, hour=14)
    accept_assignment(division, by=secretary, at=stage.at)


LEFT_OUT = (
    "Het nummer van de Kamer van Koophandel hoort bij een onderneming die volgens het register is "
    "uitgeschreven."
)
TAKEN_IN = (
    "De inschrijver liet met een uittreksel van gisteren zien dat het register een fout had: de "
    "uitschrijving gold een naamgenoot. Het voorstel voldoet aan alle eisen."
)


def readmit(
    stage: Stage, plot: Plot, challenge: Challenge, key: str
) -> Generator[datetime, None, None]:
    """The officer leaves a proposal out, hears the bidder, and takes it in again."""
    officer = stage.staff[plot.body, Role.OFFICER]
    yield stage.day(plot.closes + 5, hour=11)
    proposal = bid_by(stage, challenge, key)
    exclude_proposal(proposal, reason=LEFT_OUT, by=officer, at=stage.at)
    yield stage.day(plot.closes + 5, hour=16)
    judge_after_all(proposal, reason=TAKEN_IN, by=officer, at=stage.at)


def leave_out(
    stage: Stage, plot: Plot, challenge: Challenge, key: str, why: str
) -> Generator[datetime, None, None]:
    """The officer leaves a proposal out, and that stands."""
    yield stage.day(plot.closes + 5, hour=11)
    proposal = bid_by(stage, challenge, key)
    exclude_proposal(proposal, reason=why, by=stage.staff[plot.body, Role.OFFICER], at=stage.at)


def bid_by(stage: Stage, challenge: Challenge, key: str) -> Proposal:
    """Find what a startup handed in."""
    bidder = stage.startups[key]
    return next(row for row in opened_proposals(challenge) if row.bidder_id == bidder.id)


COLD = "Hoe blijft gekoeld eten onder de zeven graden tussen de winkel en het bord?"
COLD_SAID = {
    "zak": "De tas heeft een koelelement en houdt 90 minuten zeven graden vast. Een sticker wordt rood als "
    "het warmer was; dan gaat het eten niet door. In onze proef gebeurde dat twee keer in 140 ritten.",
    "veld": "Wij laten gekoeld eten in de winkel staan tot iemand het haalt. De rit duurt hooguit twintig "
    "minuten; verder weg bieden wij alleen droge waren aan.",
    "dauw": "De koelkast meet elke minuut en gaat op slot boven de zeven graden. Wat erin ligt, gaat dan weg.",
}
SATURDAY = (
    "Op zaterdag is de voedselbank dicht en de winkel op zijn drukst. Wie neemt dan bij u de beslissing wat "
    "er met het eten gebeurt?"
)
SATURDAY_SAID = (
    "De buurtkeuken. Zij kiest om half vijf wat zij kookt. Wat zij niet kiest, bieden wij om zes uur aan "
    "twee andere keukens aan. Komt er geen antwoord, dan beslist de winkel."
)


def inquire(stage: Stage, plot: Plot, challenge: Challenge) -> Generator[datetime, None, None]:
    """The jury asks everybody one thing and one bidder another; no answer says who wrote it."""
    chair = stage.jurors[JURIES[plot.key][0][0]]
    round_ = round_of(challenge)
    bids = {key: bid_by(stage, challenge, key) for key in COLD_SAID}
    yield stage.day(plot.closes + 20, hour=9)
    cold = ask_inquiry(
        round_, text=COLD, proposals=list(bids.values()),
        due_at=stage.day(plot.closes + 26, hour=12), by=chair, at=stage.at,
    )  # fmt: skip
    for number, (key, text) in enumerate(COLD_SAID.items()):
        yield stage.day(plot.closes + 22, hour=9 + number)
        _answer(stage, cold, key, bids[key], text)
    yield stage.day(-2, hour=9)
    second = ask_inquiry(
        round_, text=SATURDAY, proposals=[bids["veld"], bids["dauw"]],
        due_at=stage.day(5, hour=12), by=chair, at=stage.at,
    )  # fmt: skip
    yield stage.day(-1, hour=9)
    _answer(stage, second, "veld", bids["veld"], SATURDAY_SAID)


def _answer(stage: Stage, inquiry: Inquiry, key: str, proposal: Proposal, text: str) -> None:
    reply = next(row for row in inquiry.replies if row.proposal_id == proposal.id)
    answer_inquiry(
        reply, text=text, version=reply.version, vault=stage.vault,
        by=stage.founders[key], at=stage.at,
    )  # fmt: skip


# Whom the secretary thinks of: name, employer, function, and what the integrity officer found.
CANDIDATES = (
    ("Halima Osman", "Haaglanden Zorg", "wijkverpleegkundige", Answer.SEAT,
     "Geen banden in haar register en geen nevenfunctie in het vakgebied."),
    ("Jan-Willem Kool", "Adviesbureau Groenblauw", "stadsecoloog", Answer.DO_NOT_SEAT,
     "Werkt voor een bureau dat in deze wijken betaald advies geeft over schaduw en bomen."),
    ("Riet van Beek", "", "bewoner", Answer.CANNOT_SAY,
     "Nog niet te zeggen: haar dochter werkt bij een startup. Vraag het opnieuw na de opening."),
    ("Anton Duivestein", "Universiteit Leiden", "voorzitter", None, ""),
)  # fmt: skip


def look_for_jurors(
    stage: Stage, plot: Plot, challenge: Challenge
) -> Generator[datetime, None, None]:
    """Before anybody is invited the integrity officer looks whether they can be seated."""
    secretary = stage.staff[plot.body, Role.SECRETARY]
    guard = stage.staff[plot.body, Role.INTEGRITY_OFFICER]
    for number, (name, employer, function, answer, reason) in enumerate(CANDIDATES):
        yield stage.day(plot.closes - 9, hour=10, minute=5 * number)
        candidate = note_candidate(
            challenge, name=name, email=address(name, "mail"), organisation=employer,
            function=function, by=secretary, at=stage.at,
        )  # fmt: skip
        stage.flush()
        ask_for_check(candidate, by=secretary, at=stage.at)
        if answer is not None:
            yield stage.day(plot.closes - 9, hour=14, minute=5 * number)
            answer_on(candidate, answer=answer, reason=reason, by=guard, at=stage.at)

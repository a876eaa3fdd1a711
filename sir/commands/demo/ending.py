"""The last chapters: letters for everyone, the standstill, the award and the residency."""

from __future__ import annotations

from collections.abc import Generator
from datetime import datetime, timedelta

from sir.challenges.models import Challenge
from sir.commands.demo.opening import Plot
from sir.commands.demo.stage import Stage
from sir.decisions.models import Outcome
from sir.decisions.queries import decision_of
from sir.decisions.services import (
    check_letter,
    confirm_withdrawal,
    prepare_decision,
    propose_withdrawal,
    release_decision,
    write_advantages,
    write_closing,
)
from sir.people.models import Role
from sir.residency.services import (
    add_milestone,
    award_challenge,
    finish_milestone,
    plan_residency,
    start_residency,
)

CLOSING = (
    "Wij danken u voor uw voorstel en de tijd die u erin heeft gestoken. Wilt u de motivering "
    "bespreken? Vraag dan binnen zeven dagen een gesprek aan via het platform."
)


def notify(
    stage: Stage, plot: Plot, challenge: Challenge, advantages: str, *, day: int
) -> Generator[datetime, None, None]:
    """The approver releases at once what the officer prepared and the secretary checked."""
    yield from prepare(stage, plot, challenge, advantages, day=day)
    decision = decision_of(challenge)
    assert decision is not None
    yield stage.day(day, hour=10)
    approver = stage.staff[plot.body, Role.APPROVER]
    release_decision(decision, by=approver, at=stage.at, press=stage.press, store=stage.store)


def prepare(
    stage: Stage, plot: Plot, challenge: Challenge, advantages: str, *, day: int
) -> Generator[datetime, None, None]:
    """The officer prepares every letter, and the secretary looks for secrets in them."""
    officer, secretary = (stage.staff[plot.body, r] for r in (Role.OFFICER, Role.SECRETARY))
    yield stage.day(day - 2, hour=10)
    decision = prepare_decision(challenge, by=officer, at=stage.at)
    stage.flush()
    for letter in decision.letters:
        write_closing(letter, CLOSING, by=officer, at=stage.at)
        if letter.outcome is Outcome.SELECTED:
            write_advantages(letter, advantages, by=officer, at=stage.at)
    yield stage.day(day - 1, hour=14)
    for letter in decision.letters:
        check_letter(letter, by=secretary, at=stage.at)


TAKEN_BACK = (
    "In de brieven stond bij “Haalbaar in vijf maanden” de motivering van een ander voorstel. De rangorde "
    "verandert niet. U krijgt een nieuwe brief met een nieuwe termijn van twintig dagen."
)


def take_back(
    stage: Stage, plot: Plot, challenge: Challenge, *, day: int
) -> Generator[datetime, None, None]:
    """What was announced is withdrawn by two, so that it can be announced anew."""
    officer, approver = (stage.staff[plot.body, role] for role in (Role.OFFICER, Role.APPROVER))
    yield stage.day(day, hour=11)
    decision = decision_of(challenge)
    assert decision is not None
    propose_withdrawal(decision, TAKEN_BACK, by=officer, at=stage.at)
    yield stage.day(day, hour=15)
    decision = decision_of(challenge)
    assert decision is not None
    confirm_withdrawal(decision, by=approver, at=stage.at)


def reside(
    stage: Stage, plot: Plot, challenge: Challenge, *, awarded: int, started: int
) -> Generator[datetime, None, None]:
    """The award becomes final; the winner starts, reports, and is late with one milestone."""
    owner, approver = (stage.staff[plot.body, role] for role in (Role.OWNER, Role.APPROVER))
    yield stage.day(awarded, hour=10)
    decision = decision_of(challenge)
    assert decision is not None
    residency = award_challenge(decision, by=approver, at=stage.at)[0]
    yield stage.day(started - 5, hour=10)
    plan_residency(
        residency,
        goal="Bij acht scholen een lijst van bange plekken, samen met kinderen gemaakt, en 15% meer "
        "kinderen die lopend of fietsend komen.",
        starts_on=stage.date(started), ends_on=stage.date(started + 150), by=owner, at=stage.at,
    )  # fmt: skip
    milestones = [
        add_milestone(residency, title, stage.date(started + days), by=owner, at=stage.at)
        for title, days in (
            ("Afspraken met acht scholen", 14),
            ("Kaarten van vier scholen", 45),
            ("Kaarten van alle acht scholen", 75),
            ("Metingen op de bange plekken", 110),
            ("Demo voor alle scholen", 145),
        )
    ]
    yield stage.day(started, hour=9)
    start_residency(residency, by=owner, at=stage.at)
    for number, milestone in enumerate(milestones[:2]):
        yield stage.day(started + 12 + 31 * number, hour=16)
        finish_milestone(
            milestone, "Gereed, besproken met de scholen.", by=owner,
            at=stage.at + timedelta(minutes=number),
        )  # fmt: skip

"""What the two parties do after the award. Every verb says who and when."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sir.decisions.models import Decision, Outcome
from sir.decisions.services import award_decision
from sir.journal.services import record
from sir.kernel.codes import new_code
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.kernel.i18n import _
from sir.notices.services import write_letter
from sir.people.models import Person
from sir.residency.lifecycle import LIFECYCLE, MILESTONE
from sir.residency.models import Milestone, Residency
from sir.residency.queries import parties_of
from sir.residency.rules import is_over, is_span, next_position


def award_challenge(decision: Decision, *, by: Person, at: datetime) -> list[Residency]:
    """Make the award final, and prepare a residency for every winner in the same act.

    The first day comes from the challenge's calendar; goal and milestones are agreed together.
    """
    award_decision(decision, by=by, at=at)
    challenge = decision.challenge
    residencies = []
    for letter in decision.letters:
        if letter.outcome is not Outcome.SELECTED:
            continue
        residency = Residency(
            code=new_code(),
            challenge=challenge,
            startup=letter.proposal.bidder,
            created_at=at,
            starts_on=challenge.starts_on,
        )
        db.session.add(residency)
        record("residency.created", residency, by=by, at=at, stream=challenge.code)
        residencies.append(residency)
    return residencies


def plan_residency(  # noqa: PLR0913 - a plan has this many sides
    residency: Residency,
    *,
    goal: str,
    starts_on: date,
    ends_on: date,
    by: Person,
    at: datetime,
) -> None:
    """Write down what both parties agreed: the goal, the first day and the last."""
    if is_over(residency):
        raise Refused(_("This residency has ended."))
    if not is_span(starts_on, ends_on):
        raise Refused(_("The last day must come after the first."))
    residency.goal, residency.starts_on, residency.ends_on = goal, starts_on, ends_on
    _note("residency.planned", residency, by=by, at=at)


def add_milestone(
    residency: Residency, title: str, due_on: date, *, by: Person, at: datetime
) -> Milestone:
    """Agree on something that will be ready by a day."""
    if is_over(residency):
        raise Refused(_("This residency has ended."))
    milestone = Milestone(
        code=new_code(),
        position=next_position(residency.milestones),
        title=title,
        due_on=due_on,
    )
    residency.milestones.append(milestone)
    _note("milestone.added", residency, by=by, at=at, milestone=milestone.code)
    return milestone


def start_residency(residency: Residency, *, by: Person, at: datetime) -> None:
    """Begin. Needs a goal, its days and a milestone."""
    LIFECYCLE.move("start", residency, at)
    _note("residency.started", residency, by=by, at=at)
    _tell(residency, "residency/started", by=by, at=at)


def finish_milestone(milestone: Milestone, note: str, *, by: Person, at: datetime) -> None:
    """Report that a milestone is ready. Either party may; the other hears it."""
    # The facts of a state go before the state: reading anything may flush both.
    milestone.done_at, milestone.done_by_id, milestone.note = at, by.id, note
    MILESTONE.move("finish", milestone, at)
    residency = milestone.residency
    _note("milestone.finished", residency, by=by, at=at, milestone=milestone.code)
    _tell(residency, "residency/milestone_done", by=by, at=at, milestone=milestone.title)


def drop_milestone(milestone: Milestone, note: str, *, by: Person, at: datetime) -> None:
    """Let go of a milestone, with the reason for both parties."""
    _refuse_blank(note)
    MILESTONE.move("drop", milestone, at)
    milestone.note = note
    residency = milestone.residency
    _note("milestone.dropped", residency, by=by, at=at, milestone=milestone.code)
    _tell(residency, "residency/milestone_dropped", by=by, at=at, milestone=milestone.title)


def complete_residency(residency: Residency, outcome: str, *, by: Person, at: datetime) -> None:
    """End as agreed, and tell the public what came of it."""
    _refuse_blank(outcome)
    residency.outcome, residency.ended_at = outcome, at
    LIFECYCLE.move("complete", residency, at)
    _note("residency.completed", residency, by=by, at=at)
    _tell(residency, "residency/completed", by=by, at=at)


def stop_residency(residency: Residency, outcome: str, *, by: Person, at: datetime) -> None:
    """End early, and tell the public why."""
    _refuse_blank(outcome)
    residency.outcome, residency.ended_at = outcome, at
    LIFECYCLE.move("stop", residency, at)
    _note("residency.stopped", residency, by=by, at=at)
    _tell(residency, "residency/stopped", by=by, at=at)


def _refuse_blank(text: str) -> None:
    if not text.strip():
        raise Refused(_("Explain this in a few words."))


def _note(act: str, residency: Residency, *, by: Person, at: datetime, **details: Any) -> None:
    record(act, residency, by=by, at=at, stream=residency.challenge.code, **details)


def _tell(residency: Residency, template: str, *, by: Person, at: datetime, **words: Any) -> None:
    """Write to both parties, except to whoever did it."""
    for person in parties_of(residency):
        if person.id != by.id:
            write_letter(
                template,
                to=person,
                at=at,
                title=residency.challenge.terms.title,
                code=residency.code,
                **words,
            )

"""Reading questions. Who asked is only read where the officer looks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from sir.challenges.models import Challenge, TeamPlace
from sir.kernel.database import db
from sir.kernel.errors import Missing
from sir.people.models import Membership, Organisation, Person, Role
from sir.questions.models import Question, QuestionState


class Answer(NamedTuple):
    """What everyone reads: there is no asker in it."""

    number: int
    question: str
    answer: str
    published_at: datetime


def question_by_code(code: str) -> Question:
    """Find the question a link points to."""
    question = db.session.scalar(
        select(Question)
        .where(Question.code == code)
        .options(
            joinedload(Question.challenge),
            joinedload(Question.asked_by),
            joinedload(Question.bidder),
        )
    )
    if question is None:
        raise Missing
    return question


def published_answers(challenge: Challenge) -> list[Answer]:
    """List what was answered for all, in order of publication. One question to the database."""
    rows = db.session.execute(
        select(Question.number, Question.public_text, Question.answer, Question.published_at)
        .where(Question.challenge_id == challenge.id, Question.state == QuestionState.PUBLISHED)
        .order_by(Question.number)
    )
    return [
        Answer(number, question, answer, published_at)
        for number, question, answer, published_at in rows
        if number is not None and published_at is not None
    ]


def questions_of(challenge: Challenge) -> Sequence[Question]:
    """List what was asked of a challenge, what waits first, the oldest first."""
    return db.session.scalars(
        select(Question)
        .where(Question.challenge_id == challenge.id, Question.state != QuestionState.WITHDRAWN)
        .options(joinedload(Question.asked_by), joinedload(Question.bidder))
        .order_by(Question.state != QuestionState.ASKED, Question.asked_at, Question.id)
    ).all()


def own_questions(person: Person, challenge: Challenge) -> Sequence[Question]:
    """List what a person asked of a challenge."""
    return db.session.scalars(
        select(Question)
        .where(Question.challenge_id == challenge.id, Question.asked_by_id == person.id)
        .order_by(Question.asked_at, Question.id)
    ).all()


def waiting_questions(person: Person) -> Sequence[Question]:
    """List the questions that wait for this officer's answer, over all challenges."""
    return db.session.scalars(
        select(Question)
        .join(TeamPlace, TeamPlace.challenge_id == Question.challenge_id)
        .where(
            TeamPlace.person_id == person.id,
            TeamPlace.role == Role.OFFICER,
            Question.state == QuestionState.ASKED,
        )
        .options(joinedload(Question.challenge))
        .order_by(Question.asked_at, Question.id)
    ).all()


def highest_number(challenge: Challenge) -> int:
    """Give the number of the latest answer; 0 when there is none."""
    return (
        db.session.scalar(
            select(func.max(Question.number)).where(Question.challenge_id == challenge.id)
        )
        or 0
    )


def askers_of(challenge: Challenge) -> Sequence[Person]:
    """List everyone who asked something, for the letter about a new answer."""
    return db.session.scalars(
        select(Person)
        .where(
            Person.id.in_(
                select(Question.asked_by_id).where(
                    Question.challenge_id == challenge.id,
                    Question.state != QuestionState.WITHDRAWN,
                )
            )
        )
        .order_by(Person.id)
    ).all()


def officers_of(challenge: Challenge) -> Sequence[Person]:
    """List the procurement officers who answer."""
    return db.session.scalars(
        select(Person)
        .join(TeamPlace, TeamPlace.person_id == Person.id)
        .where(TeamPlace.challenge_id == challenge.id, TeamPlace.role == Role.OFFICER)
        .order_by(Person.id)
    ).all()


def startup_of(person: Person) -> Organisation | None:
    """Give the startup a person asks for: theirs, when there is just one."""
    startups = db.session.scalars(
        select(Organisation)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .where(Membership.person_id == person.id, Membership.role == Role.STARTUP_MEMBER)
        .limit(2)
    ).all()
    return startups[0] if len(startups) == 1 else None

"""Asking, and answering for all."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from sir.challenges.models import Challenge
from sir.challenges.rules import accepts_questions, seal_of
from sir.journal.services import record
from sir.kernel.codes import new_code
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.kernel.i18n import lazy
from sir.notices.services import write_letter
from sir.people.models import Person
from sir.questions.lifecycle import LIFECYCLE
from sir.questions.models import Question, QuestionState
from sir.questions.queries import askers_of, highest_number, officers_of, startup_of


class ChangedMeanwhile(Refused):
    """A colleague saved a newer answer."""


def ask_question(challenge: Challenge, *, text: str, by: Person, at: datetime) -> Question:
    """Ask. The team's officers get a letter without the question and without the asker."""
    if not accepts_questions(challenge, at):
        raise Refused(lazy("Questions are closed for this challenge."))
    question = Question(
        code=new_code(),
        challenge=challenge,
        asked_by=by,
        bidder=startup_of(by),
        asked_at=at,
        text=text,
        public_text=text,
    )
    db.session.add(question)
    # who asks must not show in the team's journal: the asker is kept in the question only
    record("question.asked", question, by=None, at=at, stream=challenge.code)
    for officer in officers_of(challenge):
        write_letter(
            "questions/asked",
            to=officer,
            at=at,
            code=challenge.code,
            title=challenge.terms.title,
            answers_by=challenge.answers_by.isoformat() if challenge.answers_by else "",
        )
    return question


def withdraw_question(question: Question, *, by: Person, at: datetime) -> None:
    """Take a question back before it was answered."""
    LIFECYCLE.move("withdraw", question, at)
    question.withdrawn_at = at
    actor = None if by.id == question.asked_by_id else by
    record("question.withdrawn", question, by=actor, at=at, stream=question.challenge.code)


def prepare_answer(  # noqa: PLR0913 - both texts, which version, who and when
    question: Question, *, public_text: str, answer: str, version: int, by: Person, at: datetime
) -> None:
    """Keep the officer's wording. Raises ChangedMeanwhile when a colleague saved a newer one."""
    if question.state is not QuestionState.ASKED:
        raise Refused(lazy("This question was answered or withdrawn already."))
    if question.version != version:
        raise ChangedMeanwhile(lazy("A colleague saved a newer answer in the meantime."))
    question.public_text, question.answer = public_text, answer
    record("question.prepared", question, by=by, at=at, stream=question.challenge.code)


def publish_answer(question: Question, *, by: Person, at: datetime) -> None:
    """Show question and answer to all at once, numbered; tell everyone who asked something."""
    challenge = _take_turn(question.challenge)
    # The facts of a state go before the state: the next reading may write both.
    question.number = highest_number(challenge) + 1
    question.published_at, question.published_by_id = at, by.id
    LIFECYCLE.move("publish", question, at)
    record(
        "question.published",
        question,
        by=by,
        at=at,
        stream=challenge.code,
        number=question.number,
    )
    for asker in askers_of(challenge):
        write_letter(
            "questions/answered",
            to=asker,
            at=at,
            sealed_for=seal_of(challenge),
            code=challenge.code,
            title=challenge.terms.title,
            number=question.number,
            is_own=asker.id == question.asked_by_id,
        )


def _take_turn(challenge: Challenge) -> Challenge:
    """Let two officers number their answers one after the other."""
    return db.session.scalars(
        select(Challenge).where(Challenge.id == challenge.id).with_for_update(of=Challenge)
    ).one()

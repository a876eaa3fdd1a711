"""What must be true of a question before it is asked, withdrawn or answered for all."""

from __future__ import annotations

from datetime import datetime

from sir.challenges.rules import accepts_questions
from sir.kernel.calendar import local_day
from sir.kernel.i18n import lazy
from sir.kernel.lifecycle import condition
from sir.kernel.mentions import mentions
from sir.questions.models import Question

LONGEST = 2000  # characters of a question
LONGEST_ANSWER = 5000


@condition(lazy("Write the question as everyone will read it, without names."))
def has_public_text(question: Question, at: datetime) -> bool:
    """The public text is the officer's; what was asked may name the asker."""
    del at
    return bool(question.public_text.strip())


@condition(lazy("Write the answer."))
def has_answer(question: Question, at: datetime) -> bool:
    """An empty answer is no answer."""
    del at
    return bool(question.answer.strip())


@condition(lazy("The challenge has closed; an answer now would reach nobody in time."))
def before_deadline(question: Question, at: datetime) -> bool:
    """Answers are part of the tender documents; after the deadline these no longer change."""
    closes_at = question.challenge.closes_at
    return closes_at is not None and at < closes_at


def may_ask(question: Question, at: datetime) -> bool:
    """Say whether the challenge still takes questions."""
    return accepts_questions(question.challenge, at)


def is_overdue(question: Question, at: datetime) -> bool:
    """Say whether the answers were due before today."""
    due = question.challenge.answers_by
    return due is not None and local_day(at) > due


def names_in(text: str, question: Question) -> list[str]:
    """List what in a public text would tell who asked: company, person or address."""
    names = [question.asked_by.name, question.asked_by.email]
    if question.bidder is not None:
        names += [question.bidder.name, question.bidder.email, question.bidder.website]
    return mentions(text, [name for name in names if name])

"""Pages for asking and answering."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sir.challenges.models import Challenge
from sir.challenges.queries import challenge_by_code
from sir.challenges.rules import accepts_questions
from sir.kernel.errors import Refused
from sir.kernel.transaction import transaction
from sir.permissions import may
from sir.questions.forms import AnswerForm, AskForm, WithdrawForm
from sir.questions.lifecycle import LIFECYCLE
from sir.questions.models import Question, QuestionState
from sir.questions.queries import (
    own_questions,
    published_answers,
    question_by_code,
    questions_of,
)
from sir.questions.rules import is_overdue, names_in
from sir.questions.services import (
    ChangedMeanwhile,
    ask_question,
    prepare_answer,
    publish_answer,
    withdraw_question,
)
from sir.web.autosave import conflict, saved
from sir.web.gate import me, now, requires, standing

bp = Blueprint("questions", __name__)


@bp.route("/challenges/<code>/ask", methods=["GET", "POST"])
@requires("challenge.join", challenge_by_code)
def ask(challenge: Challenge) -> ResponseReturnValue:
    """Ask, and see what you asked and what was answered; whoever has no startup is shown how."""
    if not may(standing(), "question.ask", challenge):
        return render_template("people/startup_first.html", challenge=challenge)
    form = AskForm.from_request()
    if form.is_accepted():
        try:
            with transaction():
                ask_question(challenge, text=form.text.data or "", by=me(), at=now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return _ask_page(challenge, form), 409
        return redirect(url_for("questions.ask", code=challenge.code))
    return _ask_page(challenge, form), form.status


def _ask_page(challenge: Challenge, form: AskForm) -> str:
    return render_template(
        "questions/ask.html",
        challenge=challenge,
        form=form,
        withdraw=WithdrawForm.from_request(),
        own=own_questions(me(), challenge),
        answers=published_answers(challenge),
        is_open=accepts_questions(challenge, now()),
    )


@bp.get("/challenges/<code>/questions")
@requires("question.list", challenge_by_code)
def index(challenge: Challenge) -> ResponseReturnValue:
    """What was asked, and what waits for an answer by when."""
    questions = questions_of(challenge)
    return render_template(
        "questions/index.html",
        challenge=challenge,
        waiting=[q for q in questions if q.state is QuestionState.ASKED],
        answers=published_answers(challenge),
        is_overdue=any(is_overdue(q, now()) for q in questions if q.state is QuestionState.ASKED),
    )


@bp.route("/questions/<code>/answer", methods=["GET", "POST"])
@requires("question.answer", question_by_code)
def answer(question: Question) -> ResponseReturnValue:
    """Word the question without names, answer it, and publish both."""
    form = AnswerForm.from_request(
        version=question.version, public_text=question.public_text, answer=question.answer
    )
    if not form.is_accepted():
        return _answer_page(question, form), form.status
    wants_all = request.form.get("act") == "publish"
    try:
        with transaction():
            prepare_answer(
                question,
                public_text=form.public_text.data or "",
                answer=form.answer.data or "",
                version=form.version.data or 0,
                by=me(),
                at=now(),
            )
            if wants_all and not form.is_autosave:
                publish_answer(question, by=me(), at=now())
    except ChangedMeanwhile:
        return _both_versions(question, form)
    except Refused as refusal:
        for sentence in refusal.sentences:
            form.add_error(None, str(sentence))
        return _answer_page(question, form), 409
    if form.is_autosave:
        return saved(question.version, now())
    target = "questions.index" if wants_all else "questions.answer"
    code = question.challenge.code if wants_all else question.code
    return redirect(url_for(target, code=code))


def _both_versions(question: Question, form: AnswerForm) -> ResponseReturnValue:
    stored = {"public_text": question.public_text, "answer": question.answer}
    if form.is_autosave:
        return conflict(form, stored, question.version)
    form.version.data, form.version.raw_data = question.version, None
    return _answer_page(question, form, rows=form.differences(stored)), 409


def _answer_page(question: Question, form: AnswerForm, rows: Any = ()) -> str:
    public = f"{form.public_text.data or ''}\n{form.answer.data or ''}"
    return render_template(
        "questions/answer.html",
        question=question,
        challenge=question.challenge,
        form=form,
        rows=rows,
        tells=names_in(public, question),
        is_waiting=question.state is QuestionState.ASKED,
        refusals=LIFECYCLE.refusals("publish", question, now()),
    )


@bp.post("/questions/<code>/withdraw")
@requires("question.withdraw", question_by_code)
def withdraw(question: Question) -> ResponseReturnValue:
    """Take your question back."""
    form = WithdrawForm.from_request()
    if not form.is_accepted():
        return _ask_page(question.challenge, AskForm.from_request(text="")), 422
    with transaction():
        withdraw_question(question, by=me(), at=now())
    return redirect(url_for("questions.ask", code=question.challenge.code))

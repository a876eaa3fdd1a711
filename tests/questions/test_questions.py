"""Asked by one, answered for all: without the asker's name, numbered, at the same moment."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event, select

from sir.journal.models import Entry
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.kernel.transaction import transaction
from sir.notices.models import Letter
from sir.people.models import Role
from sir.questions.models import Question, QuestionState
from sir.questions.queries import published_answers, waiting_questions
from sir.questions.rules import is_overdue, names_in
from sir.questions.services import (
    ChangedMeanwhile,
    ask_question,
    prepare_answer,
    publish_answer,
    withdraw_question,
)
from sir.web.letters import rendered
from tests.makers import (
    NOON,
    make_challenge,
    make_founder,
    make_startup,
    make_team_member,
)

MS = timedelta(milliseconds=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def open_challenge(app):
    return make_challenge(questions_close_at=NOON + HOUR / 2, answers_by=date(2026, 6, 1))


@pytest.fixture
def asker(app):
    return make_founder(make_startup(name="Klinkerwerk B.V."))


@pytest.fixture
def officer(open_challenge):
    return make_team_member(Role.OFFICER, open_challenge)


def ask(challenge, asker, text="Mogen wij satellieten gebruiken?", at=NOON):
    with transaction():
        return ask_question(challenge, text=text, by=asker, at=at)


def answer(question, officer, at=NOON, **texts):
    with transaction():
        prepare_answer(
            question,
            **{"public_text": question.text, "answer": "Ja, dat mag."} | texts,
            version=question.version,
            by=officer,
            at=at,
        )
        publish_answer(question, by=officer, at=at)


@pytest.mark.parametrize("offset", [-MS, timedelta(0), MS])
def test_questions_close_at_their_own_instant(open_challenge, asker, offset):
    at = open_challenge.questions_close_at + offset
    if offset < timedelta(0):
        assert ask(open_challenge, asker, at=at).state is QuestionState.ASKED
        return
    with pytest.raises(Refused):
        ask(open_challenge, asker, at=at)


def test_the_officer_gets_a_letter_without_question_or_asker(open_challenge, asker, officer):
    ask(open_challenge, asker)

    letter = db.session.scalar(select(Letter))
    _subject, words = rendered(letter)
    assert letter.to == officer.email
    for secret in ("satelliet", asker.name, "Klinkerwerk"):
        assert secret not in str(letter.words) + words


def test_who_asked_stands_in_no_journal(open_challenge, asker):
    ask(open_challenge, asker)

    assert db.session.scalars(select(Entry.actor)).all() == [""]


def test_answers_are_numbered_in_order_of_publication(open_challenge, asker, officer):
    first, second = (ask(open_challenge, asker, text) for text in ("Vraag een?", "Vraag twee?"))
    answer(second, officer)
    answer(first, officer)

    rows = published_answers(open_challenge)
    assert [(row.number, row.question) for row in rows] == [(1, "Vraag twee?"), (2, "Vraag een?")]


def test_everyone_who_asked_hears_of_every_answer(open_challenge, asker, officer):
    other = make_founder(make_startup())
    mine, _theirs = ask(open_challenge, asker), ask(open_challenge, other)
    answer(mine, officer)

    letters = db.session.scalars(
        select(Letter).where(Letter.template == "questions/answered").order_by(Letter.id)
    ).all()
    assert {letter.to: letter.words["is_own"] for letter in letters} == {
        asker.email: True,
        other.email: False,
    }
    for letter in letters:
        assert asker.name not in rendered(letter)[1]


def test_an_empty_answer_is_not_published(open_challenge, asker, officer):
    question = ask(open_challenge, asker)
    with pytest.raises(Refused, match="Schrijf het antwoord"):
        answer(question, officer, answer=" ")

    assert published_answers(open_challenge) == []


def test_an_answer_after_the_deadline_is_refused(open_challenge, asker, officer):
    question = ask(open_challenge, asker)
    with pytest.raises(Refused, match="te laat"):
        answer(question, officer, at=open_challenge.closes_at)


def test_an_asker_withdraws_before_and_not_after_publication(open_challenge, asker, officer):
    first, second = ask(open_challenge, asker), ask(open_challenge, asker)
    with transaction():
        withdraw_question(first, by=asker, at=NOON)
    answer(second, officer)
    with pytest.raises(Refused):
        withdraw_question(second, by=asker, at=NOON)

    assert first.state is QuestionState.WITHDRAWN
    assert list(waiting_questions(officer)) == []


def test_an_older_wording_does_not_overwrite_a_newer(open_challenge, asker, officer):
    question = ask(open_challenge, asker)
    seen = question.version
    texts = {"public_text": "Een", "answer": "Twee", "by": officer, "at": NOON}
    with transaction():
        prepare_answer(question, version=seen, **texts)
    with pytest.raises(ChangedMeanwhile), transaction():
        prepare_answer(question, version=seen, **texts | {"answer": "Drie"})

    assert question.answer == "Twee"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Wij van Klinkerwerk willen weten", ["Klinkerwerk"]),
        ("KLINKERWERK b.v. vraagt", ["KLINKERWERK b.v."]),
        ("Wij maken klinkerwerken", []),
        ("Mail {email}", ["{email}"]),
        ("Groet, {name}", ["{name}"]),
        ("Mogen wij satellieten gebruiken?", []),
    ],
)
def test_names_in_a_public_text_are_pointed_out(open_challenge, asker, text, found):
    question = ask(open_challenge, asker)
    words = {"email": asker.email, "name": asker.name}

    assert names_in(text.format(**words), question) == [one.format(**words) for one in found]


def test_answers_are_late_after_their_last_day(open_challenge, asker):
    question = ask(open_challenge, asker)

    assert not is_overdue(question, NOON + timedelta(hours=11, minutes=59))
    assert is_overdue(question, NOON + timedelta(hours=12))  # midnight in Amsterdam


def test_a_question_goes_through_the_pages(visitor, open_challenge, asker, officer):
    ask_path = f"/challenges/{open_challenge.code}/ask"
    sent = visitor.as_(asker).hand_in(ask_path, text="Mag Klinkerwerk satellieten gebruiken?")
    assert sent.status_code == 302
    question = db.session.scalar(select(Question))
    inbox = visitor.as_(officer).get(f"/challenges/{open_challenge.code}/questions").text
    assert asker.name in inbox
    path = f"/questions/{question.code}/answer"
    assert "We vonden: “Klinkerwerk" in visitor.get(path).text
    done = visitor.hand_in(
        path,
        version=1,
        public_text="Mogen wij satellieten gebruiken?",
        answer="Ja, dat mag.",
        act="publish",
    )

    assert done.status_code == 302
    everyone = visitor.as_(make_founder(make_startup())).get(ask_path).text
    assert "Ja, dat mag." in everyone
    for secret in (asker.name, "Klinkerwerk", asker.email):
        assert secret not in everyone


def test_the_owner_sees_that_something_waits_but_not_what_or_who(
    visitor, open_challenge, asker, officer
):
    ask(open_challenge, asker)
    owner = make_team_member(Role.OWNER, open_challenge)
    page = visitor.as_(owner).get(f"/challenges/{open_challenge.code}/questions").text

    for secret in ("satelliet", asker.name, "Klinkerwerk"):
        assert secret not in page
    assert "anoniem" in page


def test_only_the_asker_withdraws_and_only_the_officer_answers(visitor, open_challenge, asker):
    question = ask(open_challenge, asker)
    visitor.as_(make_founder(make_startup()))
    assert visitor.post(f"/questions/{question.code}/withdraw").status_code == 404
    assert visitor.get(f"/questions/{question.code}/answer").status_code == 404
    visitor.as_(asker)
    assert visitor.get(f"/questions/{question.code}/answer").status_code == 404
    path = f"/questions/{question.code}/withdraw"
    gone = visitor.hand_in(path, _from=f"/challenges/{open_challenge.code}/ask")
    assert gone.status_code == 302
    assert question.state is QuestionState.WITHDRAWN


def test_two_versions_of_an_answer_are_both_shown(visitor, open_challenge, asker, officer):
    question = ask(open_challenge, asker)
    path = f"/questions/{question.code}/answer"
    visitor.as_(officer)
    visitor.hand_in(path, version=1, public_text="Mag het?", answer="Ja", act="save")
    late = visitor.hand_in(path, version=1, public_text="Mag het?", answer="Nee", act="publish")

    assert late.status_code == 409
    assert "Ja" in late.text
    assert "Nee" in late.text
    assert published_answers(open_challenge) == []


def test_the_answers_take_one_question_to_the_database(app, open_challenge, asker, officer):
    for n in range(3):
        answer(ask(open_challenge, asker, f"Vraag nummer {n}?"), officer)
    statements = []

    def note(_connection, _cursor, statement, *_rest):
        statements.append(statement)

    number = open_challenge.id
    event.listen(db.engine, "before_cursor_execute", note)
    rows = published_answers(open_challenge)
    event.remove(db.engine, "before_cursor_execute", note)

    assert number
    assert len(rows) == 3
    assert len(statements) == 1

"""Where nobody may know who wrote what, the jury asks in writing and the platform carries it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from sir.jury.models import Reply, RoundState
from sir.jury.queries import inquiries_of, items_of
from sir.jury.rules.inquiries import telltales
from sir.jury.services import (
    answer_inquiry,
    ask_inquiry,
    lock_quality,
    make_ranking,
    make_report,
)
from sir.jury.services.sheets import ChangedMeanwhile
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.notices.models import Letter
from sir.workflows.models import Anonymity
from tests.jury.story import Story
from tests.makers import FROZEN, NOON, make_founder, make_plan
from tests.ports.pdftext import text_of

ASKED = "Op welke straten is de proef van elf weken gedaan, en met welke meter?"
SAID = "Op de Kade en de Singel, met een meter van klasse 1 die elk uur werd geijkt."
DUE = NOON + timedelta(days=2)


def conferring(proposals=3, anonymity=Anonymity.UNTIL_DECISION):
    story = Story(proposals=proposals, plan=make_plan(anonymity=anonymity, **FROZEN)).written()
    story.founders = [make_founder(row.bidder) for row in story.proposals]
    for number, founder in enumerate(story.founders):
        founder.email = f"founder{number}@startup{number}.nl"
    return story.conferring()


def asks(story, numbers=(1, 2, 3), **given):
    inquiry = ask_inquiry(
        story.round,
        **{
            "text": ASKED,
            "proposals": [row for row in story.proposals if row.number in numbers],
            "due_at": DUE,
            "by": story.chair.person,
            "at": story.at,
        }
        | given,
    )
    db.session.flush()
    return inquiry


def answers(app, story, reply, text=SAID, **given):
    founder = story.founders[story.proposals.index(reply.proposal)]
    answer_inquiry(
        reply,
        **{
            "text": text,
            "version": reply.version,
            "vault": app.extensions["sir.vault"],
            "by": founder,
            "at": story.at,
        }
        | given,
    )
    db.session.flush()


# -- What tells who wrote it -------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Wij van STILLE straten doen dat elke week.", ["Stille Straten B.V."]),
        ("Ons nummer is 12 34 56.78.", ["12345678"]),
        ("Zie www.stillestraten.nl/proef.", ["stillestraten.nl"]),
        ("Mail ad@stillestraten.nl.", ["stillestraten.nl"]),
        ("Vraag het Ad van Een.", ["Ad van Een"]),
        ("De straten werden stille straatjes, eén voor eén.", []),
        ("Meting 123456789 gaf 41 decibel.", []),
        ("Wij gebruiken gmail.com niet, en ook niet instillestraten.nl.", []),
    ],
)
def test_a_name_a_number_or_a_domain_tells_who_wrote_it(text, found):
    told = telltales(
        text,
        names=["Stille Straten B.V.", "Ad van Een", "S", ""],
        numbers=["12345678", ""],
        addresses=["https://www.stillestraten.nl", "info@stillestraten.nl", "ad@gmail.com", ""],
    )
    assert told == found


# -- Asking ------------------------------------------------------------------------


def test_everybody_gets_the_same_question_by_mail_and_nobody_a_name(app):
    story = conferring()
    inquiry = asks(story)

    assert (inquiry.number, inquiry.is_for_all, len(inquiry.replies)) == (1, True, 3)
    rows = db.session.scalars(select(Letter).where(Letter.template == "jury/inquiry")).all()
    assert sorted(row.to for row in rows) == sorted(row.email for row in story.founders)
    assert asks(story, (2,)).is_for_all is False


@pytest.mark.parametrize(
    "given",
    [
        {"text": "Waarom?"},
        {"text": "x" * 2001},
        {"proposals": []},
        {"due_at": NOON},
    ],
)
def test_a_question_has_a_text_somebody_to_answer_and_time_to_do_it(app, given):
    story = conferring()
    with pytest.raises(Refused):
        asks(story, **given)


def test_the_jury_asks_only_while_it_confers_without_names_until_the_decision(app):
    with pytest.raises(Refused):
        asks(conferring(anonymity=Anonymity.UNTIL_QUALITY_LOCK))
    story = Story(plan=make_plan(anonymity=Anonymity.UNTIL_DECISION, **FROZEN)).started()
    with pytest.raises(Refused):
        asks(story)


# -- Answering ---------------------------------------------------------------------


def test_an_answer_can_be_replaced_until_the_very_instant_it_is_due(app):
    story = conferring()
    reply = asks(story).replies[0]
    answers(app, story, reply, "Een eerste antwoord.")
    old = reply.version
    answers(app, story, reply, at=DUE - timedelta(microseconds=1))
    assert (reply.text, reply.answered_at) == (SAID, DUE - timedelta(microseconds=1))
    with pytest.raises(ChangedMeanwhile):
        answers(app, story, reply, "Van een collega.", version=old - 1)
    with pytest.raises(Refused, match="voorbij"):
        answers(app, story, reply, "Te laat.", at=DUE)
    assert reply.text == SAID


def test_an_answer_that_names_its_writer_is_refused_with_the_words_it_is_about(app):
    story = conferring()
    reply = asks(story).replies[0]
    bidder = reply.proposal.bidder
    for telling in (f"Wij zijn {bidder.name}.", f"KvK {bidder.kvk}", "founder0@startup0.nl"):
        with pytest.raises(Refused, match="vertelt de jury wie u bent"):
            answers(app, story, reply, f"{SAID} {telling}")
    assert (reply.text, reply.answered_at) == ("", None)
    answers(app, story, reply)


def test_the_scores_are_not_settled_while_an_answer_can_still_come_in(app):
    story = conferring()
    for item in items_of(story.round):
        story.agrees(item, 4)
    asks(story)
    with pytest.raises(Refused, match="vraag open"):
        lock_quality(story.round, by=story.chair.person, at=DUE - timedelta(seconds=1))
    lock_quality(story.round, by=story.chair.person, at=DUE)
    assert story.round.state is RoundState.QUALITY_LOCKED


def test_question_and_answer_are_in_the_signed_report_by_number(app):
    story = conferring(proposals=2)
    for item in items_of(story.round):
        story.agrees(item, 4)
    first, _second = asks(story).replies
    answers(app, story, first)
    lock_quality(story.round, by=story.chair.person, at=DUE)
    ranking = make_ranking(story.round, by=story.secretary, at=DUE)
    ports = {name: app.extensions[f"sir.{name}"] for name in ("press", "store")}
    report = make_report(ranking, by=story.secretary, at=DUE, **ports)

    text = "".join(text_of(ports["store"].fetch(report.pdf)).split())

    for said in ("Schriftelijke vragen", ASKED, SAID, "Er is geen antwoord gekomen."):
        assert "".join(said.split()) in text
    assert "StartupAA" not in text


# -- The pages ---------------------------------------------------------------------


def test_a_question_goes_from_the_chair_to_a_bidder_and_back_in_pages(app, visitor, clock):
    story = conferring()
    path = f"/rounds/{story.round.code}/inquiries"
    visitor.as_(story.chair.person)
    assert path in visitor.get(f"/challenges/{story.challenge.code}/jury").text
    asking = visitor.get(path).text.partition('name="text"')[0].rpartition("<form")[2]
    assert 'name="csrf_token"' in asking
    due = {"due_at-day": "3", "due_at-month": "6", "due_at-year": "2026", "due_at-time": "12.00"}
    assert visitor.hand_in(path, text=ASKED, **due).status_code == 422
    answer = visitor.hand_in(path, text=ASKED, numbers=["2"], **due)
    assert answer.status_code == 302
    (inquiry,) = inquiries_of(story.round)
    (reply,) = inquiry.replies
    visitor.as_(story.founders[1])
    assert "Beantwoord een vraag van de jury" in visitor.get("/desk").text
    own = f"/inquiries/{reply.code}"
    assert ASKED in visitor.get(own).text

    bad = visitor.hand_in(own, version=reply.version, text=f"{SAID} Groet, Startup AB")
    assert bad.status_code == 422
    assert "Startup AB" in bad.text
    assert SAID in bad.text
    good = visitor.hand_in(own, version=reply.version, text=SAID)
    assert good.status_code == 302
    stale = visitor.hand_in(own, version="1", text="Iets anders.")
    assert stale.status_code == 409
    assert SAID in stale.text

    item = next(row for row in items_of(story.round) if row.proposal.number == 2)
    visitor.as_(story.jury[1].person)
    assert SAID not in visitor.get(path).text
    assert SAID not in visitor.get(f"/consensus/{item.code}").text
    clock.at = DUE
    page = visitor.as_(story.jury[1].person).get(path).text
    assert SAID in page
    assert "Startup AB" not in page
    assert SAID in visitor.get(f"/consensus/{item.code}").text
    assert "<textarea" not in visitor.as_(story.founders[1]).get(own).text


def test_nobody_else_asks_answers_or_reads(app, visitor):
    story = conferring()
    reply = asks(story).replies[0]
    path, own = f"/rounds/{story.round.code}/inquiries", f"/inquiries/{reply.code}"
    for person in (story.founders[1], story.owner, story.chair.person, story.secretary):
        assert visitor.as_(person).get(own).status_code in {403, 404}
    for person in (story.founders[0], story.owner):
        assert visitor.as_(person).get(path).status_code == 404
    visitor.as_(story.jury[1].person)
    assert "<textarea" not in visitor.get(path).text
    assert visitor.post(path, data={"text": ASKED}).status_code == 403
    assert db.session.get(Reply, reply.id).text == ""


def test_a_jury_that_reads_with_names_later_has_no_page_of_written_questions(app, visitor):
    story = conferring(anonymity=Anonymity.UNTIL_QUALITY_LOCK)
    visitor.as_(story.chair.person)
    assert visitor.get(f"/rounds/{story.round.code}/inquiries").status_code == 404

"""Before anybody is invited: what is public of a candidate, and a look that tells little."""

import re

import pytest

from sir.challenges.models import ChallengeState
from sir.jury.models import Answer, InterestKind, SeatKind
from sir.jury.queries import known_of
from sir.jury.services import add_interest, answer_on, ask_for_check, note_candidate, sign_register
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.people.models import Membership, Role
from sir.residency.models import Residency
from tests.jury.story import Story
from tests.makers import (
    NOON,
    make_challenge,
    make_founder,
    make_member,
    make_person,
    make_seat,
    make_startup,
    save,
)

WHY = "De kandidaat werkte tot vorig jaar bij Startup AA."


def story_of(**given):
    """A challenge whose proposals are opened, guarded by an integrity officer."""
    story = Story(**given).written()
    story.guard = make_member(Role.INTEGRITY_OFFICER, story.challenge.buyer)
    return story


def notes(story, person=None, **given):
    person = person or make_person()
    candidate = note_candidate(
        story.challenge,
        **{
            "name": person.name,
            "email": person.email.upper(),
            "function": "jurylid",
            "by": story.secretary,
            "at": NOON,
        }
        | given,
    )
    db.session.flush()
    return candidate


def asks(story, candidate):
    ask_for_check(candidate, by=story.secretary, at=NOON)
    db.session.flush()
    return candidate


def answers(story, candidate, answer=Answer.DO_NOT_SEAT, reason=WHY, **given):
    known = {"answer": answer, "reason": reason, "by": story.guard, "at": NOON}
    answer_on(candidate, **known | given)
    db.session.flush()


def lists(person, **given):
    """Let somebody sign a register with one tie."""
    add_interest(kind=InterestKind.EMPLOYER, by=person, at=NOON, **given)
    db.session.flush()
    sign_register(has_none=False, by=person, at=NOON)
    db.session.flush()


def test_a_candidate_is_noted_once_and_nobody_is_written_to(app):
    story = story_of()
    candidate = notes(story)
    assert (candidate.email, candidate.answer) == (candidate.email.lower(), None)
    with pytest.raises(Refused):
        notes(story, name="Ander", email=candidate.email)


def test_an_answer_needs_a_question_a_reason_and_somebody_without_a_part_in_it(app):
    story = story_of()
    candidate = notes(story)
    with pytest.raises(Refused):
        answers(story, candidate)
    asks(story, candidate)
    with pytest.raises(Refused):
        answers(story, candidate, reason="Nee.")
    with pytest.raises(Refused):
        answers(story, candidate, by=make_founder(story.proposals[0].bidder))
    answers(story, candidate, Answer.CANNOT_SAY)
    answers(story, candidate, Answer.SEAT)
    with pytest.raises(Refused):
        answers(story, candidate)
    with pytest.raises(Refused):
        asks(story, candidate)


def test_who_is_advised_against_is_not_invited(app):
    story = story_of()
    person = make_person()
    answers(story, asks(story, notes(story, person)))
    with pytest.raises(Refused, match="raadt af"):
        story.seat(person=person, accepts=False)
    assert story.seat(accepts=False).label == "J1"


def test_a_secretary_sees_what_is_public_of_a_candidate_and_no_more(app):
    story = story_of()
    person = make_member(Role.AUDITOR, story.challenge.buyer)
    startup = make_startup(name="Geheim BV")
    save_member(person, startup)
    own = make_challenge(buyer=story.challenge.buyer, state=ChallengeState.PUBLISHED)
    elsewhere = make_challenge(state=ChallengeState.PUBLISHED)
    done = make_challenge(state=ChallengeState.AWARDED)
    for number, challenge in enumerate((own, elsewhere, done)):
        make_seat(challenge, person=person, function=f"functie {number}")
    lists(person, organisation="Startup AA")

    known = known_of(notes(story, person), NOON)

    assert known.bodies == (story.challenge.buyer.name,)
    assert [function for _title, function in known.juries] == ["functie 0", "functie 2"]
    assert (known.has_account, known.has_register) == (True, True)
    stranger = notes(story, name="Onbekend", email="niemand@elders.nl")
    assert known_of(stranger, NOON).has_account is False


def save_member(person, organisation):
    save(
        Membership(
            person_id=person.id,
            organisation_id=organisation.id,
            role=Role.STARTUP_MEMBER,
            since=NOON,
        )
    )


# -- The pages -------------------------------------------------------------------


def test_the_secretary_notes_asks_hears_and_invites_in_pages(app, visitor):
    story = story_of()
    room = f"/challenges/{story.challenge.code}/jury"
    visitor.as_(story.secretary)
    assert f"{room}/candidates" in visitor.get(room).text
    sent = {"name": "Noor Bos", "email": "noor@elders.nl", "organisation": "Waterschap"}
    sent["function"] = "jurylid"
    answer = visitor.hand_in(f"{room}/candidates", **sent)
    page = answer.location
    assert "Waterschap" in visitor.get(page).text
    assert visitor.hand_in(f"{room}/candidates", **sent).status_code == 422
    assert visitor.hand_in(f"{page}/ask", _from=page).status_code == 302
    assert visitor.get(f"{page}/check").status_code == 403
    visitor.as_(story.guard)
    assert "kandidaat in de jury kan" in visitor.get("/desk").text
    assert f"{page}/check" in visitor.get(f"{room}/integrity").text
    assert visitor.hand_in(f"{page}/check", answer="seat", reason="kort").status_code == 422
    assert visitor.hand_in(f"{page}/check", answer="seat", reason=WHY).status_code == 302
    assert "kandidaat in de jury kan" not in visitor.get("/desk").text
    visitor.as_(story.secretary)
    told = visitor.get(page).text
    assert "kan in de jury" in told
    assert WHY not in told
    invite = re.search(r'href="([^"]*invite\?candidate=[^"]*)"', told)[1]
    assert 'value="noor@elders.nl"' in visitor.get(invite).text
    visitor.as_(story.guard)
    assert visitor.get(page).status_code == 404


def test_while_proposals_are_sealed_only_what_is_published_is_compared(app, visitor):
    story = story_of()
    winner = make_startup(name="Eerder Gewonnen", kvk="87654321", website="https://gewonnen.nl")
    founder = make_founder(winner)
    won = make_challenge(state=ChallengeState.AWARDED)
    save(Residency(code="RES1", challenge=won, startup=winner, created_at=NOON))
    person = make_person(email="ad@gewonnen.nl")
    lists(person, kvk=story.proposals[0].bidder.kvk, organisation=founder.name)
    candidate = asks(story, notes(story, person))
    path = f"/candidates/{candidate.code}/check"
    story.challenge.state = ChallengeState.PUBLISHED

    page = visitor.as_(story.guard).get(path).text

    assert "Eerder Gewonnen" in page
    assert "gewonnen.nl" in page
    assert story.proposals[0].bidder.name not in page
    story.challenge.state = ChallengeState.OPENED
    page = visitor.get(path).text
    assert story.proposals[0].bidder.name in page
    assert "Eerder Gewonnen" not in page


def test_a_match_changes_nothing_that_the_secretary_sees(app, visitor):
    """Two worlds: the candidate has a tie with a bidder, or none."""
    story = story_of()
    person = make_person()
    sign_register(has_none=True, by=person, at=NOON)
    candidate = asks(story, notes(story, person))
    room = f"/challenges/{story.challenge.code}/jury"
    paths = [f"/candidates/{candidate.code}", f"{room}/candidates", room, "/desk"]

    def seen():
        visitor.as_(story.secretary)
        pages = [visitor.get(path) for path in paths]
        return [
            (page.status_code, re.sub(r'name="csrf_token"[^>]*>', "", page.text)) for page in pages
        ]

    before = seen()
    lists(person, organisation="Startup AA")
    check = visitor.as_(story.guard).get(f"/candidates/{candidate.code}/check").text
    assert story.proposals[0].bidder.name in check
    assert seen() == before


def test_only_who_guards_integrity_looks_and_an_auditor_afterwards(app, visitor):
    story = story_of()
    candidate = asks(story, notes(story))
    answers(story, candidate)
    seat = story.seat("voorzitter", SeatKind.CHAIR)
    auditor = make_member(Role.AUDITOR, story.challenge.buyer)
    page, check = f"/candidates/{candidate.code}", f"/candidates/{candidate.code}/check"

    def statuses(person):
        visitor.as_(person)
        return [visitor.get(path).status_code for path in (page, check)]

    assert statuses(story.guard) == [404, 200]
    assert statuses(story.officer) == [200, 403]
    assert statuses(seat.person) == [404, 404]
    assert statuses(auditor) == [404, 404]
    story.challenge.state = ChallengeState.AWARDED
    assert statuses(auditor) == [404, 200]
    assert WHY in visitor.get(check).text
    token = visitor.token("/account/interests")
    sent = {"csrf_token": token, "answer": "seat", "reason": WHY}
    assert visitor.post(check, data=sent).status_code == 404

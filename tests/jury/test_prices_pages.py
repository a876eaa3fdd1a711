"""The pages of the prices: who sees what when, two keys, and where the prices show afterwards."""

import csv
import io
from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from sir.challenges.models import TeamPlace
from sir.decisions.document import letter_document
from sir.decisions.services import prepare_decision
from sir.journal.models import Entry
from sir.jury.models import PriceDeclaration, RoundState, Tie
from sir.jury.queries import bidders_of, prices_of
from sir.jury.services import declare_price_ties, finish_pitches, lock_quality, reassess
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.people.models import Role
from sir.people.rules.factors import code_at
from sir.proposals.queries import opening_of
from sir.workflows.models import PitchKind
from tests.jury.priced import MINUTE, Priced, PricedFinals
from tests.jury.story import Story
from tests.makers import NOON, make_founder, make_member, save
from tests.ports.pdftext import text_of

WHY = "De laagste inschrijver viel af na een onjuiste verklaring."


def at(story, part=""):
    return f"/rounds/{story.round.code}/prices{part}"


def turns(visitor, clock, story, official, key, **typed):
    """Turn a key on the page, as this official, with the code their app shows now."""
    visitor.as_(official.person)
    code = typed.get("code") or code_at(official.secret, clock.at)
    return visitor.hand_in(at(story, f"/{key}"), _from=at(story), code=code)


def test_an_official_and_the_assessor_open_the_prices_on_the_page(app, visitor, clock):
    story = Priced().locked(6, 5, 4)
    officer, assessor = story.keys.officer, story.keys.assessor
    shut = visitor.as_(assessor.person).get(at(story)).text

    first = turns(visitor, clock, story, officer, "start")
    waiting = visitor.get(at(story)).text
    clock.at = NOON + MINUTE
    second = turns(visitor, clock, story, assessor, "complete")
    page = visitor.get(at(story)).text

    assert first.status_code == second.status_code == 302
    assert "30.000" not in shut
    assert "Draai de eerste sleutel om" in shut
    assert "Vraag de andere van de twee" in waiting
    assert "De prijzen zijn open" in page
    assert all(amount in page for amount in ("30.000", "20.000", "10.000"))
    assert "The prices are open" in visitor.get("/en" + at(story)).text
    assert visitor.get(at(story, "/record.pdf")).data.startswith(b"%PDF")
    assert story.round.state is RoundState.PRICE_OPENED


def test_before_the_lock_the_page_says_what_it_waits_for_and_the_keys_are_refused(
    app, visitor, clock
):
    story = Priced().agreed()
    page = visitor.as_(story.keys.officer.person).get(at(story))

    assert page.status_code == 200
    assert "De prijzen zijn verzegeld" in page.text
    assert "sleutel om" not in page.text
    token = visitor.token("/desk")
    answer = visitor.post(at(story, "/start"), data={"csrf_token": token, "code": "123456"})
    assert answer.status_code == 409
    assert opening_of(story.challenge, 1) is None


def test_a_wrong_code_and_the_same_person_are_told_on_the_page_and_noted(app, visitor, clock):
    story = Priced().locked()
    officer = story.keys.officer

    wrong = turns(visitor, clock, story, officer, "start", code="000000")
    right = turns(visitor, clock, story, officer, "start")
    clock.at = NOON + 2 * MINUTE
    token = visitor.token("/desk")
    code = code_at(officer.secret, clock.at)
    same = visitor.post(at(story, "/complete"), data={"csrf_token": token, "code": code})

    assert (wrong.status_code, right.status_code, same.status_code) == (422, 302, 409)
    assert "U draaide de eerste sleutel" in same.text
    denied = select(Entry).where(Entry.result == "denied", Entry.act.like("prices.%"))
    assert {row.act for row in db.session.scalars(denied)} == {"prices.started", "prices.opened"}


@pytest.mark.parametrize("path", ["", "/record.pdf"])
def test_nobody_on_the_jury_and_no_bidder_comes_near_before_the_ranking(app, visitor, clock, path):
    story = Priced().locked().opens(clock)
    people = [seat.person for seat in story.jury]
    people += [story.owner, make_founder(story.proposals[0].bidder)]
    people.append(make_member(Role.AUDITOR, story.challenge.buyer))

    for person in people:
        assert visitor.as_(person).get(at(story, path)).status_code == 404
    story.ranks()
    assert visitor.as_(story.jury[1].person).get(at(story, path)).status_code == 200
    assert visitor.as_(people[-2]).get(at(story, path)).status_code == 404


def test_a_juror_who_is_put_in_as_assessor_sees_no_price(app, visitor, clock):
    story = Priced().locked().opens(clock)
    juror = story.jury[1].person
    save(TeamPlace(challenge_id=story.challenge.id, person_id=juror.id,
                   role=Role.PRICE_ASSESSOR, since=NOON))  # fmt: skip
    db.session.commit()

    assert visitor.as_(juror).get(at(story)).status_code == 404


def test_the_assessor_reads_prices_and_no_score(app, visitor, clock):
    story = Priced().locked().opens(clock)
    visitor.as_(story.keys.assessor.person)
    code = story.round.code

    assert visitor.get(at(story)).status_code == 200
    for path in (f"/rounds/{code}/agenda", f"/rounds/{code}/diagnosis", f"/rounds/{code}/rank"):
        assert visitor.get(path).status_code == 404
    assert visitor.get(f"/challenges/{story.challenge.code}/jury").status_code == 404


def test_without_a_price_in_the_plan_there_is_no_such_page(app, visitor):
    story = Story().agreed()

    assert visitor.as_(story.officer).get(at(story)).status_code == 404
    room = visitor.as_(story.secretary).get(f"/challenges/{story.challenge.code}/jury").text
    assert "prijzen" not in room


def test_ranking_is_refused_until_the_prices_are_open_and_the_room_says_where(app, visitor, clock):
    story = Priced().locked()
    secretary = story.keys.secretary.person
    visitor.as_(secretary)
    room = f"/challenges/{story.challenge.code}/jury"

    early = visitor.hand_in(f"/rounds/{story.round.code}/rank")
    before = visitor.get(room).text
    story.opens(clock)
    after = visitor.as_(secretary).get(room).text
    late = visitor.hand_in(f"/rounds/{story.round.code}/rank")

    assert early.status_code == 409
    assert "Open samen de prijzen" in before
    assert "Maak de rangorde" not in before
    assert "De prijzen" in after
    assert late.status_code == 302


def test_the_ranking_and_every_file_show_price_and_points(app, visitor, clock):
    story = Priced(("12.345,67", "20.000", "30.000")).locked(6, 5, 4).opens(clock)
    ranking = story.ranks()
    db.session.commit()
    visitor.as_(story.keys.secretary.person)

    page = visitor.get(f"/rankings/{ranking.code}").text
    rows = list(csv.reader(io.StringIO(
        visitor.get(f"/rankings/{ranking.code}.csv").data.decode("utf-8-sig")), delimiter=";",
    ))  # fmt: skip
    data = visitor.get(f"/rankings/{ranking.code}.json").get_json()

    assert "12.345,67" in page
    assert "44,14 van 50" in page
    assert rows[0][-2:] == ["Prijs, exclusief btw", "Punten voor de prijs"]
    assert rows[1][-2:] == ["12345,67", "44,14"]
    assert data["prices"]["1"] == "12345.67"
    for kind in ("xlsx", "ods"):
        assert visitor.get(f"/rankings/{ranking.code}.{kind}").data[:2] == b"PK"


def test_while_a_new_round_judges_its_jury_cannot_look_at_the_old_prices(app, visitor, clock):
    story = Priced().locked().opens(clock)
    ranking = story.ranks()
    juror, secretary = story.jury[1].person, story.keys.secretary.person
    old = story.round
    db.session.commit()
    paths = [f"/rankings/{ranking.code}", f"/rankings/{ranking.code}.json", at(story)]
    assert all(visitor.as_(juror).get(path).status_code == 200 for path in paths)

    reassess(old, reason=WHY, due_at=NOON + timedelta(days=9), by=story.secretary, at=NOON)
    db.session.commit()

    assert all(visitor.as_(juror).get(path).status_code == 404 for path in paths)
    assert all(visitor.as_(secretary).get(path).status_code == 200 for path in paths)


def test_each_letter_tells_its_own_price_and_that_of_the_winner(app, visitor, clock):
    story = Priced(("30.000", "12.345,67")).locked(6, 5).opens(clock)
    story.signed(story.ranks())
    decision = prepare_decision(story.challenge, by=story.secretary, at=NOON)
    db.session.flush()

    won, lost = decision.letters
    paper = app.extensions["sir.press"].pdf(letter_document(lost, at=NOON), NOON)
    words = text_of(paper)

    assert won.content["price"] == {"amount": "12345.67", "points": "44.14", "weight": "50"}
    assert lost.content["price"]["amount"] == "30000"
    assert "Uwprijs,exclusiefbtw€30.000,00" in words
    assert "0,00van50" in words
    assert "44,14van50" in words


def test_the_desk_tells_both_what_waits_for_them_and_only_then(app, visitor, clock):
    story = Priced().agreed()
    assessor, officer = story.keys.assessor.person, story.keys.officer.person
    db.session.commit()
    task = "Open de prijzen met een collega"

    assert task not in visitor.as_(assessor).get("/desk").text
    lock_quality(story.round, by=story.chair.person, at=NOON)
    db.session.commit()
    assert task in visitor.as_(assessor).get("/desk").text
    assert task in visitor.as_(officer).get("/desk").text
    story.opens(clock)
    assert task not in visitor.as_(assessor).get("/desk").text


def test_who_reads_the_prices_is_written_down(app, visitor, clock):
    story = Priced().locked().opens(clock)
    visitor.as_(story.keys.assessor.person).get(at(story))

    read = select(Entry).where(Entry.act == "price.read")
    assert db.session.scalars(read).first() is not None


def test_after_the_pitches_the_final_ranking_is_made_on_the_page_with_its_reason(
    app, visitor, clock
):
    story = PricedFinals(kind=PitchKind.CLARIFY).held()
    finish_pitches(story.round, by=story.chair.person, at=NOON)
    db.session.commit()
    secretary = story.keys.secretary.person
    early = visitor.as_(secretary).get(f"/rankings/{story.first.code}").text
    room = visitor.get(f"/challenges/{story.challenge.code}/jury").text
    story.opens(clock, at=NOON + timedelta(days=3))
    visitor.as_(secretary)
    path = f"/rounds/{story.round.code}/rank"
    page = visitor.get(path).text

    final = visitor.hand_in(path, reason="De finalisten hebben gepitcht.")

    assert "Deze rangorde gaat alleen over kwaliteit" in early
    assert "Open samen de prijzen" in room
    assert "De finalisten hebben gepitcht." in page
    assert final.status_code == 302
    assert "20.000" in visitor.get(final.location).text


# -- The word of the assessor ------------------------------------------------------------


def undeclared(story):
    db.session.execute(delete(PriceDeclaration))
    db.session.commit()
    return story


def test_an_assessor_without_a_declaration_opens_no_price_and_is_asked_for_it(app, visitor, clock):
    story = undeclared(Priced().locked())
    bidders = bidders_of(story.challenge)
    assessor = story.keys.assessor.person
    with pytest.raises(Refused, match="Meld eerst uw banden"):
        story.starts(clock, story.keys.assessor)
    path = at(story, "/ties")
    assert visitor.as_(story.officer).get(path).status_code in {403, 404}
    assert path in visitor.as_(assessor).get(at(story)).text
    assert visitor.hand_in(path, **{f"tie_{bidders[0].id}": "none"}).status_code == 422

    answer = visitor.hand_in(path, **{f"tie_{row.id}": "none" for row in bidders})

    assert answer.status_code == 302
    story.opens(clock)
    assert story.round.prices_opened_at is not None


@pytest.mark.parametrize("tie", [Tie.SOFT, Tie.HARD])
def test_an_assessor_with_a_tie_opens_no_price(app, visitor, clock, tie):
    story = undeclared(Priced().locked())
    story.declares_for_prices(tie, "Oud-collega van de oprichter.")
    story.starts(clock)

    with pytest.raises(Refused, match="andere prijsbeoordelaar"):
        story.completes(clock)

    assert prices_of(story.round) == []
    page = visitor.as_(story.keys.assessor.person).get(at(story)).text
    assert "andere prijsbeoordelaar" in page


def test_nobody_else_declares_for_the_prices(app):
    story = undeclared(Priced().locked())
    ties = {row.id: (Tie.NONE, "") for row in bidders_of(story.challenge)}

    with pytest.raises(Refused, match="Alleen de prijsbeoordelaar"):
        declare_price_ties(story.challenge, ties=ties, by=story.officer, at=NOON)

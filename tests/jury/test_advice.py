"""An adviser reads everything, scores nothing, and is read only once the jury confers."""

import pytest
from sqlalchemy import select

from sir.journal.models import Entry
from sir.journal.services import write_pending
from sir.jury.models import Advice, AdviceRevision, AdviceState, RoundState, SeatKind, Tie
from sir.jury.queries import advice_given, advice_of, advisers_at_work, items_of, sheets_of, tally
from sir.jury.services import (
    lock_quality,
    make_ranking,
    make_report,
    report_tie,
    start_individual,
    submit_advice,
    take_back_advice,
    vacate_seat,
    write_advice,
)
from sir.jury.services.sheets import ChangedMeanwhile
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.notices.models import Letter
from sir.workflows.rules import plan_content
from sir.workflows.rules.content import refill
from tests.jury.story import Story
from tests.makers import make_plan
from tests.ports.pdftext import text_of

WORDS = "De aansluiting op de bronsystemen is duurder dan het voorstel aanneemt."
HOSTILE = '"><script>alert(1)</script>{{ 7*7 }}'


def advised(proposals=2, *, declares=True):
    """A round under way, with an adviser beside the jury."""
    story = Story(proposals=proposals).written().seated()
    story.adviser = story.seat("jurylid", SeatKind.ADVISER)
    story.opened()
    for seat in [*story.jury, *([story.adviser] if declares else [])]:
        story.declares(seat)
    start_individual(story.round, by=story.secretary, at=story.at)
    db.session.flush()
    return story


def own(story):
    return advice_of(story.round, story.adviser)


def writes(story, advice, text=WORDS, **remarks):
    write_advice(
        advice,
        version=advice.version,
        text=text,
        remarks=remarks,
        by=story.adviser.person,
        at=story.at,
    )
    db.session.flush()


def gives(story):
    for advice in own(story):
        writes(story, advice, K1="Dit kan, als de sensor er op tijd is.")
    submit_advice(story.round, story.adviser, by=story.adviser.person, at=story.at)
    db.session.flush()


def confers(story):
    for seat in story.jury:
        story.submits(seat)
    story.confers()


def test_an_adviser_gets_every_proposal_in_an_order_of_their_own_and_no_score_sheet(app):
    story = advised(proposals=5)

    assert sorted(row.proposal.number for row in own(story)) == [1, 2, 3, 4, 5]
    assert [row.position for row in own(story)] == [1, 2, 3, 4, 5]
    assert sheets_of(story.round, story.adviser) == []
    letters = db.session.scalars(select(Letter.template).where(Letter.template == "jury/advise"))
    assert letters.all() == ["jury/advise"]


def test_an_adviser_reads_nothing_before_they_are_cleared_and_everything_from_then_on(app):
    story = advised(declares=False)
    assert own(story) == []

    story.declares(story.adviser)

    assert len(own(story)) == 2
    story.clears()
    assert len(own(story)) == 2


def test_advice_is_kept_by_version_and_what_was_written_before_stays(app):
    story = advised()
    advice, _other = own(story)
    seen = advice.version
    writes(story, advice, K1="Haalbaar.", K9="geen criterium")

    assert (advice.text, advice.remarks) == (WORDS, {"K1": "Haalbaar."})
    with pytest.raises(ChangedMeanwhile):
        write_advice(
            advice,
            version=seen,
            text="Iets anders",
            remarks={},
            by=story.adviser.person,
            at=story.at,
        )
    writes(story, advice, text="Anders")
    kept = db.session.scalars(select(AdviceRevision).order_by(AdviceRevision.number)).all()
    assert [row.content["text"] for row in kept] == [WORDS, "Anders"]
    number = advice.version
    writes(story, advice, text="Anders")
    assert advice.version == number


def test_advice_is_handed_in_together_and_taken_back_while_everybody_works_alone(app):
    story = advised()
    with pytest.raises(Refused):
        submit_advice(story.round, story.adviser, by=story.adviser.person, at=story.at)
    writes(story, own(story)[0])
    submit_advice(story.round, story.adviser, by=story.adviser.person, at=story.at)
    db.session.flush()
    assert {row.state for row in own(story)} == {AdviceState.SUBMITTED}
    assert advisers_at_work(story.round) == []
    with pytest.raises(Refused):
        writes(story, own(story)[0], text="Nog iets")

    take_back_advice(story.round, story.adviser, by=story.adviser.person, at=story.at)
    db.session.flush()

    assert {row.state for row in own(story)} == {AdviceState.DRAFT}
    assert advisers_at_work(story.round) == [story.adviser]


def test_nobody_else_hands_in_an_advisers_words(app):
    story = advised()
    writes(story, own(story)[0])
    with pytest.raises(Refused):
        submit_advice(story.round, story.adviser, by=story.secretary, at=story.at)


def test_the_jury_waits_for_no_adviser_and_a_draft_is_never_read(app):
    story = advised()
    writes(story, own(story)[0])

    confers(story)

    assert story.round.state is RoundState.CONSENSUS
    assert tally(story.round).sheets_missing == 0
    assert advice_given(story.round) == []
    with pytest.raises(Refused):
        submit_advice(story.round, story.adviser, by=story.adviser.person, at=story.at)


def test_what_an_adviser_wrote_who_has_to_leave_is_kept_and_not_read(app):
    story = advised()
    gives(story)
    report_tie(
        story.adviser,
        story.proposals[0].bidder,
        tie=Tie.HARD,
        detail="Mijn broer werkt sinds vorige maand bij dit bedrijf.",
        by=story.adviser.person,
        at=story.at,
    )
    confers(story)

    assert {row.state for row in own(story)} == {AdviceState.VOID}
    assert [row.text for row in own(story)] == [WORDS, WORDS]
    assert advice_given(story.round) == []


def test_an_adviser_who_leaves_is_no_empty_seat_of_the_jury(app):
    story = advised()
    vacate_seat(story.adviser, reason="Verhuisd.", by=story.secretary, at=story.at)
    assert tally(story.round).seats_missing == 0


def test_every_act_of_an_adviser_is_in_the_journal_without_a_word_of_it(app):
    story = advised()
    gives(story)
    take_back_advice(story.round, story.adviser, by=story.adviser.person, at=story.at)
    write_pending()

    rows = db.session.scalars(select(Entry).where(Entry.act.like("advice.%")).order_by(Entry.id))
    kept = [(row.act, row.details) for row in rows]
    assert [act for act, _details in kept] == [
        "advice.handed_out",
        "advice.saved",
        "advice.saved",
        "advice.submitted",
        "advice.taken_back",
    ]
    assert not any("bronsystemen" in details for _act, details in kept)


# -- The pages -------------------------------------------------------------------


def test_the_adviser_writes_and_hands_in_on_pages(app, visitor):
    story = advised()
    visitor.as_(story.adviser.person)
    assert "Adviseer de jury" in visitor.get("/desk").text
    room = visitor.get(f"/challenges/{story.challenge.code}/jury").text
    listed = f"/rounds/{story.round.code}/advice"
    assert listed in room
    assert "/sheets/" not in room
    first, second = own(story)
    page = visitor.get(f"/advice/{first.code}").text
    assert f"Oplossing {first.proposal.number}" in page
    assert first.proposal.bidder.name not in page
    assert visitor.get(f"/advice/{first.code}/proposal.pdf").data.startswith(b"%PDF")

    answer = visitor.hand_in(
        f"/advice/{first.code}", version=first.version, text=HOSTILE, remark_K1="Let op.", next="1"
    )
    assert answer.location.endswith(f"/advice/{second.code}")
    assert "<script>alert" not in visitor.get(f"/advice/{first.code}").text
    answer = visitor.hand_in(f"/advice/{second.code}", version=second.version, text="", next="1")
    assert answer.location.endswith(listed)
    assert "1 van de 2" in visitor.get(listed).text
    answer = visitor.hand_in(f"{listed}/submit", _from=listed)
    assert answer.status_code == 302
    assert visitor.get(f"/advice/{first.code}").text.count("<textarea") == 0
    assert "Adviseer de jury" not in visitor.get("/desk").text
    assert visitor.hand_in(f"{listed}/take-back", _from=listed).status_code == 302


def test_two_tabs_show_both_texts_and_lose_none(app, visitor):
    story = advised()
    advice = own(story)[0]
    visitor.as_(story.adviser.person)
    path = f"/advice/{advice.code}"
    old = advice.version
    visitor.hand_in(path, version=old, text="Uit het ene tabblad.")

    answer = visitor.hand_in(path, version=old, text="Uit het andere tabblad.")

    assert answer.status_code == 409
    assert "Uit het ene tabblad." in answer.text
    assert "Uit het andere tabblad." in answer.text
    token = visitor.token(path)
    sent = {"csrf_token": token, "version": old, "text": "Vanzelf"}
    told = visitor.post(path, data=sent, headers={"X-Autosave": "1"})
    assert (told.status_code, told.json["theirs"]["text"]) == (409, "Uit het ene tabblad.")
    sent["version"] = told.json["version"]
    assert visitor.post(path, data=sent, headers={"X-Autosave": "1"}).status_code == 200


def test_what_is_typed_when_the_jury_comes_together_is_not_lost(app, visitor):
    story = advised()
    advice = own(story)[0]
    visitor.as_(story.adviser.person)
    token = visitor.token(f"/advice/{advice.code}")
    confers(story)

    answer = visitor.post(
        f"/advice/{advice.code}",
        data={"csrf_token": token, "version": advice.version, "text": "Te laat getypt."},
    )

    assert answer.status_code == 422
    assert db.session.get(Advice, advice.id).text == ""
    assert visitor.post(f"/advice/{advice.code}", data={"text": "x"}).status_code == 422


def test_who_else_may_read_an_advice_and_from_when(app, visitor):
    story = advised()
    gives(story)
    path = f"/advice/{own(story)[0].code}"
    jury = [seat.person for seat in story.jury]
    everybody = [*jury, story.secretary, story.officer, story.owner]

    def statuses():
        return [visitor.as_(person).get(path).status_code for person in everybody]

    assert statuses() == [404] * 6
    confers(story)
    assert statuses() == [200] * 4 + [404] * 2
    assert visitor.as_(story.adviser.person).get(path).status_code == 200
    item = items_of(story.round)[0]
    board = visitor.as_(jury[1]).get(f"/consensus/{item.code}").text
    assert WORDS in board
    assert visitor.as_(story.adviser.person).get(f"/consensus/{item.code}").status_code == 404
    assert visitor.as_(jury[0]).post(path, data={"text": "van mij"}).status_code == 403


def test_the_chair_sees_who_still_writes_and_no_word_of_it(app, visitor):
    story = advised()
    writes(story, own(story)[0])
    room = f"/challenges/{story.challenge.code}/jury"

    page = visitor.as_(story.chair.person).get(room).text

    assert story.adviser.name in page
    assert "bronsystemen" not in page
    juror = next(seat for seat in story.jury if seat.kind is SeatKind.JUROR)
    assert story.adviser.name not in visitor.as_(juror.person).get(room).text


def test_an_adviser_can_report_that_they_recognise_a_bidder(app, visitor):
    story = advised()
    advice = own(story)[0]
    visitor.as_(story.adviser.person)
    path = f"/advice/{advice.code}/recognise"
    assert visitor.hand_in(path, detail="kort").status_code in {409, 422}

    answer = visitor.hand_in(path, detail="De genoemde proef stond vorig jaar in de krant.")

    assert answer.status_code == 302
    assert story.adviser.cleared_at is None


@pytest.mark.parametrize("is_promised", [True, False])
def test_the_report_has_an_annex_with_all_advice_when_the_plan_promised_it(app, is_promised):
    story = advised()
    story.plan.report_advice = is_promised
    gives(story)
    confers(story)
    for item in items_of(story.round):
        story.agrees(item, 4)
    lock_quality(story.round, by=story.chair.person, at=story.at)
    ranking = make_ranking(story.round, by=story.secretary, at=story.at)
    ports = {name: app.extensions[f"sir.{name}"] for name in ("press", "store")}

    report = make_report(ranking, by=story.secretary, at=story.at, **ports)

    text = "".join(text_of(ports["store"].fetch(report.pdf)).split())
    # a line or a page may end in the midst of the sentence, but not in each of its words
    assert any(word in text for word in ("aansluiting", "bronsystemen", "aanneemt")) is is_promised
    assert ("Bijlage:watadviseursschreven" in text) is is_promised


def test_a_plan_that_promises_no_annex_keeps_the_hash_it_had_before_that_was_asked(app):
    plan, promised = make_plan(), make_plan(report_advice=True)
    assert "report_advice" not in plan_content(plan)
    assert plan_content(promised) == plan_content(plan) | {"report_advice": True}

    refill(plan, plan_content(promised))
    assert plan.report_advice is True
    refill(plan, plan_content(make_plan()))
    assert plan.report_advice is False

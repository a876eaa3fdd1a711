"""The pages of the pitches: each does its work, and shows nobody what is not theirs."""

import re

from sqlalchemy import event

from sir.jury.models import PitchState, Stage
from sir.jury.queries import items_of
from sir.jury.rules.sheets import Marks
from sir.jury.services import make_ranking, save_pitch_scores
from sir.kernel.database import db
from tests.jury.finals import AGAIN, ASKED, MINUTES, Finals
from tests.jury.story import REASON
from tests.makers import NOON

DAY = {
    "starts_at-day": "3",
    "starts_at-month": "6",
    "starts_at-year": "2026",
    "starts_at-time": "10.00",
    "count": "2",
    "minutes": "30",
    "pause": "10",
    "room": "Raadzaal",
    "link": "",
}


def test_from_the_ranking_to_a_published_schedule_in_pages(app, visitor):
    story = Finals().ranked()
    code = story.round.code
    visitor.as_(story.secretary)
    ranking = f"/rankings/{story.first.code}"
    assert visitor.hand_in(f"{ranking}/invite", _from=ranking).status_code == 302
    plan = f"/rounds/{code}/pitches/plan"
    assert visitor.hand_in(plan, **DAY | {"room": ""}).status_code == 422
    assert visitor.hand_in(plan, **DAY).status_code == 302
    early = visitor.hand_in(f"/rounds/{code}/pitches/draw", _from=plan)
    assert early.status_code == 409
    assert "J1, J2, J3" in early.text
    assert visitor.hand_in(f"/rounds/{code}/pitches/ask", _from=plan).status_code == 302
    for seat in story.jury:
        visitor.as_(seat.person)
        blocked = [story.slots[0].code] if seat.label == "J1" else []
        answer = visitor.hand_in(f"/rounds/{code}/pitches", blocked=blocked)
        assert answer.status_code == 302
    visitor.as_(story.secretary)
    stuck = visitor.hand_in(f"/rounds/{code}/pitches/draw", _from=plan)
    assert stuck.status_code == 409
    assert "Geen rooster" in stuck.text
    assert "✕ kan niet" in stuck.text
    visitor.as_(story.jury[0].person)
    visitor.hand_in(f"/rounds/{code}/pitches", blocked=[])
    visitor.as_(story.secretary)
    assert visitor.hand_in(f"/rounds/{code}/pitches/draw", _from=plan).status_code == 302
    assert visitor.hand_in(f"/rounds/{code}/pitches/publish", _from=plan).status_code == 302
    page = visitor.get(f"/rounds/{code}/pitches").text
    assert "Raadzaal" in page
    calendar = visitor.get(f"/rounds/{code}/pitches.ics")
    assert calendar.mimetype == "text/calendar"
    assert calendar.text.count("BEGIN:VEVENT") == 2


def test_the_day_in_pages(app, visitor, clock):
    story = Finals().published()
    pitch = story.pitches[0]
    path = f"/pitches/{pitch.code}"
    visitor.as_(story.secretary)
    assert ASKED[0] in visitor.get(path).text
    assert visitor.hand_in(f"{path}/clock", _from=path, act="start").status_code == 302
    told = visitor.get(f"{path}/clock")
    assert told.json["since"] == clock.at.isoformat()
    again = visitor.get(f"{path}/clock", headers={"If-None-Match": told.headers["ETag"]})
    assert again.status_code == 304
    assert "Begonnen om 12.00" in visitor.get(path).text
    labels = [seat.label for seat in story.jury]
    assert visitor.hand_in(f"{path}/present", _from=path, present=labels).status_code == 302
    extra = visitor.hand_in(f"{path}/question", _from=path, text="Hoe groot is uw team?")
    assert extra.status_code == 302
    visitor.hand_in(f"{path}/clock", _from=path, act="stop")
    assert visitor.hand_in(f"{path}/close", _from=path).status_code == 409
    db.session.refresh(pitch)
    answers = {f"asked_{n}": "y" for n in (1, 2)} | {f"answer_{n}": "Ja." for n in (1, 2, 3)}
    kept = visitor.hand_in(
        f"{path}/minutes", _from=path, version=str(pitch.version), minutes=MINUTES, **answers
    )
    assert kept.status_code == 302
    late = visitor.hand_in(f"{path}/minutes", _from=path, version="1", minutes="Anders.", **answers)
    assert late.status_code == 409
    assert MINUTES in late.text
    assert "Anders." in late.text
    assert visitor.hand_in(f"{path}/close", _from=path).status_code == 302
    assert pitch.state is PitchState.CLOSED
    visitor.as_(story.founders[pitch.proposal_id])
    assert MINUTES in visitor.get(path).text
    assert visitor.hand_in(f"{path}/confirm", _from=path, remarks="Klopt.").status_code == 302
    assert pitch.remarks == "Klopt."


def test_minutes_save_themselves_while_the_secretary_types(app, visitor):
    story = Finals().published()
    pitch = story.pitches[0]
    path = f"/pitches/{pitch.code}"
    token = visitor.as_(story.secretary).token(path)
    answer = visitor.post(
        f"{path}/minutes",
        data={"csrf_token": token, "version": str(pitch.version), "minutes": "De eerste zin."},
        headers={"X-Autosave": "1"},
    )
    assert answer.status_code == 200
    assert pitch.minutes == "De eerste zin."


def test_a_finalist_sees_their_own_slot_and_nothing_of_another(app, visitor):
    story = Finals().published()
    one, two = story.pitches
    code = story.round.code
    visitor.as_(story.founders[one.proposal_id])

    own = visitor.get(f"/pitches/{one.code}")

    assert own.status_code == 200
    assert "Raadzaal" in own.text
    assert two.code not in own.text
    for name in ("Startup AB", "Voorstel 2", *(seat.name for seat in story.jury)):
        assert name not in own.text
    assert visitor.get(f"/pitches/{one.code}.ics").text.count("BEGIN:VEVENT") == 1
    hidden = [f"/pitches/{two.code}", f"/pitches/{two.code}.ics", f"/pitches/{two.code}/clock"]
    hidden += [f"/rounds/{code}/pitches", f"/rounds/{code}/pitches.ics"]
    hidden += [f"/rounds/{code}/pitches/plan", f"/pitches/{one.code}/scores"]
    for path in hidden:
        assert visitor.get(path).status_code == 404, path
    for act in ("present", "minutes", "question", "close"):
        assert visitor.hand_in(f"/pitches/{one.code}/{act}", _from="/").status_code in {403, 404}


def test_before_publication_no_finalist_sees_a_drawn_slot(app, visitor):
    story = Finals().drawn()
    pitch = story.pitches[0]
    visitor.as_(story.founders[pitch.proposal_id])

    page = visitor.get(f"/pitches/{pitch.code}").text

    assert "Raadzaal" not in page
    assert visitor.get(f"/pitches/{pitch.code}.ics").status_code == 404


def test_a_finalist_says_when_they_cannot_come(app, visitor):
    story = Finals().invited().with_slots()
    pitch = story.pitches[0]
    path = f"/pitches/{pitch.code}"
    visitor.as_(story.founders[pitch.proposal_id])
    answer = visitor.hand_in(f"{path}/block", _from=path, blocked=[story.slots[0].code])
    assert answer.status_code == 302
    assert "U antwoordde op" in visitor.get(path).text


def test_what_one_juror_changed_shows_on_no_page_of_another(app, visitor):
    """Two worlds that differ in one hidden change answer everybody else the same."""
    story = Finals().held()
    seat, other, *_ = story.jury
    pitch = story.pitches[0]
    sheet = story.sheet_on(seat, 1)
    paths = [
        f"/rounds/{story.round.code}/pitches",
        f"/pitches/{pitch.code}",
        f"/pitches/{pitch.code}/scores",
        f"/rounds/{story.round.code}/consensus",
        f"/consensus/{items_of(story.round)[0].code}",
        f"/rankings/{story.first.code}",
        f"/rankings/{story.first.code}.json",
        f"/challenges/{story.challenge.code}/jury",
    ]
    readers = [other.person, story.secretary, story.chair.person, story.founders[sheet.proposal_id]]
    readers = [person for person in readers if person.id != seat.person_id]

    def seen():
        return [
            (answer.status_code, strip(answer.text))
            for reader in readers
            for path in paths
            for answer in [visitor.as_(reader).get(path)]
        ]

    before = seen()
    marks = Marks({"K1": 5}, {"K1": REASON})
    save_pitch_scores(pitch, sheet, version=0, marks=marks, by=seat.person, at=NOON)
    db.session.commit()
    assert seen() == before


def strip(text):
    """Leave out what differs at every reading: the token of a form."""
    return "\n".join(line for line in text.splitlines() if "csrf_token" not in line)


def test_a_juror_changes_scores_on_the_page_and_hands_in(app, visitor):
    story = Finals().held()
    seat = story.jury[1]
    pitch = story.pitches[0]
    path = f"/pitches/{pitch.code}/scores"
    submit = f"/rounds/{story.round.code}/pitches/submit"
    overview = f"/rounds/{story.round.code}/pitches"
    typed = {f"level_{row.key}": "4" for row in story.plan.criteria}
    token = visitor.as_(seat.person).token(path)
    draft = typed | {"level_K1": "5", "csrf_token": token, "version": "0"}
    answer = visitor.post(path, data=draft, headers={"X-Autosave": "1"})
    assert answer.status_code == 200
    refused = visitor.hand_in(submit, _from=overview)
    assert refused.status_code == 422
    assert "voorstel 1" in refused.text
    late = visitor.hand_in(path, version="0", **typed | {"reason_K1": "Een andere tab."})
    assert late.status_code == 409
    assert "Een andere tab." in late.text
    filled = typed | {"level_K1": "5", "reason_K1": REASON}
    assert visitor.hand_in(path, version="1", **filled).status_code == 302
    assert visitor.hand_in(submit, _from=overview).status_code == 302
    assert "U heeft uw scores na de pitches ingediend" in visitor.get(path).text


def test_the_jury_may_leave_an_item_as_it_was_on_paper(app, visitor):
    story = Finals().reconsidering()
    item = items_of(story.round, Stage.PITCH)[0]
    paper = next(
        row
        for row in items_of(story.round, Stage.PAPER)
        if (row.proposal_id, row.criterion_id) == (item.proposal_id, item.criterion_id)
    )
    visitor.as_(story.secretary)
    page = visitor.get(f"/consensus/{item.code}").text
    assert "Laat het zoals op papier" in page
    answer = visitor.hand_in(
        f"/consensus/{item.code}",
        version="1",
        level=str(paper.level.position),
        reason=paper.reason,
        extra_reason=paper.extra_reason,
    )
    assert answer.status_code == 302
    assert item.level_id == paper.level_id
    assert visitor.get(f"/challenges/{story.challenge.code}/jury").status_code == 200


def test_a_pitch_moves_or_is_cancelled_with_a_reason(app, visitor):
    story = Finals().published()
    pitch = story.pitches[0]
    path = f"/pitches/{pitch.code}/move"
    taken = {row.slot_id for row in story.pitches}
    free = next(slot for slot in story.slots if slot.id not in taken)
    visitor.as_(story.secretary)
    assert visitor.hand_in(path, slot=free.code, reason="Kort.").status_code == 422
    reason = "De finalist is ziek en vroeg om een andere tijd."
    assert visitor.hand_in(path, slot=free.code, reason=reason).status_code == 302
    assert pitch.slot_id == free.id
    assert visitor.hand_in(path, slot="cancel", reason=reason).status_code == 302
    assert pitch.state is PitchState.CANCELLED
    assert "gaat niet door" in visitor.get(f"/pitches/{pitch.code}").text


def test_an_outsider_finds_no_pitch(app, visitor):
    story = Finals().published()
    pitch = story.pitches[0]
    for person in (story.owner, story.founders[story.proposals[2].id]):
        visitor.as_(person)
        assert visitor.get(f"/pitches/{pitch.code}").status_code == 404
        assert visitor.get(f"/rounds/{story.round.code}/pitches").status_code == 404


def test_the_pages_cost_the_same_for_more_finalists(app, visitor):
    counts = []
    for finalists in (2, 4):
        story = Finals(5, finalists=finalists).invited(levels=(5, 4, 3, 2, 1))
        story.with_slots(5).all_can_come()
        visitor.as_(story.secretary)
        counts.append([_asked(visitor, path) for path in _pages(story)])
    few, many = counts
    assert all(after <= before + 2 for before, after in zip(few, many, strict=True)), counts


def _pages(story):
    return [f"/rounds/{story.round.code}/pitches", f"/rounds/{story.round.code}/pitches/plan"]


def _asked(visitor, path):
    asked = []
    listen = lambda *given: asked.append(given[2])  # noqa: E731 - a listener of two lines
    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        assert visitor.get(path).status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", listen)
    return len(asked)


def test_the_proposal_leads_its_finalist_and_the_secretary_to_its_pitch_and_nobody_else(
    app, visitor
):
    story = Finals().written().invited()
    pitch = story.pitches[0]
    page, link = f"/proposals/{pitch.proposal.code}", f'href="/pitches/{pitch.code}"'
    other = next(row for row in story.proposals if row.id != pitch.proposal_id)

    finalist = visitor.as_(story.founders[pitch.proposal_id]).get(page).text
    assert link in finalist
    assert "Uw pitch" in finalist
    assert link in visitor.as_(story.secretary).get(page).text
    stranger = visitor.as_(story.founders[other.id])
    assert stranger.get(page).status_code == 404
    assert link not in stranger.get(f"/proposals/{other.code}").text
    assert visitor.as_(story.owner).get(page).status_code == 404


def test_after_the_final_ranking_the_room_says_that_signing_comes_next(app, visitor):
    story = Finals().reconsidering()
    visitor.as_(story.secretary)
    room = f"/challenges/{story.challenge.code}/jury"
    current = re.compile(r'<li class="is-current".*?</li>', re.DOTALL)
    assert "Overleg over de finalisten" in current.search(visitor.get(room).text)[0]
    for item in items_of(story.round, Stage.PITCH):
        story.agrees(item, 4, extra_reason=REASON)
    make_ranking(story.round, reason=AGAIN, by=story.secretary, at=NOON)
    db.session.flush()

    assert "Ondertekenen" in current.search(visitor.get(room).text)[0]

"""The second stage: finalists, a drawn schedule, a day with minutes, and scores after it."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from sir.jury.models import PitchState, RoundState, SeatKind, Stage
from sir.jury.queries import (
    counted_seconds,
    finalists_of,
    items_of,
    pitch_sheets,
    reasons_of,
    stage_of,
    standing_of_round,
)
from sir.jury.rules.ranking import rank
from sir.jury.rules.reading import parse
from sir.jury.rules.roundfile import read_plan, read_scores, written_outcome
from sir.jury.rules.sheets import Marks
from sir.jury.services import (
    add_slots,
    answer_as_finalist,
    answer_as_juror,
    ask_extra,
    cancel_pitch,
    close_pitch,
    confirm_minutes,
    draw_schedule,
    finish_pitches,
    invite_finalists,
    make_ranking,
    make_report,
    move_pitch,
    note_presence,
    publish_schedule,
    save_pitch_scores,
    start_pitch,
    submit_pitch_scores,
    write_minutes,
)
from sir.jury.services.pitchday import Heard
from sir.jury.services.sheets import ChangedMeanwhile
from sir.kernel.database import db
from sir.kernel.errors import Invalid, Refused
from sir.kernel.i18n import in_language
from sir.notices.models import Letter
from sir.workflows.models import Anonymity, Method, PitchKind
from tests.jury.finals import AGAIN, MINUTES, Finals
from tests.jury.story import REASON
from tests.makers import NOON
from tests.ports.pdftext import text_of

WHY = "De finalist is verhinderd door ziekte en vroeg om een andere tijd."


def numbers(rows):
    return [row.proposal.number for row in rows]


def letters(template):
    return db.session.scalars(select(Letter).where(Letter.template == f"jury/{template}")).all()


# -- Invitations -----------------------------------------------------------------


def test_the_shortlist_is_invited_in_the_same_transaction(app):
    story = Finals().invited()

    assert numbers(story.pitches) == [1, 2]
    assert story.round.state is RoundState.PITCHING
    assert [row.text for row in story.pitches[0].questions] == story.plan.pitch_questions
    assert {letter.to for letter in letters("pitch_invited")} == {
        story.founders[row.id].email for row in story.proposals[:2]
    }


def test_all_equals_at_the_cut_are_invited_or_the_published_list_decides(app):
    story = Finals(4, finalists=2).invited(levels=(5, 4, 4, 3))
    assert numbers(story.pitches) == [1, 2, 3]


def test_a_published_tie_list_decides_at_the_cut(app):
    story = Finals(3, finalists=1)
    story.plan.tie_order = ["K1"]
    story.plan.lot_seed = "een openbare bron"
    story.invited(levels=(4, 4, 3))

    assert len(story.pitches) == 1


def test_nobody_is_invited_twice_and_the_report_waits_for_the_pitches(app):
    story = Finals().ranked()
    ports = {name: app.extensions[f"sir.{name}"] for name in ("press", "store")}
    with pytest.raises(Refused, match="gepitcht"):
        make_report(story.first, by=story.secretary, at=NOON, **ports)
    invite_finalists(story.first, by=story.secretary, at=NOON)
    with pytest.raises(Refused):
        invite_finalists(story.first, by=story.secretary, at=NOON)


def test_without_names_until_the_decision_nobody_pitches(app):
    story = Finals()
    story.plan.anonymity = Anonymity.UNTIL_DECISION
    story.ranked()
    with pytest.raises(Refused):
        invite_finalists(story.first, by=story.secretary, at=NOON)


# -- The schedule ----------------------------------------------------------------


def test_the_draw_waits_until_every_juror_answered(app):
    story = Finals().invited().with_slots()
    with pytest.raises(Refused, match="J1, J2, J3"):
        draw_schedule(story.round, app.extensions["sir.solver"], by=story.secretary, at=NOON)


def test_a_slot_that_anybody_blocks_is_not_drawn(app):
    story = Finals().invited().with_slots(4).all_can_come()
    first, second, third, fourth = story.slots
    seat = story.jury[1]
    answer_as_juror(story.round, seat, [first.code], by=seat.person, at=NOON)
    one, two = story.pitches
    founder = story.founders[one.proposal_id]
    answer_as_finalist(one, [second.code, third.code], by=founder, at=NOON)
    db.session.flush()

    draw_schedule(story.round, app.extensions["sir.solver"], by=story.secretary, at=NOON)

    assert one.slot is fourth
    assert two.slot in {second, third}


def test_an_impossible_schedule_draws_nothing_and_names_who_is_left(app):
    story = Finals().invited().with_slots(2).all_can_come()
    seat = story.jury[0]
    answer_as_juror(story.round, seat, [story.slots[0].code], by=seat.person, at=NOON)
    db.session.flush()
    with pytest.raises(Invalid) as refusal:
        draw_schedule(story.round, app.extensions["sir.solver"], by=story.secretary, at=NOON)
    assert refusal.value.code == "no_common_slot"
    assert stage_of(story.round).drawn_at is None


def test_the_same_seed_and_answers_draw_the_same_order(app):
    story = Finals().drawn()
    before = {pitch.id: pitch.slot_id for pitch in story.pitches}

    draw_schedule(story.round, app.extensions["sir.solver"], by=story.secretary, at=NOON)

    assert {pitch.id: pitch.slot_id for pitch in story.pitches} == before


@pytest.mark.parametrize(
    "change",
    [
        {"starts_at": NOON - timedelta(days=1)},
        {"count": 0},
        {"count": 61},
        {"minutes": 45},
        {"room": ""},
        {"link": "http://meet.example"},
        {"starts_at": NOON + timedelta(days=2, minutes=15)},
    ],
)
def test_slots_that_cannot_be_are_refused(app, change):
    story = Finals().invited().with_slots()
    row = {
        "starts_at": NOON + timedelta(days=3),
        "count": 2,
        "minutes": 30,
        "pause": 0,
        "room": "Raadzaal",
        "link": "",
    }
    with pytest.raises(Refused):
        add_slots(story.round, **row | change, by=story.secretary, at=NOON)


def test_publishing_sends_each_finalist_their_own_slot_and_jurors_all(app):
    story = Finals().published()
    one, two = story.pitches

    own = {letter.to: letter.words["calendar"] for letter in letters("pitch_scheduled")}
    founder = story.founders[one.proposal_id].email
    assert f"UID:pitch-{one.code}@sir" in own[founder]
    assert two.code not in own[founder]
    assert len(letters("pitch_day")) == 3
    assert all(two.code in letter.words["calendar"] for letter in letters("pitch_day"))


def test_a_calendar_speaks_the_language_of_whoever_gets_it(app):
    story = Finals().drawn()
    one, two = story.pitches
    story.founders[one.proposal_id].lang = "en"

    with in_language("nl"):
        publish_schedule(story.round, by=story.secretary, at=NOON)

    own = {letter.to: letter.words["calendar"] for letter in letters("pitch_scheduled")}
    assert "SUMMARY:Pitch of proposal" in own[story.founders[one.proposal_id].email]
    assert "SUMMARY:Pitch van voorstel" in own[story.founders[two.proposal_id].email]


def test_a_moved_pitch_keeps_its_uid_and_raises_its_sequence(app):
    story = Finals().published()
    pitch = story.pitches[0]
    taken = {row.slot_id for row in story.pitches}
    free = next(slot for slot in story.slots if slot.id not in taken)

    move_pitch(pitch, free, reason=WHY, by=story.secretary, at=NOON)

    (letter,) = letters("pitch_moved")
    assert f"UID:pitch-{pitch.code}@sir" in letter.words["calendar"]
    assert "SEQUENCE:1" in letter.words["calendar"]
    with pytest.raises(Refused):
        move_pitch(pitch, story.pitches[1].slot, reason=WHY, by=story.secretary, at=NOON)
    with pytest.raises(Refused):
        add_slots(
            story.round, starts_at=NOON + timedelta(days=9), count=1, minutes=30, pause=0,
            room="Zaal", link="", by=story.secretary, at=NOON,
        )  # fmt: skip


# -- The day ---------------------------------------------------------------------


def test_a_pitch_that_one_seat_missed_does_not_count(app):
    story = Finals().published()
    pitch = story.pitches[0]
    story.holds(pitch, closes=False)
    note_presence(pitch, ["J1", "J2"], by=story.secretary, at=NOON)
    with pytest.raises(Refused, match="J3"):
        close_pitch(pitch, by=story.secretary, at=NOON)
    assert pitch.state is PitchState.INVITED


@pytest.mark.parametrize(
    ("heard", "sentence"),
    [
        (Heard("", {1: (True, "Ja."), 2: (True, "Nee.")}), "gespreksverslag"),
        (Heard(MINUTES, {1: (True, "Ja."), 2: (False, "Nee.")}), "openingsvraag"),
        (Heard(MINUTES, {1: (True, "Ja."), 2: (True, "")}), "antwoord"),
    ],
)
def test_a_pitch_closes_with_complete_minutes_only(app, heard, sentence):
    story = Finals().published()
    pitch = story.pitches[0]
    story.holds(pitch, closes=False)
    write_minutes(pitch, heard, version=pitch.version, by=story.secretary, at=NOON)
    db.session.flush()
    with pytest.raises(Refused, match=sentence):
        close_pitch(pitch, by=story.secretary, at=NOON)


def test_minutes_of_an_old_version_write_nothing(app):
    story = Finals().published()
    pitch = story.pitches[0]
    old = pitch.version
    story.holds(pitch, closes=False)
    with pytest.raises(ChangedMeanwhile):
        write_minutes(pitch, Heard("Anders.", {}), version=old, by=story.secretary, at=NOON)
    assert pitch.minutes == MINUTES


def test_an_extra_question_is_logged_with_its_time_and_asks_an_answer(app):
    story = Finals().published()
    pitch = story.pitches[0]
    story.holds(pitch, closes=False)
    question = ask_extra(pitch, "Hoe groot is uw team?", by=story.secretary, at=NOON)
    db.session.flush()
    assert question.asked_at == NOON
    with pytest.raises(Refused, match="antwoord"):
        close_pitch(pitch, by=story.secretary, at=NOON)


def test_the_finalist_confirms_the_minutes_once(app):
    story = Finals().held()
    pitch = story.pitches[0]
    founder = story.founders[pitch.proposal_id]
    confirm_minutes(pitch, "Wij noemden ook de tweede proef.", by=founder, at=NOON)
    assert pitch.remarks.startswith("Wij noemden")
    with pytest.raises(Refused):
        confirm_minutes(pitch, "", by=founder, at=NOON)


def test_a_clock_starts_once_and_only_with_a_published_slot(app):
    story = Finals().drawn()
    with pytest.raises(Refused):
        start_pitch(story.pitches[0], by=story.secretary, at=NOON)
    publish_schedule(story.round, by=story.secretary, at=NOON)
    start_pitch(story.pitches[0], by=story.secretary, at=NOON)
    with pytest.raises(Refused):
        start_pitch(story.pitches[0], by=story.secretary, at=NOON)


# -- Scores after it -------------------------------------------------------------


def changed(story, **levels):
    return Marks(levels, dict.fromkeys(levels, REASON))


def test_a_change_needs_a_reason_and_nobody_sees_it_until_all_handed_in(app):
    story = Finals().held()
    one, *others = story.jury
    pitch = story.pitches[0]
    sheet = story.sheet_on(one, pitch.proposal.number)
    given = {"by": one.person, "at": NOON}
    save_pitch_scores(pitch, sheet, version=0, marks=Marks({"K1": 5}, {"K1": "Kort."}), **given)
    db.session.flush()
    with pytest.raises(Refused, match="voorstel 1"):
        submit_pitch_scores(story.round, one, **given)
    save_pitch_scores(pitch, sheet, version=1, marks=changed(story, K1=5), **given)
    db.session.flush()
    submit_pitch_scores(story.round, one, **given)
    db.session.flush()

    assert counted_seconds(story.round) == []
    assert standing_of_round(story.round) == {}
    with pytest.raises(Refused):
        finish_pitches(story.round, by=story.chair.person, at=NOON)
    for seat in others:
        submit_pitch_scores(story.round, seat, by=seat.person, at=NOON)
    db.session.flush()
    finish_pitches(story.round, by=story.chair.person, at=NOON)
    assert standing_of_round(story.round)
    with pytest.raises(Refused):
        save_pitch_scores(pitch, sheet, version=3, marks=changed(story, K1=4), **given)


def test_scores_wait_until_every_pitch_is_closed(app):
    story = Finals().published()
    first, _second = story.pitches
    story.holds(first)
    seat = story.jury[0]
    with pytest.raises(Refused):
        submit_pitch_scores(story.round, seat, by=seat.person, at=NOON)


def test_the_final_ranking_lets_finalists_pass_each_other_and_nobody_else(app):
    story = Finals().reconsidering()
    for item in items_of(story.round, Stage.PITCH):
        level = 3 if item.proposal.number == 1 else 5
        story.agrees(item, level, extra_reason=REASON)
    final = make_ranking(story.round, by=story.secretary, at=NOON, reason=AGAIN)
    db.session.flush()

    places = [(row["proposal"], row["rank"]) for row in final.result["ranking"]]
    assert places == [("2", 1), ("1", 2), ("3", 3)]
    assert [row["proposal"] for row in story.first.result["ranking"]] == ["1", "2", "3"]
    assert final.result["shortlist"] == ["2", "1"]
    document = parse(final.inputs.encode())
    again = written_outcome(rank(read_plan(document), read_scores(document)))
    assert again["ranking"] == final.result["ranking"]
    assert json.loads(final.inputs)["finalists"] == ["1", "2"]
    assert "finalists" not in json.loads(story.first.inputs)
    assert {str(row.points) for row in reasons_of(story.proposals[0], story.round)} == {"4.00"}
    paper = items_of(story.round, Stage.PAPER)
    assert {row.level.position for row in paper if row.proposal.number == 1} == {5}
    report = make_report(
        final, by=story.secretary, at=NOON, press=app.extensions["sir.press"],
        store=app.extensions["sir.store"],
    )  # fmt: skip
    text = "".join(text_of(app.extensions["sir.store"].fetch(report.pdf)).split())
    assert "Watdepitchesveranderden" in text
    # a page may end in the midst of the sentence
    assert "Definalist" in text or "deproefzien" in text


def test_the_guards_of_consensus_hold_again_after_the_pitch(app):
    story = Finals().reconsidering()
    item = items_of(story.round, Stage.PITCH)[0]
    with pytest.raises(Refused, match="wijkt af"):
        story.agrees(item, 1)


def test_a_finalist_who_does_not_pitch_keeps_the_paper_score_and_nobody_moves_up(app):
    story = Finals().published()
    one, two = story.pitches
    cancel_pitch(one, reason=WHY, by=story.secretary, at=NOON)
    story.holds(two)
    for seat in story.jury:
        submit_pitch_scores(story.round, seat, by=seat.person, at=NOON)
    db.session.flush()
    finish_pitches(story.round, by=story.chair.person, at=NOON)
    for item in items_of(story.round, Stage.PITCH):
        assert item.proposal.number == 2
        story.agrees(item, 4)
    final = make_ranking(story.round, by=story.secretary, at=NOON, reason=AGAIN)
    assert [row["proposal"] for row in final.result["ranking"]] == ["1", "2", "3"]


def test_a_pitch_that_only_clarifies_changes_no_level(app):
    story = Finals(kind=PitchKind.CLARIFY).held()
    seat = story.jury[0]
    pitch = story.pitches[0]
    sheet = story.sheet_on(seat, 1)
    with pytest.raises(Refused):
        save_pitch_scores(
            pitch, sheet, version=0, marks=changed(story, K1=5), by=seat.person, at=NOON
        )
    finish_pitches(story.round, by=story.chair.person, at=NOON)
    assert story.round.state is RoundState.RANKED
    assert story.round.pitched_at == NOON
    assert items_of(story.round, Stage.PITCH) == []


def test_by_the_mean_what_the_pitch_changed_counts(app):
    story = Finals()
    story.plan.method = Method.MEAN
    story.held()
    seat = story.jury[0]
    sheet = story.sheet_on(seat, story.pitches[0].proposal.number)
    save_pitch_scores(
        story.pitches[0], sheet, version=0, marks=changed(story, K1=5), by=seat.person, at=NOON
    )
    db.session.flush()
    for juror in story.jury:
        submit_pitch_scores(story.round, juror, by=juror.person, at=NOON)
    db.session.flush()
    finish_pitches(story.round, by=story.chair.person, at=NOON)
    for item in items_of(story.round, Stage.PITCH):
        story.agrees(item, 4)
    final = make_ranking(story.round, by=story.secretary, at=NOON, reason=AGAIN)
    assert final.result["points"][str(sheet.proposal.number)]["K1"] == "6.67"


def test_a_seat_that_falls_empty_stops_the_second_stage(app):
    story = Finals().held()
    seat = next(seat for seat in story.jury if seat.kind is SeatKind.JUROR)
    for juror in story.jury:
        submit_pitch_scores(story.round, juror, by=juror.person, at=NOON)
    seat.vacated_at, seat.vacated_reason = NOON, "Ziek geworden."
    db.session.flush()
    with pytest.raises(Refused):
        finish_pitches(story.round, by=story.chair.person, at=NOON)


def test_finalists_and_sheets_are_listed_for_their_juror_only(app):
    story = Finals().held()
    seat = story.jury[0]
    assert [row.number for row in finalists_of(story.round)] == [1, 2]
    rows = pitch_sheets(story.round, seat)
    assert {sheet.seat_id for _pitch, sheet, _second in rows} == {seat.id}

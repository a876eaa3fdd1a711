"""Each juror's work is counted along with it, and looking at it costs the same for any jury."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select

from sir.jury.models import SeatKind, Workday, Workload
from sir.jury.queries import (
    jury_progress,
    miscounts,
    panel_before,
    progress_page,
    sheets_of,
    tally,
    total_of,
    workload_of,
)
from sir.jury.queries import seats as seat_queries
from sir.jury.rules.progress import SHOWN_DAYS, days_between, grown
from sir.jury.services import (
    call_reserve,
    reassess,
    save_sheet,
    start_individual,
    submit_sheets,
    take_back_sheets,
    vacate_seat,
)
from sir.jury.services.sheets import Marks
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.proposals.services import exclude_proposal
from tests.jury.story import REASON, Story
from tests.makers import NOON

DAY = timedelta(days=1)


def counts(story, seat):
    work = workload_of(story.round, seat)
    return work.assigned, work.begun, work.ready, work.submitted


# -- Counting ----------------------------------------------------------------------


def test_a_count_follows_every_change_of_a_sheet(app):
    story = Story(proposals=2).started()
    seat, other = story.jury[1], story.jury[2]
    first, second = sheets_of(story.round, seat)
    seen = [counts(story, seat)]

    story.fills(first)
    seen.append(counts(story, seat))
    story.fills(second, {})
    seen.append(counts(story, seat))
    story.fills(second)
    submit_sheets(story.round, seat, by=seat.person, at=story.at)
    seen.append(counts(story, seat))
    why = "Ik had een bijlage over het hoofd gezien."
    take_back_sheets(story.round, seat, reason=why, by=seat.person, at=story.at)
    seen.append(counts(story, seat))
    vacate_seat(seat, reason="verhuisd", by=story.secretary, at=story.at)
    seen.append(counts(story, seat))

    assert seen == [
        (2, 0, 0, 0),
        (2, 1, 1, 0),
        (2, 2, 1, 0),
        (2, 2, 2, 2),
        (2, 2, 2, 0),
        (0, 0, 0, 0),
    ]
    assert counts(story, other) == (2, 0, 0, 0)
    assert miscounts() == []


def test_saving_touches_no_other_juror_s_row(app):
    story = Story(proposals=2).started()
    sheet = sheets_of(story.round, story.jury[1])[0]
    db.session.commit()
    written = []
    event.listen(
        db.engine,
        "before_cursor_execute",
        lambda _c, _u, statement, parameters, *_: written.append((statement, parameters)),
    )

    story.fills(sheet)

    kept = [
        parameters
        for statement, parameters in written
        if statement.lstrip().startswith("UPDATE workload")
    ]
    mine = workload_of(story.round, story.jury[1]).id
    assert [list(p.values())[-1] if isinstance(p, dict) else p[-1] for p in kept] == [mine]


def test_the_days_say_how_much_was_ready_when_each_ended(app):
    story = Story(proposals=3).started()
    seat = story.jury[1]
    for number, sheet in enumerate(sheets_of(story.round, seat)):
        story.at = NOON + DAY * number
        story.fills(sheet)
    story.fills(sheets_of(story.round, seat)[0], {})

    noted = db.session.execute(
        select(Workday.day, Workday.ready)
        .join(Workday.workload)
        .where(Workload.seat_id == seat.id)
        .order_by(Workday.day)
    ).all()
    first = NOON.date()
    assert noted == [(first, 1), (first + DAY, 2), (first + 2 * DAY, 2)]
    assert workload_of(story.round, seat).active_on == first + 2 * DAY


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["fill", "blank", "fill", "submit", "back", "vacate", "reserve", "again"]),
        st.integers(0, 2),
        st.integers(0, 1),
    ),
    max_size=14,
)


def does(story, reserve, act, place, number):
    """Try an act; a refusal leaves everything as it was, as it does in the house."""
    jury, at = story.jury, story.at
    seat = jury[place % len(jury)]
    sheets = sheets_of(story.round, seat)
    try:
        with db.session.begin_nested():
            if act in {"fill", "blank"} and sheets:
                keys = [row.key for row in story.plan.criteria]
                marks = Marks(
                    dict.fromkeys(keys, 3 if act == "fill" else None), dict.fromkeys(keys, REASON)
                )
                sheet = sheets[number]
                save_sheet(sheet, version=sheet.version, marks=marks, by=seat.person, at=at)
            elif act == "submit":
                submit_sheets(story.round, seat, by=seat.person, at=at)
            elif act == "back":
                why = "Een bijlage over het hoofd gezien."
                take_back_sheets(story.round, seat, reason=why, by=seat.person, at=at)
            elif act == "vacate" and len(jury) > 1 and seat.kind is not SeatKind.CHAIR:
                vacate_seat(seat, reason="verhuisd", by=story.secretary, at=at)
            elif act == "reserve":
                empty = next(s for s in seat_queries.seats_of(story.challenge) if s.vacated_at)
                call_reserve(empty, reserve, by=story.secretary, at=at)
            elif act == "again":
                if not tally(story.round).sheets_missing:
                    story.confers()
                due = at + 14 * DAY
                why = "De voorzieningenrechter wil een nieuwe beoordeling."
                story.round = reassess(
                    story.round, reason=why, due_at=due, by=story.secretary, at=at
                )
                start_individual(story.round, by=story.secretary, at=at)
    except (Refused, StopIteration):
        pass


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(acts=ACTS)
def test_kept_counts_equal_a_recount_whatever_happens(app, acts):
    story = Story(proposals=2).seated()
    reserve = story.seat("jurylid", SeatKind.RESERVE)
    story.declared()
    story.declares(reserve)
    start_individual(story.round, by=story.secretary, at=story.at)
    db.session.flush()

    for act, place, number in acts:
        story.at += DAY / 3
        before = story.round
        try:
            does(story, reserve, act, place, number)
        finally:
            db.session.flush()
        if story.round is not before and story.round not in db.session:
            story.round = before
        assert miscounts() == []


def test_the_command_names_a_count_that_is_wrong(app):
    story = Story(proposals=2).started()
    db.session.commit()
    run = app.test_cli_runner().invoke
    right = run(args=["sir", "verify-progress"])
    seat = story.jury[1]
    workload_of(story.round, seat).ready = 2
    db.session.commit()

    wrong = run(args=["sir", "verify-progress"])

    assert (right.exit_code, wrong.exit_code) == (0, 1)
    assert f"seat {seat.code}" in wrong.output
    assert "ready=2" in wrong.output


def test_a_proposal_set_aside_later_is_in_no_count_of_the_next_step(app):
    story = Story(proposals=2).submitted()
    whole = tally(story.round)
    exclude_proposal(story.proposals[0], reason="Te laat aangevuld.", by=story.officer, at=story.at)
    db.session.flush()

    left = tally(story.round)

    assert (whole.sheets_missing, left.sheets_missing) == (0, 0)
    assert (whole.declarations_missing, left.declarations_missing) == (0, 0)
    assert (whole.proposals, left.proposals) == (2, 1)


# -- Looking -----------------------------------------------------------------------


def test_a_total_adds_up_the_seats_that_vote(app):
    story = Story(proposals=2).started()
    story.submits(story.jury[0])
    story.fills(sheets_of(story.round, story.jury[1])[0])

    assert total_of(story.round) == (3, 1, 6, 3, 3, 2)
    vacate_seat(story.jury[1], reason="verhuisd", by=story.secretary, at=story.at)
    assert total_of(story.round) == (2, 1, 4, 2, 2, 2)


def test_jurors_come_in_pages_by_seat_and_the_finished_can_be_left_out(app, monkeypatch):
    story = Story(proposals=1).started()
    monkeypatch.setattr("sir.jury.queries.progress.PANEL", 2)
    labels = [seat.label for seat in story.jury]
    story.submits(story.jury[0])

    first, more = progress_page(story.round, "")
    second, none_left = progress_page(story.round, first[-1].seat.code)
    unfinished, _more = progress_page(story.round, "", is_unfinished=True)

    assert [row.seat.label for row in first + second] == labels
    assert (more, none_left) == (True, False)
    assert [row.seat.label for row in unfinished] == labels[1:]
    assert [row.seat.label for row in progress_page(story.round, "unknown")[0]] == labels[:2]
    assert [row.is_done for row in jury_progress(story.round)] == [True, False, False]
    monkeypatch.setattr("sir.jury.queries.progress.PANEL", 1)
    before = [panel_before(seat) for seat in story.jury]
    assert before == ["", "", story.jury[0].code]


@pytest.fixture
def cost(app, visitor):
    """Count the statements and rows of one page, once everything is warm."""
    seen = []
    event.listen(
        db.engine, "before_cursor_execute", lambda *parts: seen.append(parts[2]), named=False
    )

    def visit(path):
        assert visitor.get(path).status_code == 200
        seen.clear()
        visitor.get(path)
        return len([line for line in seen if line.startswith("SELECT")])

    return visit


def test_the_secretary_s_pages_ask_as_often_for_a_large_jury(visitor, cost):
    found = []
    for proposals, extra in ((1, 0), (4, 3)):
        story = Story(proposals=proposals).seated()
        for _ in range(extra):
            story.seat()
        story.started()
        visitor.as_(story.secretary)
        base = f"/rounds/{story.round.code}/progress"
        room = f"/challenges/{story.challenge.code}/jury"
        found.append([cost(page) for page in (base, f"{base}/proposals", room)])

    assert found[0] == found[1]
    assert max(found[0]) < 20


@pytest.mark.parametrize("page", ["progress", "progress/proposals"])
def test_progress_is_for_secretary_and_chair_alone(visitor, page):
    story = Story(proposals=1).started()
    story.fills(sheets_of(story.round, story.jury[1])[0])
    path = f"/rounds/{story.round.code}/{page}"

    codes = {
        name: visitor.as_(person).get(path).status_code
        for name, person in {
            "secretary": story.secretary,
            "chair": story.chair.person,
            "juror": story.jury[2].person,
            "officer": story.officer,
            "owner": story.owner,
        }.items()
    }

    assert codes["secretary"] == codes["chair"] == 200
    assert codes["juror"] in {403, 404}
    assert codes["owner"] in {403, 404}
    assert codes["officer"] in {403, 404}


def test_what_others_did_changes_nothing_a_juror_sees(visitor):
    story = Story(proposals=2).started()
    me, other = story.jury[1], story.jury[2]
    room = f"/challenges/{story.challenge.code}/jury"
    sheet = f"/sheets/{sheets_of(story.round, me)[0].code}"
    story.written()
    visitor.as_(me.person)
    pages = [room, sheet, f"/rounds/{story.round.code}/grid", "/desk"]
    before = [_plain(visitor.get(page).text) for page in pages]
    story.at += DAY

    story.submits(other)
    story.submits(story.jury[0])

    visitor.as_(me.person)
    assert [_plain(visitor.get(page).text) for page in pages] == before


def _plain(text):
    """Leave out what is new on every page: tokens and nonces."""
    return [line for line in text.splitlines() if "csrf_token" not in line and "nonce" not in line]


def test_the_pictures_say_in_words_and_a_table_what_they_show(visitor):
    story = Story(proposals=2).started()
    story.fills(sheets_of(story.round, story.jury[1])[0])

    page = visitor.as_(story.secretary).get(f"/rounds/{story.round.code}/progress").text

    assert 'aria-label="J2: 1 van 2 klaar"' in page
    assert page.count('class="sir-growth"') == 3
    assert "Toon de cijfers" in page
    assert "style=" not in page


# -- The rule ----------------------------------------------------------------------


def test_what_was_ready_stays_so_until_it_changes():
    days = days_between(date(2027, 3, 1), date(2027, 3, 5))

    assert len(days) == 5
    assert grown([(date(2027, 3, 2), 1), (date(2027, 3, 4), 3)], days) == [0, 1, 1, 3, 3]
    assert grown([(date(2027, 2, 20), 2)], days) == [2, 2, 2, 2, 2]
    assert grown([], days) == [0, 0, 0, 0, 0]


def test_a_long_round_is_shown_from_its_last_days():
    days = days_between(date(2027, 1, 1), date(2027, 12, 31))

    assert (len(days), days[-1]) == (SHOWN_DAYS, date(2027, 12, 31))
    assert days_between(date(2027, 3, 1), date(2027, 2, 1)) == [date(2027, 3, 1)]

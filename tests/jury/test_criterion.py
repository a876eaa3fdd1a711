"""One criterion across all proposals, next and previous on the sheet, and search in the text."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from sir.journal.models import Entry
from sir.jury.queries import sheets_of
from sir.jury.rules.sheets import marks_of
from sir.jury.services import vacate_seat
from sir.jury.views import criteria
from sir.kernel.database import db
from tests.jury.story import Story
from tests.makers import NOON


@pytest.fixture
def story(app):
    return Story(proposals=3).written().started()


@pytest.fixture
def seat(story, visitor):
    seat = story.jury[1]
    visitor.as_(seat.person)
    return seat


def across(story, key="K1"):
    return f"/rounds/{story.round.code}/criterion?key={key}"


def test_all_proposals_stand_on_the_page_in_the_jurors_own_order(story, seat, visitor):
    codes = [sheet.code for sheet in sheets_of(story.round, seat)]
    page = visitor.get(across(story)).text

    places = [page.index(f'id="{code}"') for code in codes]
    assert places == sorted(places)
    assert story.plan.criteria[0].name in page


def test_without_a_script_one_row_is_saved_and_the_rest_of_the_sheet_stays(story, seat, visitor):
    sheet = sheets_of(story.round, seat)[1]
    story.fills(sheet)
    name = f"{sheet.code}-"
    token = visitor.token(across(story))
    data = {"csrf_token": token, "version": str(sheet.version), "level_K1": "2", "reason_K1": "Nu."}
    fields = {name + key: value for key, value in data.items()}

    answer = visitor.post(f"/sheets/{sheet.code}/criterion?key=K1", data=fields)

    assert answer.status_code == 302
    assert answer.location.endswith(f"/criterion?key=K1#{sheet.code}")
    marks = marks_of(sheet)
    assert (marks.levels["K1"], marks.levels["K2"], marks.reasons["K1"]) == (2, 4, "Nu.")
    last = db.session.scalars(
        select(Entry).where(Entry.act == "sheet.saved").order_by(Entry.id.desc())
    ).first()
    assert json.loads(last.details)["way"] == "criterion"


def test_a_stale_row_shows_both_versions(story, seat, visitor):
    sheet = sheets_of(story.round, seat)[0]
    token = visitor.token(across(story))
    story.fills(sheet)
    data = {"csrf_token": token, "version": "1", "level_K1": "2", "reason_K1": "Van hier."}
    fields = {f"{sheet.code}-{key}": value for key, value in data.items()}

    page = visitor.post(f"/sheets/{sheet.code}/criterion?key=K1", data=fields)

    assert page.status_code == 409
    assert "Van hier." in page.text
    assert f"{story.plan.criteria[0].name}: niveau" in page.text
    assert marks_of(sheet).levels["K1"] == 4


def test_a_criterion_that_is_not_in_the_plan_is_not_there(story, seat, visitor):
    assert visitor.get(across(story, "K99")).status_code == 404


def test_many_proposals_come_in_pages(story, seat, visitor, monkeypatch):
    monkeypatch.setattr(criteria, "ROWS", 2)
    codes = [sheet.code for sheet in sheets_of(story.round, seat)]

    first = visitor.get(across(story)).text
    second = visitor.get(f"{across(story)}&after=2").text

    assert [f'id="{code}"' in first for code in codes] == [True, True, False]
    assert "key=K1&amp;after=2" in first
    assert [f'id="{code}"' in second for code in codes] == [False, False, True]


def test_a_sheet_leads_to_the_one_before_and_after_and_the_first_that_is_not_ready(
    story, seat, visitor
):
    first, second, third = sheets_of(story.round, seat)
    story.fills(second)

    page = visitor.get(f"/sheets/{second.code}").text

    assert f'href="/sheets/{first.code}" data-go="k" rel="prev"' in page
    assert f'href="/sheets/{third.code}" data-go="j" rel="next"' in page
    assert f'href="/sheets/{first.code}" data-go="m"' in page
    assert 'data-go="k"' not in visitor.get(f"/sheets/{first.code}").text
    assert 'data-go="j"' not in visitor.get(f"/sheets/{third.code}").text


def test_what_is_looked_for_is_marked_in_the_text_only(story, seat, visitor):
    sheet = sheets_of(story.round, seat)[0]
    number = sheet.proposal.number
    path = f"/sheets/{sheet.code}"

    found = visitor.get(f"{path}?find=oplossing {number}").text
    nothing = visitor.get(f"{path}?find=<b>").text
    tag = visitor.get(f"{path}?find=class").text

    assert f'<mark id="found-1">Oplossing {number}</mark>' in found
    assert "staat op 1 plaats" in found
    assert "&lt;b&gt;” staat op 0 plaatsen" in nothing
    assert "<mark" not in nothing + tag


def test_only_the_jurors_own_open_sheets_may_be_kept_on_a_device(story, seat, visitor):
    sheet = sheets_of(story.round, seat)[0]
    for path in (f"/sheets/{sheet.code}", f"/sheets/{sheet.code}/proposal.pdf"):
        assert visitor.get(path).headers["X-Sir-Keep"] == f"{seat.person.code};7200"
    for row in story.jury:
        story.submits(row)
    assert "X-Sir-Keep" not in visitor.get(f"/sheets/{sheet.code}").headers


def test_the_house_says_which_copies_may_stay_and_how_long(clock, story, seat, visitor):
    mine, other = sheets_of(story.round, seat), sheets_of(story.round, story.jury[1])
    asked = "&".join(f"code={sheet.code}" for sheet in (mine[0], other[0]))
    visitor.as_(seat.person)

    told = visitor.get(f"/sheets/kept?{asked}").json
    assert told == {"owner": seat.person.code, "seconds": 7200, "sheets": [mine[0].code]}

    clock.at = NOON + timedelta(minutes=90)
    told = [visitor.get(f"/sheets/kept?{asked}").json["seconds"] for _ in range(2)]
    assert told == [1800, 1800], "asking keeps no session alive"
    visitor.get(f"/sheets/{mine[0].code}")
    assert visitor.get(f"/sheets/kept?{asked}").json["seconds"] == 7200


def test_no_copy_may_stay_once_the_juror_left_or_the_session_ended(story, seat, visitor):
    sheet = sheets_of(story.round, seat)[0]
    path = f"/sheets/kept?code={sheet.code}"
    visitor.as_(seat.person)
    vacate_seat(seat, reason="Toch een belang.", by=story.secretary, at=NOON)
    db.session.commit()

    assert visitor.get(path).json["sheets"] == []
    visitor.as_(None)
    assert visitor.get(path, headers={"X-Autosave": "1"}).status_code == 401


def test_signing_out_clears_what_the_device_kept(story, seat, visitor):
    answer = visitor.hand_in("/sign-out", _from=across(story))

    assert answer.headers["Clear-Site-Data"] == '"storage"'


def test_the_worker_serves_beside_the_sheets_and_may_not_be_cached(app, visitor):
    with visitor.get("/sheets/worker.js") as answer:
        assert b"addEventListener" in answer.data

    assert answer.mimetype in {"text/javascript", "application/javascript"}
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "worker-src 'self'" in answer.headers["Content-Security-Policy"]
    assert visitor.get("/en/sheets/offline").status_code == 200

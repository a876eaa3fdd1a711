"""What the pages of the jury room ask of the database, however large the round."""

import pytest
from sqlalchemy import event

from sir.jury.models import Declaration, RoundState
from sir.jury.queries import latest_ranking, sheets_of
from sir.jury.queries import sheets as sheet_queries
from sir.jury.services import lock_quality, make_ranking
from sir.jury.views import door
from sir.kernel.database import db
from sir.kernel.memory import Memory
from sir.web.pages import MEMORY
from sir.workflows.models import Anonymity
from tests.jury.story import Story
from tests.makers import FROZEN, make_person, make_plan


@pytest.fixture
def asked(app, visitor):
    """Count the statements of one page, once everything is warm."""
    seen = []
    event.listen(
        db.engine, "before_cursor_execute", lambda *parts: seen.append(parts[2]), named=False
    )

    def visit(path):
        assert visitor.get(path).status_code == 200
        seen.clear()
        visitor.get(path)
        return [line for line in seen if line.startswith("SELECT")]

    return visit


def room(story):
    return f"/challenges/{story.challenge.code}/jury"


def test_a_jurors_pages_ask_as_often_for_five_proposals_as_for_two(visitor, asked):
    counts = []
    for proposals in (2, 5):
        story = Story(proposals=proposals).written().started()
        seat = story.jury[1]
        sheet = sheets_of(story.round, seat)[0]
        visitor.as_(seat.person)
        pages = (room(story), f"/sheets/{sheet.code}", f"/rounds/{story.round.code}/grid")
        counts.append([len(asked(page)) for page in pages])

    assert counts[0] == counts[1]
    assert counts[0][1] <= 7  # the sheet
    assert max(counts[0]) < 20


def test_the_secretarys_room_asks_as_often_for_five_proposals_as_for_two(visitor, asked):
    counts = []
    for proposals in (2, 5):
        story = Story(proposals=proposals).written().started()
        visitor.as_(story.secretary)
        counts.append(len(asked(room(story))))

    assert counts[0] == counts[1] <= 13


@pytest.fixture
def words_read():
    """Keep every word on a bidder that is taken out of the database."""
    found = []

    def note(word, _context):
        found.append(word)

    event.listen(Declaration, "load", note)
    yield found
    event.remove(Declaration, "load", note)


def test_the_room_reads_no_word_of_a_juror_without_a_tie(visitor, asked, words_read):
    story = Story(proposals=3).opened()
    story.declares(story.jury[0])  # the others are waited for
    visitor.as_(story.secretary)

    asked(room(story))

    assert story.round.state is RoundState.CONFLICT_CHECK
    assert words_read == []


def test_saving_a_field_asks_no_more_than_it_must(app, visitor):
    story = Story(proposals=2).written().started()
    seat = story.jury[1]
    path = f"/sheets/{sheets_of(story.round, seat)[0].code}"
    token = visitor.as_(seat.person).token(path)
    seen = []
    event.listen(db.engine, "before_cursor_execute", lambda *parts: seen.append(parts[2]))

    for number in (1, 2):
        seen.clear()
        headers = {
            "X-Autosave": "1",
            "If-Match": f'"v{number}"',
            "Idempotency-Key": f"change-{number:016d}",
        }
        fields = {"csrf_token": token, "reason_K1": f"Omdat het {number} keer werkt."}
        assert visitor.patch(path, data=fields, headers=headers).status_code == 200

    assert len([line for line in seen if not line.startswith(("BEGIN", "SET"))]) <= 12
    assert [line for line in seen if "criterion" in line.partition("FROM")[2].split()[:1]] == []


def test_a_ranking_asks_as_often_for_five_proposals_as_for_two(visitor, asked):
    counts = []
    for proposals in (2, 5):
        story = Story(proposals=proposals).agreed()
        lock_quality(story.round, by=story.chair.person, at=story.at)
        make_ranking(story.round, by=story.secretary, at=story.at)
        db.session.flush()
        visitor.as_(story.chair.person)
        counts.append(len(asked(f"/rankings/{latest_ranking(story.challenge).code}")))

    assert counts[0] == counts[1]
    assert counts[0] < 20


def test_a_jurors_list_and_grid_come_in_pages_by_reading_order(visitor, monkeypatch):
    story = Story(proposals=3).started()
    seat = story.jury[1]
    codes = [sheet.code for sheet in sheets_of(story.round, seat)]
    visitor.as_(seat.person)
    for module in (sheet_queries, door):
        monkeypatch.setattr(module, "DESK", 2)

    for path in (room(story), f"/rounds/{story.round.code}/grid"):
        first = visitor.get(path).text
        assert [f'href="/sheets/{code}"' in first for code in codes] == [True, True, False]
        assert f'{path}?after=2"' in first

        second = visitor.get(f"{path}?after=2").text
        assert f'href="/sheets/{codes[2]}"' in second
        assert f'{path}?after=0"' in second
        assert "?after=3" not in second

        for strange in ("-1", "x", "9" * 30, "٣"):
            assert f'href="/sheets/{codes[0]}"' in visitor.get(f"{path}?after={strange}").text


def test_a_ranking_that_was_drawn_before_shows_names_to_nobody_too_early(visitor):
    story = Story(plan=make_plan(anonymity=Anonymity.UNTIL_DECISION, **FROZEN)).agreed()
    lock_quality(story.round, by=story.chair.person, at=story.at)
    make_ranking(story.round, by=story.secretary, at=story.at)
    db.session.flush()
    code = latest_ranking(story.challenge).code
    page = f"/rankings/{code}"
    visitor.as_(story.chair.person)

    early = [visitor.get(page).text for _ in range(2)]
    story.round.state = RoundState.DECIDED
    story.round.decided_at = story.at
    late = [visitor.get(page).text, visitor.get(f"/en{page}").text]

    assert ["Startup A" in text for text in early + late] == [False, False, True, True]
    assert ["Voorstel 1" in text for text in early + late] == [True, True, True, False]
    assert "Proposal 1: Startup A" in late[1]


def test_a_ranking_that_was_drawn_before_is_still_hidden_from_others(visitor):
    story = Story().agreed()
    lock_quality(story.round, by=story.chair.person, at=story.at)
    make_ranking(story.round, by=story.secretary, at=story.at)
    db.session.flush()
    page = f"/rankings/{latest_ranking(story.challenge).code}"
    assert "Voorstel 1" in visitor.as_(story.chair.person).get(page).text

    stranger = visitor.as_(make_person()).get(page)

    assert (stranger.status_code, "Voorstel 1" in stranger.text) == (404, False)


def test_a_ranking_shows_its_snapshot_whatever_happens_to_the_jury_later(visitor):
    story = Story().agreed()
    lock_quality(story.round, by=story.chair.person, at=story.at)
    make_ranking(story.round, by=story.secretary, at=story.at)
    db.session.flush()
    page = f"/rankings/{latest_ranking(story.challenge).code}"
    visitor.as_(story.chair.person)
    before = visitor.get(page).text.count('class="dot"')

    visitor.application.extensions[MEMORY] = Memory(1)  # drawn anew, by another worker
    dots = len(story.proposals) * len(story.plan.criteria) * len(story.jury)
    left = story.jury[1]
    left.vacated_reason, left.vacated_at = "verhuisd", story.at

    assert before == dots
    assert visitor.get(page).text.count('class="dot"') == before

"""The lot: what the published source gave, typed by two people, and only then it parts equals."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from sir.journal.models import Entry
from sir.jury.models import Ranking
from sir.jury.queries import drawn_value, lot_of
from sir.jury.rules.ranking import lot as drawn
from sir.jury.services import LotNeeded, make_ranking, record_lot
from sir.jury.services.consensus import lock_quality
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.kernel.transaction import transaction
from tests.jury.story import Story
from tests.makers import NOON

PULSE = "8E00C0AF8A11"


@pytest.fixture
def story(app):
    """A challenge whose deadline passed, with nothing typed of the source yet."""
    story = Story()
    db.session.delete(story.lot)
    db.session.flush()
    return story


def types(story, value, by, at=NOON):
    return record_lot(story.challenge, value, by=by, at=at)


def settled(story):
    """Agree everywhere on one level, so that no score parts anybody."""
    story.agreed()
    lock_quality(story.round, by=story.chair.person, at=NOON)
    return story


def test_it_counts_only_once_a_second_person_typed_the_same(story):
    types(story, PULSE, story.officer)
    assert drawn_value(story.challenge) is None

    recorded = types(story, PULSE, story.secretary)

    assert drawn_value(story.challenge) == PULSE
    assert (recorded.first, recorded.second) == (story.officer, story.secretary)


def test_one_person_typing_twice_is_still_one_person(story):
    types(story, PULSE, story.officer)
    types(story, "8E00C0AF8A12", story.officer)

    assert drawn_value(story.challenge) is None
    assert lot_of(story.challenge).value == "8E00C0AF8A12"


@pytest.mark.parametrize("other", [PULSE.lower(), PULSE[:-1], f"{PULSE}0"])
def test_a_value_that_differs_by_one_character_is_refused(story, other):
    types(story, PULSE, story.officer)

    with pytest.raises(Refused, match=r"first person|eerste"):
        types(story, other, story.secretary)
    assert drawn_value(story.challenge) is None


def test_what_was_recorded_never_changes(story):
    types(story, PULSE, story.officer)
    types(story, PULSE, story.secretary)

    for person in (story.officer, story.secretary):
        with pytest.raises(Refused, match=r"any more|niet meer"):
            types(story, PULSE, person)


def test_the_database_too_wants_two_people(story):
    lot = types(story, PULSE, story.officer)
    lot.second, lot.second_at = story.officer, NOON

    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


@pytest.mark.parametrize(
    ("early", "is_refused"), [(timedelta(microseconds=1), True), (timedelta(0), False)]
)
def test_nobody_types_it_before_the_deadline(story, early, is_refused):
    at = story.challenge.closes_at - early
    if is_refused:
        with pytest.raises(Refused, match=r"deadline|sluiting"):
            types(story, PULSE, story.officer, at=at)
    else:
        assert types(story, PULSE, story.officer, at=at).first_at == at


def test_equals_are_ranked_only_once_the_lot_is_recorded(story):
    settled(story)
    with pytest.raises(LotNeeded, match=r"1, 2, 3"):
        make_ranking(story.round, by=story.secretary, at=NOON)
    db.session.rollback()
    assert db.session.scalars(select(Ranking.id)).all() == []


def test_the_lot_is_that_of_the_recorded_value_and_not_of_the_words_in_the_plan(app):
    story = settled(Story())
    ranking = make_ranking(story.round, by=story.secretary, at=NOON)

    order = [place["proposal"] for place in ranking.result["ranking"]]
    assert order == sorted("123", key=lambda number: drawn(story.lot.value, number))
    assert ranking.lot == story.lot.value


def test_the_first_value_is_in_no_journal_before_the_second_looked(story):
    with transaction():
        types(story, PULSE, story.officer)
    [typed] = db.session.scalars(select(Entry).where(Entry.act == "lot.typed")).all()
    assert PULSE not in str(typed.details)

    with transaction():
        types(story, PULSE, story.secretary)
    [recorded] = db.session.scalars(select(Entry).where(Entry.act == "lot.recorded")).all()
    assert PULSE in str(recorded.details)


def test_the_second_person_does_not_see_what_the_first_typed(story, visitor):
    types(story, PULSE, story.officer)
    address = f"/challenges/{story.challenge.code}/jury/lot"
    db.session.commit()

    assert PULSE in visitor.as_(story.officer).get(address).text
    assert PULSE not in visitor.as_(story.secretary).get(address).text
    assert visitor.as_(story.owner).post(address, data={"value": PULSE}).status_code == 403


def test_the_page_records_it_and_keeps_what_was_typed_when_it_differs(story, visitor):
    types(story, PULSE, story.officer)
    address = f"/challenges/{story.challenge.code}/jury/lot"
    db.session.commit()
    secretary = visitor.as_(story.secretary)

    wrong = secretary.hand_in(address, value="8E00")
    empty = secretary.hand_in(address, value=" ")
    right = secretary.hand_in(address, value=PULSE)

    assert (wrong.status_code, empty.status_code, right.status_code) == (409, 422, 302)
    assert 'value="8E00"' in wrong.text
    assert PULSE in visitor.as_(story.owner).get(address).text


def test_the_page_of_the_ranking_leads_to_the_lot(story, visitor):
    settled(story)
    db.session.commit()

    page = visitor.as_(story.secretary).hand_in(f"/rounds/{story.round.code}/rank")

    assert page.status_code == 409
    assert f"/challenges/{story.challenge.code}/jury/lot" in page.text

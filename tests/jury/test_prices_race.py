"""Keys that turn at the same moment, on real databases: the prices open once."""

from sqlalchemy import func, select

from sir.jury.models import OpenedPrice, Round, RoundState
from sir.kernel.database import db
from sir.people.rules.factors import code_at
from sir.proposals.models import Opening, OpeningState
from tests.jury.priced import MINUTE, Priced
from tests.makers import NOON
from tests.proposals.test_race import Tab, at_once


def test_many_second_keys_at_once_open_the_prices_once(app, clock):
    story = Priced().locked()
    story.starts(clock)
    clock.at = NOON + MINUTE
    assessor, path = story.keys.assessor, f"/rounds/{story.round.code}/prices"
    tab = Tab(app, assessor.person, path)
    code = code_at(assessor.secret, clock.at)
    db.session.remove()

    answers = at_once([lambda: tab.send(f"{path}/complete", code=code)] * 8)

    statuses = [answer.status_code for answer in answers]
    assert statuses.count(302) == 1
    assert set(statuses) <= {302, 409, 422}
    assert db.session.scalar(select(func.count()).select_from(OpenedPrice)) == 3
    assert db.session.scalar(select(Round.state)) is RoundState.PRICE_OPENED


def test_two_first_keys_at_once_begin_one_opening(app, clock):
    story = Priced().locked()
    path = f"/rounds/{story.round.code}/prices"
    jobs = []
    for official in (story.keys.officer, story.keys.secretary):
        tab = Tab(app, official.person, path)
        code = code_at(official.secret, clock.at)
        jobs.append(lambda tab=tab, code=code: tab.send(f"{path}/start", code=code))
    db.session.remove()

    answers = at_once(jobs)

    assert sorted(answer.status_code for answer in answers) == [302, 409]
    started = select(func.count()).where(Opening.state == OpeningState.STARTED)
    assert db.session.scalar(started) == 1

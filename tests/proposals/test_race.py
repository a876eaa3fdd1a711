"""Many at once, on real databases, with threads: nothing lost, nothing double."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import count

from sqlalchemy import func, select

from sir.kernel.database import db
from sir.people.models import Role
from sir.proposals.models import Draft, Opening, OpeningState, ProposalState, Submission
from sir.proposals.queries import draft_of, read_draft
from tests.conftest import Visitor
from tests.makers import NOON, make_challenge
from tests.proposals.story import HOUR, Official, content, draft


class Ticking:
    """A clock that each look moves on, so that a deadline falls in the midst of the crowd."""

    def __init__(self, at, step):
        self.start, self.step, self.looks = at, step, count()

    def now(self):
        return self.start + next(self.looks) * self.step


def browser(app, person):
    app.test_client_class = Visitor
    return app.test_client().as_(person)


def analyze():
    """Let PostgreSQL know how small its tables are, as in a house that has run for a while."""
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")


def at_once(jobs):
    """Start everything at the same moment, each in a thread."""
    barrier = threading.Barrier(len(jobs))

    def go(job):
        barrier.wait()
        return job()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(go, jobs))


class Tab:
    """A browser tab that posts without touching the test's own session."""

    def __init__(self, app, person, path):
        visitor = browser(app, person)
        self.app, self.path = app, path
        self.token = visitor.token(path)
        self.cookie = visitor.get_cookie("sir").value
        app.test_client_class = None

    def send(self, path=None, **data):
        client = self.app.test_client()
        client.set_cookie("sir", self.cookie)
        return client.post(path or self.path, data={"csrf_token": self.token, **data})


def test_fifty_submits_of_one_proposal_give_one_receipt(app):
    proposal, founder = draft()
    tab = Tab(app, founder, f"/proposals/{proposal.code}/submit")
    db.session.remove()

    answers = at_once([lambda: tab.send(version=1, has_declared="y")] * 50)

    assert {answer.status_code for answer in answers} == {302}
    assert db.session.scalar(select(func.count()).select_from(Submission)) == 1


def test_the_count_opened_is_the_count_acknowledged(app, monkeypatch):
    """Submits and the second key meet while the clock runs over the deadline."""
    challenge = make_challenge()
    stories = [draft(challenge) for _ in range(12)]
    tabs = [Tab(app, founder, f"/proposals/{one.code}/submit") for one, founder in stories]
    first = Official(Role.OFFICER, challenge)
    second = Official(Role.SECRETARY, challenge)
    page = f"/challenges/{challenge.code}/opening"
    keys = [Tab(app, official.person, page) for official in (first, second)]
    opening = Opening(
        code="VROEG",
        challenge=challenge,
        first=first.person,
        first_at=challenge.closes_at,
        first_sign_in_id=first.sign_in.id,
    )
    db.session.add(opening)
    code = second.key(challenge.closes_at)["code"]
    db.session.commit()
    clock = Ticking(challenge.closes_at - timedelta(milliseconds=12), timedelta(milliseconds=1))
    monkeypatch.setitem(app.extensions, "sir.clock", clock)
    db.session.remove()

    def turn():
        for _ in range(40):
            answer = keys[1].send(f"{page}/complete", code=code)
            if answer.status_code == 302:
                return answer
        return answer

    jobs = [lambda tab=tab: tab.send(version=1, has_declared="y") for tab in tabs]
    *answers, opened = at_once([*jobs, turn])

    assert opened.status_code == 302
    acknowledged = sum(answer.status_code == 302 for answer in answers)
    assert {answer.status_code for answer in answers} <= {302, 409}
    done = db.session.scalar(select(Opening).where(Opening.state == OpeningState.COMPLETED))
    assert done.count == acknowledged
    opened_states = select(func.count()).where(Submission.received_at >= NOON + HOUR)
    assert db.session.scalar(opened_states.select_from(Submission)) == 0


def test_no_letter_is_lost_when_twenty_write_over_the_deadline(app, clock):
    stories = [draft(make_challenge()) for _ in range(20)]
    tabs = [Tab(app, founder, f"/proposals/{one.code}/edit/team") for one, founder in stories]
    clock.at = NOON + HOUR
    db.session.remove()
    analyze()

    jobs = [
        lambda n=n, tab=tab: tab.send(version=1, team=f"Team {n} schrijft door", stage="live")
        for n, tab in enumerate(tabs)
    ]
    answers = at_once(jobs)

    assert {answer.status_code for answer in answers} == {302}
    vault = app.extensions["sir.vault"]
    for n, (told, _founder) in enumerate(stories):
        proposal = db.session.merge(told)
        kept = read_draft(proposal, draft_of(proposal), vault)
        assert kept["idea"]["team"] == f"Team {n} schrijft door"
        assert kept["idea"]["solution"] == content()["idea"]["solution"]
        assert proposal.state is ProposalState.DRAFT


def test_two_tabs_that_save_at_once_lose_nothing_silently(app):
    proposal, founder = draft()
    tab = Tab(app, founder, f"/proposals/{proposal.code}/edit/team")
    db.session.remove()

    answers = at_once(
        [lambda n=n: tab.send(version=1, team=f"Tab {n}", stage="live") for n in range(8)]
    )

    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [302] + [409] * 7
    assert db.session.scalar(select(Draft.version)) == 2
    for n, answer in enumerate(answers):
        assert answer.status_code == 302 or f"Tab {n}" in answer.text

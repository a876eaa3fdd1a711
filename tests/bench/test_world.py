"""The measured house is a real one: what it measures must be what the house is."""

import importlib
import pkgutil

import pytest
from sqlalchemy import func, select, text

import bench
from bench.server import Ask
from bench.visits import sign_in, visits
from bench.world import CHALLENGES, RANKED, build_world
from sir.challenges.models import Challenge
from sir.challenges.queries import challenge_by_code
from sir.jury.models import Ranking, Sheet
from sir.jury.queries import miscounts
from sir.kernel.database import db
from sir.proposals.models import PartKind, Proposal, ProposalState
from sir.proposals.queries import (
    draft_of,
    opened_proposals,
    proposal_by_code,
    read_draft,
    read_part,
)

PROPOSALS, JURORS, DRAFTS = 30, 5, 2


def test_every_part_of_the_bench_imports():
    for module in pkgutil.iter_modules(bench.__path__, "bench."):
        importlib.import_module(module.name)


@pytest.fixture
def world(app):
    return build_world(app, proposals=PROPOSALS, jurors=JURORS, drafts=DRAFTS)


def test_a_house_has_as_many_of_everything_as_was_asked(world):
    def count(model, *where):
        return db.session.scalar(select(func.count()).select_from(model).where(*where))

    assert count(Challenge) == CHALLENGES + 2
    assert count(Proposal, Proposal.state == ProposalState.SEALED) == PROPOSALS
    assert count(Proposal, Proposal.state == ProposalState.OPENED) == PROPOSALS + RANKED
    assert count(Sheet) == PROPOSALS * JURORS + RANKED * 5
    assert len(db.session.scalar(select(Ranking)).result["ranking"]) == RANKED
    assert len(world.drafts) == DRAFTS


def test_the_kept_counts_are_those_of_the_sheets(world):
    assert miscounts() == []


def test_every_reference_leads_somewhere(world):
    if db.engine.dialect.name == "sqlite":
        assert db.session.execute(text("PRAGMA foreign_key_check")).all() == []
        assert db.session.execute(text("PRAGMA integrity_check")).scalar() == "ok"


def test_what_is_sealed_opens_with_the_key_of_the_house(app, world):
    vault = app.extensions["sir.vault"]
    first, *_others = opened_proposals(challenge_by_code(world.judged_code))
    assert read_part(first, PartKind.IDEA, vault)["title"].startswith("Een lezer in de kantlijn")
    proposal = proposal_by_code(world.drafts[0][0])
    assert read_draft(proposal, draft_of(proposal), vault)["cost"]["cost1_amount"] == "21.500"


def asked(app, ask):
    db.session.commit()
    with app.app_context():
        client = app.test_client(use_cookies=False)
        return client.open(
            ask.path, method=ask.method, data=ask.body, headers=dict(ask.headers)
        ).status_code


def test_a_session_of_the_house_lets_its_holder_in(app, world):
    ask = sign_in(app, world.founder[1]).look(f"/proposals/{world.founder[0]}")
    assert asked(app, ask) == 200
    assert asked(app, Ask(ask.path)) == 302


def test_each_founder_hands_in_with_one_small_request(app, world):
    submit = next(visit for visit in visits(app, world) if visit.name == "submit")
    for number in range(DRAFTS):
        assert asked(app, submit.asks(number)) == submit.status
    states = {proposal_by_code(code).state for code, _session in world.drafts}
    assert states == {ProposalState.SEALED}

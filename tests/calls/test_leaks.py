"""Worlds that differ in one order, sealed, answer everybody but that startup alike."""

import re

import pytest

from sir.calls.services import order_entries
from sir.challenges.models import ChallengeState
from sir.jury.models import RoundState
from sir.jury.queries.outcome import latest_ranking
from sir.kernel.database import db
from sir.people.models import Role
from sir.proposals.models import ProposalState
from tests.calls.story import CallStory, entered, vault
from tests.calls.test_services import TWICE
from tests.challenges.story import TEXTS
from tests.makers import (
    NOON,
    make_founder,
    make_member,
    make_person,
    make_startup,
    make_team_member,
)


def look(visitor, people, paths):
    found = {}
    for name, person in people.items():
        visitor.as_(person)
        for path in paths:
            answer = visitor.get(path)
            assert answer.status_code < 500, f"{name} {path}"
            body = re.sub(rb'name="csrf_token"[^>]*>', b"", answer.data)
            headers = [answer.headers.get(key) for key in ("ETag", "Last-Modified")]
            found[name, path] = (answer.status_code, body, headers, answer.location)
    return found


def watchers(challenge, call, rival):
    roles = [Role.OWNER, Role.OFFICER, Role.APPROVER, Role.SECRETARY]
    return {
        **{role.value: make_team_member(role, challenge) for role in roles},
        "manager": make_member(Role.PROGRAMME_MANAGER, call.buyer),
        "auditor": make_member(Role.AUDITOR, call.buyer),
        "rival": rival,
        "admin": make_person(is_platform_admin=True),
        "stranger": None,
    }


def written(challenge):
    """Give a challenge a text that its public page can show."""
    challenge.terms.text_nl = {
        key: text if isinstance(text, str) else "\n".join(text) for key, text in TEXTS.items()
    }


def about(call, proposals):
    for row in proposals:
        written(row.challenge)
    codes = [row.challenge.code for row in proposals]
    return [
        "/desk",
        "/calls/",
        "/challenges/",
        f"/calls/{call.code}",
        f"/calls/{call.code}/outcome",
        f"/calls/{call.code}/outcome.json",
        *(f"/challenges/{code}{tail}" for code in codes for tail in ("", "/manage", "/decision")),
        *(f"/challenges/{code}/uitvraag.json" for code in codes),
        *(f"/proposals/{row.code}{tail}" for row in proposals for tail in ("", "/order")),
    ]


@pytest.mark.parametrize("state", [ProposalState.DRAFT, ProposalState.SEALED])
def test_before_the_vaults_are_open_nobody_can_tell_that_or_how_somebody_ordered(
    app, visitor, state
):
    call, startup, founder, proposals = entered("Wijken", "Wateren")
    for row in proposals:
        row.state, row.submitted_at = state, NOON
    people = watchers(proposals[0].challenge, call, make_founder(make_startup(name="Mededinger")))
    codes = [row.challenge.code for row in proposals]
    worlds = []
    for version, order in enumerate([None, codes, codes[::-1]], -1):
        if order:
            order_entries(call, startup, order, version=version, by=founder, at=NOON, vault=vault())
        worlds.append(look(visitor, people, about(call, proposals)))

    first, *others = worlds
    assert [key for world in others for key in world if world[key] != first[key]] == []
    assert len({status for status, *_rest in first.values()}) > 1


@pytest.mark.parametrize("last", ["vault", "jury"])
def test_nor_while_one_vault_is_shut_or_one_jury_has_not_signed(app, visitor, last):
    story = CallStory(TWICE)
    wateren = story.challenge("Wateren")
    if last == "vault":
        wateren.state = ChallengeState.PUBLISHED
        for row in story.stories["Wateren"].proposals:
            row.state = ProposalState.SEALED
    else:
        latest_ranking(wateren).round.state = RoundState.SIGNING
    db.session.flush()
    proposals = [story.stories[title].proposals[0] for title in TWICE]
    rival = story.known["Praatplaat"][1]
    people = watchers(story.challenge("Wijken"), story.call, rival)
    paths = about(story.call, proposals)

    story.wants("Helder BV", "Wijken", "Wateren")
    before = look(visitor, people, paths)
    story.wants("Helder BV", "Wateren", "Wijken", version=1)
    after = look(visitor, people, paths)

    assert [key for key in before if after[key] != before[key]] == []

"""A challenge that stops: what was sealed stays sealed, what was opened can be accounted for."""

import pytest
from sqlalchemy import select

from sir.challenges.models import ChallengeState
from sir.decisions.services import cancel_challenge
from sir.desk.queries import overview_of
from sir.kernel.database import db
from sir.kernel.errors import Missing, Refused
from sir.kernel.transaction import transaction
from sir.notices.models import Letter
from sir.notices.queries import letters_page
from sir.people.models import Role
from sir.permissions import standing_of
from sir.proposals.models import PartKind
from sir.proposals.queries import read_part
from sir.proposals.services import start_opening
from tests.makers import make_challenge, make_member, make_person, make_team_member
from tests.proposals.story import Official, draft, open_vault, ports, submit

WHY = "Het budget voor deze uitdaging is vervallen door een besluit van de raad."


def cancelled(challenge, at):
    with transaction():
        cancel_challenge(challenge, WHY, by=make_team_member(Role.APPROVER, challenge), at=at)


def closed(clock):
    """A challenge with one proposal in its vault, a minute after the deadline."""
    challenge = make_challenge()
    proposal, founder = draft(challenge)
    submit(proposal, founder)
    return challenge, proposal, founder


def test_what_was_never_opened_stays_sealed_for_ever(app, clock):
    challenge, proposal, founder = closed(clock)
    cancelled(challenge, clock.now())

    with pytest.raises(Refused):
        open_vault(challenge, clock)
    with pytest.raises(Missing):
        read_part(proposal, PartKind.IDEA, ports()["vault"])
    letter = db.session.scalars(
        select(Letter).where(Letter.template == "decisions/cancelled")
    ).one()
    assert (letter.to, letter.sealed_for) == (founder.email, challenge.code)
    assert letter.words["reason"] == WHY
    assert letter.id not in {row.id for row in letters_page()}


def test_nobody_of_the_government_reads_of_what_was_never_opened(app, visitor, clock):
    challenge, proposal, founder = closed(clock)
    cancelled(challenge, clock.now())
    auditor = make_member(Role.AUDITOR, challenge.buyer)
    people = [make_team_member(role, challenge) for role in (Role.OFFICER, Role.SECRETARY)]

    for person in [*people, auditor, make_person(is_platform_admin=True)]:
        visitor.as_(person)
        assert visitor.get(f"/proposals/{proposal.code}").status_code == 404
        for part in ("vault", "vault.csv", f"vault?proposal={proposal.code}"):
            path = f"/challenges/{challenge.code}/journal/{part}"
            assert visitor.get(path).status_code in {403, 404}
        opening = visitor.get(f"/challenges/{challenge.code}/opening")
        assert founder.name not in opening.text
        assert proposal.bidder.name not in opening.text
        assert ("De kluis blijft dicht" in opening.text) == (person in people or person is auditor)


def test_its_bidder_reads_why_and_that_nobody_reads_the_proposal(app, visitor, clock):
    challenge, proposal, founder = closed(clock)
    cancelled(challenge, clock.now())

    page = visitor.as_(founder).get(f"/proposals/{proposal.code}").text

    assert WHY in page
    assert "De kluis is niet geopend" in page
    assert "openen samen de kluis" not in page


def test_after_the_opening_the_chains_and_the_record_stay_readable(app, visitor, clock):
    challenge, proposal, founder = closed(clock)
    open_vault(challenge, clock)
    cancelled(challenge, clock.now())
    officer = make_team_member(Role.OFFICER, challenge)
    auditor = make_member(Role.AUDITOR, challenge.buyer)

    for person in (officer, make_team_member(Role.SECRETARY, challenge), auditor):
        visitor.as_(person)
        page = visitor.get(f"/challenges/{challenge.code}/journal/vault")
        assert page.status_code == 200
        assert founder.name in page.text
        assert visitor.get(f"/proposals/{proposal.code}").status_code == 200
        record = visitor.get(f"/challenges/{challenge.code}/opening/record.pdf")
        assert record.data.startswith(b"%PDF")
    for person in (make_team_member(Role.OWNER, challenge), make_person(), founder):
        visitor.as_(person)
        assert visitor.get(f"/challenges/{challenge.code}/journal/vault").status_code == 404


def test_the_auditor_finds_a_cancelled_challenge_but_no_cancelled_draft(app, visitor, clock):
    challenge, _proposal, _founder = closed(clock)
    hidden = make_challenge(state=ChallengeState.DRAFT, published_at=None, buyer=challenge.buyer)
    for one in (challenge, hidden):
        cancelled(one, clock.now())
    auditor = make_member(Role.AUDITOR, challenge.buyer)

    assert [row.id for row in overview_of(standing_of(auditor), clock.now()).audited.rows] == [
        challenge.id
    ]
    visitor.as_(auditor)
    assert visitor.get(f"/challenges/{challenge.code}/journal").status_code == 200
    assert visitor.get(f"/challenges/{hidden.code}/journal").status_code == 404


def test_an_opening_that_was_only_begun_opens_nothing(app, visitor, clock):
    challenge, _proposal, founder = closed(clock)
    clock.at = challenge.closes_at
    first = Official(Role.OFFICER, challenge)
    with transaction(in_turn=True):
        start_opening(challenge, **first.key(clock.at))
    cancelled(challenge, clock.now())

    visitor.as_(first.person)
    answer = visitor.get(f"/challenges/{challenge.code}/journal/vault")

    assert answer.status_code == 403
    assert founder.name not in answer.text

"""The vault's own chains: for nobody before the opening, for those who account for it after."""

import pytest
from sqlalchemy import update

from sir.challenges.models import ChallengeState
from sir.journal.models import Head
from sir.kernel.database import db
from sir.people.models import Role
from tests.makers import make_challenge, make_member, make_person, make_team_member
from tests.proposals.story import draft, open_vault, submit, withdraw


def told(challenge, clock):
    """One proposal that stayed, one that was taken back, and the opening."""
    proposal, founder = draft(challenge)
    submit(proposal, founder)
    other, rival = draft(challenge)
    withdraw(other, rival, submit(other, rival).receipt)
    open_vault(challenge, clock)
    return proposal, founder, other


def path(challenge, part="vault"):
    return f"/challenges/{challenge.code}/journal/{part}"


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SECRETARY, Role.OWNER, Role.APPROVER])
def test_before_the_opening_nobody_reads_the_vaults_chain(visitor, role):
    challenge = make_challenge()
    proposal, founder = draft(challenge)
    submit(proposal, founder)
    visitor.as_(make_team_member(role, challenge))

    for part in ("vault", "vault.csv", f"vault?proposal={proposal.code}"):
        answer = visitor.get(path(challenge, part))
        assert answer.status_code == (403 if role is Role.OFFICER else 404)
        assert founder.name not in answer.text


def test_after_the_opening_those_who_account_for_it_read_the_chains(visitor, clock):
    challenge = make_challenge()
    proposal, founder, _other = told(challenge, clock)
    officer = make_team_member(Role.OFFICER, challenge)

    page = visitor.as_(officer).get(path(challenge)).text
    assert "voorstel ingediend" in page
    assert "voorstel ingetrokken" in page
    assert founder.name in page
    assert "De keten is heel" in page
    own = visitor.get(path(challenge, f"vault?proposal={proposal.code}")).text
    assert "voorstel begonnen" in own
    assert "voorstel ingediend" not in own
    sheet = visitor.get(path(challenge, "vault.csv")).get_data(as_text=True)
    assert "proposal.submitted" in sheet
    assert "/journal/vault" in visitor.get(path(challenge, "").rstrip("/")).text


def test_who_reads_them_after_the_opening(visitor, clock):
    challenge = make_challenge()
    _proposal, founder, _other = told(challenge, clock)
    auditor = make_member(Role.AUDITOR, challenge.buyer)
    readers = {
        make_team_member(Role.SECRETARY, challenge): 200,
        make_team_member(Role.OWNER, challenge): 404,
        make_person(is_platform_admin=True): 404,
        founder: 404,
        auditor: 404,
    }
    for person, status in readers.items():
        assert visitor.as_(person).get(path(challenge)).status_code == status

    challenge.state = ChallengeState.AWARDED
    assert visitor.as_(auditor).get(path(challenge)).status_code == 200


def test_what_was_never_opened_has_no_page(visitor, clock):
    """A draft, a proposal that was taken back, another challenge's: as a code that nobody has."""
    challenge = make_challenge()
    _proposal, _founder, withdrawn = told(challenge, clock)
    clock.at = challenge.created_at
    elsewhere = told(make_challenge(), clock)[0]
    visitor.as_(make_team_member(Role.OFFICER, challenge))

    for code in (withdrawn.code, elsewhere.code, "XXXXXXXX"):
        assert visitor.get(path(challenge, f"vault?proposal={code}")).status_code == 404


def test_a_cut_chain_is_told_on_the_page(visitor, clock):
    challenge = make_challenge()
    told(challenge, clock)
    cut = update(Head).where(Head.stream == f"vault:{challenge.code}").values(seq=99)
    db.session.execute(cut)
    visitor.as_(make_team_member(Role.OFFICER, challenge))

    assert "De keten is verbroken" in visitor.get(path(challenge)).text


def test_the_journal_shows_one_persons_acts_on_the_page_and_in_the_sheet(visitor, clock):
    challenge = make_challenge()
    _proposal, founder, _other = told(challenge, clock)
    visitor.as_(make_team_member(Role.OFFICER, challenge))

    page = visitor.get(path(challenge, f"vault?actor={founder.code}")).text
    sheet = visitor.get(path(challenge, f"vault.csv?actor={founder.code}")).get_data(as_text=True)

    rows = page.split("<tbody")[1]
    assert rows.count("<tr") == 1
    assert founder.name in rows
    assert f'value="{founder.code}" selected' in page
    assert len(sheet.strip().splitlines()) == 2
    assert "<tbody" not in visitor.get(path(challenge, "vault?actor=NIEMAND")).text

"""Opening the vault: two people, two sessions, two codes, ten minutes; and what comes out."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from sir.challenges.models import ChallengeState
from sir.journal.models import Entry
from sir.journal.queries import faults
from sir.kernel.database import db
from sir.kernel.errors import Missing, Refused
from sir.kernel.transaction import transaction
from sir.notices.models import Letter
from sir.people.models import Role
from sir.proposals.models import OpeningState, Part, PartKind, ProposalState
from sir.proposals.queries import (
    admissible_proposals,
    current_submissions,
    opened_proposals,
    opening_of,
    read_part,
)
from sir.proposals.services import (
    WrongCode,
    complete_opening,
    exclude_proposal,
    start_opening,
    withdraw_proposal,
)
from tests.makers import make_challenge
from tests.proposals.story import (
    SECRET,
    Official,
    content,
    draft,
    open_vault,
    ports,
    printer,
    submit,
)

MINUTE = timedelta(minutes=1)


def test_two_officials_open_what_was_acknowledged(app, clock):
    challenge = make_challenge()
    stories = [draft(challenge) for _ in range(3)]
    receipts = {submit(*story).receipt for story in stories}
    draft(challenge)  # never handed in

    opening = open_vault(challenge, clock)

    opened = opened_proposals(challenge)
    assert opening.count == len(receipts) == len(opened)
    assert sorted(proposal.number for proposal in opened) == [1, 2, 3]
    assert challenge.state is ChallengeState.OPENED
    for proposal in opened:
        read = read_part(proposal, PartKind.IDEA, app.extensions["sir.vault"])
        assert read == content()["idea"]
    assert app.extensions["sir.store"].fetch(opening.record_pdf).startswith(b"%PDF")
    letters = list(db.session.scalars(select(Letter.template)))
    assert letters.count("proposals/opened") == 3
    assert list(faults()) == []


def test_what_was_withdrawn_stays_sealed(app, clock):
    challenge = make_challenge()
    proposal, founder = draft(challenge)
    receipt = submit(proposal, founder).receipt
    with transaction(in_turn=True):
        withdraw_proposal(proposal, receipt=receipt, by=founder, **ports())

    opening = open_vault(challenge, clock)

    assert opening.count == 0
    assert proposal.state is ProposalState.WITHDRAWN
    with pytest.raises(Missing):
        read_part(proposal, PartKind.IDEA, app.extensions["sir.vault"])


def test_an_empty_vault_is_opened_with_a_record(app, clock):
    challenge = make_challenge()

    opening = open_vault(challenge, clock)

    assert opening.count == 0
    assert app.extensions["sir.store"].fetch(opening.record_pdf).startswith(b"%PDF")
    assert challenge.state is ChallengeState.OPENED


@pytest.mark.parametrize("offset", [-timedelta(milliseconds=1), timedelta(0)])
def test_the_vault_opens_from_the_closing_instant(app, clock, offset):
    challenge = make_challenge()
    first = Official(Role.OFFICER, challenge)
    clock.at = challenge.closes_at + offset
    if offset < timedelta(0):
        with pytest.raises(Refused, match="blijft dicht"), transaction(in_turn=True):
            start_opening(challenge, **first.key(clock.at))
        return
    with transaction(in_turn=True):
        assert start_opening(challenge, **first.key(clock.at)).state is OpeningState.STARTED


@pytest.fixture
def started(app, clock):
    challenge = make_challenge()
    submit(*draft(challenge))
    first = Official(Role.OFFICER, challenge)
    clock.at = challenge.closes_at
    with transaction(in_turn=True):
        opening = start_opening(challenge, **first.key(clock.at))
    clock.at += MINUTE
    return challenge, opening, first


def complete(opening, official, clock, **given):
    with transaction(in_turn=True):
        return complete_opening(opening, **official.key(clock.at, **given), **printer())


def test_the_same_person_turns_no_second_key(started, clock):
    challenge, opening, first = started
    with pytest.raises(Refused, match="Een andere ambtenaar"):
        complete(opening, first, clock)

    assert challenge.state is ChallengeState.PUBLISHED


def test_the_same_session_turns_no_second_key(started, clock):
    challenge, opening, first = started
    second = Official(Role.SECRETARY, challenge)
    with pytest.raises(Refused, match="eigen sessie"):
        complete(opening, second, clock, sign_in_id=first.sign_in.id)


def test_a_wrong_code_opens_nothing(started, clock):
    challenge, opening, _first = started
    second = Official(Role.SECRETARY, challenge)
    with pytest.raises(WrongCode):
        complete(opening, second, clock, code="000000")

    assert challenge.state is ChallengeState.PUBLISHED
    assert opening.state is OpeningState.STARTED


@pytest.mark.parametrize("past", [timedelta(0), timedelta(milliseconds=1)])
def test_ten_minutes_is_in_time_and_no_longer(started, clock, past):
    challenge, opening, _first = started
    second = Official(Role.SECRETARY, challenge)
    clock.at = opening.first_at + 10 * MINUTE + past
    if not past:
        assert complete(opening, second, clock).state is OpeningState.COMPLETED
        return
    with pytest.raises(Refused, match="tien minuten"):
        complete(opening, second, clock)
    with transaction(in_turn=True):
        anew = start_opening(challenge, **second.key(clock.at))

    assert opening_of(challenge) is anew
    assert opening.state is OpeningState.LAPSED


def test_nobody_starts_an_opening_that_runs(started, clock):
    challenge, _opening, _first = started
    other = Official(Role.SECRETARY, challenge)
    with pytest.raises(Refused, match="begonnen"), transaction(in_turn=True):
        start_opening(challenge, **other.key(clock.at))


def test_a_vault_opens_once(started, clock):
    challenge, opening, _first = started
    complete(opening, Official(Role.SECRETARY, challenge), clock)
    with pytest.raises(Refused):
        complete(opening, Official(Role.OWNER, challenge), clock)


def test_a_broken_seal_is_recorded_and_holds_up_nobody_else(app, clock):
    challenge = make_challenge()
    proposals = [draft(challenge) for _ in range(2)]
    for story in proposals:
        submit(*story)
    broken = db.session.scalar(select(Part).where(Part.kind == PartKind.IDEA))
    broken.sealed = broken.sealed[:-1] + bytes([broken.sealed[-1] ^ 1])
    submission_id = broken.submission_id
    db.session.commit()

    opening = open_vault(challenge, clock)

    assert opening.count == 2
    vault = app.extensions["sir.vault"]
    current = current_submissions(challenge)
    bad, good = sorted(opened_proposals(challenge), key=lambda p: current[p.id].id != submission_id)
    assert read_part(good, PartKind.IDEA, vault) == content()["idea"]
    with pytest.raises(Refused, match="zegel"):
        read_part(bad, PartKind.IDEA, vault)


def test_an_excluded_proposal_leaves_the_judging_with_its_reason(app, clock):
    challenge = make_challenge()
    submit(*draft(challenge))
    open_vault(challenge, clock)
    proposal = opened_proposals(challenge)[0]
    officer = Official(Role.OFFICER, challenge).person
    with pytest.raises(Refused, match="reden"):
        exclude_proposal(proposal, reason="  ", by=officer, at=clock.at)

    exclude_proposal(proposal, reason="De verklaring ontbreekt.", by=officer, at=clock.at)

    assert proposal.state is ProposalState.INADMISSIBLE
    assert admissible_proposals(challenge) == []
    assert opened_proposals(challenge) == [proposal]


def test_the_text_of_a_bid_is_nowhere_readable_in_the_database(app, clock):
    """A canary lies in drafts, a submission and an opened proposal, and never in the clear."""
    challenge = make_challenge()
    proposal, founder = draft(challenge)
    submit(proposal, founder)
    draft(challenge)
    open_vault(challenge, clock)

    needle = SECRET.encode()
    seen = 0
    for table in db.metadata.sorted_tables:
        for row in db.session.execute(select(table)):
            for value in row:
                raw = value if isinstance(value, bytes) else str(value).encode()
                assert needle not in raw, table.name
                seen += 1
    assert seen > 100
    idea = read_part(proposal, PartKind.IDEA, app.extensions["sir.vault"])
    assert SECRET in idea["solution"]  # it is there to be seen


def test_the_challenges_own_journal_tells_nothing_before_the_opening(app, clock):
    challenge = make_challenge()
    submit(*draft(challenge))

    streams = set(db.session.scalars(select(Entry.stream)))

    assert challenge.code not in streams
    assert f"vault:{challenge.code}" in streams

"""Drafting, handing in and withdrawing: state, journal, letters, and the instant of closing."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from sir.journal.models import Entry
from sir.journal.queries import faults
from sir.journal.rules import START
from sir.kernel.database import db
from sir.kernel.errors import Missing, Refused
from sir.kernel.transaction import transaction
from sir.notices.models import Letter
from sir.people.models import Role
from sir.proposals.models import Draft, Part, PartKind, ProposalState, Submission
from sir.proposals.queries import (
    current_submission,
    draft_of,
    read_draft,
    read_part,
    read_submitted,
)
from sir.proposals.services import (
    ChangedMeanwhile,
    Incomplete,
    Late,
    save_draft,
    start_proposal,
)
from tests.makers import NOON, make_member
from tests.proposals.story import HOUR, SECRET, content, draft, submit, withdraw

MS = timedelta(milliseconds=1)


def acts():
    return list(db.session.scalars(select(Entry.act).order_by(Entry.id)))


def test_a_bidder_begins_once(app):
    proposal, founder = draft()
    vault = app.extensions["sir.vault"]

    again = start_proposal(proposal.challenge, proposal.bidder, by=founder, at=NOON, vault=vault)

    assert again is proposal


def test_a_draft_is_sealed_and_opens_for_its_bidder(app):
    proposal, _founder = draft()
    kept = draft_of(proposal)

    assert SECRET.encode() not in kept.sealed
    assert read_draft(proposal, kept, app.extensions["sir.vault"]) == content()


def test_saving_an_older_version_is_refused_and_writes_nothing(app):
    proposal, founder = draft()
    vault = app.extensions["sir.vault"]
    with pytest.raises(ChangedMeanwhile), transaction():
        save_draft(
            proposal,
            content(title="Anders"),
            version=0,
            pages=Decimal(1),
            by=founder,
            at=NOON,
            vault=vault,
        )

    assert read_draft(proposal, draft_of(proposal), vault)["idea"]["title"] == "Stille klinkers"


def test_saving_the_same_text_keeps_the_version(app):
    proposal, founder = draft()
    with transaction():
        kept = save_draft(
            proposal,
            content(),
            version=1,
            pages=Decimal("2.4"),
            by=founder,
            at=NOON,
            vault=app.extensions["sir.vault"],
        )

    assert kept.version == 1


def test_a_submission_is_sealed_journaled_and_answered_with_a_receipt(app, clock):
    proposal, founder = draft()
    colleague = make_member(Role.STARTUP_MEMBER, proposal.bidder)
    db.session.commit()
    clock.at = NOON + timedelta(microseconds=1999)

    submission = submit(proposal, founder)

    assert proposal.state is ProposalState.SEALED
    assert submission.received_at == NOON + MS  # cut, never rounded up
    assert submission.sha256 == draft_of(proposal).sha256
    assert sorted(acts()) == [
        "proposal.saved",
        "proposal.started",
        "proposal.submitted",
        "vault.prepared",
    ]
    assert submission.anchor != START, "The first bidder does not hear that it is the first."
    letters = db.session.scalars(select(Letter)).all()
    assert {letter.to for letter in letters} == {founder.email, colleague.email}
    assert letters[0].words["receipt"] == submission.receipt
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("offset", "is_in_time"), [(-MS, True), (timedelta(0), False), (MS, False)]
)
def test_the_closing_instant_is_too_late(app, clock, offset, is_in_time):
    proposal, founder = draft()
    clock.at = proposal.challenge.closes_at + offset
    if is_in_time:
        assert submit(proposal, founder).received_at == clock.at
        return
    with pytest.raises(Late) as late:
        submit(proposal, founder)

    assert late.value.received_at == clock.at
    assert proposal.state is ProposalState.DRAFT
    assert db.session.scalar(select(func.count()).select_from(Submission)) == 0
    assert db.session.scalars(select(Letter)).all() == []
    assert draft_of(proposal) is not None


def test_the_clock_is_read_after_the_lock_and_not_by_the_page(app, clock):
    """Whoever waits for the lock over the deadline is late, whenever the page began."""
    proposal, founder = draft()

    class SlowLock:
        def now(self):
            return proposal.challenge.closes_at

    clock.at = NOON
    with pytest.raises(Late):
        submit(proposal, founder, clock=SlowLock())


def test_a_replay_gives_the_same_receipt_even_after_the_deadline(app, clock):
    proposal, founder = draft()
    first = submit(proposal, founder)
    clock.at = NOON + 2 * HOUR

    again = submit(proposal, founder)

    assert again.receipt == first.receipt
    assert db.session.scalar(select(func.count()).select_from(Submission)) == 1
    assert acts().count("proposal.submitted") == 1


def save(app, proposal, founder, version, **changes):
    with transaction():
        return save_draft(
            proposal,
            content(**changes),
            version=version,
            pages=Decimal("2.4"),
            by=founder,
            at=NOON,
            vault=app.extensions["sir.vault"],
        )


def test_a_newer_version_replaces_the_former(app):
    proposal, founder = draft()
    first = submit(proposal, founder)
    save(app, proposal, founder, 1, title="Nog stiller")
    second = submit(proposal, founder, version=2)

    assert first.replaced_at is not None
    assert current_submission(proposal) is second
    vault = app.extensions["sir.vault"]
    assert read_submitted(second, PartKind.IDEA, vault)["title"] == "Nog stiller"


def test_handing_in_a_version_that_is_not_the_stored_one_is_refused(app):
    proposal, founder = draft()
    save(app, proposal, founder, 1, title="Nog stiller")
    with pytest.raises(ChangedMeanwhile):
        submit(proposal, founder, version=1)


def test_what_was_withdrawn_is_not_revived_by_a_replay(app):
    proposal, founder = draft()
    receipt = submit(proposal, founder).receipt
    withdraw(proposal, founder, receipt)

    with pytest.raises(Refused, match="ingetrokken"):
        submit(proposal, founder, version=1)

    assert proposal.state is ProposalState.WITHDRAWN
    assert current_submission(proposal) is None


def test_after_withdrawing_the_draft_can_be_handed_in_anew(app):
    proposal, founder = draft()
    receipt = submit(proposal, founder).receipt
    withdraw(proposal, founder, receipt)

    anew = submit(proposal, founder, version=2)

    assert anew.receipt != receipt
    assert proposal.state is ProposalState.SEALED
    with pytest.raises(Refused, match="vervangen of ingetrokken"):
        withdraw(proposal, founder, receipt)  # a replay of the withdrawal takes nothing back


def test_withdrawing_after_the_deadline_is_too_late(app, clock):
    proposal, founder = draft()
    receipt = submit(proposal, founder).receipt
    clock.at = proposal.challenge.closes_at
    with pytest.raises(Late):
        withdraw(proposal, founder, receipt)

    assert current_submission(proposal) is not None


def test_an_incomplete_proposal_says_all_that_is_missing(app):
    proposal, founder = draft(title="", kvk="", cost1="", cost1_amount="")
    with pytest.raises(Incomplete) as refusal:
        submit(proposal, founder)

    assert [gap.key for gap in refusal.value.shortcomings] == ["title", "kvk", "cost1"]


def test_without_the_declaration_nothing_is_handed_in(app):
    proposal, founder = draft()
    with pytest.raises(Refused, match="verklaring"):
        submit(proposal, founder, has_declared=False)


def test_four_pages_are_refused_with_how_much_is_too_much(app):
    proposal, founder = draft(pages="3.42")
    with pytest.raises(Refused, match=r"langer dan 3 A4.*ongeveer 0\.5 pagina"):
        submit(proposal, founder)


def test_a_sealed_proposal_has_no_readable_part(app):
    proposal, founder = draft()
    submit(proposal, founder)
    with pytest.raises(Missing):
        read_part(proposal, PartKind.IDEA, app.extensions["sir.vault"])


def test_a_seal_moved_to_another_bidder_stays_shut(app):
    """The Madhya Pradesh move: copy the ciphertext of a rival into your own envelope."""
    mine, founder = draft()
    theirs, rival = draft(challenge=mine.challenge, solution="Iets anders")
    ours, other = submit(mine, founder), submit(theirs, rival)
    parts = {
        part.submission_id: part
        for part in db.session.scalars(select(Part).where(Part.kind == PartKind.IDEA))
    }
    parts[other.id].sealed, parts[other.id].sha256 = parts[ours.id].sealed, parts[ours.id].sha256
    db.session.flush()
    with pytest.raises(Refused, match="zegel"):
        read_submitted(other, PartKind.IDEA, app.extensions["sir.vault"])


def test_one_changed_bit_breaks_the_seal(app):
    proposal, _founder = draft()
    kept = db.session.scalar(select(Draft))
    kept.sealed = kept.sealed[:-1] + bytes([kept.sealed[-1] ^ 1])
    with pytest.raises(Refused, match="zegel"):
        read_draft(proposal, kept, app.extensions["sir.vault"])


def test_the_database_keeps_one_current_submission(app):
    proposal, founder = draft()
    first = submit(proposal, founder)
    save(app, proposal, founder, 1, title="Nog stiller")
    submit(proposal, founder, version=2)
    first.replaced_at = None
    with pytest.raises(Exception, match=r"(?i)unique"):
        db.session.flush()
    db.session.rollback()

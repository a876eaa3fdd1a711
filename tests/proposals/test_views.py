"""The pages of bidders and officials: the road, each refusal, and who must not see it."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import event, select

from sir.journal.models import Entry, Result
from sir.kernel.database import db
from sir.kernel.transaction import transaction
from sir.notices.models import Letter
from sir.people.models import Role
from sir.proposals.models import Opening, Proposal, ProposalState, Submission
from sir.proposals.queries import current_submission, draft_of, opened_proposals, read_draft
from sir.proposals.rules import FIELDS, Step, steps_of
from sir.proposals.services import start_opening
from sir.web.letters import rendered
from tests.makers import (
    make_challenge,
    make_founder,
    make_member,
    make_person,
    make_startup,
    make_team_member,
)
from tests.proposals.story import SECRET, Official, content, draft, open_vault, submit

MS = timedelta(milliseconds=1)


def typed(step, **changes):
    """What a bidder fills in on one page."""
    whole = content(**changes)
    return {
        field.key: whole[field.part.value][field.key]
        for field in FIELDS
        if field.step is step and field.key in whole[field.part.value]
    }


def test_a_founder_writes_and_hands_in_through_the_pages(app, visitor, clock):
    challenge = make_challenge()
    bidder = make_startup()
    visitor.as_(make_founder(bidder))
    begun = visitor.hand_in(f"/challenges/{challenge.code}/propose", bidder=bidder.code)
    proposal = db.session.scalar(select(Proposal))
    assert begun.location.endswith(f"/proposals/{proposal.code}/edit/idea")

    for step in steps_of(challenge.plan):
        path = f"/proposals/{proposal.code}/edit/{step}"
        stored = draft_of(proposal)
        version = stored.version if stored else 0
        answer = visitor.hand_in(path, version=version, **typed(step))
        assert answer.status_code == 302, step
    check = visitor.get(f"/proposals/{proposal.code}/submit")
    assert "Uw voorstel is compleet" in check.text
    answer = visitor.hand_in(f"/proposals/{proposal.code}/submit", version=5, has_declared="y")

    assert answer.status_code == 302
    submission = current_submission(proposal)
    page = visitor.get(answer.location).text
    assert submission.receipt in page
    assert submission.sha256 in page
    assert "12:00:00.000" in page
    pdf = visitor.get(f"/proposals/{proposal.code}/receipts/{submission.receipt}.pdf")
    assert pdf.data.startswith(b"%PDF")
    letter = db.session.scalar(select(Letter).where(Letter.template == "proposals/receipt"))
    subject, words = rendered(letter)
    assert subject.startswith("Ontvangen")
    assert submission.receipt in words
    assert SECRET not in words


def test_a_page_that_was_typed_too_long_is_kept_and_told(app, visitor):
    proposal, founder = draft()
    path = f"/proposals/{proposal.code}/edit/idea"
    long = "woord " * 260
    answer = visitor.as_(founder).hand_in(path, version=1, **typed(Step.IDEA, solution=long))

    assert answer.status_code == 422
    assert "tekens te veel" in answer.text
    kept = read_draft(proposal, draft_of(proposal), app.extensions["sir.vault"])
    assert kept["idea"]["solution"] == long.strip()


def test_a_page_without_our_token_is_refused_with_the_text_still_there(visitor):
    proposal, founder = draft()
    answer = visitor.as_(founder).post(
        f"/proposals/{proposal.code}/edit/team", data={"version": 1, "team": "Nog niet bewaard"}
    )

    assert answer.status_code == 422
    assert "Nog niet bewaard" in answer.text


def test_an_older_version_is_answered_with_both(app, visitor):
    proposal, founder = draft()
    path = f"/proposals/{proposal.code}/edit/team"
    visitor.as_(founder)
    visitor.hand_in(path, version=1, **typed(Step.TEAM, team="Eerst"))
    answer = visitor.hand_in(path, version=1, **typed(Step.TEAM, team="Tweede"))

    assert answer.status_code == 409
    assert "Eerst" in answer.text
    assert "Tweede" in answer.text
    kept = read_draft(proposal, draft_of(proposal), app.extensions["sir.vault"])
    assert kept["idea"]["team"] == "Eerst"


def test_a_page_saves_itself_and_says_which_version(visitor):
    proposal, founder = draft()
    path = f"/proposals/{proposal.code}/edit/team"
    token = visitor.as_(founder).token(path)
    sent = {"csrf_token": token, **typed(Step.TEAM, team="Vanzelf")}
    headers = {"X-Autosave": "1"}

    first = visitor.post(path, data={**sent, "version": 1}, headers=headers)
    stale = visitor.post(path, data={**sent, "version": 1, "team": "Oud"}, headers=headers)

    assert (first.status_code, first.json["version"]) == (200, 2)
    assert (stale.status_code, stale.json["version"]) == (409, 2)
    assert stale.json["theirs"]["team"] == "Vanzelf"


def test_the_meter_measures_what_is_typed_and_keeps_nothing(app, visitor):
    proposal, founder = draft()
    page = f"/proposals/{proposal.code}/edit/idea"
    token = visitor.as_(founder).token(page)
    answer = visitor.post(
        f"/proposals/{proposal.code}/meter/idea",
        data={"csrf_token": token, **typed(Step.IDEA, solution="lang " * 3000)},
        headers={"X-Meter": "1"},
    )

    assert answer.status_code == 200
    assert answer.json["fits"] is False
    assert answer.json["page_count"] > 3
    assert draft_of(proposal).version == 1


def test_the_previews_and_the_pdf_of_a_draft_come_from_the_press(visitor):
    proposal, founder = draft()
    visitor.as_(founder)

    svg = visitor.get(f"/proposals/{proposal.code}/preview/1.svg")
    assert svg.mimetype == "image/svg+xml"
    assert b"<svg" in svg.data
    assert visitor.get(f"/proposals/{proposal.code}/preview/9.svg").status_code == 404
    assert visitor.get(f"/proposals/{proposal.code}/draft.pdf").data.startswith(b"%PDF")


def test_a_proposal_with_gaps_lists_them_and_is_not_handed_in(visitor):
    proposal, founder = draft(title="")
    path = f"/proposals/{proposal.code}/submit"
    answer = visitor.as_(founder).post(
        path,
        data={
            "csrf_token": visitor.token(f"/proposals/{proposal.code}/edit/idea"),
            "version": 1,
            "has_declared": "y",
        },
    )

    assert answer.status_code == 409
    assert "Vul in: Titel van uw voorstel" in answer.text
    assert db.session.scalars(select(Submission)).all() == []


def test_too_late_is_a_clear_page_with_both_times_and_a_line_in_the_journal(visitor, clock):
    proposal, founder = draft()
    token = visitor.as_(founder).token(f"/proposals/{proposal.code}/submit")
    clock.at = proposal.challenge.closes_at + MS
    path = f"/proposals/{proposal.code}/submit"
    answer = visitor.post(path, data={"csrf_token": token, "version": 1, "has_declared": "y"})

    assert answer.status_code == 409
    assert "13:00:00.000" in answer.text
    assert "13:00:00.001" in answer.text
    denied = db.session.scalar(select(Entry).where(Entry.result == Result.DENIED))
    assert (denied.act, denied.stream) == ("proposal.submitted", f"vault:{proposal.challenge.code}")
    assert draft_of(proposal) is not None


def test_a_withdrawn_proposal_can_be_handed_in_anew(visitor):
    proposal, founder = draft()
    receipt = submit(proposal, founder).receipt
    path = f"/proposals/{proposal.code}/withdraw"
    visitor.as_(founder)
    assert visitor.hand_in(path, receipt=receipt).status_code == 422  # the box
    assert visitor.hand_in(path, receipt=receipt, is_sure="y").status_code == 302
    assert proposal.state is ProposalState.WITHDRAWN
    submit_path = f"/proposals/{proposal.code}/submit"
    assert visitor.hand_in(submit_path, version=2, has_declared="y").status_code == 302
    assert proposal.state is ProposalState.SEALED


EVERYBODY_ELSE = {
    "rival": lambda _challenge: make_founder(make_startup()),
    "owner": lambda challenge: make_team_member(Role.OWNER, challenge),
    "officer": lambda challenge: make_team_member(Role.OFFICER, challenge),
    "approver": lambda challenge: make_team_member(Role.APPROVER, challenge),
    "secretary": lambda challenge: make_team_member(Role.SECRETARY, challenge),
    "manager": lambda challenge: make_member(Role.PROGRAMME_MANAGER, challenge.buyer),
    "auditor": lambda challenge: make_member(Role.AUDITOR, challenge.buyer),
    "platform admin": lambda _challenge: make_person(is_platform_admin=True),
}


@pytest.mark.parametrize("who", EVERYBODY_ELSE)
def test_for_everybody_else_a_sealed_proposal_does_not_exist(visitor, who):
    """The same answer, byte for byte, as for a code that nobody has."""
    proposal, founder = draft()
    receipt = submit(proposal, founder).receipt
    visitor.as_(EVERYBODY_ELSE[who](proposal.challenge))
    pages = ("", "/edit/idea", "/submit", "/withdraw", "/draft.pdf", "/preview/1.svg",
             "/papers/idea.pdf", f"/receipts/{receipt}.pdf", "/exclude")  # fmt: skip
    for page in pages:
        real = visitor.get(f"/proposals/{proposal.code}{page}")
        none = visitor.get(f"/proposals/XXXXXXXX{page}")
        assert real.status_code == none.status_code == 404, page
        assert _plain(real, proposal.code) == _plain(none, "XXXXXXXX"), page


def _plain(answer, code):
    """A page without its own address and its guard, which holds the second it was made."""
    return re.sub(r'(name="csrf_token" value=)"[^"]*"', r"\1", answer.text.replace(code, "CODE"))


@pytest.mark.parametrize("who", ["owner", "officer", "approver", "secretary", "auditor"])
def test_the_opening_page_tells_nothing_before_the_deadline(visitor, who):
    """Two worlds that differ only in what came in look the same, byte for byte."""
    empty, full = make_challenge(), make_challenge()
    full.buyer = empty.buyer
    for _ in range(3):
        submit(*draft(full))
    seen = []
    for challenge in (empty, full):
        visitor.as_(EVERYBODY_ELSE[who](challenge))
        page = visitor.get(f"/challenges/{challenge.code}/opening")
        assert page.status_code == 200
        seen.append(_plain(page, challenge.code).partition("<main")[2])

    assert seen[0] == seen[1]


def test_two_officials_open_the_vault_through_the_page(app, visitor, clock):
    challenge = make_challenge()
    proposal, founder = draft(challenge)
    submit(proposal, founder)
    first, second = Official(Role.OFFICER, challenge), Official(Role.SECRETARY, challenge)
    page = f"/challenges/{challenge.code}/opening"
    clock.at = challenge.closes_at

    visitor.as_(first.person)
    wrong = visitor.hand_in(f"{page}/start", _from=page, code="000000")
    assert wrong.status_code == 422
    assert "Deze code klopt niet" in wrong.text
    started = visitor.hand_in(f"{page}/start", _from=page, code=first.key(clock.at)["code"])
    assert started.status_code == 302
    own = visitor.get(page).text
    assert "Nu de tweede ambtenaar" in own
    visitor.as_(second.person)
    code = second.key(clock.at)["code"]
    done = visitor.hand_in(f"{page}/complete", _from=page, code=code)

    assert done.status_code == 302
    shown = visitor.get(page).text
    assert proposal.bidder.name in shown
    assert visitor.get(f"{page}/record.pdf").data.startswith(b"%PDF")
    denied = db.session.scalars(select(Entry.act).where(Entry.result == Result.DENIED)).all()
    assert denied == ["opening.started"]
    assert SECRET in visitor.get(f"/proposals/{proposal.code}").text
    assert SECRET in visitor.as_(founder).get(f"/proposals/{proposal.code}").text


def test_after_the_opening_a_rival_still_finds_nothing(visitor, clock):
    challenge = make_challenge()
    proposal, founder = draft(challenge)
    submit(proposal, founder)
    open_vault(challenge, clock)

    rival = make_founder(make_startup())
    assert visitor.as_(rival).get(f"/proposals/{proposal.code}").status_code == 404


def test_an_officer_leaves_a_proposal_out_with_a_reason(visitor, clock):
    challenge = make_challenge()
    submit(*draft(challenge))
    open_vault(challenge, clock)
    proposal = opened_proposals(challenge)[0]
    visitor.as_(make_team_member(Role.OFFICER, challenge))
    path = f"/proposals/{proposal.code}/exclude"
    assert visitor.hand_in(path, reason="Te kort").status_code == 422
    reason = "De gevraagde verklaring ontbreekt en is na herinnering niet gegeven."
    assert visitor.hand_in(path, reason=reason).status_code == 302
    assert reason in visitor.get(f"/proposals/{proposal.code}").text


def test_the_opening_page_asks_the_database_as_often_for_one_as_for_many(app, visitor, clock):
    counts = []
    for many in (1, 4):
        challenge = make_challenge()
        for _ in range(many):
            submit(*draft(challenge))
        open_vault(challenge, clock)
        clock.at = challenge.created_at
        visitor.as_(make_team_member(Role.OFFICER, challenge))
        statements = []

        def note(_connection, _cursor, statement, *_rest, seen=statements):
            seen.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        visitor.get(f"/challenges/{challenge.code}/opening")
        event.remove(db.engine, "before_cursor_execute", note)
        assert not any("submission_part" in statement for statement in statements)
        counts.append(len(statements))

    assert counts[0] == counts[1]


def test_a_started_opening_waits_for_somebody_else(app, visitor, clock):
    challenge = make_challenge()
    first = Official(Role.OFFICER, challenge)
    clock.at = challenge.closes_at
    with transaction(in_turn=True):
        start_opening(challenge, **first.key(clock.at))
    visitor.as_(make_team_member(Role.OWNER, challenge))
    clock.at += timedelta(minutes=11)

    assert "De opening is vervallen" in visitor.get(f"/challenges/{challenge.code}/opening").text
    assert db.session.scalar(select(Opening)).count is None


def test_an_autosave_tells_size_and_pictures_of_what_it_kept(app, visitor):
    proposal, founder = draft()
    visitor.as_(founder)
    path = f"/proposals/{proposal.code}/edit/idea"
    token = visitor.token(path)
    typed = content()["idea"] | {"solution": "Anders geschreven in 中文."}

    answer = visitor.post(
        path,
        data={"csrf_token": token, "version": "1", **typed},
        headers={"X-Autosave": "1"},
    )

    assert answer.status_code == 200, answer.text
    meter = answer.json["meter"]
    assert [f"v={answer.json['version']}" in address for address in meter["svg"]] == [True] * len(
        meter["svg"]
    )
    assert "“中” (U+4E2D), “文” (U+6587)" in meter["unprintable"]
    flood = typed | {"solution": "[" * 400_000}
    refused = visitor.post(path, data={"csrf_token": token, "version": "2", **flood})
    assert refused.status_code == 422
    assert "veel te lang" in refused.text


def test_signs_that_cannot_be_printed_are_named_beside_the_field_and_at_the_check(app, visitor):
    proposal, founder = draft()
    visitor.as_(founder)
    path = f"/proposals/{proposal.code}/edit/company"
    assert "afgedrukt" not in visitor.get(f"/proposals/{proposal.code}/submit").text

    saved = visitor.hand_in(path, version=1, **typed(Step.COMPANY, name="Klinker中 B.V."))

    assert saved.status_code == 302
    assert "leeg vakje: “中” (U+4E2D)" in visitor.get(saved.location).text
    page = visitor.get(path).text
    assert "Klinker中 B.V." in page
    assert 'id="name-warning"' in page
    assert 'id="contact-warning"' not in page
    check = visitor.get(f"/proposals/{proposal.code}/submit").text
    assert f'href="{path}#name">In “Naam van het bedrijf”' in check
    assert "“中” (U+4E2D)" in check
    answer = visitor.hand_in(f"/proposals/{proposal.code}/submit", version=2, has_declared="y")
    assert answer.status_code == 302
    assert current_submission(proposal) is not None

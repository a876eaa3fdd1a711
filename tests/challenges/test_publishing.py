"""From review to the public: what is refused, frozen, noted and told."""

import json
from datetime import date, time, timedelta

import pytest
from sqlalchemy import select

from sir.challenges.document import terms_document
from sir.challenges.models import ChallengeState, Edition
from sir.challenges.queries import latest_edition, review_notes
from sir.challenges.services import (
    approve_challenge,
    draft_challenge,
    publish_challenge,
    review_faults,
    send_back,
    set_calendar,
    set_plan,
    submit_for_review,
)
from sir.journal.models import Entry
from sir.kernel.calendar import instant
from sir.kernel.canonical import sha256
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.kernel.i18n import in_language
from sir.kernel.transaction import transaction
from sir.notices.models import Letter
from sir.people.models import Role
from sir.workflows.rules import plan_hash
from tests.challenges.story import DATES, Story, join, press, store
from tests.makers import NOON, make_organisation


def letters():
    return sorted(
        (letter.template, letter.to) for letter in db.session.scalars(select(Letter)).all()
    )


def acts(challenge):
    with transaction():
        pass  # what was noted is written with the commit
    rows = select(Entry.act).where(Entry.stream == challenge.code).order_by(Entry.seq)
    return list(db.session.scalars(rows))


def test_sending_for_review_refuses_with_every_reason_at_once(app):
    buyer = make_organisation()
    owner = join(buyer, Role.OWNER, "O")
    challenge = draft_challenge(buyer, by=owner, at=NOON)

    with pytest.raises(Refused) as refusal:
        submit_for_review(challenge, by=owner, at=NOON, press=press())

    sentences = [str(sentence) for sentence in refusal.value.sentences]
    assert len(sentences) > 15
    assert "Kies een inkoper." in sentences
    assert "Vul “Titel” in." in sentences
    assert "Vul een datum in voor “Sluiting voor voorstellen”." in sentences
    assert challenge.state is ChallengeState.DRAFT


def test_signs_that_no_typeface_has_stop_a_review_and_nothing_is_lost(app):
    story = Story()
    assert review_faults(story.challenge, NOON, press()) == []
    story.write(texts={"nl": {"tried": "Wij vroegen het in 中文."}})

    faults = review_faults(story.challenge, NOON, press())

    assert [(fault.step, fault.field, fault.lang) for fault in faults] == [("1", "tried", "nl")]
    with pytest.raises(Refused, match=r"afgedrukt: “中” \(U\+4E2D\), “文” \(U\+6587\)"):
        submit_for_review(story.challenge, by=story.owner, at=NOON, press=press())
    assert story.challenge.terms.text_nl["tried"] == "Wij vroegen het in 中文."


def test_three_pages_may_go_and_four_may_not(app):
    story = Story()
    assert press().measure(terms_document(story.challenge, "nl")).pages == 3
    lines = "\n\n".join(["regel"] * 22)
    story.write(texts={"nl": {"situation": lines, "limits": lines}})

    faults = review_faults(story.challenge, NOON, press())

    assert press().measure(terms_document(story.challenge, "nl")).pages == 4
    assert [(fault.step, fault.field, fault.lang) for fault in faults] == [("1", "meter", "nl")]
    with pytest.raises(Refused, match="langer dan 3"):
        story.submitted()


def test_four_pages_in_english_may_not_go_either(app):
    story = Story(has_english=True)
    lines = "\n\n".join(["line"] * 60)
    story.write(texts={"en": {"situation": lines, "limits": lines}})

    faults = review_faults(story.challenge, NOON, press())

    assert [(fault.field, fault.lang) for fault in faults] == [("meter", "en")]


def test_reviewers_are_told_and_the_act_is_noted(app):
    story = Story().submitted()

    assert story.challenge.state is ChallengeState.REVIEW
    assert story.challenge.submitted_at == NOON
    assert ("challenges/to_review", story.officer.email) in letters()
    assert ("challenges/to_review", story.approver.email) in letters()
    assert acts(story.challenge)[-1] == "challenge.submitted"


def test_nothing_can_be_changed_while_somebody_reads(app):
    story = Story().submitted()

    with pytest.raises(Refused):
        story.write(texts={"nl": {"title": "Anders"}})
    with pytest.raises(Refused):
        set_plan(story.challenge, by=story.owner, at=NOON, min_reason=100)
    with pytest.raises(Refused):
        set_calendar(story.challenge, by=story.owner, at=NOON, demo_on=None)


def test_a_challenge_goes_back_with_a_remark(app):
    story = Story().submitted()

    send_back(story.challenge, " Noem een getal. ", by=story.officer, at=NOON)

    assert story.challenge.state is ChallengeState.DRAFT
    assert [note.text for note in review_notes(story.challenge)] == ["Noem een getal."]
    assert ("challenges/sent_back", story.owner.email) in letters()
    story.write(texts={"nl": {"title": "Anders"}})
    story.approved()


def test_a_challenge_does_not_go_back_without_a_word(app):
    story = Story().submitted()
    with pytest.raises(Refused):
        send_back(story.challenge, "  ", by=story.officer, at=NOON)
    assert story.challenge.state is ChallengeState.REVIEW


def test_the_author_does_not_approve(app):
    story = Story().submitted()

    with pytest.raises(Refused, match="Iemand anders"):
        approve_challenge(story.challenge, by=story.owner, at=NOON, press=press(), store=store())
    assert story.challenge.state is ChallengeState.REVIEW
    assert story.challenge.plan.sha256 is None


def test_approval_freezes_text_criteria_and_weights(app):
    story = Story(has_english=True).approved()
    challenge, edition = story.challenge, story.edition

    content = json.loads(edition.content)
    assert challenge.state is ChallengeState.APPROVED
    assert (challenge.approved_at, challenge.approved_by_id) == (NOON, story.approver.id)
    assert edition.sha256 == sha256(edition.content.encode())
    assert edition.plan_sha256 == challenge.plan.sha256 == plan_hash(challenge.plan)
    assert content["plan"]["criteria"][0]["weight"] == "30"
    assert content["fee"] == "30000"
    assert content["dates"]["closes_at"] == "2026-07-07T10:00:00Z"
    for digest in (edition.pdf_nl, edition.pdf_en):
        assert store().fetch(digest).startswith(b"%PDF-")
    assert edition.pdf_nl != edition.pdf_en
    with pytest.raises(Refused):
        story.write(texts={"nl": {"title": "Anders"}})


def test_a_challenge_that_went_stale_in_review_is_not_approved(app):
    story = Story().submitted()
    late = DATES["closes_at"]

    with pytest.raises(Refused, match="toekomst"):
        approve_challenge(story.challenge, by=story.approver, at=late, press=press(), store=store())
    assert db.session.scalars(select(Edition)).all() == []


def test_publication_needs_a_notice_or_a_reason(app):
    story = Story().approved()

    with pytest.raises(Refused, match="TenderNed"):
        publish_challenge(story.challenge, by=story.officer, at=NOON)
    publish_challenge(story.challenge, by=story.officer, at=NOON, deviation_reason="Proef.")

    assert story.challenge.state is ChallengeState.PUBLISHED
    assert story.challenge.published_at == NOON
    assert "stillere straten" in story.challenge.terms.search_text
    assert "gemeente voorbeeld" in story.challenge.terms.search_text
    assert acts(story.challenge)[-1] == "challenge.published"


def test_publication_after_the_deadline_is_refused(app):
    story = Story().approved()

    with pytest.raises(Refused, match="toekomst"):
        publish_challenge(
            story.challenge, by=story.officer, at=DATES["closes_at"], tenderned_id="1"
        )


def test_the_frozen_text_is_not_touched_by_publication(app):
    story = Story().approved()
    before = story.edition.sha256

    publish_challenge(story.challenge, by=story.officer, at=NOON, tenderned_id="345678")

    assert plan_hash(story.challenge.plan) == story.edition.plan_sha256
    assert sha256(story.edition.content.encode()) == before


def test_a_refused_act_leaves_nothing_behind(app):
    story = Story().submitted()
    db.session.commit()

    with pytest.raises(Refused), transaction():
        approve_challenge(
            story.challenge,
            by=story.approver,
            at=NOON + timedelta(days=90),
            press=press(),
            store=store(),
        )

    db.session.expire_all()
    assert story.challenge.state is ChallengeState.REVIEW
    assert story.challenge.plan.frozen_at is None


def test_every_edition_is_numbered(app):
    story = Story().submitted()
    send_back(story.challenge, "Anders.", by=story.officer, at=NOON)
    story.approved()

    assert story.edition.number == 1


def test_the_hour_of_a_meeting_is_kept(app):
    story = Story()
    at = instant(date(2026, 6, 9), time(15, 30))

    set_calendar(story.challenge, by=story.owner, at=NOON, meeting_at=at)
    db.session.flush()
    db.session.expire_all()

    assert story.challenge.meeting_at == at


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_letter_about_a_challenge_can_be_read(app, lang):
    story = Story().submitted()
    send_back(story.challenge, "Noem een getal.", by=story.officer, at=NOON)
    story.published()
    codes = {letter.template for letter in db.session.scalars(select(Letter))}

    texts = {}
    for letter in db.session.scalars(select(Letter)):
        with app.test_request_context(), in_language(lang):
            page = app.jinja_env.get_template(f"letters/{letter.template}.txt")
            texts[letter.template] = page.render(**letter.words, url=lambda path: path)

    assert codes == {
        f"challenges/{name}"
        for name in ("staffed", "to_review", "sent_back", "approved", "published")
    }
    for template, text in texts.items():
        subject, blank, body = text.strip().split("\n", 2)
        assert "Stillere straten" in subject, template
        assert blank == ""
        assert f"/challenges/{story.challenge.code}" in body
    assert "Noem een getal." in texts["challenges/sent_back"]


def test_the_notices_number_is_on_the_page_and_leaves_the_frozen_paper_alone(app, visitor):
    story = Story().approved()
    frozen = (story.edition.sha256, story.edition.pdf_nl)

    publish_challenge(story.challenge, by=story.officer, at=NOON, tenderned_id="345678")

    edition = latest_edition(story.challenge)
    assert (edition.sha256, edition.pdf_nl) == frozen
    page = visitor.get(f"/challenges/{story.challenge.code}").text
    assert "Aangekondigd op TenderNed onder nummer 345678" in page


def test_a_plan_without_a_source_of_the_lot_is_not_reviewed(app):
    story = Story()
    story.challenge.plan.lot_seed = "  "

    found = review_faults(story.challenge, NOON, press())

    assert [(fault.step, fault.field) for fault in found] == [("criteria", "lot_seed")]

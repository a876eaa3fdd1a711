"""What the verbs change, note and tell."""

import json
from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from sir.challenges.document import terms_document
from sir.challenges.models import ChallengeState, Edition
from sir.challenges.queries import review_notes, team_of
from sir.challenges.services import (
    CriterionRow,
    add_partner,
    approve_challenge,
    draft_challenge,
    publish_challenge,
    remove_partner,
    review_faults,
    send_back,
    set_calendar,
    set_plan,
    staff_challenge,
    submit_for_review,
    unstaff_challenge,
)
from sir.journal.models import Entry
from sir.kernel.calendar import instant
from sir.kernel.canonical import sha256
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.kernel.transaction import transaction
from sir.notices.models import Letter
from sir.people.models import Membership, OrganisationKind, Role
from sir.terms.models import Procedure
from sir.terms.rules import FIELDS_BY_KEY, PROCEDURE_TEXTS
from sir.workflows.rules import plan_hash
from tests.challenges.story import DATES, Story, join, press, store
from tests.makers import NOON, make_organisation, make_person, make_startup, save

HOSTILE = '#read("/etc/passwd") {{7*7}} <script>x</script> \u202e' + "[" * 200 + " $x$ \\ \x00\x07"


def letters():
    return sorted(
        (letter.template, letter.to) for letter in db.session.scalars(select(Letter)).all()
    )


def give(person, body, role):
    save(Membership(person_id=person.id, organisation_id=body.id, role=role, since=NOON))


def acts(challenge):
    with transaction():
        pass  # what was noted is written with the commit
    rows = select(Entry.act).where(Entry.stream == challenge.code).order_by(Entry.seq)
    return list(db.session.scalars(rows))


def test_a_draft_begins_with_standard_texts_and_a_whole_plan(app):
    buyer = make_organisation()
    owner = join(buyer, Role.OWNER, "O")

    challenge = draft_challenge(buyer, by=owner, at=NOON, title=" Stille\nnacht ")

    assert challenge.state is ChallengeState.DRAFT
    assert challenge.terms.title == "Stille nacht"
    assert "ARBIT" in challenge.terms.text_nl["contract_ip"]
    assert sum(row.weight for row in challenge.plan.criteria) == 100
    assert [(place.person, place.role) for place in team_of(challenge)] == [(owner, Role.OWNER)]


@pytest.mark.parametrize("role", [Role.OFFICER, Role.APPROVER, Role.ORG_ADMIN])
def test_only_an_owner_of_the_body_begins(app, role):
    buyer = make_organisation()

    with pytest.raises(Refused):
        draft_challenge(buyer, by=join(buyer, role, "X"), at=NOON)


def test_a_startup_asks_no_challenge(app):
    startup = make_startup()
    with pytest.raises(Refused):
        draft_challenge(startup, by=join(startup, Role.OWNER, "X"), at=NOON)


def test_an_owner_elsewhere_is_nobody_here(app):
    elsewhere = join(make_organisation(), Role.OWNER, "X")
    with pytest.raises(Refused):
        draft_challenge(make_organisation(), by=elsewhere, at=NOON)


def test_text_may_be_too_long_while_it_is_a_draft(app):
    story = Story()

    story.write(texts={"nl": {"title": "x" * 500}})

    assert story.challenge.terms.title == "x" * 500
    assert [fault.field for fault in review_faults(story.challenge, NOON, press())] == ["title"]


def test_what_is_not_named_keeps_what_it_has(app):
    story = Story()

    story.write(texts={"nl": {"tried": "Niets."}})

    assert story.challenge.terms.text_nl["tried"] == "Niets."
    assert story.challenge.terms.title == "Stillere straten"
    assert story.challenge.terms.fee == 30_000


def test_an_unknown_field_is_a_mistake_of_ours(app):
    story = Story()
    for words in ({"texts": {"nl": {"nope": "x"}}}, {"texts": {"de": {}}}, {"state": "x"}):
        with pytest.raises(TypeError):
            story.write(**words)
    with pytest.raises(TypeError):
        set_calendar(story.challenge, by=story.owner, at=NOON, published_at=NOON)
    with pytest.raises(TypeError):
        set_plan(story.challenge, by=story.owner, at=NOON, sha256="x")


def test_the_standard_text_follows_the_procedure_unless_edited(app):
    story = Story()
    terms = story.challenge.terms

    story.write(procedure=Procedure.EUROPEAN_OPEN)
    assert terms.text_nl["procedure"] == PROCEDURE_TEXTS["nl"][Procedure.EUROPEAN_OPEN]

    story.write(texts={"nl": {"procedure": "Onze eigen woorden."}})
    story.write(procedure=Procedure.NATIONAL_OPEN)
    assert terms.text_nl["procedure"] == "Onze eigen woorden."


def test_criteria_can_be_replaced_added_and_dropped(app):
    story = Story()
    rows = [
        CriterionRow(f"C{n}", "Let op.", Decimal(weight)) for n, weight in enumerate((50, 30, 20))
    ]

    for chosen in (rows, rows[:2], rows):
        set_plan(story.challenge, by=story.owner, at=NOON, criteria=chosen)
        db.session.flush()
        db.session.expire_all()
        assert [row.name for row in story.challenge.plan.criteria] == [row.name for row in chosen]
        assert [row.key for row in story.challenge.plan.criteria] == ["K1", "K2", "K3"][
            : len(chosen)
        ]


def test_the_jury_is_as_large_as_its_functions(app):
    story = Story()

    set_plan(story.challenge, by=story.owner, at=NOON, composition=["A", "B", "C", "D"])

    assert story.challenge.plan.seat_count == 4


@pytest.mark.parametrize("key", sorted(FIELDS_BY_KEY))
def test_hostile_text_in_any_field_comes_out_as_text(app, key):
    story = Story()

    story.write(texts={"nl": {key: HOSTILE}})

    stored = story.challenge.terms.text_nl[key]
    assert stored.startswith('#read("/etc/passwd") {{7*7}} <script>')
    assert "\x00" not in stored
    assert "\u202e" not in stored
    assert press().measure(terms_document(story.challenge, "nl")).pages <= 4


def test_sending_for_review_refuses_with_every_reason_at_once(app):
    buyer = make_organisation()
    owner = join(buyer, Role.OWNER, "O")
    challenge = draft_challenge(buyer, by=owner, at=NOON)

    with pytest.raises(Refused) as refusal:
        submit_for_review(challenge, by=owner, at=NOON, press=press())

    sentences = [str(sentence) for sentence in refusal.value.sentences]
    assert len(sentences) > 15
    assert "Kies een inkoper." in sentences
    assert "Vul ‘Titel’ in." in sentences
    assert "Vul een datum in voor ‘Sluiting voor voorstellen’." in sentences
    assert challenge.state is ChallengeState.DRAFT


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


@pytest.mark.parametrize("role", [Role.OWNER, Role.OFFICER])
def test_whoever_writes_does_not_approve(app, role):
    story = Story()
    person = story.owner if role is Role.OWNER else story.officer
    give(person, story.buyer, Role.APPROVER)

    with pytest.raises(Refused, match="Kies een collega"):
        staff_challenge(story.challenge, person, Role.APPROVER, by=story.owner, at=NOON)


def test_whoever_approves_does_not_write(app):
    story = Story()
    save(
        Membership(
            person_id=story.approver.id,
            organisation_id=story.buyer.id,
            role=Role.OFFICER,
            since=NOON,
        )
    )

    with pytest.raises(Refused, match="Kies een collega"):
        staff_challenge(story.challenge, story.approver, Role.OFFICER, by=story.owner, at=NOON)


def test_only_a_colleague_with_that_role_joins(app):
    story = Story()
    stranger = join(make_organisation(), Role.OFFICER, "X")

    with pytest.raises(Refused):
        staff_challenge(story.challenge, stranger, Role.OFFICER, by=story.owner, at=NOON)
    with pytest.raises(Refused):
        staff_challenge(story.challenge, make_person(), Role.JUROR, by=story.owner, at=NOON)


def test_a_role_is_given_once_and_told_once(app):
    story = Story()
    before = letters()

    staff_challenge(story.challenge, story.officer, Role.OFFICER, by=story.owner, at=NOON)

    assert letters() == before
    assert before.count(("challenges/staffed", story.officer.email)) == 1


def test_the_last_officer_stays(app):
    story = Story()

    with pytest.raises(Refused):
        unstaff_challenge(story.challenge, story.officer, Role.OFFICER, by=story.owner, at=NOON)
    unstaff_challenge(story.challenge, story.secretary, Role.SECRETARY, by=story.owner, at=NOON)

    assert Role.SECRETARY not in {place.role for place in team_of(story.challenge)}


def test_a_ministry_as_partner_lowers_the_threshold(app):
    story = Story()
    ministry = make_organisation(kind=OrganisationKind.MINISTRY)
    assert review_faults(story.challenge, NOON, press()) == []

    add_partner(story.challenge, ministry, by=story.owner, at=NOON)
    lower = review_faults(story.challenge, NOON, press())
    remove_partner(story.challenge, ministry, by=story.owner, at=NOON)

    assert [fault.field for fault in lower] == ["procedure_kind"]
    assert review_faults(story.challenge, NOON, press()) == []


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

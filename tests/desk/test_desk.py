"""Everybody finds what waits for them, and nothing of anybody else."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from sqlalchemy import event

from sir.challenges.models import ChallengeState, ReviewNote, TeamPlace
from sir.challenges.queries import PAGE_SIZE
from sir.desk.queries import by_group, tasks_of
from sir.desk.queries.tasks import Task
from sir.desk.rights import ACTS, ROOMS, WHO, rights, spoken
from sir.jury.models import SeatKind
from sir.kernel.database import db
from sir.people.models import Role
from sir.permissions import PERMISSIONS, standing_of
from sir.proposals.models import ProposalState
from sir.questions.models import Question
from sir.residency.models import Milestone, MilestoneState, Residency, ResidencyState
from tests.decisions.story import judged
from tests.decisions.test_services import prepared, ready, released
from tests.jury.story import Story
from tests.makers import (
    NOON,
    make_challenge,
    make_founder,
    make_member,
    make_person,
    make_proposal,
    make_startup,
    make_team_member,
    save,
)


def whats(person, at=NOON):
    db.session.flush()
    return [(task.role, task.what, task.progress) for task in tasks_of(standing_of(person), at)]


def test_an_owner_finishes_drafts_and_reads_why_one_came_back(app):
    challenge = make_challenge(state=ChallengeState.DRAFT)
    owner = make_team_member(Role.OWNER, challenge)
    assert whats(owner) == [(Role.OWNER, "Maak het concept af", "")]

    save(ReviewNote(challenge_id=challenge.id, by_id=owner.id, at=NOON, text="Te vaag."))

    assert whats(owner) == [(Role.OWNER, "Teruggestuurd: lees de opmerkingen", "")]


@pytest.mark.parametrize(
    ("state", "role", "what"),
    [
        (ChallengeState.REVIEW, Role.APPROVER, "Keur de uitdaging goed of stuur haar terug"),
        (ChallengeState.REVIEW, Role.OFFICER, "Lees het concept mee"),
        (ChallengeState.APPROVED, Role.OFFICER, "Publiceer de uitdaging"),
    ],
)
def test_a_draft_goes_from_hand_to_hand(app, state, role, what):
    challenge = make_challenge(state=state)

    assert whats(make_team_member(role, challenge)) == [(role, what, "")]


def test_an_officer_answers_questions_and_opens_the_vault_after_the_deadline(app):
    challenge = make_challenge(answers_by=date(2026, 6, 20))
    officer = make_team_member(Role.OFFICER, challenge)
    for n in range(3):
        save(
            Question(
                code=f"Q{n}", challenge=challenge, asked_by_id=officer.id, asked_at=NOON, text="?"
            )
        )

    assert whats(officer) == [(Role.OFFICER, "Beantwoord vragen", "0 van 3")]
    assert (Role.OFFICER, "Open de kluis samen met een collega", "") in whats(
        officer, challenge.closes_at
    )
    early = challenge.closes_at - timedelta(microseconds=1)
    assert len(whats(officer, early)) == 1


def test_a_secretary_fills_seats_and_follows_the_jury(app):
    story = Story().seated()
    assert whats(story.secretary) == [(Role.SECRETARY, "Laat de beoordeling beginnen", "")]

    story = Story(proposals=2).declared()
    assert whats(story.secretary)[0][1].startswith("Wacht op de verklaringen")


def test_a_juror_sees_only_the_own_progress(app):
    story = Story(proposals=2)
    person = make_person()
    story.seat(person=person, accepts=False)

    assert whats(person) == [(Role.JUROR, "Neem uw plaats in de jury aan", "")]


def test_a_chair_has_a_group_of_their_own(app):
    story = Story(proposals=2)
    person = make_person()
    story.seat("voorzitter", SeatKind.CHAIR, person=person, accepts=False)

    assert whats(person) == [(Role.CHAIR, "Neem uw plaats in de jury aan", "")]


def test_letters_are_checked_then_sent_then_the_award_waits(app):
    story = judged()
    assert whats(story.secretary)[-1][1] == "Stel de brieven op"
    prepared(story)
    assert whats(story.officer) == [(Role.OFFICER, "Lees en controleer de brieven", "0 van 4")]
    assert whats(story.approver) == []
    ready(story)
    assert whats(story.officer) == []
    assert whats(story.approver) == [(Role.APPROVER, "Verstuur de brieven", "")]
    db.session.commit()
    decision = released(story, app)
    ends = decision.standstill_ends_at
    assert whats(story.approver) == [(Role.APPROVER, "Opschortende termijn: gunnen kan vanaf", "")]
    assert whats(story.approver, ends) == [(Role.APPROVER, "Maak de gunning definitief", "")]
    loser = story.founders[2]
    assert [what for _role, what, _progress in whats(loser)] == [
        "Lees ons besluit; u kunt reageren tot het eind van de opschortende termijn"
    ]
    assert whats(loser, ends) == []


def test_before_the_letters_a_bidder_sees_nothing_of_them(app, visitor):
    story = judged()
    decision = ready(story)
    code = decision.letters[2].code
    db.session.commit()

    page = visitor.as_(story.founders[2]).get("/desk")

    assert page.status_code == 200
    assert code not in page.text
    assert "Lees ons besluit" not in page.text


def test_a_startup_sees_its_draft_until_the_deadline(app):
    challenge = make_challenge()
    startup = make_startup()
    founder = make_founder(startup)
    make_proposal(challenge=challenge, bidder=startup, state=ProposalState.DRAFT)

    assert whats(founder) == [(Role.STARTUP_MEMBER, "Maak uw voorstel af en dien het in", "")]
    assert whats(founder, challenge.closes_at) == []
    assert whats(make_founder(make_startup())) == []


def test_both_parties_see_an_open_milestone(app):
    challenge = make_challenge(state=ChallengeState.AWARDED)
    startup = make_startup()
    owner, founder = make_team_member(Role.OWNER, challenge), make_founder(startup)
    residency = save(
        Residency(
            code="R1",
            challenge=challenge,
            startup=startup,
            created_at=NOON,
            state=ResidencyState.RUNNING,
            starts_on=NOON.date(),
            goal="Doel",
        )
    )
    for position, state in enumerate(MilestoneState):
        save(
            Milestone(
                code=f"M{position}",
                residency=residency,
                position=position,
                title=f"Stap {position}",
                due_on=date(2026, 7, 1),
                state=state,
                done_at=NOON,
            )
        )

    assert whats(owner) == [(Role.OWNER, "Mijlpaal: Stap 0", "")]
    assert whats(founder) == [(Role.STARTUP_MEMBER, "Mijlpaal: Stap 0", "")]


def test_the_first_due_comes_first_and_no_date_last(app):
    challenge = make_challenge()
    late, soon, never = (
        Task(Role.OWNER, what, challenge, "challenges.manage", "C", due)
        for what, due in [
            ("later", date(2026, 6, 3)),
            ("eerst", datetime(2026, 6, 3, 21, tzinfo=UTC)),
            ("ooit", None),
        ]
    )

    assert sorted([never, late, soon], key=lambda task: task.order) == [soon, late, never]
    assert by_group([late])[0][1] == [late]


def test_a_desk_asks_as_much_for_three_challenges_as_for_one(app, visitor):
    asked = []
    event.listen(db.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    counts = []
    for count in (1, 3):
        secretary = make_team_member(Role.SECRETARY, make_challenge(state=ChallengeState.OPENED))
        for _n in range(count - 1):
            save_place(make_challenge(state=ChallengeState.OPENED), secretary)
        visitor.as_(secretary)
        asked.clear()
        page = visitor.get("/desk")
        assert page.text.count("Bezet de plaatsen in de jury") == count
        counts.append(len([words for words in asked if words.lstrip().startswith("SELECT")]))

    assert counts[0] == counts[1] <= 14


def save_place(challenge, person):
    save(TeamPlace(challenge_id=challenge.id, person_id=person.id, role=Role.SECRETARY, since=NOON))


@pytest.mark.parametrize("role", [Role.PROGRAMME_MANAGER, Role.AUDITOR, Role.ORG_ADMIN])
def test_who_only_follows_has_a_list(app, visitor, role):
    challenge = make_challenge(state=ChallengeState.AWARDED)
    person = make_member(role, challenge.buyer)

    page = visitor.as_(person).get("/desk").text

    words = {
        Role.PROGRAMME_MANAGER: "Stillere straten",
        Role.AUDITOR: f"/challenges/{challenge.code}/journal",
        Role.ORG_ADMIN: f"/organisations/{challenge.buyer.code}",
    }
    assert words[role] in page


def followed(page):
    return re.findall(r'href="/challenges/([^/"]+)/(?:manage|jury)"', page.text)


def test_a_long_list_goes_on_on_the_next_page(app, visitor):
    challenges = [make_challenge(state=ChallengeState.AWARDED) for _n in range(PAGE_SIZE + 1)]
    manager = make_member(Role.PROGRAMME_MANAGER, challenges[0].buyer)
    for challenge in challenges:
        challenge.buyer_id = challenges[0].buyer_id
    codes = [row.code for row in reversed(challenges)]

    first = visitor.as_(manager).get("/desk")
    following = unescape(re.search(r'rel="next" href="([^"#]+)', first.text)[1])
    second = visitor.get(following)

    assert followed(first) == codes[:PAGE_SIZE]
    assert followed(second) == codes[PAGE_SIZE:]
    assert ('rel="prev"' in first.text, 'rel="next"' in second.text) == (False, False)


def test_an_address_tells_nothing_of_what_is_not_in_the_pile(app, visitor):
    challenges = [make_challenge(state=ChallengeState.AWARDED) for _n in range(3)]
    manager = make_member(Role.PROGRAMME_MANAGER, challenges[0].buyer)
    visitor.as_(manager)

    pages = [
        followed(visitor.get(f"/desk?followed={code}"))
        for code in ("", "SIR-0000-000", challenges[1].code)
    ]

    assert pages == [[challenges[0].code]] * 3


def test_the_platform_admin_sees_the_post_and_no_content(app, visitor):
    make_challenge(state=ChallengeState.DRAFT)
    admin = make_person(is_platform_admin=True)

    page = visitor.as_(admin).get("/desk").text

    assert "bericht" in page
    assert "Stillere straten" not in page


def test_an_empty_desk_is_friendly(app, visitor):
    assert "Er wacht niets op u" in visitor.as_(make_person()).get("/desk").text


# -- general pages ---------------------------------------------------------------


def test_every_word_of_the_table_can_be_said(app):
    assert {name.partition(".")[0] for name in PERMISSIONS} == set(ROOMS)
    assert {name.partition(".")[2] for name in PERMISSIONS} == set(ACTS)
    words = {str(rule) for rule in PERMISSIONS.values()}
    spoken_words = {spoken(rule) for rule in words}
    assert not [text for text in spoken_words if "whoever" in text or " or " in text]
    assert set(WHO) == {part for rule in words for part in parts(rule)}
    assert sum(len(rows) for _room, rows in rights()) == len(PERMISSIONS)


def parts(rule):
    for mark in (" or ", " and ", "(", ")"):
        rule = rule.replace(mark, "\n")
    return {part for part in rule.split("\n") if part}


@pytest.mark.parametrize(
    "slug",
    [
        "hoe-het-werkt",
        "voor-startups",
        "voor-overheden",
        "toegankelijkheid",
        "privacy",
        "open-data",
        "kwetsbaarheid-melden",
        "wie-mag-wat",
    ],
)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_general_page_is_open_to_all(visitor, slug, prefix):
    assert visitor.get(f"{prefix}/about/{slug}").status_code == 200


def test_a_page_that_is_not_there_is_missing(visitor):
    assert visitor.get("/about/geheim").status_code == 404


def test_the_house_says_it_is_well(visitor):
    answer = visitor.get("/healthz")

    assert (answer.status_code, answer.text) == (200, "ok\n")


def test_security_txt_expires_within_a_year(visitor):
    text = visitor.get("/.well-known/security.txt").text

    assert "Contact: http://127.0.0.1:5000/about/kwetsbaarheid-melden\n" in text
    assert "Expires: 2026-11-28T00:00:00Z\n" in text

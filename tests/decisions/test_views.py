"""The pages of a decision: who sees what when, and what stands on the letter."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from sir.challenges.models import ChallengeState
from sir.decisions.document import letter_document
from sir.decisions.models import DecisionState, Outcome
from sir.decisions.queries import decision_of
from sir.journal.models import Entry
from sir.journal.services import record
from sir.kernel.database import db
from sir.kernel.paper import Definitions, Prose, Section
from sir.kernel.transaction import transaction
from sir.notices.models import Letter
from sir.people.models import Role
from sir.web.letters import rendered
from tests.conftest import Visitor
from tests.decisions.story import judged
from tests.decisions.test_services import WHY, prepared, ready, released
from tests.makers import NOON, make_challenge, make_founder, make_startup, make_team_member


def words(document):
    """Everything a letter says, in one text."""
    return str(document)


def test_the_secretary_draws_up_writes_checks_and_the_approver_sends(app, visitor):
    story = judged()
    path = f"/challenges/{story.challenge.code}/decision"
    visitor.as_(story.secretary)
    assert visitor.hand_in(f"{path}/prepare", path).status_code == 302
    letters = [(row.code, row.outcome) for row in decision_of(story.challenge).letters]
    winner = letters[0][0]
    edit = f"/letters/{winner}/edit"
    assert visitor.hand_in(edit, version="1", advantages="Beter plan.").status_code == 302
    for code, _outcome in letters:
        version = str(
            next(r.version for r in decision_of(story.challenge).letters if r.code == code)
        )
        answer = visitor.hand_in(
            f"/letters/{code}/check", f"/letters/{code}", version=version, is_clean="y"
        )
        assert answer.status_code == 302
    visitor.as_(story.approver)
    unticked = visitor.hand_in(f"{path}/release")
    assert unticked.status_code == 422
    assert visitor.hand_in(f"{path}/release", is_final="y").status_code == 302

    assert story.challenge.state is ChallengeState.NOTIFIED
    assert visitor.get(path).status_code == 200


def test_a_release_that_cannot_be_is_refused_with_every_reason(app, visitor):
    story = judged()
    decision = prepared(story)
    decision.letters[2].content = decision.letters[2].content | {
        "criteria": [row | {"reason": ""} for row in decision.letters[2].content["criteria"]]
    }
    db.session.commit()
    path = f"/challenges/{story.challenge.code}/decision/release"
    visitor.as_(story.approver)
    token = visitor.token(f"/challenges/{story.challenge.code}/decision")

    page = visitor.get(path)
    answer = visitor.post(path, data={"csrf_token": token, "is_final": "y"})

    assert page.status_code == 200
    assert "In de brief aan Taalwerk ontbreekt de motivering bij het criterium Team." in page.text
    assert answer.status_code == 409
    assert decision.state is DecisionState.DRAFT


@pytest.mark.parametrize("who", ["winner", "loser", "aside"])
def test_before_the_release_a_letter_does_not_exist_for_its_bidder(app, visitor, who):
    story = judged()
    decision = ready(story)
    place = {"winner": 0, "loser": 1, "aside": 3}[who]
    code = decision.letters[place].code
    db.session.commit()
    visitor.as_(story.founders[place])

    assert visitor.get(f"/letters/{code}").status_code == 404
    assert visitor.get(f"/letters/{code}/pdf").status_code == 404


def test_after_the_release_a_bidder_reads_its_own_letter_only(app, visitor):
    story = judged()
    decision = released(story, app)
    own, rival = decision.letters[1].code, decision.letters[2].code
    visitor.as_(story.founders[1])

    page, paper = visitor.get(f"/letters/{own}"), visitor.get(f"/letters/{own}/pdf")

    assert page.status_code == 200
    assert "Helder BV" in page.text
    assert "Taalwerk" not in page.text
    assert "tot en met maandag 22 juni 2026" in page.text
    assert paper.data.startswith(b"%PDF")
    assert visitor.get(f"/letters/{rival}").status_code == 404
    assert visitor.get(f"/letters/{rival}/pdf").status_code == 404
    assert visitor.get(f"/challenges/{story.challenge.code}/decision").status_code == 404


def test_no_other_loser_stands_in_a_letter(app):
    story = judged()
    decision = released(story, app)
    names = {letter.proposal.bidder.name: letter for letter in decision.letters}
    for name, letter in names.items():
        text = words(letter_document(letter, at=NOON, signed_by=story.approver.name))
        others = {
            other
            for other, row in names.items()
            if other != name and row.outcome is not Outcome.SELECTED
        }
        assert not [other for other in others if other in text]
        assert "Helder BV" in text


def test_the_mail_holds_no_score_and_no_rival(app):
    story = judged()
    released(story, app)
    with app.test_request_context():
        for letter in db.session.scalars(select(Letter)):
            subject, body = rendered(letter)
            for secret in ("Helder", "Praatplaat", "80", "68", "gekozen", "afgewezen"):
                assert secret not in subject + body.replace("/letters/", "")


def test_hostile_names_stay_text(app):
    story = judged({"**Sterk** [klik](https://kwaad.example)": ["8"] * 4, "#let x": ["6"] * 4})
    decision = prepared(story)
    document = letter_document(decision.letters[1], at=NOON)
    prose = [
        part.text
        for block in document.blocks
        for part in (block.parts if isinstance(block, Section) else (block,))
        if isinstance(part, Prose)
    ]

    assert not [text for text in prose if "kwaad" in text]
    assert app.extensions["sir.press"].pdf(document, NOON).startswith(b"%PDF")


def test_a_letter_in_english_is_english(app):
    story = judged(lang="en")
    document = letter_document(prepared(story).letters[1], at=NOON)

    assert document.title == "Our decision on your proposal: Brieven die iedereen begrijpt"
    facts = next(
        part
        for block in document.blocks
        if isinstance(block, Section)
        for part in block.parts
        if isinstance(part, Definitions)
    )
    assert ("Your total score", "68.00 of 100 points") in facts.pairs


def test_two_who_write_see_both_versions(app, visitor):
    story = judged()
    decision = prepared(story)
    letter = decision.letters[1]
    db.session.commit()
    visitor.as_(story.officer)
    path = f"/letters/{letter.code}/edit"
    visitor.hand_in(path, version="1", closing="Tekst van de inkoper.")

    answer = visitor.as_(story.secretary).hand_in(path, version="1", closing="Tekst van mij.")

    assert answer.status_code == 409
    assert "Tekst van de inkoper." in answer.text
    assert "Tekst van mij." in answer.text
    assert letter.closing == "Tekst van de inkoper."


def test_a_check_is_of_the_letter_that_was_read(app, visitor):
    story = judged()
    letter = prepared(story).letters[1]
    db.session.commit()
    visitor.as_(story.officer)
    visitor.hand_in(f"/letters/{letter.code}/edit", version="1", closing="Nieuw.")

    answer = visitor.hand_in(
        f"/letters/{letter.code}/check", f"/letters/{letter.code}", version="1", is_clean="y"
    )

    assert answer.status_code == 409
    assert letter.checked_at is None


def test_the_award_page_says_from_when(app, visitor, clock):
    story = judged()
    decision = released(story, app)
    path = f"/challenges/{story.challenge.code}/decision"
    visitor.as_(story.approver)
    token = visitor.token(f"{path}")
    early = visitor.post(f"{path}/award", data={"csrf_token": token, "is_final": "y"})
    assert "dinsdag 23 juni 2026" in visitor.get(f"{path}/award").text
    assert story.challenge.state is ChallengeState.NOTIFIED
    assert early.status_code == 409

    clock.at = decision.standstill_ends_at
    assert visitor.as_(story.approver).hand_in(f"{path}/award", is_final="y").status_code == 302

    assert story.challenge.state is ChallengeState.AWARDED
    assert "Helder BV" in visitor.get("/results").text


def test_suspending_and_resuming_on_the_pages(app, visitor):
    story = judged()
    decision = released(story, app)
    path = f"/challenges/{story.challenge.code}/decision"
    visitor.as_(story.officer)
    assert visitor.hand_in(f"{path}/suspend", reason="te kort").status_code == 422
    assert visitor.hand_in(f"{path}/suspend", reason=WHY).status_code == 302
    assert decision.state is DecisionState.SUSPENDED
    assert "opgeschort" in visitor.get(path).text
    assert visitor.hand_in(f"{path}/resume", outcome=WHY).status_code == 302
    assert decision.state is DecisionState.NOTIFIED


def test_cancelling_on_the_page(app, visitor):
    challenge = make_challenge()
    approver = make_team_member(Role.APPROVER, challenge)
    path = f"/challenges/{challenge.code}/cancel"
    assert visitor.as_(make_founder(make_startup())).get(path).status_code == 403
    visitor.as_(approver)
    overview = path.replace("/cancel", "/manage")
    assert f'href="{path}"' in visitor.get(overview).text
    assert visitor.hand_in(path, reason=WHY).status_code == 422

    assert visitor.hand_in(path, reason=WHY, is_final="y").status_code == 302

    assert challenge.state is ChallengeState.CANCELLED
    page = visitor.get(overview).text
    assert WHY in page
    assert f'href="{path}"' not in page


def test_two_who_release_at_once_send_one_letter_each(app):
    story = judged()
    ready(story)
    second = make_team_member(Role.APPROVER, story.challenge)
    db.session.commit()
    path = f"/challenges/{story.challenge.code}/decision/release"
    clients = [sign_in(app, person) for person in (story.approver, second)]
    tokens = [client.token(path) for client in clients]

    def send(client, token):
        with app.app_context():
            return client.post(path, data={"csrf_token": token, "is_final": "y"}).status_code

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(send, clients, tokens))

    assert sorted(answers) == [302, 409]
    db.session.expire_all()
    assert len(db.session.scalars(select(Letter)).all()) == 4
    acts = list(db.session.scalars(select(Entry.act)))
    assert acts.count("decision.released") == 1
    assert acts.count("letter.released") == 4


def sign_in(app, person):
    app.test_client_class = Visitor
    return app.test_client().as_(person)


# -- the journal -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "is_awarded", "status"),
    [
        (Role.OFFICER, False, 200),
        (Role.AUDITOR, False, 404),
        (Role.AUDITOR, True, 200),
        (Role.SECRETARY, True, 404),
    ],
)
def test_the_journal_is_for_the_officer_and_after_the_award_the_auditor(
    app, visitor, role, is_awarded, status
):
    state = ChallengeState.AWARDED if is_awarded else ChallengeState.PUBLISHED
    challenge = make_challenge(state=state)
    person = make_team_member(role, challenge)

    assert visitor.as_(person).get(f"/challenges/{challenge.code}/journal").status_code == status


def test_the_journal_is_filtered_paged_and_downloaded(app, visitor):
    challenge = make_challenge()
    officer = make_team_member(Role.OFFICER, challenge, name="=HYPERLINK(A1)")
    for n in range(60):
        with transaction():
            record(
                "thing.done" if n % 2 else "thing.begun",
                f"thing:{n}",
                by=officer,
                at=NOON + timedelta(seconds=n),
                stream=challenge.code,
            )
    visitor.as_(officer)
    path = f"/challenges/{challenge.code}/journal"

    first, second = visitor.get(path).text, visitor.get(f"{path}?before=11").text
    done = visitor.get(f"{path}?act=thing.done").text
    sheet = visitor.get(f"/challenges/{challenge.code}/journal.csv").get_data(as_text=True)

    assert "before=11" in first
    assert "De keten is heel" in first
    assert "thing:9<" in second
    assert "thing:10<" not in second
    assert "thing:8<" not in done
    assert len(sheet.splitlines()) >= 61
    assert ";=HYPERLINK" not in sheet
    assert ",=HYPERLINK" not in sheet
    assert '"=HYPERLINK' not in sheet

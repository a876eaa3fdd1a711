"""The pages of calls: who sees what, and what is said when something cannot be."""

import json
from datetime import timedelta

import pytest
from click.testing import CliRunner

from sir.calls.queries import gather, latest_resolution, own_order
from sir.challenges.models import ChallengeState
from sir.challenges.services import choose_call
from sir.commands.recompute import resolve
from sir.jury.models import RoundState
from sir.jury.queries.outcome import latest_ranking
from sir.kernel.canonical import canonical, sha256
from sir.kernel.database import db
from sir.people.models import Role
from sir.terms.models import Terms
from tests.calls.story import CallStory, entered, make_call, vault
from tests.calls.test_services import CROSSED, TWICE, WHY, recorded
from tests.makers import (
    NOON,
    make_challenge,
    make_founder,
    make_member,
    make_startup,
    make_team_member,
    save,
)


def fields(call, startup, *titles):
    """What the form of an order sends: a place for each title."""
    by_title = {row.terms.title: row.code for row in call.challenges}
    return {f"place_{by_title[title]}": str(n) for n, title in enumerate(titles, 1)}


# -- For everybody -----------------------------------------------------------------


def test_everybody_reads_a_public_call_with_its_public_challenges(app, visitor):
    call, _startup, _founder, _proposals = entered("Wijken", "Wateren")
    make_challenge(call=call, terms=save(Terms(title="Nog geheim")), state=ChallengeState.DRAFT)

    page = visitor.get(f"/calls/{call.code}").text

    assert "Oproep 2027" in page
    assert "Wijken" in page
    assert "Wateren" in page
    assert "Nog geheim" not in page
    assert "hoogstens één" in page
    assert "Oproep 2027" in visitor.get("/calls/").text


def test_a_call_without_a_public_challenge_is_not_there_for_strangers(app, visitor):
    call = make_call(published_at=None)

    assert visitor.get(f"/calls/{call.code}").status_code == 404
    assert call.name not in visitor.get("/calls/").text
    visitor.as_(make_member(Role.PROGRAMME_MANAGER, call.buyer))
    assert visitor.get(f"/calls/{call.code}").status_code == 200
    assert call.name in visitor.get("/calls/").text


def test_a_call_with_many_challenges_comes_a_page_at_a_time(app, visitor):
    call = make_call()
    for n in range(23):
        make_challenge(
            call=call,
            terms=save(Terms(title=f"Vraag {n:02d}.")),
            closes_at=NOON + timedelta(days=n),
        )
    first = visitor.get(f"/calls/{call.code}").text
    following = next(
        part.split('"')[0] for part in first.split('href="') if "after=" in part.split('"')[0]
    )
    second = visitor.get(following.replace("&amp;", "&")).text

    seen = [first.count(f"Vraag {n:02d}.") + second.count(f"Vraag {n:02d}.") for n in range(23)]
    assert set(seen) == {1}


def test_many_calls_come_a_page_at_a_time(app, visitor):
    for n in range(22):
        make_call(name=f"Oproep nummer {n:02d}.", published_at=NOON - timedelta(days=n))
    first = visitor.get("/calls/").text
    following = next(
        part.split('"')[0] for part in first.split('href="') if "after=" in part.split('"')[0]
    )
    second = visitor.get(following).text

    names = [f"Oproep nummer {n:02d}." for n in range(22)]
    assert [first.count(name) + second.count(name) for name in names] == [1] * 22


def test_the_public_list_can_be_narrowed_to_a_call(app, visitor):
    call, _startup, _founder, _proposals = entered("Wijken")
    make_challenge(terms=save(Terms(title="Staat alleen")))

    page = visitor.get(f"/challenges/?call={call.code}").text

    assert "Wijken" in page
    assert "Staat alleen" not in page
    assert "Oproep 2027" in page
    assert visitor.get("/challenges/?call=BESTAATNIET").status_code == 200


# -- For whoever leads it ----------------------------------------------------------


def test_a_programme_manager_begins_a_call_and_an_owner_puts_a_draft_in_it(app, visitor):
    challenge = make_challenge(state=ChallengeState.DRAFT)
    owner = make_team_member(Role.OWNER, challenge)
    manager = make_member(Role.PROGRAMME_MANAGER, challenge.buyer)
    visitor.as_(manager)
    answer = visitor.hand_in(
        "/calls/new", buyer=challenge.buyer.code, name="Oproep 2027", is_one_win="yes"
    )
    assert answer.status_code == 302
    code = answer.location.rsplit("/", 1)[1]
    visitor.as_(owner)

    answer = visitor.hand_in(f"/challenges/{challenge.code}/call", call=code)

    assert answer.status_code == 302
    assert (challenge.call.code, challenge.call.is_one_win) == (code, True)
    assert "Oproep 2027" in visitor.get(f"/challenges/{challenge.code}/manage").text


def test_a_call_needs_a_name_and_a_rule_and_what_was_typed_stays(app, visitor):
    manager = make_member(Role.PROGRAMME_MANAGER, make_call().buyer)
    visitor.as_(manager)

    answer = visitor.hand_in("/calls/new", name_en="Call of next year")

    assert answer.status_code == 422
    assert "Call of next year" in answer.text


def test_once_a_challenge_was_approved_name_and_rule_stand(app, visitor):
    call, _startup, _founder, _proposals = entered("Wijken")
    visitor.as_(make_member(Role.PROGRAMME_MANAGER, call.buyer))

    answer = visitor.hand_in(f"/calls/{call.code}/edit", name="Anders", is_one_win="no")

    assert answer.status_code == 409
    assert (call.name, call.is_one_win) == ("Oproep 2027", True)


def test_a_published_challenge_cannot_change_its_call(app, visitor):
    call, _startup, _founder, (proposal,) = entered("Wijken")
    owner = make_team_member(Role.OWNER, proposal.challenge)
    other = make_call(name="Een andere oproep")
    visitor.as_(owner)
    path = f"/challenges/{proposal.challenge.code}/call"
    page = visitor.get(path)
    assert "<select" not in page.text

    answer = visitor.post(path, data={"csrf_token": visitor.token("/account"), "call": other.code})

    assert answer.status_code == 409
    assert proposal.challenge.call_id == call.id


def test_a_draft_does_not_come_into_a_call_of_which_a_deadline_has_passed(app, visitor):
    call, _startup, _founder, (proposal,) = entered("Wijken")
    proposal.challenge.closes_at = NOON
    draft = make_challenge(state=ChallengeState.DRAFT)
    visitor.as_(make_team_member(Role.OFFICER, draft))
    path = f"/challenges/{draft.code}/call"
    assert call.code not in visitor.get(path).text

    assert visitor.hand_in(path, call=call.code).status_code == 422
    assert draft.call_id is None


# -- For a startup -----------------------------------------------------------------


def test_a_founder_puts_entries_in_order_and_reads_them_back(app, visitor):
    call, startup, founder, proposals = entered("Wijken", "Wateren")
    path = f"/proposals/{proposals[0].code}/order"
    visitor.as_(founder)
    assert path in visitor.get(f"/proposals/{proposals[1].code}").text.replace(
        proposals[1].code, proposals[0].code
    )

    answer = visitor.hand_in(path, version="0", **fields(call, startup, "Wateren", "Wijken"))

    assert answer.status_code == 302
    titles = {row.code: row.terms.title for row in call.challenges}
    assert [titles[code] for code in own_order(call, startup, vault())] == ["Wateren", "Wijken"]
    page = visitor.get(path).text
    assert page.index("Wateren") < page.index("Wijken</label>")


def test_a_place_that_is_given_twice_is_pointed_out_at_its_field(app, visitor):
    call, startup, founder, proposals = entered("Wijken", "Wateren")
    visitor.as_(founder)
    both = dict.fromkeys(fields(call, startup, "Wijken", "Wateren"), "1")

    answer = visitor.hand_in(f"/proposals/{proposals[0].code}/order", version="0", **both)

    assert answer.status_code == 422
    assert "Plaats 1 is twee keer gegeven" in answer.text
    assert own_order(call, startup, vault()) == []


def test_two_colleagues_see_each_others_order_instead_of_losing_one(app, visitor):
    call, startup, founder, proposals = entered("Wijken", "Wateren")
    path = f"/proposals/{proposals[0].code}/order"
    visitor.as_(founder)
    visitor.hand_in(path, version="0", **fields(call, startup, "Wateren", "Wijken"))

    answer = visitor.hand_in(path, version="0", **fields(call, startup, "Wijken", "Wateren"))

    assert answer.status_code == 409
    assert "Een collega" in answer.text


def test_after_the_last_deadline_the_order_is_shown_and_not_changed(app, visitor):
    call, startup, founder, proposals = entered("Wijken", "Wateren")
    for row in proposals:
        row.challenge.closes_at = NOON
    path = f"/proposals/{proposals[0].code}/order"
    visitor.as_(founder)
    assert "<select" not in visitor.get(path).text

    data = {"version": "0", **fields(call, startup, "Wateren", "Wijken")}
    token = visitor.token("/account")
    assert visitor.post(path, data=data | {"csrf_token": token}).status_code == 409


def test_nobody_else_finds_the_page_of_an_order(app, visitor):
    call, _startup, _founder, proposals = entered("Wijken", "Wateren")
    challenge = proposals[0].challenge
    others = [
        make_founder(make_startup(name="Mededinger")),
        make_team_member(Role.OFFICER, challenge),
        make_member(Role.PROGRAMME_MANAGER, call.buyer),
    ]
    for person in others:
        visitor.as_(person)
        assert visitor.get(f"/proposals/{proposals[0].code}/order").status_code == 404


def test_in_a_call_without_the_rule_there_is_no_page_to_order(app, visitor):
    _call, _startup, founder, proposals = entered("Wijken", "Wateren", is_one_win=False)
    visitor.as_(founder)

    assert visitor.get(f"/proposals/{proposals[0].code}/order").status_code == 404


# -- Who wins what -----------------------------------------------------------------


def test_until_every_jury_has_signed_the_page_names_no_startup(app, visitor):
    story = CallStory(TWICE)
    story.wants("Helder BV", "Wateren", "Wijken")
    latest_ranking(story.challenge("Wateren")).round.state = RoundState.SIGNING
    visitor.as_(story.manager)

    page = visitor.get(f"/calls/{story.call.code}/outcome").text

    assert not [name for name in story.known if name in page]
    assert "Wateren" in page


def test_the_manager_reads_why_and_records_and_the_page_shows_it_from_then(app, visitor):
    story = CallStory(TWICE)
    story.wants("Helder BV", "Wateren", "Wijken")
    path = f"/calls/{story.call.code}/outcome"
    visitor.as_(story.manager)
    page = visitor.get(path).text
    assert "Helder BV staat hoog genoeg bij “Wijken” en “Wateren”" in page.replace(
        "“Wateren” en “Wijken”", "“Wijken” en “Wateren”"
    )
    assert "Helder BV (wint “Wateren”)" in page
    seen = gather(story.call, vault()).sha256

    assert visitor.hand_in(path, seen=seen, choice="0").status_code == 422
    answer = visitor.hand_in(path, seen=seen, choice="0", is_final="y")

    assert answer.status_code == 302
    page = visitor.get(path).text
    assert "Praatplaat" in page
    assert latest_resolution(story.call).inputs_sha256 in page
    assert "<textarea" not in page
    found = visitor.get(f"/calls/{story.call.code}/outcome.json").json
    assert story.told(found["about"]["wins"]) == {
        "Wateren": ["Helder BV"],
        "Wijken": ["Praatplaat"],
    }


@pytest.mark.parametrize("choice", [0, 1])
def test_the_file_of_a_call_gives_the_recorded_outcome_to_anyone(app, visitor, choice):
    story = CallStory(CROSSED)
    story.wants("Helder BV", "Wijken", "Wateren")
    story.wants("Praatplaat", "Wateren", "Wijken")
    visitor.as_(story.manager)
    seen = gather(story.call, vault()).sha256
    path = f"/calls/{story.call.code}/outcome"
    visitor.hand_in(path, seen=seen, choice=str(choice), reason=WHY, is_final="y")
    kept = latest_resolution(story.call)

    file = visitor.get(f"{path}.json")
    answer = json.loads(CliRunner().invoke(resolve, ["-"], input=file.data).stdout)

    about = file.json["about"]
    inputs = {key: value for key, value in file.json.items() if key != "about"}
    assert about["follows_rankings"] is (choice == 0)
    assert [answer["wins"], *answer["others"]][choice] == kept.wins == about["wins"]
    assert sha256(canonical(inputs)) == kept.inputs_sha256 == about["sha256"]


def test_another_outcome_without_a_reason_is_refused_and_with_one_recorded(app, visitor):
    story = CallStory(CROSSED)
    story.wants("Helder BV", "Wijken", "Wateren")
    story.wants("Praatplaat", "Wateren", "Wijken")
    path = f"/calls/{story.call.code}/outcome"
    visitor.as_(story.manager)
    seen = gather(story.call, vault()).sha256

    refused = visitor.hand_in(path, seen=seen, choice="1", is_final="y")
    answer = visitor.hand_in(path, seen=seen, choice="1", reason=WHY, is_final="y")

    assert (refused.status_code, answer.status_code) == (409, 302)
    assert WHY in visitor.get(path).text


def test_who_may_read_and_record_an_outcome(app, visitor):
    story = CallStory(TWICE)
    wijken = story.challenge("Wijken")
    officer = story.stories["Wijken"].officer
    auditor = make_member(Role.AUDITOR, story.call.buyer)
    strangers = [
        make_team_member(Role.OWNER, wijken),
        make_member(Role.PROGRAMME_MANAGER),
        story.known["Helder BV"][1],
        auditor,
    ]
    path = f"/calls/{story.call.code}/outcome"
    for person in strangers:
        visitor.as_(person)
        assert visitor.get(path).status_code == 404
    visitor.as_(officer)
    assert visitor.get(path).status_code == 200
    recorded(story)
    visitor.as_(auditor)
    assert visitor.get(path).status_code == 200
    token = visitor.token("/account")
    assert visitor.post(path, data={"csrf_token": token}).status_code == 403


def test_who_reads_the_outcome_is_written_down(app, visitor):
    story = CallStory(TWICE)
    visitor.as_(story.manager)
    visitor.get(f"/calls/{story.call.code}/outcome")

    from_reads = db.session.execute(
        db.text("select actor from journal_entry where act = 'outcome.read'")
    ).all()
    assert [row[0] for row in from_reads] == [story.manager.code]


@pytest.mark.parametrize("lang", ["", "/en"])
def test_a_call_without_the_rule_has_nothing_to_resolve(app, visitor, lang):
    story = CallStory(TWICE, is_one_win=False)
    visitor.as_(story.manager)

    page = visitor.get(f"{lang}/calls/{story.call.code}/outcome")

    assert page.status_code == 200
    assert "<form" not in page.text.split("<main")[1].split("</main")[0]


def test_taking_a_draft_out_of_its_call_is_an_act_of_its_own(app):
    call = make_call(published_at=None)
    draft = make_challenge(state=ChallengeState.DRAFT)
    owner = make_team_member(Role.OWNER, draft)
    choose_call(draft, call, by=owner, at=NOON)
    assert call.challenges == [draft]

    choose_call(draft, None, by=owner, at=NOON)

    assert (draft.call, call.challenges) == (None, [])

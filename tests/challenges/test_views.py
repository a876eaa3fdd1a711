"""The pages for writers, reviewers and officers: the happy path, the refusals, who sees nothing."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from sir.challenges.models import Challenge, ChallengeState
from sir.challenges.queries import team_of
from sir.challenges.views.base import fingerprint
from sir.kernel.database import db
from sir.people.models import Role
from sir.terms.forms import stored_terms
from tests.challenges.story import Story, join
from tests.makers import make_founder, make_organisation, make_startup

POSTS = ("edit/1", "edit/2", "edit/3", "criteria", "calendar", "team", "submit", "manage")


def at(story, part=""):
    return f"/challenges/{story.challenge.code}/{part}".rstrip("/")


def page_one(story, **changes):
    """The first page of a draft as a browser would send it."""
    stored = stored_terms(story.challenge.terms, 1, "nl")
    return (
        {name: value for name, value in stored.items() if value not in {False, None}}
        | {"version": fingerprint(stored)}
        | changes
    )


def test_an_owner_begins_a_challenge(app, visitor):
    buyer = make_organisation()
    owner = join(buyer, Role.OWNER, "O")

    answer = visitor.as_(owner).hand_in(
        "/challenges/new", buyer=buyer.code, theme="stad", title="Stilte", question="Hoe?"
    )

    (challenge,) = db.session.scalars(select(Challenge)).all()
    assert answer.status_code == 302
    assert answer.location == f"/challenges/{challenge.code}/edit/1"
    assert challenge.terms.title == "Stilte"


def test_a_body_that_is_not_mine_cannot_be_chosen(app, visitor):
    owner = join(make_organisation(), Role.OWNER, "O")
    other = make_organisation()

    answer = visitor.as_(owner).hand_in(
        "/challenges/new", buyer=other.code, theme="stad", title="Stilte"
    )

    assert answer.status_code == 422
    assert "Stilte" in answer.text
    assert db.session.scalars(select(Challenge)).all() == []


@pytest.mark.parametrize("part", POSTS)
def test_nobody_else_knows_of_a_draft(app, visitor, part):
    story = Story()
    for person in (
        make_founder(make_startup()),
        join(make_organisation(), Role.OWNER, "X"),
        join(make_organisation(), Role.OFFICER, "Y"),
    ):
        visitor.as_(person)
        get = visitor.get(at(story, part)).status_code
        assert get == (405 if part == "submit" else 404)
        assert visitor.post(at(story, part)).status_code in {404, 405}


@pytest.mark.parametrize(
    ("part", "status"),
    [("", 404), ("uitvraag.pdf", 404), ("uitvraag.json", 404), ("manage", 302), ("review", 302)],
)
def test_a_stranger_finds_no_draft(app, visitor, part, status):
    story = Story()

    assert visitor.get(at(story, part)).status_code == status


def test_the_approver_reads_but_does_not_write(app, visitor):
    story = Story()

    assert visitor.as_(story.approver).get(at(story, "edit/1")).status_code == 403


@pytest.mark.parametrize("part", ["edit/1", "edit/2", "edit/3", "criteria", "calendar", "team"])
def test_every_page_of_a_draft_opens(app, visitor, part):
    story = Story(has_english=True)
    visitor.as_(story.owner)

    answer = visitor.get(at(story, part))
    english = visitor.get("/en" + at(story, part))

    assert (answer.status_code, english.status_code) == (200, 200)
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("part", ["edit/0", "edit/4", "edit/x", "edit/1/de", "edit/1/en"])
def test_there_is_no_fourth_page_and_no_english_before_it_is_chosen(app, visitor, part):
    story = Story()
    assert visitor.as_(story.owner).get(at(story, part)).status_code == 404


def test_a_page_is_saved_and_the_writer_goes_on(app, visitor):
    story = Story()
    visitor.as_(story.owner)

    answer = visitor.hand_in(at(story, "edit/1"), **page_one(story, title="Anders"), then="next")

    assert answer.status_code == 302
    assert answer.location.startswith(at(story, "edit/2"))
    assert story.challenge.terms.title == "Anders"


def test_a_text_that_is_too_long_is_kept(app, visitor):
    story = Story()
    visitor.as_(story.owner)

    answer = visitor.hand_in(at(story, "edit/1"), **page_one(story, title="x" * 300))

    assert answer.status_code == 302
    assert story.challenge.terms.title == "x" * 300


def test_a_number_that_is_none_is_told_and_nothing_typed_is_lost(app, visitor):
    story = Story()
    visitor.as_(story.owner)
    stored = stored_terms(story.challenge.terms, 2, "nl")

    answer = visitor.hand_in(
        at(story, "edit/2"),
        version=fingerprint(stored),
        get="Een nieuwe zin",
        fee="veel",
        payment_basis="fee",
        declaration="none",
        places="1",
    )

    assert answer.status_code == 422
    assert "Een nieuwe zin" in answer.text
    assert "veel" in answer.text
    assert story.challenge.terms.fee == 30_000


def test_two_writers_of_one_page_see_both_texts(app, visitor):
    story = Story()
    visitor.as_(story.owner)
    mine = page_one(story, tried="Wat ik schreef")
    story.write(texts={"nl": {"tried": "Wat een ander schreef"}})

    answer = visitor.hand_in(at(story, "edit/1"), **mine)

    assert answer.status_code == 409
    assert "Wat ik schreef" in answer.text
    assert "Wat een ander schreef" in answer.text
    assert story.challenge.terms.text_nl["tried"] == "Wat een ander schreef"


def test_a_choice_made_after_seeing_both_is_stored(app, visitor):
    story = Story()
    visitor.as_(story.owner)
    mine = page_one(story, tried="Wat ik schreef")
    story.write(texts={"nl": {"tried": "Wat een ander schreef"}})
    page = visitor.hand_in(at(story, "edit/1"), **mine).text
    seen = page.partition('name="version"')[2].partition('value="')[2].partition('"')[0]

    answer = visitor.hand_in(at(story, "edit/1"), **mine | {"version": seen})

    assert answer.status_code == 302
    assert story.challenge.terms.text_nl["tried"] == "Wat ik schreef"


def test_two_writers_of_different_pages_are_not_in_each_others_way(app, visitor):
    story = Story()
    visitor.as_(story.owner)
    mine = page_one(story, tried="Wat ik schreef")
    story.write(texts={"nl": {"expect": "Van bladzijde twee"}}, fee=Decimal(31_000))

    assert visitor.hand_in(at(story, "edit/1"), **mine).status_code == 302


def autosaved(visitor, path, **data):
    token = visitor.token(path)
    return visitor.post(path, data={"csrf_token": token, **data}, headers={"X-Autosave": "1"})


def test_a_page_saves_itself(app, visitor):
    story = Story()
    visitor.as_(story.owner)
    path = at(story, "edit/1")

    first = autosaved(visitor, path, **page_one(story, tried="Half af"))
    stale = autosaved(visitor, path, **page_one(story, tried="Te laat", version=1))

    assert first.status_code == 200
    assert first.json["version"] == fingerprint(stored_terms(story.challenge.terms, 1, "nl"))
    assert stale.status_code == 409
    assert stale.json["theirs"] == {"tried": "Half af"}
    assert stale.json["yours"] == {"tried": "Te laat"}
    assert story.challenge.terms.text_nl["tried"] == "Half af"


def test_the_same_text_twice_is_saved_once(app, visitor):
    story = Story()
    visitor.as_(story.owner)
    version = story.challenge.terms.version

    answer = autosaved(visitor, at(story, "edit/1"), **page_one(story, version=1))

    assert answer.status_code == 200
    assert story.challenge.terms.version == version


def test_the_meter_counts_what_is_typed_and_stores_nothing(app, visitor):
    story = Story()
    visitor.as_(story.owner)
    token = visitor.token(at(story, "edit/1"))
    path = at(story, "meter?page=1&lang=nl")
    long = "\n\n".join(["regel"] * 100)

    fits = visitor.post(path, data={"csrf_token": token, **page_one(story)})
    over = visitor.post(path, data={"csrf_token": token, **page_one(story, situation=long)})

    assert (fits.status_code, fits.json["fits"], fits.json["page_count"]) == (200, True, 3)
    assert (over.json["fits"], over.json["page_count"] > 3) == (False, True)
    assert "Wat is er aan de hand" in over.json["sentence"]
    assert story.challenge.terms.text_nl["situation"] != long
    assert fits.json["svg"], "what is stored is what was measured: here are its pictures"
    assert over.json["svg"] is None, "the pictures come with the answer that it was saved"


def test_what_was_saved_its_size_and_its_pictures_are_one_answer(app, visitor):
    story = Story()
    visitor.as_(story.owner)
    path = at(story, "edit/1")
    shown = visitor.get(path).text

    answer = autosaved(visitor, path, **page_one(story, tried="\n\n".join(["regel"] * 100)))

    meter = answer.json["meter"]
    assert not meter["fits"]
    assert len(meter["svg"]) == meter["page_count"] > 3
    assert all(address not in shown for address in meter["svg"])
    assert visitor.get(meter["svg"][3]).status_code == 200


def test_signs_that_cannot_be_printed_are_named(app, visitor):
    story = Story()
    visitor.as_(story.owner)
    path = at(story, "edit/1")
    assert "leeg vakje" not in visitor.get(path).text

    answer = autosaved(visitor, path, **page_one(story, tried="Wij vroegen het in 中文."))

    assert "“中” (U+4E2D), “文” (U+6587)" in answer.json["meter"]["unprintable"]
    page = visitor.get(path).text
    assert "worden een leeg vakje: “中” (U+4E2D)" in page
    assert 'id="tried-warning"' in page
    assert "tried-warning" in page.partition('name="tried"')[0].rpartition("<textarea")[2]
    assert 'id="situation-warning"' not in page


def test_a_hostile_flood_is_refused_before_it_is_measured(app, visitor, monkeypatch):
    story = Story()
    visitor.as_(story.owner)
    flood = "[" * 400_000
    token = visitor.token(at(story, "edit/1"))

    monkeypatch.delattr(type(app.extensions["sir.press"]), "measure")
    meter = at(story, "meter?page=1&lang=nl")
    answer = visitor.post(meter, data={"csrf_token": token, **page_one(story, tried=flood)})
    saving = visitor.post(
        at(story, "edit/1"),
        data={"csrf_token": token, **page_one(story, tried=flood)},
        headers={"X-Autosave": "1"},
    )

    assert (answer.status_code, saving.status_code) == (422, 422)
    assert "veel te lang" in answer.json["sentence"]
    assert story.challenge.terms.text_nl["tried"] != flood


def test_the_meter_refuses_a_form_that_is_not_ours(app, visitor):
    story = Story()
    assert visitor.as_(story.owner).post(at(story, "meter?page=1")).status_code == 422


def test_a_preview_shows_each_page_and_no_other(app, visitor):
    story = Story()
    visitor.as_(story.owner)

    first = visitor.get(at(story, "preview/nl/1.svg"))

    assert first.status_code == 200
    assert first.content_type.startswith("image/svg+xml")
    for number in ("0", "4", "x", "-1"):
        assert visitor.get(at(story, f"preview/nl/{number}.svg")).status_code == 404


def test_a_challenge_walks_from_draft_to_public(app, visitor):
    story = Story()
    manage = at(story, "manage")

    visitor.as_(story.owner)
    assert visitor.hand_in(at(story, "submit"), _from=manage).status_code == 302
    visitor.as_(story.officer)
    back = visitor.hand_in(at(story, "send-back"), _from=at(story, "review"), note="Korter.")
    assert back.status_code == 302
    assert "Korter." in visitor.as_(story.owner).get(manage).text
    visitor.hand_in(at(story, "submit"), _from=manage)
    visitor.as_(story.approver)
    assert visitor.hand_in(at(story, "approve"), _from=at(story, "review")).status_code == 302
    visitor.as_(story.officer)
    empty = visitor.hand_in(at(story, "publish"))
    assert empty.status_code == 422
    assert story.challenge.state is ChallengeState.APPROVED
    assert visitor.hand_in(at(story, "publish"), tenderned_id="345678").status_code == 302
    assert story.challenge.state is ChallengeState.PUBLISHED
    assert visitor.as_(None).get(at(story)).status_code == 200


def test_a_challenge_that_is_not_complete_lists_every_place(app, visitor):
    story = Story()
    story.write(texts={"nl": {"title": "", "who": "veel"}})
    visitor.as_(story.owner)

    answer = visitor.hand_in(at(story, "submit"), _from=at(story, "manage"))

    assert answer.status_code == 409
    assert f'href="{at(story, "edit/1/nl")}#title"' in answer.text
    assert f'href="{at(story, "edit/1/nl")}#who"' in answer.text


@pytest.mark.parametrize("part", ["edit/1", "criteria", "calendar"])
def test_a_challenge_in_review_cannot_be_written(app, visitor, part):
    story = Story().submitted()
    assert visitor.as_(story.owner).get(at(story, part)).status_code == 409


def test_only_the_approver_approves(app, visitor):
    story = Story().submitted()
    for person in (story.owner, story.officer):
        token = visitor.as_(person).token("/account")
        answer = visitor.post(at(story, "approve"), data={"csrf_token": token})
        assert answer.status_code == 403
    assert story.challenge.state is ChallengeState.REVIEW


def test_a_colleague_joins_and_leaves_the_team(app, visitor):
    story = Story()
    extra = join(story.buyer, Role.SECRETARY, "Extra Kracht")
    visitor.as_(story.owner)

    joined = visitor.hand_in(at(story, "team"), who=f"secretary:{extra.code}")
    assert joined.status_code == 302
    assert extra.id in {place.person_id for place in team_of(story.challenge)}
    visitor.hand_in(
        at(story, "team/leave"), _from=at(story, "team"), person=extra.code, role="secretary"
    )

    db.session.expire_all()
    assert extra.id not in {place.person_id for place in team_of(story.challenge)}


def test_hostile_text_is_shown_as_text(app, visitor):
    story = Story()
    hostile = '<script>alert(1)</script>"\'>{{7*7}}#read("/etc/passwd")'
    story.write(
        texts={"nl": dict.fromkeys(("title", "situation", "results", "follow_up"), hostile)}
    )
    visitor.as_(story.owner)

    for part in ("", "manage", "edit/1", "edit/3", "team"):
        text = visitor.get(at(story, part)).text
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert(1)" in text

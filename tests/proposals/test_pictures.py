"""The picture page: sealed with the text, seen by nobody before its time."""

import io
from datetime import timedelta
from decimal import Decimal

import pikepdf
import pytest
from flask import current_app
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from sir.kernel.canonical import sha256
from sir.kernel.database import db
from sir.kernel.errors import Missing, Refused
from sir.kernel.pictures import redrawn
from sir.kernel.transaction import transaction
from sir.people.models import Role
from sir.proposals.models import DraftPicture, Part, PartKind, ProposalState
from sir.proposals.queries import (
    current_submission,
    draft_of,
    draft_picture,
    opened_bytes,
    read_draft,
    read_draft_picture,
    read_picture,
)
from sir.proposals.rules import (
    Step,
    merged,
    picture_faults,
    picture_of,
    with_picture,
    without_picture,
)
from sir.proposals.services import ChangedMeanwhile, Incomplete, openings, save_draft
from sir.web.uploads import LARGEST_BODY
from tests.makers import (
    NOON,
    make_challenge,
    make_founder,
    make_member,
    make_person,
    make_startup,
    make_team_member,
)
from tests.pictures import SPOKEN, drawing, jpeg, png, seen
from tests.proposals.story import content, draft, open_vault, submit, withdraw

ALT = "Een klinker van boven: KANARIEPIET-in-woorden"
CAPTION = "Onze klinker, doorgesneden"
BLUE = redrawn(png(drawing(60, 40).transpose(0)))


def vault():
    return current_app.extensions["sir.vault"]


def illustrated(picture=None, words=None, **given):
    """A founder whose complete draft has a picture; the second version of it."""
    proposal, founder = draft(**given)
    picture = picture or redrawn(jpeg())
    texts = {"picture_alt": ALT, "picture_caption": CAPTION} if words is None else words
    keep(proposal, founder, picture, texts)
    return proposal, founder, picture


def keep(proposal, founder, picture, texts, *, version=None, at=NOON):
    stored = draft_of(proposal)
    whole = merged(read_draft(proposal, stored, vault()), Step.PICTURE, texts)
    whole = with_picture(whole, sha256(picture)) if picture else without_picture(whole)
    with transaction():
        return save_draft(
            proposal,
            whole,
            version=stored.version if version is None else version,
            pages=Decimal("2.4"),
            by=founder,
            at=at,
            vault=vault(),
            picture=picture,
        )


# -- What is true ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("texts", "is_blind", "expected"),
    [
        ({}, False, []),
        ({}, True, []),
        ({"picture_alt": "x"}, False, ["picture_alt"]),
        ({"picture_caption": "x"}, False, ["picture_alt"]),
        ({"picture": "ab"}, False, ["picture_alt"]),
        ({"picture": "ab", "picture_alt": "x"}, False, []),
        ({"picture": "ab", "picture_alt": "x"}, True, ["picture_unnamed"]),
        ({"picture": "ab"}, True, ["picture_alt", "picture_unnamed"]),
        ({"picture": "ab", "picture_alt": "x", "picture_unnamed": "yes"}, True, []),
    ],
)
def test_a_picture_has_words_and_in_a_blind_jury_no_name(app, texts, is_blind, expected):
    terms = make_challenge().terms
    terms.is_blind = is_blind

    assert [fault.key for fault in picture_faults({"idea": texts}, terms)] == expected


def test_taking_a_picture_out_takes_its_words_along():
    whole = content(picture_alt=ALT, picture_caption=CAPTION, picture_unnamed="yes")

    assert without_picture(with_picture(whole, "ab")) == content()


# -- The draft -------------------------------------------------------------------


def test_the_picture_of_a_draft_is_sealed_and_opens_for_its_bidder(app):
    proposal, _founder, picture = illustrated()
    kept = draft_picture(proposal)

    assert read_draft_picture(proposal, sha256(picture), vault()) == picture
    assert picture not in kept.sealed
    assert b"\xff\xd8\xff" not in kept.sealed


def test_another_picture_takes_the_place_of_the_former(app):
    proposal, founder, former = illustrated()

    keep(proposal, founder, BLUE, {"picture_alt": "Een andere"})

    assert db.session.scalars(select(DraftPicture)).one().sha256 == sha256(BLUE)
    assert read_draft_picture(proposal, sha256(BLUE), vault()) == BLUE
    with pytest.raises(Missing):
        read_draft_picture(proposal, sha256(former), vault())


def test_a_picture_that_is_taken_out_is_gone(app):
    proposal, founder, _picture = illustrated()

    keep(proposal, founder, b"", {})

    assert db.session.scalars(select(DraftPicture)).all() == []
    assert picture_of(read_draft(proposal, draft_of(proposal), vault())["idea"]) == ""
    submit(proposal, founder, version=3)
    with pytest.raises(Missing):
        opened_bytes(current_submission(proposal), PartKind.PICTURE, vault())


def test_writing_another_page_leaves_the_picture(app):
    proposal, founder, picture = illustrated()
    stored = draft_of(proposal)
    whole = merged(read_draft(proposal, stored, vault()), Step.IDEA, {"title": "Nieuw"})
    with transaction():
        save_draft(
            proposal, whole, version=2, pages=Decimal(2), by=founder, at=NOON, vault=vault()
        )  # fmt: skip

    assert picture_of(read_draft(proposal, draft_of(proposal), vault())["idea"]) == sha256(picture)
    assert read_draft_picture(proposal, sha256(picture), vault()) == picture


def test_a_picture_moved_to_another_bidder_stays_shut(app):
    challenge = make_challenge()
    mine, _founder, picture = illustrated(challenge=challenge)
    theirs, _rival, _other = illustrated(BLUE, challenge=challenge)
    stolen, place = draft_picture(mine), draft_picture(theirs)
    place.sealed, place.sha256 = stolen.sealed, stolen.sha256
    db.session.commit()

    with pytest.raises(Refused, match="zegel"):
        read_draft_picture(theirs, sha256(picture), vault())


def test_a_picture_saved_on_an_older_version_is_refused_and_not_kept(app):
    proposal, founder, former = illustrated()

    with pytest.raises(ChangedMeanwhile):
        keep(proposal, founder, BLUE, {"picture_alt": "Te laat"}, version=1)
    db.session.rollback()

    assert draft_picture(proposal).sha256 == sha256(former)


def test_after_the_deadline_no_picture_comes_in_and_words_do(app):
    proposal, founder, _picture = illustrated()
    late = proposal.challenge.closes_at

    with pytest.raises(Refused, match="deadline"):
        keep(proposal, founder, BLUE, {"picture_alt": ALT}, at=late)
    db.session.rollback()


# -- In the vault ----------------------------------------------------------------


def test_a_picture_is_handed_in_sealed_in_a_part_of_its_own(app):
    proposal, founder, picture = illustrated()

    submission = submit(proposal, founder, version=2)

    part = db.session.scalars(
        select(Part).where(Part.submission_id == submission.id, Part.kind == PartKind.PICTURE)
    ).one()
    assert part.sha256 == sha256(picture)
    assert picture not in part.sealed
    assert opened_bytes(submission, PartKind.PICTURE, vault()) == picture


def test_the_hash_of_the_receipt_stands_for_the_picture_too(app):
    first, founder, _picture = illustrated()
    second, rival, _other = illustrated(BLUE, challenge=first.challenge)
    bare, third = draft(first.challenge)

    hashes = [
        submit(first, founder, version=2).sha256,
        submit(second, rival, version=2).sha256,
        submit(bare, third).sha256,
    ]

    assert len(set(hashes)) == 3


def test_a_picture_without_words_is_not_handed_in(app):
    proposal, founder, _picture = illustrated(words={})

    with pytest.raises(Incomplete) as refused:
        submit(proposal, founder, version=2)

    assert [(row.step, row.key) for row in refused.value.shortcomings] == [
        (Step.PICTURE, "picture_alt")
    ]


def test_pressing_twice_gives_one_receipt_and_one_picture(app):
    proposal, founder, _picture = illustrated()

    first, again = submit(proposal, founder, version=2), submit(proposal, founder, version=2)

    assert first.receipt == again.receipt
    parts = db.session.scalars(select(Part).where(Part.kind == PartKind.PICTURE)).all()
    assert len(parts) == 1


def test_a_newer_picture_replaces_the_former_and_a_withdrawn_one_comes_back_in_the_draft(
    app, clock
):
    proposal, founder, _former = illustrated()
    submit(proposal, founder, version=2)
    keep(proposal, founder, BLUE, {"picture_alt": "Een andere"})

    second = submit(proposal, founder, version=3)
    assert opened_bytes(second, PartKind.PICTURE, vault()) == BLUE
    withdraw(proposal, founder, second.receipt)

    assert read_draft_picture(proposal, sha256(BLUE), vault()) == BLUE
    third = submit(proposal, founder, version=4)
    assert opened_bytes(third, PartKind.PICTURE, vault()) == BLUE
    open_vault(proposal.challenge, clock)
    assert read_picture(proposal, vault()) == BLUE


def test_a_sealed_picture_cannot_be_read_and_an_opened_one_can(app, clock):
    proposal, founder, picture = illustrated()
    submit(proposal, founder, version=2)
    with pytest.raises(Missing):
        read_picture(proposal, vault())

    open_vault(proposal.challenge, clock)

    assert read_picture(proposal, vault()) == picture


def test_who_has_no_picture_opens_intact_and_has_none(app, clock):
    proposal, founder = draft()
    submit(proposal, founder)
    opening = open_vault(proposal.challenge, clock)

    assert opening.count == 1
    with pytest.raises(Missing):
        read_picture(proposal, vault())


@pytest.mark.parametrize("harm", ["bit", "gone", "swapped"])
def test_a_picture_that_was_touched_breaks_the_seal_of_its_proposal_only(
    app, clock, harm, monkeypatch
):
    challenge = make_challenge()
    good, founder, picture = illustrated(challenge=challenge)
    bad, rival, _other = illustrated(BLUE, challenge=challenge)
    for proposal, by in ((good, founder), (bad, rival)):
        submit(proposal, by, version=2)
    mine, theirs = (
        db.session.scalars(
            select(Part).where(
                Part.kind == PartKind.PICTURE,
                Part.submission_id == current_submission(proposal).id,
            )
        ).one()
        for proposal in (good, bad)
    )
    if harm == "bit":
        theirs.sealed = theirs.sealed[:-1] + bytes([theirs.sealed[-1] ^ 1])
    elif harm == "swapped":
        theirs.sealed, theirs.sha256 = mine.sealed, mine.sha256
    else:
        db.session.delete(theirs)
    db.session.commit()
    listed = []
    record = openings.opening_record
    monkeypatch.setattr(
        openings, "opening_record", lambda *a, **k: listed.extend(a[1]) or record(*a, **k)
    )

    open_vault(challenge, clock)

    assert {row.code: row.is_intact for row in listed} == {good.code: True, bad.code: False}
    assert read_picture(good, vault()) == picture
    assert {good.state, bad.state} == {ProposalState.OPENED}
    with pytest.raises((Missing, Refused)):
        read_picture(bad, vault())


# -- The pages -------------------------------------------------------------------


def send(visitor, proposal, content, name="plaatje.jpg", **texts):
    """Send the form of the picture page as a browser does."""
    path = f"/proposals/{proposal.code}/edit/picture"
    page = visitor.get(path).text
    version = page.partition('name="version"')[2].partition('value="')[2].partition('"')[0]
    sent = {
        "csrf_token": visitor.token(path),
        "version": version,
        "picture_alt": ALT,
        "picture_caption": CAPTION,
    } | texts
    if content is not None:
        sent["upload"] = FileStorage(io.BytesIO(content), name)
    boundary, body = encode_multipart(sent)  # the client's own way leaves a file open
    return visitor.post(path, data=body, content_type=f"multipart/form-data; boundary={boundary}")


def idea_of(proposal):
    return read_draft(proposal, draft_of(proposal), vault())["idea"]


def test_a_founder_adds_looks_at_and_takes_out_a_picture(app, visitor):
    proposal, founder = draft()
    visitor.as_(founder)
    path = f"/proposals/{proposal.code}/edit/picture"
    assert "telt niet mee in de paginameter" in visitor.get(path).text

    added = send(visitor, proposal, jpeg(orientation=6))

    assert (added.status_code, added.location) == (302, path)
    page = visitor.get(path).text
    assert f'alt="{ALT}"' in page
    image = visitor.get(f"/proposals/{proposal.code}/draft/picture.jpg")
    assert image.headers["Content-Type"] == "image/jpeg"
    assert image.headers["X-Content-Type-Options"] == "nosniff"
    assert image.headers["Cache-Control"] == "no-store"
    assert SPOKEN.encode() not in image.data
    assert seen(image.data).size == (80, 120)
    described = send(visitor, proposal, None, picture_caption="Anders")
    assert described.location.endswith("/edit/company")
    assert idea_of(proposal)["picture_caption"] == "Anders"
    removed = visitor.post(
        f"{path}/remove", data={"csrf_token": visitor.token(path), "version": "3"}
    )
    assert removed.status_code == 302
    assert {key for key in idea_of(proposal) if key.startswith("picture")} == set()
    assert visitor.get(f"/proposals/{proposal.code}/draft/picture.jpg").status_code == 404


def test_a_picture_counts_no_page_and_stands_on_one_of_its_own(app, visitor):
    proposal, founder = draft()
    visitor.as_(founder)
    before = visitor.get(f"/proposals/{proposal.code}/draft.pdf").data
    send(visitor, proposal, jpeg())
    pages = draft_of(proposal).pages

    after = visitor.get(f"/proposals/{proposal.code}/draft.pdf").data

    with pikepdf.open(io.BytesIO(before)) as bare, pikepdf.open(io.BytesIO(after)) as whole:
        assert len(whole.pages) == len(bare.pages) + 1
        assert whole.pages[-1].get_images()
        assert not whole.pages[0].get_images()
    assert pages < 3
    send(visitor, proposal, None, picture_caption="Nog een keer")
    assert draft_of(proposal).pages == pages


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"MZ geen plaatje", "plaatje.png", "geen afbeelding die wij"),
        (jpeg()[:400], "half.jpg", "beschadigd"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "leeg.png", "beschadigd"),
        (png() + bytes(5 * 1024 * 1024), "groot.png", "groter dan 5 MB"),
        (png() + bytes(9 * 1024 * 1024), "groter.png", "groter dan 5 MB"),
    ],
    ids=["program", "half", "empty", "large", "larger than we hold"],
)
def test_what_is_no_picture_is_told_beside_the_field_and_its_words_are_kept(
    app, visitor, content, name, sentence
):
    proposal, founder = draft()

    answer = send(visitor.as_(founder), proposal, content, name)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert CAPTION in answer.text
    assert idea_of(proposal)["picture_alt"] == ALT
    assert "picture" not in idea_of(proposal)


def test_a_form_larger_than_the_page_reads_is_a_sentence_too(app, visitor):
    proposal, founder = draft()
    path = f"/proposals/{proposal.code}/edit/picture"
    visitor.as_(founder)

    answer = visitor.post(
        path,
        data=b"--x\r\n",
        content_type="multipart/form-data; boundary=x",
        environ_overrides={"CONTENT_LENGTH": str(LARGEST_BODY + 1)},
    )

    assert answer.status_code == 422
    assert "groter dan 5 MB" in answer.text


def test_other_pages_still_refuse_a_large_body(app, visitor):
    proposal, founder = draft()
    path = f"/proposals/{proposal.code}/edit/idea"

    answer = visitor.as_(founder).post(path, data={"title": "x" * (3 * 1024 * 1024)})

    assert answer.status_code == 413


def test_a_picture_without_words_is_kept_and_asks_for_them(app, visitor):
    proposal, founder = draft()

    answer = send(visitor.as_(founder), proposal, jpeg(), picture_alt="")

    assert answer.status_code == 422
    assert "Zeg in woorden" in answer.text
    assert idea_of(proposal)["picture"] == draft_picture(proposal).sha256


def test_without_our_token_no_picture_is_kept(app, visitor):
    proposal, founder = draft()

    answer = send(visitor.as_(founder), proposal, jpeg(), csrf_token="vals")

    assert answer.status_code == 422
    assert draft_picture(proposal) is None


def test_two_tabs_get_both_versions_and_nothing_is_overwritten(app, visitor):
    proposal, founder, picture = illustrated()

    answer = send(visitor.as_(founder), proposal, png(), version="1", picture_alt="Mijn versie")

    assert answer.status_code == 409
    assert "Mijn versie" in answer.text
    assert ALT in answer.text
    assert "Kies het dan opnieuw" in answer.text
    assert draft_picture(proposal).sha256 == sha256(picture)


def test_after_the_deadline_a_picture_is_refused_with_the_words_still_there(app, visitor, clock):
    proposal, founder = draft()
    visitor.as_(founder)
    clock.at = proposal.challenge.closes_at

    answer = send(visitor, proposal, jpeg(), picture_alt="Nog net getypt")

    assert answer.status_code == 409
    assert "Nog net getypt" in answer.text
    assert draft_picture(proposal) is None


def test_in_a_blind_jury_the_bidder_says_that_the_picture_names_nobody(app, visitor):
    challenge = make_challenge()
    challenge.terms.is_blind = True
    proposal, founder = draft(challenge)
    visitor.as_(founder)

    asked = send(visitor, proposal, jpeg())
    sure = send(visitor, proposal, None, picture_unnamed="y")

    assert asked.status_code == 422
    assert "verraadt wie u bent" in asked.text
    assert sure.status_code == 302
    plain, other = draft()
    form = visitor.as_(other).get(f"/proposals/{plain.code}/edit/picture").text
    assert 'name="picture_unnamed"' not in form


OUTSIDERS = ["rival", "officer", "secretary", "auditor", "platform admin", "stranger"]


def outsider(who, proposal):
    challenge = proposal.challenge
    return {
        "rival": lambda: make_founder(make_startup()),
        "officer": lambda: make_team_member(Role.OFFICER, challenge),
        "secretary": lambda: make_team_member(Role.SECRETARY, challenge),
        "auditor": lambda: make_member(Role.AUDITOR, challenge.buyer),
        "platform admin": lambda: make_person(is_platform_admin=True),
        "stranger": lambda: None,
    }[who]()


@pytest.mark.parametrize("who", OUTSIDERS)
def test_before_the_opening_there_is_no_picture_for_anybody_else(app, visitor, who):
    proposal, founder, _picture = illustrated()
    submit(proposal, founder, version=2)
    visitor.as_(outsider(who, proposal))
    paths = ["picture.jpg", "draft/picture.jpg", "edit/picture", "papers/idea.pdf"]

    answers = [visitor.get(f"/proposals/{proposal.code}/{path}") for path in paths]
    answers.append(visitor.post(f"/proposals/{proposal.code}/edit/picture/remove"))

    refused = {302} if who == "stranger" else {404}
    assert {answer.status_code for answer in answers} == refused
    assert draft_picture(proposal) is not None


def test_after_the_opening_officials_see_it_and_a_rival_does_not(app, visitor, clock):
    proposal, founder, picture = illustrated()
    submit(proposal, founder, version=2)
    officer = make_team_member(Role.OFFICER, proposal.challenge)
    open_vault(proposal.challenge, clock)
    path = f"/proposals/{proposal.code}"

    visitor.as_(officer)
    assert f'alt="{ALT}"' in visitor.get(path).text
    assert visitor.get(f"{path}/picture.jpg").data == picture
    assert visitor.get(f"{path}/draft/picture.jpg").status_code == 403
    paper = visitor.get(f"{path}/papers/idea.pdf").data
    with pikepdf.open(io.BytesIO(paper)) as printed:
        assert printed.pages[-1].get_images()
    visitor.as_(make_founder(make_startup()))
    assert visitor.get(f"{path}/picture.jpg").status_code == 404


def test_the_bidder_finds_the_picture_in_the_check_the_proposal_and_the_receipt(app, visitor):
    proposal, founder, picture = illustrated()
    visitor.as_(founder)
    path = f"/proposals/{proposal.code}"
    assert "ja, op een pagina na de drie A4" in visitor.get(f"{path}/submit").text

    submission = submit(proposal, founder, version=2)

    page = visitor.get(path).text
    assert f'alt="{ALT}"' in page
    assert "De drie A4 met de afbeelding (pdf)" in page
    assert visitor.get(f"{path}/picture.jpg").data == picture
    assert visitor.get(f"{path}/receipts/{submission.receipt}.pdf").data.startswith(b"%PDF")


def test_a_proposal_with_a_picture_looks_to_everybody_else_like_one_without(app, visitor, clock):
    """The opening page, the desk and the journal tell neither that there is one nor how large."""
    challenge = make_challenge()
    proposal, founder, _picture = illustrated(challenge=challenge)
    visitor.as_(founder)
    submit(proposal, founder, version=2)
    officer = make_team_member(Role.OFFICER, challenge)
    admin = make_person(is_platform_admin=True)
    clock.at = challenge.closes_at + timedelta(minutes=1)
    paths = ["/desk", f"/challenges/{challenge.code}/opening", f"/journal/{challenge.code}"]

    for person in (officer, admin):
        for path in paths:
            page = visitor.as_(person).get(path, follow_redirects=True).text
            assert "picture" not in page.lower().replace("sir-picture", "")
            assert "afbeelding" not in page.lower()
            assert ALT not in page
            assert CAPTION not in page

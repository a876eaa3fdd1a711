"""The picture page of a proposal, before a jury."""

import io

import pikepdf
import pytest

from sir.jury.models import SeatKind
from sir.jury.queries import advice_of, sheets_of
from sir.kernel.database import db
from sir.kernel.pictures import redrawn
from sir.people.models import Role
from sir.workflows.models import Anonymity
from tests.jury.story import ALT, CAPTION, Story
from tests.makers import make_founder, make_person, make_team_member
from tests.pictures import jpeg

PICTURE = redrawn(jpeg())


class Reading:
    """A jury that reads two proposals: the first has a picture."""

    def __init__(self):
        self.story = story = Story(proposals=2).written(picture=PICTURE)
        story.plan.anonymity = Anonymity.UNTIL_DECISION
        story.seated()
        self.adviser = story.seat("jurylid", SeatKind.ADVISER)
        story.started()
        story.declares(self.adviser)
        self.juror = story.jury[1]
        db.session.commit()

    def sheet(self, number):
        rows = sheets_of(self.story.round, self.juror)
        return next(row for row in rows if row.proposal.number == number)

    def advice(self, number):
        rows = advice_of(self.story.round, self.adviser)
        return next(row for row in rows if row.proposal.number == number)


def pictures_in(paper):
    with pikepdf.open(io.BytesIO(paper)) as printed:
        return [len(page.get_images()) for page in printed.pages]


def test_a_juror_sees_the_picture_beside_the_sheet_and_in_the_paper(app, visitor):
    reading = Reading()
    sheet = reading.sheet(1)
    path = f"/sheets/{sheet.code}"
    visitor.as_(reading.juror.person)

    page = visitor.get(path).text
    image = visitor.get(f"{path}/picture.jpg")
    paper = visitor.get(f"{path}/proposal.pdf").data

    assert f'src="{path}/picture.jpg" alt="{ALT}"' in page
    assert CAPTION in page
    assert image.data == PICTURE
    assert image.headers["Content-Type"] == "image/jpeg"
    assert image.headers["Cache-Control"] == "no-store"
    assert pictures_in(paper)[-1] == 1
    assert sheet.proposal.code not in page
    found = visitor.get(f"{path}?find=vlinderwoord").text
    assert "<mark" in found
    assert "staat op 1 plaats" in found or "1 plek" in found or "1 plaats" in found


def test_a_proposal_without_a_picture_shows_none(app, visitor):
    reading = Reading()
    path = f"/sheets/{reading.sheet(2).code}"
    visitor.as_(reading.juror.person)

    assert "picture.jpg" not in visitor.get(path).text
    assert visitor.get(f"{path}/picture.jpg").status_code == 404
    assert sum(pictures_in(visitor.get(f"{path}/proposal.pdf").data)) == 0


def test_an_adviser_sees_it_too(app, visitor):
    reading = Reading()
    path = f"/advice/{reading.advice(1).code}"
    visitor.as_(reading.adviser.person)

    assert f'src="{path}/picture.jpg" alt="{ALT}"' in visitor.get(path).text
    assert visitor.get(f"{path}/picture.jpg").data == PICTURE
    assert pictures_in(visitor.get(f"{path}/proposal.pdf").data)[-1] == 1


@pytest.mark.parametrize("who", ["another juror", "rival", "owner", "platform admin"])
def test_who_may_not_read_the_sheet_finds_no_picture(app, visitor, who):
    reading = Reading()
    story = reading.story
    person = {
        "another juror": lambda: story.jury[0].person,
        "rival": lambda: make_founder(story.proposals[1].bidder),
        "owner": lambda: make_team_member(Role.OWNER, story.challenge),
        "platform admin": lambda: make_person(is_platform_admin=True),
    }[who]()
    visitor.as_(person)

    for path in (f"/sheets/{reading.sheet(1).code}", f"/advice/{reading.advice(1).code}"):
        assert visitor.get(f"{path}/picture.jpg").status_code == 404

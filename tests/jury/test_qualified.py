"""A jury has the expertise and the competence that its plan promised."""

import json

import pytest

from sir.journal.queries import entries
from sir.jury.models import SeatKind
from sir.jury.rules.conditions import experts_missing
from sir.jury.services import start_individual
from sir.kernel.database import db
from sir.kernel.errors import Refused
from tests.jury.story import Story
from tests.makers import make_person


@pytest.mark.parametrize(
    ("seats", "experts", "missing"),
    [(3, 0, 1), (3, 1, 0), (4, 1, 1), (4, 2, 0), (6, 2, 0), (7, 2, 1), (9, 3, 0), (3, 3, 0)],
)
def test_at_least_a_third_has_the_expertise(seats, experts, missing):
    assert experts_missing("een architectentitel", seats, experts) == missing
    assert experts_missing("", seats, experts) == 0


def test_the_jury_does_not_begin_without_its_experts(app):
    story = Story().declared()
    story.plan.qualification = "een architectentitel"
    db.session.flush()

    with pytest.raises(Refused, match="een derde van de jury"):
        start_individual(story.round, by=story.secretary, at=story.at)

    story.jury[1].qualification = "architect sinds 2011"
    db.session.flush()
    start_individual(story.round, by=story.secretary, at=story.at)


@pytest.mark.parametrize("kind", [SeatKind.JUROR, SeatKind.ADVISER])
def test_who_takes_a_seat_states_to_be_able_to_judge_each_criterion(app, visitor, kind):
    story = Story()
    story.plan.competence = True
    person = make_person()
    seat = story.seat("jurylid", kind, person, accepts=False)
    path = f"/seats/{seat.code}"
    visitor.as_(person)

    is_told = "verklaart u dat u elk van deze criteria" in visitor.get(path).text
    assert visitor.hand_in(f"{path}/accept", _from=path).status_code == 302

    (entry,) = [row for row in entries(story.challenge.code) if row.act == "seat.accepted"]
    keys = [row.key for row in story.plan.criteria]
    stated = json.loads(entry.details)["competent"]
    assert (is_told, stated) == ((True, keys) if kind is SeatKind.JUROR else (False, []))

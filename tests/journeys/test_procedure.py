"""A whole procedure, from the first draft to the residency, walked by everybody in it."""

from typing import NamedTuple

import pytest

from sir.people.models import Role
from tests.journeys import bidding, deciding, drafting, judging
from tests.journeys.bidding import Startup
from tests.journeys.people import Scene
from tests.journeys.town import settle

FIRST = Startup("Samira de Boer", "samira@woordwerk.example", "Woordwerk B.V.", "01234567")
SECOND = Startup("Jelle Boersma", "jelle@zinvol.example", "Zinvol Schrijven B.V.", "12345678")


class Way(NamedTuple):
    """How the people of one journey look at the house."""

    prefix: str
    width: int
    scheme: str
    scripts: bool


WAYS = {
    "nl-1280-light": Way("", 1280, "light", scripts=True),
    "en-390-dark": Way("/en", 390, "dark", scripts=True),
    "nl-390-without-scripts": Way("", 390, "light", scripts=False),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_procedure_from_the_first_draft_to_the_residency(live, open_page, way):
    scene = Scene(live, open_page, **WAYS[way]._asdict())
    staff = settle(scene)

    code = drafting.write_challenge(staff[Role.OWNER])
    drafting.gather_team(staff[Role.OWNER], staff, code)
    drafting.repair(staff[Role.OWNER], code)
    drafting.read_and_approve(staff, code)
    drafting.publish(staff[Role.OFFICER], code)

    scene.clock.at = bidding.LATER
    first = bidding.come_in(scene, code, FIRST)
    second = bidding.come_in(scene, code, SECOND)
    bidding.ask_and_answer(first, staff[Role.OFFICER], code)
    proposals = [bidding.write_proposal(first, code, name=FIRST.name)]
    bidding.hand_in(first, proposals[0])
    proposals.append(bidding.write_proposal(second, code, name=SECOND.name, kvk=SECOND.kvk))
    bidding.hand_in(second, proposals[1])
    bidding.replace(first, proposals[0])
    second.go(f"/proposals/{proposals[0]}", status=404)
    jury = judging.invite_jury(staff[Role.SECRETARY], code)

    scene.clock.at = bidding.DEADLINE
    bidding.open_vault(staff, code)
    judging.begin(staff[Role.SECRETARY], staff[Role.OFFICER], jury, code)
    judging.score_alone(jury, code)
    judging.agree_together(jury, code)
    judging.sign_report(jury, code)

    deciding.write_letters(staff[Role.OFFICER], code)
    deciding.send_letters(staff[Role.APPROVER], [first, second], code)
    winner = deciding.award(staff[Role.APPROVER], code, [FIRST.name, SECOND.name])
    deciding.start_residency(staff[Role.OWNER], first if winner == FIRST.name else second)

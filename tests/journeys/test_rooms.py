"""The jury's pages that the demo does not stand in, as their users and their tools see them."""

import pytest
from flask import current_app

from sir.jury.models import Stage
from sir.jury.queries import calibration_of, items_of, sheets_of
from sir.jury.rules.sheets import Marks
from sir.jury.services import (
    begin_item,
    lock_quality,
    make_ranking,
    make_report,
    save_calibration,
    sign_report,
    start_pitch,
)
from sir.kernel.database import db
from tests.jury.finals import AGAIN, Finals
from tests.jury.story import REASON, Story
from tests.jury.test_assigned import Divided
from tests.makers import NOON, make_plan, make_sign_in

WAYS = [("", 1280, "light"), ("/en", 390, "dark")]


def scoring():
    """One juror is done, one began, one did not."""
    story = Story(proposals=4).written().started()
    first, second, _third = story.jury
    story.submits(first, 4)
    story.fills(sheets_of(story.round, second)[0], {"K1": 5, "K2": 2, "K3": None})
    return {
        second.person: [
            f"/challenges/{story.challenge.code}/jury",
            f"/rounds/{story.round.code}/grid",
            f"/rounds/{story.round.code}/office",
            f"/rounds/{story.round.code}/criterion",
            f"/sheets/{sheets_of(story.round, second)[0].code}",
        ],
        story.secretary: [
            f"/challenges/{story.challenge.code}/jury",
            f"/rounds/{story.round.code}/progress",
            f"/rounds/{story.round.code}/progress/proposals",
            f"/rounds/{story.round.code}/reminders",
            f"/seats/{first.code}/vacate",
        ],
    }


def board():
    """The jury confers, an item is under discussion, one is written down."""
    story = Story(proposals=3).written().conferring(5, 2, 4)
    first, second, *_others = items_of(story.round)
    story.agrees(first, 4, extra_reason=REASON, minority="Een lid vond dit te mager onderbouwd.")
    begin_item(second, by=story.secretary, at=NOON)
    db.session.flush()
    pages = [
        f"/challenges/{story.challenge.code}/jury",
        f"/rounds/{story.round.code}/consensus",
        f"/consensus/{second.code}",
        f"/consensus/{first.code}",
        f"/rounds/{story.round.code}/screen",
        f"/rounds/{story.round.code}/diagnosis",
    ]
    return {story.secretary: pages, story.jury[1].person: pages[:4]}


def outcome():
    """Ranked, reported, and waiting for signatures."""
    story = Story(proposals=3).written().agreed(5, 3, 4)
    lock_quality(story.round, by=story.chair.person, at=NOON)
    ranking = make_ranking(story.round, by=story.secretary, at=NOON)
    db.session.flush()
    ports = {name: current_app.extensions[f"sir.{name}"] for name in ("press", "store")}
    report = make_report(ranking, by=story.secretary, at=NOON, **ports)
    sign_report(report, story.jury[0], by=story.jury[0].person, at=NOON)
    db.session.flush()
    pages = [
        f"/challenges/{story.challenge.code}/jury",
        f"/rankings/{ranking.code}",
        f"/reports/{report.code}",
        f"/rounds/{story.round.code}/diagnosis",
    ]
    return {
        story.secretary: [*pages, f"/rounds/{story.round.code}/reassess"],
        story.jury[1].person: pages[:3],
    }


def planner():
    """The finalists are invited; the hours are being found."""
    story = Finals().written().invited().with_slots(4)
    plan = f"/rounds/{story.round.code}/pitches"
    return {
        story.secretary: [f"/challenges/{story.challenge.code}/jury", plan, f"{plan}/plan"],
        story.jury[1].person: [plan],
        story.founders[story.pitches[0].proposal_id]: [
            f"/pitches/{story.pitches[0].code}",
            f"/proposals/{story.pitches[0].proposal.code}",
        ],
    }


def pitchday():
    """The first finalist has pitched, the second stands there now."""
    story = Finals().written().published()
    one, two = sorted(story.pitches, key=lambda row: row.slot.starts_at)
    story.holds(one)
    start_pitch(two, by=story.secretary, at=NOON)
    db.session.flush()
    plan = f"/rounds/{story.round.code}/pitches"
    juror = story.jury[1].person
    return {
        story.secretary: [plan, f"/pitches/{one.code}", f"/pitches/{two.code}"],
        juror: [plan, f"/pitches/{two.code}", f"/pitches/{one.code}/scores"],
        story.founders[two.proposal_id]: [f"/pitches/{two.code}"],
    }


def final():
    """The pitches are over, the jury agreed again, and the final ranking is made."""
    story = Finals().written().reconsidering()
    waiting = f"/rounds/{story.round.code}/rank"
    for item in items_of(story.round, Stage.PITCH):
        story.agrees(item, 4, extra_reason=REASON)
    ranking = make_ranking(story.round, reason=AGAIN, by=story.secretary, at=NOON)
    db.session.flush()
    return {
        story.secretary: [
            f"/challenges/{story.challenge.code}/jury",
            f"/rounds/{story.round.code}/consensus",
            waiting,
            f"/rankings/{story.first.code}",
            f"/rankings/{ranking.code}",
            f"/rounds/{story.round.code}/pitches",
        ]
    }


def calibration():
    """One juror scored the example, one looks at it."""
    story = Story(plan=make_plan(calibration=True)).declared()
    example = calibration_of(story.round)
    for seat in story.jury[:2]:
        keys = [row.key for row in story.plan.criteria]
        save_calibration(
            example,
            seat,
            version=0,
            marks=Marks(dict.fromkeys(keys, 4), dict.fromkeys(keys, REASON)),
            hands_in=True,
            by=seat.person,
            at=NOON,
        )
    db.session.flush()
    page = f"/calibrations/{example.code}"
    return {
        story.secretary: [page, f"{page}/example/nl", f"{page}/close"],
        story.jury[2].person: [page],
        story.jury[0].person: [page],
    }


def division():
    """A division was worked out and waits for a yes."""
    story = Divided().ready()
    made = story.proposes()
    return {story.secretary: [f"/rounds/{story.round.code}/assign", f"/assignments/{made.code}"]}


WORLDS = [scoring, board, outcome, planner, pitchday, final, calibration, division]


def entered(live, world):
    """Build a world, sign its people in, and give where each of them goes."""
    with live.app.app_context():
        walks = [(make_sign_in(person.id), paths) for person, paths in world().items()]
        db.session.commit()
        db.session.remove()
    return walks


@pytest.mark.parametrize("world", WORLDS, ids=lambda world: world.__name__)
def test_every_page_of_the_room_is_in_order(world, live, open_page):
    walks = entered(live, world)
    for prefix, width, scheme in WAYS:
        for place, (token, paths) in enumerate(walks):
            look = live.let_in(open_page(live, width=width, scheme=scheme), token)
            for number, path in enumerate(paths):
                look.visit(prefix + path).shot(f"{world.__name__}-{place}-{number}")
            look.context.close()


def test_the_board_goes_by_keyboard_and_not_while_typing(live, open_page):
    (token, paths), *_others = entered(live, board)
    look = live.let_in(open_page(live), token)
    look.visit(paths[2])
    page, keys = look.page, look.page.keyboard
    keys.press("4")
    page.focus("[name=reason]")
    keys.type(f"2 jkg? {REASON}")

    assert page.locator("[name=level]:checked").get_attribute("value") == "4"
    assert not page.locator("dialog").is_visible()
    keys.press("Control+Enter")
    page.wait_for_url(lambda url: paths[2] not in url)
    assert "Punt 3 van 12" in page.locator("main").inner_text()
    keys.press("k")
    page.wait_for_url(f"**{paths[2]}")
    assert page.input_value("[name=reason]").startswith("2 jkg? ")
    keys.press("?")
    assert page.locator("dialog").is_visible()
    keys.press("Escape")
    keys.press("g")
    page.wait_for_url(f"**{paths[1]}")

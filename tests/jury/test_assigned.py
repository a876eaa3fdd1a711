"""A large first round is divided over the jury: all at once or not at all, each with their own."""

import json

import pytest
from sqlalchemy import func, select

from sir.jury.models import Assignment, RoundState, SeatKind, Sheet
from sir.jury.queries import items_of, miscounts, seats_of, sheets_of, tally
from sir.jury.queries.assignments import handed_out, unread
from sir.jury.rules.plan import Criterion, Method, Plan, Scores
from sir.jury.rules.problem import Avoidance
from sir.jury.rules.ranking import rank
from sir.jury.rules.roundfile import read_plan, written_plan
from sir.jury.rules.wishes import (
    Wishes,
    kept_wishes,
    read_affinity,
    read_avoid,
    read_experts,
    shown_wishes,
)
from sir.jury.services import (
    accept_assignment,
    agree_item,
    call_reserve,
    lock_quality,
    make_ranking,
    open_consensus,
    propose_assignment,
    start_individual,
    submit_sheets,
    vacate_seat,
)
from sir.kernel.database import db
from sir.kernel.errors import Invalid, Refused
from sir.ports.solver import HighsSolver
from sir.workflows.models import Method as Published
from tests.jury.story import REASON, Story
from tests.makers import FROZEN, make_person, make_plan

AGAIN = "Een jurylid werd ziek; de anderen nemen het over."


class Divided(Story):
    """Six proposals, two readers each, four jurors and a reserve."""

    def __init__(self, proposals=6, readers=2, **given):
        plan = make_plan(
            method=Published.MEAN,
            readers=readers,
            load_least=1,
            load_most=proposals,
            composition=["voorzitter", "jurylid", "jurylid", "jurylid"],
            **(FROZEN | {"seat_count": 4}),
        )
        super().__init__(proposals=proposals, plan=plan, **given)
        self.challenge.terms.pitch_count = 3

    def ready(self):
        self.seated()
        self.seat()
        self.reserve = self.seat("jurylid", SeatKind.RESERVE)
        self.declared()
        self.declares(self.reserve)
        return self

    def proposes(self, reason="", **given):
        loads = {seat.label: (1, len(self.proposals)) for seat in self.jury}
        made = propose_assignment(
            self.round,
            wishes=Wishes(given.pop("loads", loads), **given),
            reason=reason,
            solver=HighsSolver(),
            by=self.secretary,
            at=self.at,
        )
        db.session.flush()
        return made

    def accepts(self, made):
        accept_assignment(made, by=self.secretary, at=self.at)
        db.session.flush()
        return self

    def divided(self, **given):
        self.ready()
        return self.accepts(self.proposes(**given))

    def numbers(self, seat):
        return {sheet.proposal.number for sheet in sheets_of(self.round, seat)}

    def scored(self):
        for seat in self.jury:
            self.submits(seat)
        return self


# -- Dividing ----------------------------------------------------------------------


def test_a_division_is_shown_first_and_handed_out_at_once(app):
    story = Divided().ready()

    made = story.proposes()
    before = db.session.scalar(select(func.count()).select_from(Sheet))
    story.accepts(made)

    readers = [len([1 for pair in made.result["pairs"] if pair[0] == str(n)]) for n in range(1, 7)]
    assert (before, readers) == (0, [2] * 6)
    assert story.round.state is RoundState.INDIVIDUAL
    assert {pair for pair, _begun in handed_out(story.round).items()} == {
        tuple(pair) for pair in made.result["pairs"]
    }
    assert all(
        [sheet.position for sheet in sheets_of(story.round, seat)]
        == list(range(1, len(story.numbers(seat)) + 1))
        for seat in story.jury
    )
    assert miscounts() == []


def test_scoring_does_not_start_before_the_proposals_are_divided(app):
    story = Divided().ready()

    with pytest.raises(Refused, match=r"Verdeel eerst|Divide the proposals"):
        start_individual(story.round, by=story.secretary, at=story.at)


def test_a_full_panel_is_never_divided(app):
    story = Story().declared()

    with pytest.raises(Refused, match=r"every juror reads|elk jurylid"):
        propose_assignment(
            story.round,
            wishes=Wishes({}),
            reason="",
            solver=HighsSolver(),
            by=story.secretary,
            at=story.at,
        )


def test_experts_who_left_the_jury_stand_in_the_way_and_are_not_passed_over(app):
    story = Divided().ready()

    with pytest.raises(Refused) as refusal:
        story.proposes(experts={"2": frozenset({"J9"})})

    assert "2" in str(refusal.value)
    assert db.session.scalars(select(Assignment)).all() == []


def test_what_does_not_fit_says_who_and_why_and_keeps_nothing(app):
    story = Divided().ready()
    loads = {seat.label: (0, 2) for seat in story.jury}

    with pytest.raises(Refused) as refusal:
        story.proposes(loads=loads)

    assert "12" in str(refusal.value)
    assert "8" in str(refusal.value)
    assert db.session.scalars(select(Assignment)).all() == []
    assert db.session.scalars(select(Sheet)).all() == []


def test_a_juror_who_stands_in_the_way_is_named(app):
    story = Divided().ready()
    first, second, *_others = story.jury
    loads = {seat.label: (0, 6) for seat in story.jury}
    loads[first.label] = (7, 9)

    with pytest.raises(Refused) as refusal:
        story.proposes(loads=loads)

    assert f"{first.label} {first.name}" in str(refusal.value)
    assert second.name not in str(refusal.value)


def test_experts_pairs_and_loads_are_kept_to(app):
    story = Divided().ready()
    one, other = story.jury[0].label, story.jury[1].label
    expert = story.jury[3].label
    loads = {seat.label: (0, 6) for seat in story.jury}
    loads[one] = (2, 2)

    made = story.proposes(
        loads=loads,
        experts={str(n): frozenset({expert}) for n in (1, 2)},
        avoid=(Avoidance(one, other),),
    )

    pairs = {tuple(pair) for pair in made.result["pairs"]}
    assert {("1", expert), ("2", expert)} <= pairs
    assert sum(label == one for _n, label in pairs) == 2
    assert not any({(str(n), one), (str(n), other)} <= pairs for n in range(1, 7))


def test_who_declared_a_tie_does_not_read_that_proposal(app):
    story = Divided()
    story.seated()
    story.seat()
    story.opened()
    first, *others = story.jury
    bidder = story.proposals[2].bidder_id
    story.declares(first, ties={bidder: ("soft", "Oud-collega, vier jaar geleden.")})
    for seat in others:
        story.declares(seat)

    made = story.proposes(loads={seat.label: (3, 3) for seat in story.jury})

    assert ["3", first.label] not in made.result["pairs"]
    assert ["3", first.label] in json.loads(made.inputs)["conflicts"]


def test_a_division_made_before_the_jury_changed_is_not_handed_out(app):
    story = Divided().ready()
    made = story.proposes()
    vacate_seat(story.jury[2], reason="verhuisd", by=story.secretary, at=story.at)
    call_reserve(
        next(s for s in seats_of(story.challenge) if s.vacated_at),
        story.reserve,
        by=story.secretary,
        at=story.at,
    )
    db.session.flush()

    with pytest.raises(Refused, match=r"Make a new one|nieuwe verdeling"):
        story.accepts(made)
    assert story.round.state is RoundState.CONFLICT_CHECK


def test_begun_work_stays_and_only_what_an_excluded_juror_had_moves(app):
    story = Divided().divided()
    kept = {seat.label: story.numbers(seat) for seat in story.jury}
    gone = story.jury[3]
    had = story.numbers(gone)
    begun = sheets_of(story.round, story.jury[1])[0]
    story.fills(begun)
    vacate_seat(gone, reason="ziek", by=story.secretary, at=story.at)
    db.session.flush()

    with pytest.raises(Refused, match=r"Say in a sentence|Leg in een zin"):
        story.proposes()
    story.accepts(story.proposes(reason=AGAIN))

    added = [(seat.label, story.numbers(seat) - kept[seat.label]) for seat in story.jury]
    assert all(kept[seat.label] <= story.numbers(seat) for seat in story.jury)
    assert sorted(n for _label, numbers in added for n in numbers) == sorted(had)
    assert begun in sheets_of(story.round, story.jury[1])
    assert miscounts() == []


def test_unbegun_work_may_move_when_the_secretary_says_so(app):
    story = Divided().divided()
    first, second = story.jury[0], story.jury[1]
    begun = sheets_of(story.round, first)[0]
    story.fills(begun)
    loads = {seat.label: (0, 6) for seat in story.jury}
    loads[first.label] = (1, 1)

    story.accepts(story.proposes(reason=AGAIN, loads=loads, may_move=True))

    assert sheets_of(story.round, first) == [begun]
    assert sum(len(story.numbers(seat)) for seat in story.jury) == 12
    assert len(story.numbers(second)) >= 1
    assert miscounts() == []


def test_a_reserve_takes_over_what_the_seat_before_had(app):
    story = Divided().divided()
    gone = story.jury[2]
    had = story.numbers(gone)
    vacate_seat(gone, reason="ziek", by=story.secretary, at=story.at)
    call_reserve(gone, story.reserve, by=story.secretary, at=story.at)
    db.session.flush()

    assert story.numbers(story.reserve) == had
    assert tally(story.round).sheets_missing == 12


# -- The next step -----------------------------------------------------------------


def test_the_jury_confers_once_every_proposal_has_its_readers(app):
    story = Divided().divided()
    for seat in story.jury[:-1]:
        story.submits(seat)
    last = story.jury[-1]

    with pytest.raises(Refused) as refusal:
        open_consensus(story.round, by=story.chair.person, at=story.at)
    assert all(str(number) in str(refusal.value) for number in story.numbers(last))
    assert unread(story.round, 2) == sorted(story.numbers(last))

    story.submits(last)
    story.confers()
    readers = {}
    for seat in story.jury:
        for number in story.numbers(seat):
            readers.setdefault(number, set()).add(seat.id)
    assert all(
        item.first_seat_id in readers[item.proposal.number] for item in items_of(story.round)
    )


def test_a_juror_can_hand_in_their_own_share_alone(app):
    story = Divided().divided()
    seat = story.jury[1]
    for sheet in sheets_of(story.round, seat):
        story.fills(sheet)

    submit_sheets(story.round, seat, by=seat.person, at=story.at)

    assert tally(story.round).sheets_missing == 12 - len(story.numbers(seat))


def test_the_ranking_is_the_mean_of_those_who_read(app):
    story = Divided().divided()
    for position, seat in enumerate(story.jury, 2):
        story.submits(seat, position)
    story.confers()
    for item in items_of(story.round):
        agree_item(
            item,
            version=item.version,
            level=None,
            reason=REASON,
            by=story.chair.person,
            at=story.at,
        )
        db.session.flush()
    lock_quality(story.round, by=story.chair.person, at=story.at)
    ranking = make_ranking(story.round, by=story.secretary, at=story.at)

    given = json.loads(ranking.inputs)
    scale = [float(points) for points in given["scale"]]
    level = {seat.label: scale[n - 1] for n, seat in enumerate(story.jury, 2)}
    expected = {
        number: sum(level[label] for label in sheets) / len(sheets) / max(scale) * 100
        for number, sheets in given["sheets"].items()
    }
    assert given["readers"] == 2
    assert {len(sheets) for sheets in given["sheets"].values()} == {2}
    assert {row["proposal"]: float(row["score"]) for row in ranking.result["ranking"]} == (
        pytest.approx(expected, abs=0.005)
    )
    assert len(ranking.result["shortlist"]) >= 3


# -- Who sees what -----------------------------------------------------------------


def test_a_juror_sees_their_own_proposals_and_no_others(visitor):
    story = Divided().written().divided()
    me = story.jury[1]
    mine = story.numbers(me)
    others = set(range(1, 7)) - mine
    assert others
    visitor.as_(me.person)
    room = visitor.get(f"/challenges/{story.challenge.code}/jury").text
    grid = visitor.get(f"/rounds/{story.round.code}/grid").text

    foreign = [
        sheet for seat in story.jury if seat is not me for sheet in sheets_of(story.round, seat)
    ]
    codes = {visitor.get(f"/sheets/{sheet.code}").status_code for sheet in foreign}
    papers = {visitor.get(f"/sheets/{sheet.code}/proposal.pdf").status_code for sheet in foreign}

    assert codes == papers == {404}
    for page in (room, grid):
        assert all(f"Voorstel {number}" in page for number in mine)
        assert not any(f"Voorstel {number}" in page for number in others)
    assert f"0 van {len(mine)} voorstellen" in room


@pytest.mark.parametrize("who", ["juror", "chair", "owner", "stranger"])
def test_the_division_is_for_secretary_and_officer(visitor, who):
    story = Divided().divided()
    made = db.session.scalars(select(Assignment)).one()
    people = {
        "juror": story.jury[1].person,
        "chair": story.chair.person,
        "owner": story.owner,
        "stranger": make_person(),
    }
    visitor.as_(people[who])

    for path in (
        f"/assignments/{made.code}",
        f"/assignments/{made.code}.json",
        f"/rounds/{story.round.code}/assign",
    ):
        assert visitor.get(path).status_code in {403, 404}


def test_the_secretary_divides_in_two_steps(visitor):
    story = Divided().ready()
    visitor.as_(story.secretary)
    path = f"/rounds/{story.round.code}/assign"
    fields = {f"least_{seat.label}": "1" for seat in story.jury}
    fields |= {f"most_{seat.label}": "6" for seat in story.jury}

    wrong = visitor.hand_in(path, **fields | {"experts": "99: J1", "avoid": "J1 J1"})
    too_low = visitor.hand_in(path, **fields | {f"most_{story.jury[0].label}": "0"})
    shown = visitor.hand_in(path, **fields | {"experts": "1-2: J2", "avoid": ""})
    page = visitor.get(shown.location)
    made = db.session.scalars(select(Assignment)).one()
    file = visitor.get(f"/assignments/{made.code}.json")
    done = visitor.hand_in(f"/assignments/{made.code}/accept", _from=f"/assignments/{made.code}")

    assert (wrong.status_code, too_low.status_code) == (422, 422)
    assert "Regel 1" in wrong.text
    assert "99: J1" in wrong.text
    assert (shown.status_code, page.status_code, done.status_code) == (302, 200, 302)
    assert json.loads(file.text)["per_proposal"]["1"] == 2
    assert story.round.state is RoundState.INDIVIDUAL


def test_a_room_of_a_full_panel_has_no_division(visitor):
    story = Story().declared()
    visitor.as_(story.secretary)

    assert visitor.get(f"/rounds/{story.round.code}/assign").status_code == 404
    assert "/assign" not in visitor.get(f"/challenges/{story.challenge.code}/jury").text


# -- The rules ---------------------------------------------------------------------

NUMBERS = [str(n) for n in range(1, 31)]
SEATS = ["J1", "J2", "J3"]


def test_lines_are_read_as_they_are_shown():
    experts, _none = read_experts("3: j1, J2\n10-12: J3\n\nalle: J1", NUMBERS, SEATS)
    affinity, _none = read_affinity("3: J1=5, J2=2\n4,5: J3=9", NUMBERS, SEATS)
    avoid, _none = read_avoid("J1 J3\nj2;J3", SEATS)
    wishes = Wishes({"J1": (1, 2)}, experts, affinity, avoid)
    shown = shown_wishes(kept_wishes(wishes))

    assert experts["3"] == {"J1", "J2"}
    assert experts["11"] == {"J1", "J3"}
    assert affinity == {"3": {"J1": 5, "J2": 2}, "4": {"J3": 9}, "5": {"J3": 9}}
    assert [(pair.one, pair.other) for pair in avoid] == [("J1", "J3"), ("J2", "J3")]
    assert read_experts(shown["experts"], NUMBERS, SEATS)[0] == experts
    assert read_affinity(shown["affinity"], NUMBERS, SEATS)[0] == affinity
    assert read_avoid(shown["avoid"], SEATS)[0] == avoid


@pytest.mark.parametrize(
    "line", ["31: J1", "x: J1", "3", "3:", "3: J9", "9-3: J1", "1-999999: J1", "٣: J1"]
)
def test_a_strange_line_is_named_and_not_guessed(line):
    found, strange = read_experts(f"1: J1\n{line}", NUMBERS, SEATS)

    assert list(found) == ["1"]
    assert strange == [(2, line)]


@pytest.mark.parametrize("line", ["J1", "J1 J1", "J1 J9", "J1 J2 J3"])
def test_a_pair_is_two_jurors_who_exist(line):
    assert read_avoid(line, SEATS) == ((), [(1, line)])


PLAN = Plan((Criterion("K1", 100, 10),), (0, 2, 4, 6, 8, 10), Method.MEAN, shortlist=1, readers=2)
HALF = {"P1": {"J1": {"K1": 8}, "J2": {"K1": 6}}, "P2": {"J2": {"K1": 8}, "J3": {"K1": 10}}}


def test_each_proposal_is_the_mean_of_its_own_readers():
    outcome = rank(PLAN, Scores(("J1", "J2", "J3"), HALF))

    assert [(row.proposal, str(row.score)) for row in outcome.places] == [
        ("P2", "90.00"),
        ("P1", "70.00"),
    ]


@pytest.mark.parametrize(
    ("plan", "sheets"),
    [
        ({"readers": None}, HALF),  # a full panel never does with a part
        ({"readers": 3}, HALF),
        ({"readers": 1}, HALF),
        ({"readers": 2}, HALF | {"P2": {"J2": {"K1": 8}}}),
        ({"readers": 2}, HALF | {"P2": {"J2": {"K1": 8}, "J9": {"K1": 8}}}),
        ({"readers": 2}, HALF | {"P2": {"J2": {"K1": 8}, "J3": {}}}),
    ],
)
def test_too_few_or_too_many_readers_make_no_ranking(plan, sheets):
    given = Plan(PLAN.criteria, PLAN.scale, PLAN.method, shortlist=1, **plan)

    with pytest.raises(Invalid) as refusal:
        rank(given, Scores(("J1", "J2", "J3"), sheets))
    assert refusal.value.code == "jury_incomplete"


def test_readers_ask_for_a_published_rule_of_who_goes_on():
    given = Plan(PLAN.criteria, PLAN.scale, PLAN.method, readers=2)

    with pytest.raises(Invalid) as refusal:
        rank(given, Scores(("J1", "J2", "J3"), HALF))
    assert refusal.value.code == "plan_invalid"


def test_the_file_of_a_full_panel_is_what_it_always_was():
    full = Plan(PLAN.criteria, PLAN.scale, PLAN.method, shortlist=1)

    assert "readers" not in written_plan(full)
    assert read_plan(written_plan(full)).readers is None
    assert read_plan(written_plan(PLAN)).readers == 2

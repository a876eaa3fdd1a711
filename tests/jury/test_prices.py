"""Two people open the prices once no score changes any more; then they count, exactly."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from sir.journal.models import Entry
from sir.jury.models import OpenedPrice, RoundState, SeatKind, Stage
from sir.jury.queries import items_of, prices_of
from sir.jury.rules.ranking import rank
from sir.jury.rules.roundfile import read_plan, read_scores, written_outcome
from sir.jury.services import finish_pitches, invite_juror, lock_quality, make_report, reassess
from sir.kernel.canonical import canonical, sha256
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.proposals.models import OpeningState, Part, PartKind
from sir.proposals.queries import opening_of, price_parts
from sir.proposals.services import WrongCode, exclude_proposal
from sir.workflows.models import Method, PitchKind, PriceFormula
from tests.jury.finals import AGAIN
from tests.jury.priced import MINUTE, PRICES, Priced, PricedFinals
from tests.jury.story import REASON, Story
from tests.jury.test_outcome import ranked
from tests.makers import NOON, make_seat
from tests.ports.pdftext import text_of
from tests.proposals.story import printer

WHY = "De laagste inschrijver viel af na een onjuiste verklaring."


def points(ranking):
    return {row["proposal"]: row.get("price") for row in ranking.result["ranking"]}


def order(ranking):
    return [row["proposal"] for row in ranking.result["ranking"]]


def test_prices_open_by_two_people_and_count_by_the_published_formula(app, clock):
    story = Priced().locked(6, 5, 4)

    opening = story.opens(clock).round and opening_of(story.challenge, 1)
    ranking = story.ranks()

    assert story.round.state is RoundState.RANKED
    assert opening.state is OpeningState.COMPLETED
    assert [row.amount for row in prices_of(story.round)] == [30_000, 20_000, 10_000]
    assert points(ranking) == {"1": "0.00", "2": "25.00", "3": "50.00"}
    # levels 10, 8 and 6 of 10, for half, and what the price adds
    assert [row["score"] for row in ranking.result["ranking"]] == ["80.00", "65.00", "50.00"]
    assert order(ranking) == ["3", "2", "1"]


def test_the_file_of_the_round_gives_the_same_outcome_to_anyone(app, clock):
    story = Priced(("12.345,67", "20.000", "29.999,99")).locked(6, 5, 4).opens(clock)
    ranking = story.ranks()

    document = json.loads(ranking.inputs)
    again = written_outcome(rank(read_plan(document), read_scores(document)))

    assert document["prices"] == {"1": "12345.67", "2": "20000", "3": "29999.99"}
    assert again["ranking"] == ranking.result["ranking"]


@pytest.mark.parametrize(
    ("price", "given"),
    [
        ("10.000", "50.00"),  # the floor
        ("9.999,99", "50.00"),
        ("10.000,01", "50.00"),
        ("10.004", "49.99"),
        ("29.996", "0.01"),
        ("30.000", "0.00"),  # the ceiling
        ("30.000,01", "0.00"),
        ("250.000", "0.00"),
    ],
)
def test_a_price_at_and_beyond_its_bounds(app, clock, price, given):
    ranking = Priced((price,)).locked().opens(clock).ranks()

    assert points(ranking) == {"1": given}


def test_equal_totals_after_the_price_go_by_the_tie_list_of_criteria(app, clock):
    # 8 and 6 of 10 for half is 40 and 30; the price makes both 50
    story = Priced(("26.000", "22.000")).locked(5, 4).opens(clock)

    first, second = story.ranks().result["ranking"]

    assert first["score"] == second["score"] == "50.00"
    assert (first["rank"], second["rank"]) == (1, 1)
    assert (first["proposal"], first["decided_by"]) == ("1", "K1")


def test_nothing_is_ranked_and_nothing_reported_before_the_prices_are_open(app, clock):
    story = Priced().locked()

    with pytest.raises(Refused, match="nog verzegeld"):
        story.ranks()

    assert story.round.state is RoundState.QUALITY_LOCKED
    assert prices_of(story.round) == []


@pytest.mark.parametrize("phase", ["opened", "started", "submitted", "conferring", "agreed"])
def test_no_key_turns_before_the_quality_lock(app, clock, phase):
    story = Priced()
    getattr(story, phase)()
    db.session.commit()

    with pytest.raises(Refused):
        story.starts(clock)

    assert opening_of(story.challenge, 1) is None
    assert db.session.scalar(select(OpenedPrice)) is None


def test_one_person_cannot_turn_both_keys(app, clock):
    story = Priced().locked()
    story.starts(clock)

    with pytest.raises(Refused, match="eerste sleutel"):
        story.completes(clock, story.keys.officer)

    assert story.round.prices_opened_at is None


def test_two_keys_of_one_session_do_not_open(app, clock):
    story = Priced().locked()
    story.starts(clock)

    with pytest.raises(Refused, match="sessie"):
        story.completes(clock, sign_in_id=story.keys.officer.sign_in.id)


def test_two_officials_without_the_price_assessor_do_not_open(app, clock):
    story = Priced().locked()
    story.starts(clock)

    with pytest.raises(Refused, match="prijsbeoordelaar"):
        story.completes(clock, story.keys.secretary)

    assert story.round.state is RoundState.QUALITY_LOCKED


def test_the_price_assessor_may_turn_the_first_key_and_the_secretary_the_second(app, clock):
    story = Priced().locked()
    story.starts(clock, story.keys.assessor)

    opening = story.completes(clock, story.keys.secretary)

    assert (opening.first_id, opening.second_id) == (
        story.keys.assessor.person.id,
        story.keys.secretary.person.id,
    )


@pytest.mark.parametrize(("minutes", "opens"), [(10, True), (11, False)])
def test_the_second_key_turns_within_ten_minutes(app, clock, minutes, opens):
    story = Priced().locked()
    story.starts(clock)
    late = NOON + minutes * MINUTE

    if opens:
        story.completes(clock, at=late)
    else:
        with pytest.raises(Refused, match="tien minuten"):
            story.completes(clock, at=late)
        story.starts(clock, at=late)
        story.completes(clock, at=late + MINUTE)

    assert story.round.state is RoundState.PRICE_OPENED


def test_a_wrong_code_turns_nothing(app, clock):
    story = Priced().locked()
    story.starts(clock)

    with pytest.raises(WrongCode):
        story.completes(clock, code="000000")

    assert story.round.prices_opened_at is None


def test_prices_are_opened_once(app, clock):
    story = Priced().locked().opens(clock)

    with pytest.raises(Refused):
        story.starts(clock, at=NOON + 20 * MINUTE)


def test_whoever_sits_on_the_jury_opens_no_prices_and_an_assessor_gets_no_seat(app, clock):
    story = Priced()
    assessor = story.keys.assessor.person
    with pytest.raises(Refused, match="in de jury"):
        invite_juror(
            story.challenge, name=assessor.name, email=assessor.email, kind=SeatKind.JUROR,
            function="jurylid", by=story.secretary, at=NOON,
        )  # fmt: skip
    story.locked()
    make_seat(story.challenge, kind=SeatKind.ADVISER, person=assessor)
    db.session.commit()

    with pytest.raises(Refused, match="opent geen prijzen"):
        story.starts(clock, story.keys.assessor)


def test_the_record_names_the_two_the_times_and_every_price_and_no_bidder(app, clock):
    story = Priced().locked().opens(clock)
    opening = opening_of(story.challenge, 1)

    words = text_of(app.extensions["sir.store"].fetch(opening.record_pdf))

    for name in (story.keys.officer.person.name, story.keys.assessor.person.name):
        assert "".join(name.split()) in words
    for amount in PRICES:
        assert amount in words
    assert "12:01:00.000UTC" in words or "2026-06-01" in words
    assert "StartupAA" not in words
    assert opening.count == 3


def test_the_journal_tells_of_the_opening_and_holds_no_price(app, clock):
    story = Priced(("17.654,32", "20.000", "10.000")).locked().opens(clock)

    rows = db.session.scalars(
        select(Entry).where(Entry.stream == story.challenge.code).order_by(Entry.id)
    ).all()

    acts = [row.act for row in rows]
    assert acts.index("quality.locked") < acts.index("prices.started") < acts.index("prices.opened")
    assert all("17654.32" not in str(row.details) for row in rows)


def test_a_price_with_a_broken_seal_holds_up_no_opening_and_is_never_ranked(app, clock):
    story = Priced().locked()
    broken = db.session.scalars(select(Part).where(Part.kind == PartKind.PRICE)).all()[1]
    broken.sealed = broken.sealed[:-1] + bytes([broken.sealed[-1] ^ 1])
    db.session.commit()

    story.opens(clock)

    assert [row.amount for row in prices_of(story.round)] == [30_000, None, 10_000]
    with pytest.raises(Refused, match="voorstel 2"):
        story.ranks()
    exclude_proposal(story.proposals[1], reason=WHY, by=story.officer, at=NOON)
    db.session.flush()
    assert order(story.ranks()) == ["3", "1"]


def test_the_opened_price_is_the_one_the_receipt_stands_for(app, clock):
    story = Priced().locked().opens(clock)
    opening = opening_of(story.challenge, 1)

    found = price_parts(opening, app.extensions["sir.vault"])

    sealed = {"price": PRICES[0], "salt": f"{1:032x}"}
    assert found[0].sha256 == sha256(canonical(sealed)) == prices_of(story.round)[0].sha256


def test_a_relative_price_is_compared_with_the_lowest(app, clock):
    story = Priced(formula=PriceFormula.RELATIVE).locked(6, 5, 4).opens(clock)

    assert points(story.ranks()) == {"1": "16.67", "2": "25.00", "3": "50.00"}


def test_when_the_cheapest_drops_out_late_the_points_of_the_others_stay(app, clock):
    story = Priced(formula=PriceFormula.RELATIVE).locked(6, 5, 4).opens(clock)
    before = points(story.ranks())
    exclude_proposal(story.proposals[2], reason=WHY, by=story.officer, at=NOON)
    db.session.flush()

    after = story.ranks(reason=WHY)

    assert points(after) == {number: before[number] for number in ("1", "2")}
    assert json.loads(after.inputs)["price"]["lowest"] == "10000"


def test_a_proposal_left_out_before_keeps_its_price_shut(app, clock):
    story = Priced().locked()
    exclude_proposal(story.proposals[2], reason=WHY, by=story.officer, at=NOON)
    db.session.commit()

    story.opens(clock)

    assert [row.proposal.number for row in prices_of(story.round)] == [1, 2]
    assert order(story.ranks()) == ["2", "1"]


def test_a_new_round_judges_without_the_prices_and_opens_them_again(app, clock):
    story = Priced().locked(6, 5, 4).opens(clock)
    story.ranks()
    again = reassess(
        story.round, reason=WHY, due_at=NOON + timedelta(days=9), by=story.secretary, at=NOON
    )
    db.session.commit()
    first, story.round = story.round, again

    with pytest.raises(Refused):
        story.starts(clock, at=NOON + 5 * MINUTE)

    assert again.prices_opened_at is None
    assert opening_of(story.challenge, again.number) is None
    assert opening_of(story.challenge, first.number) is not None


def test_by_the_mean_the_prices_open_after_the_lock_too(app, clock):
    story = Priced(method=Method.MEAN, competence=True)
    story.conferring(6, 6, 3)
    db.session.commit()
    with pytest.raises(Refused):
        story.starts(clock)
    for item in items_of(story.round):
        story.agrees(item, 4, level=None)
    lock_quality(story.round, by=story.chair.person, at=NOON)
    db.session.commit()

    story.opens(clock)

    assert points(story.ranks()) == {"1": "0.00", "2": "25.00", "3": "50.00"}


def test_finalists_are_chosen_without_the_price_and_the_prices_open_after_the_pitches(app, clock):
    story = PricedFinals(prices=("30.000", "20.000", "10.000")).ranked()
    assert points(story.first) == {"1": None, "2": None, "3": None}
    assert json.loads(story.first.inputs)["price"]["sealed"] is True
    assert "prices" not in json.loads(story.first.inputs)
    db.session.commit()
    with pytest.raises(Refused, match="Eerst pitchen"):
        story.starts(clock)


def test_after_a_second_stage_the_prices_open_and_only_then_the_final_ranking(app, clock):
    story = PricedFinals().reconsidering()
    for item in items_of(story.round, Stage.PITCH):
        story.agrees(item, 4, extra_reason=REASON)
    db.session.commit()
    with pytest.raises(Refused, match="nog verzegeld"):
        story.ranks(reason=AGAIN)

    story.opens(clock, at=NOON + timedelta(days=3))
    final = story.ranks(reason=AGAIN)

    assert story.round.pitched_at is not None
    assert order(final) == ["2", "1", "3"]  # 3 did not pitch, however cheap
    assert points(final)["3"] == "50.00"


def test_where_a_pitch_only_explains_the_prices_open_after_it(app, clock):
    story = PricedFinals(kind=PitchKind.CLARIFY).held()
    db.session.commit()
    with pytest.raises(Refused):
        story.starts(clock)
    finish_pitches(story.round, by=story.chair.person, at=NOON)
    db.session.commit()
    with pytest.raises(Refused, match="nog verzegeld"):
        make_report(story.first, by=story.secretary, at=NOON, **printer())

    story.opens(clock, at=NOON + timedelta(days=3))

    assert order(story.ranks(reason=AGAIN))[-1] == "3"


def test_a_plan_without_a_price_ranks_as_it_always_did(app, clock):
    story = Story().agreed()

    ranking = ranked(story)

    assert story.round.state is RoundState.RANKED
    assert not {"price", "prices"} & json.loads(ranking.inputs).keys()
    assert points(ranking) == {"1": None, "2": None, "3": None}


def test_the_report_tells_the_prices_and_their_points(app, clock):
    story = Priced().locked(6, 5, 4).opens(clock)
    report = story.signed(story.ranks())

    words = text_of(app.extensions["sir.store"].fetch(report.pdf))

    assert "30.000,00" in words
    assert "50,00van50" in words
    assert "Deprijzenzijngeopendop" in words
    assert story.round.state is RoundState.DECIDED

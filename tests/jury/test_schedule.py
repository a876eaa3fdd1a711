"""The pitch day: drawn among all orders that suit everybody, and no order by hand."""

import hashlib
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sir.jury.rules.schedule import PitchDay, draw, schedule
from sir.kernel.errors import Invalid
from sir.ports.solver import HighsSolver

SOLVER = HighsSolver()
SLOTS = ("09.00", "09.30", "10.00", "10.30", "11.00")


def test_every_finalist_pitches_once_when_all_are_free():
    day = PitchDay(
        ("P1", "P2", "P3"),
        SLOTS,
        "beacon 1",
        jurors={"J1": frozenset({"09.00"}), "J2": frozenset()},
        room=frozenset({"10.00"}),
        blocked={"P2": frozenset({"09.30", "10.30"})},
    )
    drawn = schedule(day, SOLVER)

    assert [slot for slot, _ in drawn] == ["09.30", "10.30", "11.00"]
    assert dict(drawn)["11.00"] == "P2"
    assert {finalist for _, finalist in drawn} == {"P1", "P2", "P3"}


def test_the_draw_can_be_computed_by_anybody():
    digest = hashlib.sha256(b"beacon 1|P1|09.00").hexdigest()

    assert draw("beacon 1", "P1", "09.00") == int(digest, 16) % 10**6


def test_another_seed_draws_another_order():
    days = [PitchDay(("P1", "P2", "P3", "P4"), SLOTS, f"beacon {n}") for n in range(6)]

    assert len({schedule(day, SOLVER) for day in days}) > 1


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (
            PitchDay(("P1", "P2"), SLOTS[:2], "s", blocked={"P2": frozenset(SLOTS[:2])}),
            "and: P2",
        ),
        (
            PitchDay(("P1", "P2"), SLOTS[:2], "s", jurors={"J1": frozenset(SLOTS)}),
            "and: P1, P2",
        ),
        (
            PitchDay(
                ("P1", "P2", "P3"),
                SLOTS,
                "s",
                blocked=dict.fromkeys(("P1", "P2"), frozenset(SLOTS[1:])),
            ),
            "left over: P",
        ),
    ],
)
def test_finalists_who_cannot_be_placed_are_named(day, words):
    with pytest.raises(Invalid, match=words) as refusal:
        schedule(day, SOLVER)

    assert refusal.value.code == "no_common_slot"


def test_a_finalist_listed_twice_is_refused():
    with pytest.raises(Invalid) as refusal:
        schedule(PitchDay(("P1", "P1"), SLOTS, "s"), SOLVER)

    assert refusal.value.code == "plan_invalid"


some_slots = st.frozensets(st.sampled_from(SLOTS), max_size=3)


@settings(max_examples=80, deadline=None)
@given(
    st.integers(1, 4),
    st.dictionaries(st.sampled_from(["P1", "P2", "P3", "P4"]), some_slots),
    some_slots,
    st.text(max_size=3),
)
def test_the_order_has_the_highest_draws_of_all_that_suit(count, blocked, room, seed):
    day = PitchDay(
        tuple(f"P{n}" for n in range(1, count + 1)), SLOTS, seed, room=room, blocked=blocked
    )
    suits = [
        list(zip(slots, day.finalists, strict=True))
        for slots in permutations(SLOTS, count)
        if all(
            slot not in room and slot not in blocked.get(finalist, ())
            for slot, finalist in zip(slots, day.finalists, strict=True)
        )
    ]
    try:
        drawn = schedule(day, SOLVER)
    except Invalid:
        assert not suits
        return

    worth = [sum(draw(seed, finalist, slot) for slot, finalist in way) for way in suits]
    assert sorted(drawn) in [sorted(way) for way in suits]
    assert sum(draw(seed, finalist, slot) for slot, finalist in drawn) == max(worth)
    assert list(drawn) == sorted(drawn)

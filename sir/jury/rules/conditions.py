"""What must be true before a round of judging moves on (jury: 3.3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sir.jury.models import RoundState
from sir.kernel.i18n import lazy
from sir.kernel.lifecycle import Condition, condition
from sir.workflows.models import Anonymity

UNDER_WAY = frozenset({RoundState.CONFLICT_CHECK, RoundState.INDIVIDUAL, RoundState.CONSENSUS})
RANKED = frozenset(
    {
        RoundState.RANKED,
        RoundState.PITCHING,
        RoundState.RECONSIDERING,
        RoundState.SIGNING,
        RoundState.DECIDED,
    }
)


@dataclass(frozen=True)
class Tally:
    """A round counted: everything its moves depend on, and no score."""

    proposals: int = 0
    chairs: int = 0
    seats_missing: int = 0  # announced, but nobody accepted them
    declarations_missing: int = 0
    seats_uncleared: int = 0  # not let through by whoever guards integrity
    experts_missing: int = 0  # voting seats short of the third that has the asked expertise
    calibration_missing: int = 0  # 1 while the jury still has to score the example
    sheets_missing: int = 0  # not yet submitted by a voting seat, or not even there
    items: int = 0
    items_open: int = 0
    pitches_due: bool = False  # the plan promises pitches, and they are not over
    pitches_open: int = 0  # neither closed with minutes nor cancelled
    pitch_scores_missing: int = 0  # of a voting seat on a pitch that was held
    prices_sealed: bool = False  # the plan weighs a price, and nobody opened them yet
    pitches_ahead: bool = False  # pitches are promised, and the jury has not agreed on them again
    answers_missing: int = 0  # seats that neither signed the report nor refused
    suspended_from: RoundState | None = None  # where a round that lies still goes on


@condition(lazy("There is no admissible proposal to judge."))
def has_proposals(tally: Tally, _at: datetime) -> bool:
    """Without proposals there is nothing to judge."""
    return tally.proposals > 0


@condition(
    lazy(
        "The jury is not complete. It needs one chair, and somebody who accepted each seat"
        " that was announced."
    )
)
def jury_is_complete(tally: Tally, _at: datetime) -> bool:
    """The jury that was announced is the jury that scores (Rb. Amsterdam 2022, GVB)."""
    return tally.chairs == 1 and tally.seats_missing == 0


@condition(lazy("Not every member of the jury has declared their ties with every bidder."))
def declarations_are_in(tally: Tally, _at: datetime) -> bool:
    """Nobody reads before everybody has declared."""
    return tally.declarations_missing == 0


@condition(lazy("Not every member of the jury was cleared of ties by the integrity officer."))
def seats_are_cleared(tally: Tally, _at: datetime) -> bool:
    """Somebody looked at every seat, whether there was a tie or not: waiting tells nothing."""
    return tally.seats_uncleared == 0


@condition(
    lazy(
        "At least a third of the jury needs the expertise that was asked of bidders. Write it down"
        " when you invite a member."
    )
)
def a_third_is_expert(tally: Tally, _at: datetime) -> bool:
    """Where bidders need a qualification, a third of the jury has it (2014/24/EU art. 81)."""
    return tally.experts_missing == 0


@condition(lazy("The jury has not finished its calibration on the example."))
def calibration_is_done(tally: Tally, _at: datetime) -> bool:
    """Everybody measured the same example first, when the plan says so."""
    return tally.calibration_missing == 0


@condition(lazy("Not every juror has submitted every score sheet."))
def all_is_submitted(tally: Tally, _at: datetime) -> bool:
    """Every voting seat scored every proposal."""
    return tally.sheets_missing == 0


@condition(lazy("The jury has not agreed on every criterion of every proposal."))
def all_is_agreed(tally: Tally, _at: datetime) -> bool:
    """Every criterion of every proposal has the jury's reason."""
    return tally.items > 0 and tally.items_open == 0


@condition(lazy("Not every member of the jury has signed the report, or refused with a reason."))
def all_have_answered(tally: Tally, _at: datetime) -> bool:
    """A report is signed by its members (2014/24/EU art. 82(3))."""
    return tally.answers_missing == 0


@condition(lazy("The finalists have not pitched yet. Invite them first."))
def pitches_are_over(tally: Tally, _at: datetime) -> bool:
    """A plan that promises pitches has them before the report."""
    return not tally.pitches_due


@condition(lazy("The plan of this challenge has no pitches, or they are over."))
def pitches_are_due(tally: Tally, _at: datetime) -> bool:
    """Finalists are invited once."""
    return tally.pitches_due


@condition(lazy("The prices are still sealed. Two people open them first."))
def prices_are_open(tally: Tally, _at: datetime) -> bool:
    """A price counts once two people opened it."""
    return not tally.prices_sealed


@condition(lazy("The prices are still sealed. Two people open them first."))
def prices_may_wait(tally: Tally, _at: datetime) -> bool:
    """Finalists are chosen on quality alone; every other ranking takes the prices along."""
    return not tally.prices_sealed or tally.pitches_ahead


@condition(lazy("This challenge weighs no price, or its prices are open already."))
def prices_are_sealed(tally: Tally, _at: datetime) -> bool:
    """Prices are opened once in a round."""
    return tally.prices_sealed


@condition(lazy("The finalists pitch first. The prices are opened after that."))
def scores_are_final(tally: Tally, _at: datetime) -> bool:
    """No score changes any more once a price is known."""
    return not tally.pitches_ahead


@condition(lazy("Not every pitch has been held and closed with its minutes."))
def pitches_are_closed(tally: Tally, _at: datetime) -> bool:
    """The dialogue has complete minutes (2014/24/EU art. 82(6))."""
    return tally.pitches_open == 0


@condition(lazy("Not every juror has handed in their scores after the pitches."))
def pitch_scores_are_in(tally: Tally, _at: datetime) -> bool:
    """Alone first, also after a pitch."""
    return tally.pitch_scores_missing == 0


def was(state: RoundState) -> Condition:
    """Make the test that a round that lies still was here: it goes on where it was."""

    def goes_on(tally: Tally, _at: datetime) -> bool:
        return tally.suspended_from is state

    return condition(lazy("The judging goes on from where it was suspended, and nowhere else."))(
        goes_on
    )


def seats_missing(announced: Iterable[str], seat_count: int, seated: Iterable[str]) -> int:
    """Count the announced seats nobody sits in, by function and by number.

    `announced` and `seated` are functions; a plan that announced none asks a number only.
    """
    seated = list(seated)
    vacant = Counter(announced) - Counter(seated)
    return max(vacant.total(), seat_count - len(seated), 0)


def experts_missing(qualification: str, seats: int, experts: int) -> int:
    """Count the voting seats short of a third with the expertise, where one is asked."""
    return max(-(-seats // 3) - experts, 0) if qualification else 0


def is_masked(anonymity: Anonymity, state: RoundState) -> bool:
    """Say whether the jury still sees numbers instead of names (jury: R28)."""
    if anonymity is Anonymity.OPEN:
        return False
    if anonymity is Anonymity.UNTIL_DECISION:
        return state is not RoundState.DECIDED
    return state in UNDER_WAY

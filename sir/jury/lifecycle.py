"""The moves of a round, of a sheet and of what the jury agrees."""

from __future__ import annotations

from datetime import datetime

from sir.jury.models import ItemState, RoundState, Sheet, SheetState
from sir.jury.rules.conditions import (
    all_have_answered,
    all_is_agreed,
    all_is_submitted,
    calibration_is_done,
    declarations_are_in,
    has_proposals,
    jury_is_complete,
    seats_are_cleared,
)
from sir.jury.rules.sheets import marks_of, missing
from sir.kernel.i18n import lazy
from sir.kernel.lifecycle import Lifecycle, Move, condition

CONFLICT_CHECK = RoundState.CONFLICT_CHECK
INDIVIDUAL = RoundState.INDIVIDUAL
CONSENSUS = RoundState.CONSENSUS
QUALITY_LOCKED = RoundState.QUALITY_LOCKED
RANKED = RoundState.RANKED
SIGNING = RoundState.SIGNING
DECIDED = RoundState.DECIDED

# The conditions of a round look at its Tally.
# fmt: off
ROUND = Lifecycle(
    #     act        from               to              only if
    Move("start",   {CONFLICT_CHECK},   INDIVIDUAL,
         (has_proposals, jury_is_complete, declarations_are_in, seats_are_cleared,
          calibration_is_done)),
    Move("confer",  {INDIVIDUAL},       CONSENSUS,
         (jury_is_complete, seats_are_cleared, all_is_submitted)),
    Move("lock",    {CONSENSUS},        QUALITY_LOCKED,
         (jury_is_complete, seats_are_cleared, all_is_agreed)),
    Move("rank",    {QUALITY_LOCKED, RANKED}, RANKED,   (jury_is_complete, all_is_submitted)),
    Move("report",  {RANKED},           SIGNING),
    Move("decide",  {SIGNING},          DECIDED,        (all_have_answered,)),
)
# fmt: on


@condition(lazy("Scoring is not open: the round has not begun, or the jury already confers."))
def round_is_individual(sheet: Sheet, _at: datetime) -> bool:
    """A sheet changes while its juror works alone."""
    return sheet.round.state is INDIVIDUAL


@condition(lazy("A score sheet still misses a level, or a reason that is long enough."))
def is_complete(sheet: Sheet, _at: datetime) -> bool:
    """Every criterion has a level of the frozen scale and a reason."""
    return not missing(sheet.round.challenge.plan, marks_of(sheet))


DRAFT = SheetState.DRAFT
SUBMITTED = SheetState.SUBMITTED
LOCKED = SheetState.LOCKED
VOID = SheetState.VOID

# fmt: off
SHEET = Lifecycle(
    #     act          from                        to          only if
    Move("save",      {DRAFT},                     DRAFT,      (round_is_individual,)),
    Move("submit",    {DRAFT},                     SUBMITTED,  (round_is_individual, is_complete)),
    Move("take_back", {SUBMITTED},                 DRAFT,      (round_is_individual,)),
    Move("lock",      {SUBMITTED},                 LOCKED),
    Move("void",      {DRAFT, SUBMITTED, LOCKED},  VOID),
)
# fmt: on


OPEN = ItemState.OPEN
AGREED = ItemState.AGREED
MINORITY = ItemState.AGREED_WITH_MINORITY

# fmt: off
ITEM = Lifecycle(
    #     act                    from                      to
    Move("agree",               {OPEN, AGREED, MINORITY},  AGREED),
    Move("agree_with_minority", {OPEN, AGREED, MINORITY},  MINORITY),
)
# fmt: on

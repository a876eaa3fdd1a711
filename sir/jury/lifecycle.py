"""The moves of a round, of a sheet, of an advice, of what the jury agrees and of a pitch."""

from __future__ import annotations

from datetime import datetime

from sir.jury.models import (
    Advice,
    AdviceState,
    ItemState,
    Pitch,
    PitchState,
    RoundState,
    Sheet,
    SheetState,
)
from sir.jury.rules.conditions import (
    a_third_is_expert,
    all_have_answered,
    all_is_agreed,
    all_is_submitted,
    calibration_is_done,
    declarations_are_in,
    has_proposals,
    jury_is_complete,
    pitch_scores_are_in,
    pitches_are_closed,
    pitches_are_due,
    pitches_are_over,
    prices_are_open,
    prices_are_sealed,
    prices_may_wait,
    scores_are_final,
    seats_are_cleared,
    was,
)
from sir.jury.rules.sheets import length, marks_of, missing
from sir.kernel.i18n import lazy
from sir.kernel.lifecycle import Lifecycle, Move, condition

CONFLICT_CHECK = RoundState.CONFLICT_CHECK
INDIVIDUAL = RoundState.INDIVIDUAL
CONSENSUS = RoundState.CONSENSUS
QUALITY_LOCKED = RoundState.QUALITY_LOCKED
PRICE_OPENED = RoundState.PRICE_OPENED
RANKED = RoundState.RANKED
PITCHING = RoundState.PITCHING
RECONSIDERING = RoundState.RECONSIDERING
SIGNING = RoundState.SIGNING
DECIDED = RoundState.DECIDED
SUSPENDED = RoundState.SUSPENDED
# A round can lie still until its jury is done, and goes on where it was: but once somebody
# scored, only with every announced seat filled.
HALTS = frozenset(RoundState) - {DECIDED, SUSPENDED}
SCORES = HALTS - {CONFLICT_CHECK}

# The conditions of a round look at its Tally.
# fmt: off
ROUND = Lifecycle(
    #     act        from               to              only if
    Move("start",   {CONFLICT_CHECK},   INDIVIDUAL,
         (has_proposals, jury_is_complete, a_third_is_expert, declarations_are_in,
          seats_are_cleared, calibration_is_done)),
    Move("confer",  {INDIVIDUAL},       CONSENSUS,
         (jury_is_complete, seats_are_cleared, all_is_submitted)),
    Move("lock",    {CONSENSUS},        QUALITY_LOCKED,
         (jury_is_complete, seats_are_cleared, all_is_agreed)),
    Move("open_prices", {QUALITY_LOCKED, RANKED, RECONSIDERING}, PRICE_OPENED,
         (jury_is_complete, all_is_submitted, all_is_agreed, prices_are_sealed,
          scores_are_final)),
    Move("rank",    {QUALITY_LOCKED, PRICE_OPENED, RANKED}, RANKED,
         (jury_is_complete, all_is_submitted, prices_may_wait)),
    Move("invite",  {RANKED},           PITCHING,       (jury_is_complete, pitches_are_due)),
    Move("hear",    {PITCHING},         RANKED,         (jury_is_complete, pitches_are_closed)),
    Move("reconsider", {PITCHING},      RECONSIDERING,
         (jury_is_complete, pitches_are_closed, pitch_scores_are_in)),
    Move("rank_finalists", {RECONSIDERING}, RANKED,
         (jury_is_complete, all_is_submitted, all_is_agreed, prices_are_open)),
    Move("report",  {RANKED},           SIGNING,        (pitches_are_over, prices_are_open)),
    Move("decide",  {SIGNING},          DECIDED,        (all_have_answered,)),
    Move("suspend", HALTS,              SUSPENDED),
    Move("resume_conflict_check", {SUSPENDED}, CONFLICT_CHECK, (was(CONFLICT_CHECK),)),
    *(Move(f"resume_{state}", {SUSPENDED}, state, (was(state), jury_is_complete))
      for state in sorted(SCORES)),
)
# fmt: on


@condition(lazy("Scoring is not open: the round has not begun, or the jury already confers."))
def round_is_individual(sheet: Sheet | Advice, _at: datetime) -> bool:
    """A sheet, or an advice, changes while its writer works alone."""
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

# An adviser who is late is not waited for: what is a draft when the jury confers stays one.
# fmt: off
ADVICE = Lifecycle(
    #     act          from                                         to
    Move("write",     {AdviceState.DRAFT},                         AdviceState.DRAFT,
         (round_is_individual,)),
    Move("submit",    {AdviceState.DRAFT},                         AdviceState.SUBMITTED,
         (round_is_individual,)),
    Move("take_back", {AdviceState.SUBMITTED},                     AdviceState.DRAFT,
         (round_is_individual,)),
    Move("void",      {AdviceState.DRAFT, AdviceState.SUBMITTED},  AdviceState.VOID),
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


@condition(lazy("The clock of this pitch has not been started and stopped."))
def was_held(pitch: Pitch, _at: datetime) -> bool:
    """A pitch has a beginning and an end."""
    return pitch.started_at is not None and pitch.stopped_at is not None


@condition(lazy("Not every opening question has been asked: everybody gets the same ones."))
def had_every_question(pitch: Pitch, _at: datetime) -> bool:
    """The same questions for all (R25)."""
    return all(row.asked_at is not None for row in pitch.questions)


@condition(lazy("A question has no answer in the minutes."))
def has_every_answer(pitch: Pitch, _at: datetime) -> bool:
    """The minutes of the dialogue are complete (2014/24/EU art. 82(6))."""
    return all(row.answer.strip() for row in pitch.questions)


@condition(lazy("Write the minutes of the pitch first, in at least 40 characters."))
def has_minutes(pitch: Pitch, _at: datetime) -> bool:
    """The minutes say what was presented."""
    return length(pitch.minutes) >= MINUTES_LENGTH


MINUTES_LENGTH = 40  # characters
INVITED = PitchState.INVITED

# That every voting seat was there is looked at by the service, which knows the seats.
# fmt: off
PITCH = Lifecycle(
    #     act       from        to
    Move("close",   {INVITED},  PitchState.CLOSED,
         (was_held, had_every_question, has_every_answer, has_minutes)),
    Move("cancel",  {INVITED},  PitchState.CANCELLED),
)
# fmt: on

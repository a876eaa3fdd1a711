"""The jury: seats, declarations, score sheets, consensus, rankings and signatures."""

from sir.jury.models.advice import Advice, AdviceRevision, AdviceState
from sir.jury.models.assignments import Assignment
from sir.jury.models.calibration import Calibration, CalibrationSheet
from sir.jury.models.candidates import Answer, Candidate
from sir.jury.models.consensus import ConsensusItem, Discussion, ItemState, Stage
from sir.jury.models.inquiries import Inquiry, Reply
from sir.jury.models.lots import Lot
from sir.jury.models.matches import Match, Verdict
from sir.jury.models.outcome import Ranking, Report, Signature
from sir.jury.models.pitches import (
    Pitch,
    PitchPresence,
    PitchQuestion,
    PitchSlot,
    PitchStage,
    PitchState,
    SlotAnswer,
)
from sir.jury.models.prices import OpenedPrice, PriceDeclaration
from sir.jury.models.progress import Workday, Workload
from sir.jury.models.registers import Interest, InterestKind, Register
from sir.jury.models.rounds import Round, RoundState, RoundSuspension
from sir.jury.models.seats import VOTING, Declaration, Measure, Seat, SeatKind, Tie
from sir.jury.models.second import Occasion, SecondCell, SecondRevision, SecondSheet
from sir.jury.models.sheets import Cell, Sheet, SheetPatch, SheetRevision, SheetState

__all__ = [
    "VOTING",
    "Advice",
    "AdviceRevision",
    "AdviceState",
    "Answer",
    "Assignment",
    "Calibration",
    "CalibrationSheet",
    "Candidate",
    "Cell",
    "ConsensusItem",
    "Declaration",
    "Discussion",
    "Inquiry",
    "Interest",
    "InterestKind",
    "ItemState",
    "Lot",
    "Match",
    "Measure",
    "Occasion",
    "OpenedPrice",
    "Pitch",
    "PitchPresence",
    "PitchQuestion",
    "PitchSlot",
    "PitchStage",
    "PitchState",
    "PriceDeclaration",
    "Ranking",
    "Register",
    "Reply",
    "Report",
    "Round",
    "RoundState",
    "RoundSuspension",
    "Seat",
    "SeatKind",
    "SecondCell",
    "SecondRevision",
    "SecondSheet",
    "Sheet",
    "SheetPatch",
    "SheetRevision",
    "SheetState",
    "Signature",
    "SlotAnswer",
    "Stage",
    "Tie",
    "Verdict",
    "Workday",
    "Workload",
]

"""The doors of the jury room."""

from sir.jury.views import (
    assignments,
    calibration,
    consensus,
    integrity,
    outcome,
    pitchday,
    pitches,
    pitchscores,
    progress,
    registers,
    rounds,
    seats,
    second,
    sheets,
    simulation,
)
from sir.jury.views.door import bp

__all__ = [
    "assignments",
    "bp",
    "calibration",
    "consensus",
    "integrity",
    "outcome",
    "pitchday",
    "pitches",
    "pitchscores",
    "progress",
    "registers",
    "rounds",
    "seats",
    "second",
    "sheets",
    "simulation",
]

"""The doors of the jury room."""

<<<<<<< HEAD
from sir.jury.views import (
    assignments,
    consensus,
    integrity,
    outcome,
    progress,
    registers,
    rounds,
    seats,
    second,
    sheets,
)
from sir.jury.views.door import bp

__all__ = [
    "assignments",
    "bp",
    "consensus",
    "integrity",
    "outcome",
    "progress",
    "registers",
=======
from sir.jury.views import consensus, outcome, progress, rounds, seats, second, sheets, simulation
from sir.jury.views.door import bp

__all__ = [
    "bp",
    "consensus",
    "outcome",
    "progress",
>>>>>>> b2fcfb3 (Show before publication what a plan would do, and after the award how firm the outcome is)
    "rounds",
    "seats",
    "second",
    "sheets",
<<<<<<< HEAD
=======
    "simulation",
>>>>>>> b2fcfb3 (Show before publication what a plan would do, and after the award how firm the outcome is)
]

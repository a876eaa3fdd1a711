"""The doors of the jury room."""

from sir.jury.views import consensus, outcome, progress, rounds, seats, second, sheets
from sir.jury.views.door import bp

__all__ = ["bp", "consensus", "outcome", "progress", "rounds", "seats", "second", "sheets"]

"""How long, how many and how much a plan may hold."""

from __future__ import annotations

from decimal import Decimal

HUNDRED = Decimal(100)
CENT = Decimal("0.01")
CRITERIA = (3, 5)
LEVELS = (3, 11)
NAME_LIMIT = 40
LOOKS_FOR_LIMIT = 180
LABEL_LIMIT = 40
ANCHOR_LIMIT = 120
FUNCTION_LIMIT = 60
SEATS = (3, 9)
REASON = (80, 1000)  # characters per criterion
DECIMALS = (0, 4)
READERS = 2
QUALIFICATION_LIMIT = 120
QUESTION_LIMIT = 200
QUESTIONS = 5  # the same opening questions for everybody

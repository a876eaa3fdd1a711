"""When the jury may ask in writing, and what in an answer would tell who wrote it (jury: R28)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from sir.jury.models import Inquiry, RoundState
from sir.jury.rules.matching import domain_of, plain
from sir.workflows.models import Anonymity, Plan

LONGEST = 2000  # characters of a question
LONGEST_ANSWER = 4000
SHORTEST = 20  # characters of a question
SHORTEST_NAME = 3  # a shorter name would be found everywhere
_BETWEEN = re.compile(r"(?<=\d)[\s.\-]+(?=\d)")


def asks_in_writing(plan: Plan, state: RoundState) -> bool:
    """Say whether the jury may put a written question now.

    Only where nobody may know who wrote what until the decision: then there are no pitches, and
    the platform carries question and answer.
    """
    return plan.anonymity is Anonymity.UNTIL_DECISION and state is RoundState.CONSENSUS


def is_read(inquiry: Inquiry, at: datetime) -> bool:
    """Say whether the jury reads the answers: all at the same moment, when time is up."""
    return at >= inquiry.due_at


def telltales(
    text: str, *, names: Iterable[str], numbers: Iterable[str], addresses: Iterable[str]
) -> list[str]:
    """List what in an answer tells who wrote it: a name, a KvK number or a domain.

    Names are compared without capitals, accents, signs and legal form, in whole words; a number
    also when it is written with spaces or dots; addresses and websites by their domain.
    """
    said = f" {plain(text)} "
    digits = _BETWEEN.sub("", text)
    found: dict[str, None] = {}
    for name in names:
        if len(plain(name)) >= SHORTEST_NAME and f" {plain(name)} " in said:
            found[name] = None
    for number in filter(None, numbers):
        if re.search(rf"(?<!\d){re.escape(number)}(?!\d)", digits):
            found[number] = None
    for domain in filter(None, map(domain_of, addresses)):
        if re.search(rf"(?<![\w-]){re.escape(domain)}(?![\w-])", text, re.IGNORECASE):
            found[domain] = None
    return list(found)

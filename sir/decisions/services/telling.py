"""What every act on a decision shares: a reason that is long enough, and telling all bidders."""

from __future__ import annotations

from datetime import datetime

from sir.decisions.models import Decision, DecisionLetter
from sir.decisions.queries import people_of
from sir.decisions.rules import SHORTEST_REASON
from sir.kernel.errors import Refused
from sir.kernel.i18n import _
from sir.notices.services import write_letter
from sir.people.models import Person


def refuse_short(reason: str) -> None:
    """Refuse a reason that explains nothing."""
    if len(" ".join(reason.split())) < SHORTEST_REASON:
        raise Refused(_("Explain this in at least %(count)s characters.", count=SHORTEST_REASON))


def readers(decision: Decision) -> list[tuple[DecisionLetter, Person]]:
    """Pair every letter with each person who reads the post of its bidder."""
    people = people_of(letter.bidder_id for letter in decision.letters)
    return [(letter, person) for letter in decision.letters for person in people[letter.bidder_id]]


def write_to_all(decision: Decision, template: str, at: datetime, **words: str) -> None:
    """Write to every bidder about its letter."""
    title = decision.challenge.terms.title
    for letter, person in readers(decision):
        write_letter(template, to=person, at=at, letter=letter.code, title=title, **words)

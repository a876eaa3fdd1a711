"""Looking at a candidate juror before inviting them (jury: S2)."""

from __future__ import annotations

from datetime import datetime

from sir.challenges.models import Challenge
from sir.journal.services import record
from sir.jury.models import Answer, Candidate
from sir.jury.queries.candidates import candidates_of
from sir.jury.rules.conflicts import DETAIL_LENGTH
from sir.jury.rules.sheets import length
from sir.jury.services.clearing import check_impartial
from sir.kernel.codes import new_code
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.kernel.i18n import _
from sir.people.models import Person


def note_candidate(  # noqa: PLR0913 - a candidate has this many sides
    challenge: Challenge,
    *,
    name: str,
    email: str,
    organisation: str = "",
    function: str = "",
    by: Person,
    at: datetime,
) -> Candidate:
    """Note whom one thinks of for the jury. Nobody is written to."""
    email = email.strip().lower()
    if any(row.email == email for row in candidates_of(challenge)):
        raise Refused(_("This person is a candidate already."))
    candidate = Candidate(
        code=new_code(),
        challenge=challenge,
        name=name,
        email=email,
        organisation=organisation,
        function=function,
        noted_at=at,
        noted_by_id=by.id,
    )
    db.session.add(candidate)
    record("candidate.noted", candidate, by=by, at=at, stream=challenge.code)
    return candidate


def ask_for_check(candidate: Candidate, *, by: Person, at: datetime) -> None:
    """Ask whoever guards integrity to look whether this person can be seated."""
    if candidate.asked_at is not None:
        raise Refused(_("That was asked already."))
    candidate.asked_at = at
    record("candidate.asked", candidate, by=by, at=at, stream=candidate.challenge.code)


def answer_on(
    candidate: Candidate, *, answer: Answer, reason: str, by: Person, at: datetime
) -> None:
    """Answer whether somebody can be seated; the reason stays with who guards integrity.

    "Not yet" can be answered again, such as once the proposals are opened.
    """
    check_impartial(candidate.challenge, by)
    if candidate.asked_at is None or candidate.answer not in {None, Answer.CANNOT_SAY}:
        raise Refused(_("There is nothing to answer about this candidate any more."))
    if length(reason) < DETAIL_LENGTH:
        raise Refused(_("Give the reason for this decision."))
    candidate.answer, candidate.reason = answer, reason
    candidate.answered_at, candidate.answered_by_id = at, by.id
    record("candidate.answered", candidate, by=by, at=at, stream=candidate.journal_stream)

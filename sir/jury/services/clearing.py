"""Letting a seat through to the proposals, once nothing stands between them any more."""

from __future__ import annotations

from datetime import datetime

from sir.challenges.models import Challenge
from sir.journal.services import record
from sir.jury.models import Round, Seat
from sir.jury.queries.matches import check_of, sits_or_bids
from sir.jury.queries.rounds import current_round
from sir.jury.services.advice import hand_out_advice
from sir.jury.services.vacancies import let_score
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.kernel.i18n import _
from sir.people.models import Person


def check_impartial(challenge: Challenge, by: Person) -> None:
    """Refuse whoever sits on this jury, or belongs to one of its bidders (jury: 3.2)."""
    if sits_or_bids(challenge, by):
        raise Refused(
            _("You sit on this jury or belong to a bidder, so somebody else decides on its ties.")
        )


def clear(seat: Seat, *, by: Person, at: datetime) -> None:
    """Note that whoever guards integrity let this seat through."""
    if seat.cleared_at is None:
        seat.cleared_at, seat.cleared_by_id = at, by.id
        record("seat.cleared", seat, by=by, at=at, stream=seat.challenge.code)
        round_ = current_round(seat.challenge)
        if round_ is not None:
            hand_out_advice(round_, seat, by=by, at=at)
            let_score(round_, seat, at=at)


def clear_if_decided(seat: Seat, round_: Round, *, by: Person, at: datetime) -> None:
    """Let a seat through when the last thing that was open has just been decided."""
    db.session.flush()  # the check counts what was decided
    check = check_of(round_, seat)
    if check is not None and check.is_ready:
        clear(seat, by=by, at=at)

"""Advice: handing out what to write about, writing, handing in all together, taking back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from sir.journal.services import record
from sir.jury.lifecycle import ADVICE
from sir.jury.models import Advice, AdviceRevision, AdviceState, Round, RoundState, Seat, SeatKind
from sir.jury.queries.advice import advice_of
from sir.jury.queries.seats import proposals_of
from sir.jury.rules.sheets import REASON_LIMIT, reading_order
from sir.jury.services.sheets import ChangedMeanwhile
from sir.jury.services.suspensions import check_going
from sir.kernel.codes import new_code
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.kernel.i18n import _
from sir.notices.services import write_letter
from sir.people.models import Person


def hand_out_advice(round_: Round, seat: Seat, *, by: Person | None, at: datetime) -> None:
    """Let a cleared adviser read every proposal, in their own drawn order, and write about it."""
    is_due = round_.reached is RoundState.INDIVIDUAL and seat.cleared_at is not None
    if seat.kind is not SeatKind.ADVISER or not is_due or advice_of(round_, seat):
        return
    proposals = {proposal.code: proposal for proposal in proposals_of(round_.challenge)}
    for position, code in enumerate(reading_order(round_.order_key, seat.code, proposals), 1):
        db.session.add(
            Advice(
                code=new_code(10),
                round=round_,
                seat=seat,
                proposal=proposals[code],
                position=position,
            )
        )
    record("advice.handed_out", seat, by=by, at=at, stream=round_.challenge.code, n=len(proposals))
    write_letter(
        "jury/advise",
        to=seat.person,
        at=at,
        name=seat.name,
        challenge=round_.challenge.terms.title,
        due_at=round_.due_at.isoformat() if round_.due_at else "",
        path=f"/rounds/{round_.code}/advice",
    )


def write_advice(  # noqa: PLR0913 - what a saving is made of
    advice: Advice,
    *,
    version: int,
    text: str,
    remarks: Mapping[str, str],
    by: Person,
    at: datetime,
) -> None:
    """Keep what an adviser wrote; never hands in. The same words twice count once.

    `remarks` gives a paragraph by criterion key; a key that the plan does not have is dropped.
    Raises ChangedMeanwhile when `version` is not the stored one.
    """
    keys = [row.key for row in advice.round.challenge.plan.criteria]
    kept = {key: remarks[key] for key in keys if remarks.get(key)}
    if (text, kept) == (advice.text, advice.remarks):
        return
    check_going(advice.round)
    if version != advice.version:
        raise ChangedMeanwhile(_("This advice was saved elsewhere in the meantime."))
    if max(map(len, [text, *kept.values()])) > REASON_LIMIT:
        raise Refused(_("An advice has at most %(limit)s characters.", limit=REASON_LIMIT))
    ADVICE.move("write", advice, at)
    advice.text, advice.remarks, advice.saved_at = text, kept, at
    flag_modified(advice, "saved_at")  # within one instant the version must still rise
    db.session.flush()  # the revision carries the new version
    db.session.add(
        AdviceRevision(
            advice_id=advice.id,
            number=advice.version,
            content={"text": text, "remarks": kept},
            by_id=by.id,
            at=at,
        )
    )
    record(
        "advice.saved",
        advice,
        by=by,
        at=at,
        stream=advice.round.challenge.code,
        version=advice.version,
    )


def submit_advice(round_: Round, seat: Seat, *, by: Person, at: datetime) -> None:
    """Hand in all of an adviser's words together; a proposal without any has no advice."""
    own = _own(round_, seat, by)
    if not any(advice.has_words for advice in own):
        raise Refused(_("You have not written about any proposal yet."))
    for advice in own:
        ADVICE.move("submit", advice, at)
        advice.submitted_at = at
    given = sum(advice.has_words for advice in own)
    record("advice.submitted", seat, by=by, at=at, stream=round_.challenge.code, n=given)


def take_back_advice(round_: Round, seat: Seat, *, by: Person, at: datetime) -> None:
    """Take one's own advice back to change it, while everybody still works alone."""
    for advice in _own(round_, seat, by):
        ADVICE.move("take_back", advice, at)
    record("advice.taken_back", seat, by=by, at=at, stream=round_.challenge.code)


def void_advice(round_: Round, seat: Seat, *, by: Person | None, at: datetime) -> None:
    """Set aside what an adviser wrote who left: it is kept, and the jury never reads it."""
    rows = db.session.scalars(
        select(Advice).where(
            Advice.round_id == round_.id,
            Advice.seat_id == seat.id,
            Advice.state != AdviceState.VOID,
        )
    ).all()
    for advice in rows:
        ADVICE.move("void", advice, at)
    if rows:
        record("advice.voided", seat, by=by, at=at, stream=round_.challenge.code, n=len(rows))


def _own(round_: Round, seat: Seat, by: Person) -> list[Advice]:
    check_going(round_)
    own = advice_of(round_, seat)
    if seat.person_id != by.id or seat.vacated_at is not None or not own:
        raise Refused(_("There is nothing for you to advise on in this round."))
    return own

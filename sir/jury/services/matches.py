"""Blind matching: finding what jurors and bidders share, and deciding on it (jury: R10)."""

from __future__ import annotations

from datetime import datetime

from sir.journal.services import record
from sir.jury.models import Advice, Match, Round, Seat, Sheet, Verdict
from sir.jury.queries.matches import (
    Awards,
    bidder_identities,
    checks_of,
    juror_identities,
    matches_of,
    seated,
)
from sir.jury.queries.rounds import current_round
from sir.jury.rules.conditions import UNDER_WAY
from sir.jury.rules.conflicts import DETAIL_LENGTH
from sir.jury.rules.matching import Bidders, Ground, Shared, merged, relations
from sir.jury.rules.sheets import length
from sir.jury.services.clearing import check_impartial, clear, clear_if_decided
from sir.jury.services.rounds import exclude
from sir.kernel.codes import new_code
from sir.kernel.database import db
from sir.kernel.errors import Refused
from sir.kernel.i18n import _
from sir.people.models import Person
from sir.ports.vault import Vault
from sir.proposals.queries import company_parts


def look_for_matches(
    round_: Round, *, awards: Awards, vault: Vault, by: Person, at: datetime
) -> int:
    """Put the registers of the jury beside the bidders; gives how many matches are new or grew.

    `awards` says what these startups won before. A match that was decided is open again once
    there is something it was not decided on.
    """
    challenge = round_.challenge
    seats = seated(challenge)
    companies = company_parts(challenge, vault)
    bidders = bidder_identities(challenge, companies, awards)
    book = Bidders(bidders)
    found: dict[tuple[int, int], list[Shared]] = {}
    for seat_id, juror in juror_identities(seats).items():
        for bidder_id, shared in book.shared_with(juror).items():
            found[seat_id, bidder_id] = shared
    who = [(seat.id, seat.name, seat.function) for seat in seats]
    for bidder_id in bidders:
        text = companies.get(bidder_id, {}).get("relations", "")
        for seat_id, shared_row in relations(text, who).items():
            found.setdefault((seat_id, bidder_id), []).append(shared_row)
    known = {(match.seat_id, match.bidder_id): match for match in matches_of(challenge)}
    by_id = {seat.id: seat for seat in seats}
    changed = 0
    for (seat_id, bidder_id), shared in found.items():
        changed += _note(known.get((seat_id, bidder_id)), by_id[seat_id], bidder_id, shared, at)
    record(
        "matches.looked_for", round_, by=by, at=at, stream=f"integrity:{challenge.code}", n=changed
    )
    return changed


def _note(
    match: Match | None, seat: Seat, bidder_id: int, shared: list[Shared], at: datetime
) -> bool:
    if match is None:
        match = Match(code=new_code(), seat=seat, bidder_id=bidder_id, grounds=[], found_at=at)
        db.session.add(match)
    grounds = merged(match.grounds, shared)
    if grounds == match.grounds:
        return False
    match.grounds = grounds
    match.verdict, match.reason, match.decided_by_id, match.decided_at = None, "", None, None
    seat.cleared_at = None
    return True


def recognise(sheet: Sheet | Advice, *, detail: str, by: Person, at: datetime) -> None:
    """Report that one recognises the bidder behind a number (R12).

    Nobody tells the juror whether it is right: whoever guards integrity decides on it.
    """
    seat, round_ = sheet.seat, sheet.round
    if seat.person_id != by.id or seat.vacated_at is not None:
        raise Refused(_("This seat is not yours."))
    if round_.reached not in UNDER_WAY:
        raise Refused(_("The jury has finished its scores. Tell the procurement officer instead."))
    if length(detail) < DETAIL_LENGTH:
        raise Refused(_("Say by what you recognise this bidder."))
    bidder_id = sheet.proposal.bidder_id
    known = {(match.seat_id, match.bidder_id): match for match in matches_of(seat.challenge)}
    shared = [Shared(Ground.RECOGNISED, detail, "")]
    _note(known.get((seat.id, bidder_id)), seat, bidder_id, shared, at)
    record("bidder.recognised", sheet, by=by, at=at, stream=f"integrity:{seat.challenge.code}")


def decide_match(match: Match, *, verdict: Verdict, reason: str, by: Person, at: datetime) -> None:
    """Decide what a match is: no tie, a loose tie that may stay, or a reason to leave the jury."""
    seat = match.seat
    round_ = current_round(seat.challenge)
    check_impartial(seat.challenge, by)
    if match.verdict is not None or round_ is None:
        raise Refused(_("This match was decided already."))
    if length(reason) < DETAIL_LENGTH:
        raise Refused(_("Give the reason for this decision."))
    match.verdict, match.reason = verdict, reason
    match.decided_by_id, match.decided_at = by.id, at
    record("match.decided", match, by=by, at=at, stream=match.journal_stream, verdict=verdict.value)
    if verdict is Verdict.EXCLUDE and seat.vacated_at is None:
        exclude(seat, round_, by=by, at=at)
    clear_if_decided(seat, round_, by=by, at=at)


def clear_seats(round_: Round, *, awards: Awards, vault: Vault, by: Person, at: datetime) -> int:
    """Look once more, and let through every seat that has nothing open; gives how many.

    A seat is only let through by this act of a person: what nobody decided on never passes.
    """
    check_impartial(round_.challenge, by)
    look_for_matches(round_, awards=awards, vault=vault, by=by, at=at)
    db.session.flush()  # the checks count what was found
    ready = [check.seat for check in checks_of(round_) if check.is_ready]
    fresh = [seat for seat in ready if seat.cleared_at is None]
    for seat in fresh:
        clear(seat, by=by, at=at)
    return len(fresh)

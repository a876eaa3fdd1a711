"""Pages about who sits on a jury."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sir.challenges.models import Challenge
from sir.challenges.queries import challenge_by_code
from sir.jury.forms import (
    ActForm,
    InviteForm,
    LateTieForm,
    MeasureForm,
    ReasonForm,
    ties_form,
    ties_in,
)
from sir.jury.models import Declaration, Measure, Seat, SeatKind, Tie
from sir.jury.queries import (
    bidders_of,
    candidates_of,
    current_round,
    declaration_by_code,
    declarations_of,
    offer_to,
    register_of,
    seat_by_code,
    seats_of,
)
from sir.jury.services import (
    accept_offer,
    accept_seat,
    call_reserve,
    decide_tie,
    declare_ties,
    decline_offer,
    decline_seat,
    invite_juror,
    report_tie,
    vacate_seat,
)
from sir.jury.services.seats import functions_of
from sir.jury.views.door import ask_token, bp
from sir.kernel.errors import Missing, Refused
from sir.kernel.i18n import _
from sir.kernel.transaction import transaction
from sir.web.gate import me, now, requires


def _room(challenge: Challenge) -> ResponseReturnValue:
    return redirect(url_for("jury.show", code=challenge.code))


@bp.route("/challenges/<code>/jury/invite", methods=["GET", "POST"])
@requires("jury.manage", challenge_by_code)
def invite(challenge: Challenge) -> ResponseReturnValue:
    """Offer somebody a seat."""
    form = InviteForm.from_request(**_thought_of(challenge))
    form.offer(functions_of(challenge.plan))
    if form.is_accepted():
        with transaction():
            invite_juror(
                challenge,
                name=str(form.name.data),
                email=str(form.email.data),
                kind=SeatKind(form.kind.data),
                function=form.function.data,
                qualification=form.qualification.data or "",
                by=me(),
                at=now(),
            )
        flash(_("The invitation is on its way."))
        return _room(challenge)
    return render_template("jury/invite.html", challenge=challenge, form=form), form.status


def _thought_of(challenge: Challenge) -> dict[str, str]:
    """Begin with the candidate that the address names, if it is one of this challenge."""
    found = [row for row in candidates_of(challenge) if row.code == request.args.get("candidate")]
    if not found:
        return {}
    return {"name": found[0].name, "email": found[0].email, "function": found[0].function}


@bp.get("/seats/<code>")
@requires("seat.read", seat_by_code)
def seat(seat: Seat) -> ResponseReturnValue:
    """One seat: what was offered to whom, and what its holder may do."""
    return render_template(
        "jury/seat.html",
        seat=seat,
        challenge=seat.challenge,
        form=ActForm.from_request(),
        round=current_round(seat.challenge),
        offer=offer_to(seat) if seat.kind is SeatKind.RESERVE else None,
    )


@bp.post("/seats/<code>/accept")
@requires("seat.accept", seat_by_code)
def accept(seat: Seat) -> ResponseReturnValue:
    """Take a seat."""
    ask_token()
    with transaction():
        accept_seat(seat, by=me(), at=now())
    flash(_("You sit on this jury now. Thank you."))
    return redirect(url_for("jury.seat", code=seat.code))


@bp.post("/seats/<code>/decline")
@requires("seat.accept", seat_by_code)
def decline(seat: Seat) -> ResponseReturnValue:
    """Refuse a seat."""
    ask_token()
    with transaction():
        decline_seat(seat, by=me(), at=now())
    flash(_("You declined this seat. Thank you for your answer."))
    return redirect(url_for("jury.seat", code=seat.code))


@bp.post("/seats/<code>/offer")
@requires("seat.answer", seat_by_code)
def answer_offer(reserve: Seat) -> ResponseReturnValue:
    """Take the seat that came free, or turn it down."""
    ask_token()
    takes = request.form.get("act") == "accept"
    with transaction():
        (accept_offer if takes else decline_offer)(reserve, by=me(), at=now())
    flash(
        _("The seat is yours. You judge everything from the start.")
        if takes
        else _("You turned the seat down. You stay a reserve.")
    )
    return _room(reserve.challenge) if takes else redirect(url_for("jury.seat", code=reserve.code))


@bp.route("/seats/<code>/vacate", methods=["GET", "POST"])
@requires("jury.manage", seat_by_code)
def vacate(seat: Seat) -> ResponseReturnValue:
    """Empty a seat, with the reason."""
    form = ReasonForm.from_request()
    if form.is_accepted():
        with transaction():
            vacate_seat(seat, reason=str(form.reason.data), by=me(), at=now())
        return _room(seat.challenge)
    page = render_template("jury/vacate.html", seat=seat, challenge=seat.challenge, form=form)
    return page, form.status


@bp.post("/seats/<code>/call")
@requires("jury.manage", seat_by_code)
def call(reserve: Seat) -> ResponseReturnValue:
    """Let this reserve take over the empty seat of the same function."""
    ask_token()
    seats = seats_of(reserve.challenge)
    taken = {seat.replaces_id for seat in seats}
    vacated = next(
        (
            seat
            for seat in seats
            if seat.vacated_at and seat.id not in taken and seat.function == reserve.function
        ),
        None,
    )
    if vacated is None:
        raise Refused(_("There is no empty seat with this reserve's function."))
    with transaction():
        call_reserve(vacated, reserve, by=me(), at=now())
    flash(_("The reserve has the seat now."))
    return _room(reserve.challenge)


@bp.route("/seats/<code>/declare", methods=["GET", "POST"])
@requires("declaration.sign", seat_by_code)
def declare(seat: Seat) -> ResponseReturnValue:
    """State every tie, or that there is none, before reading anything."""
    if current_round(seat.challenge) is None or seat.vacated_at is not None:
        raise Missing
    signed = declarations_of(seat)
    known = {declaration.bidder_id for declaration in signed}
    bidders = [bidder for bidder in bidders_of(seat.challenge) if bidder.id not in known]
    form = ties_form(bidders)
    register = register_of(me(), now())
    if bidders and form.is_accepted():
        with transaction():
            declare_ties(seat, ties=ties_in(form, bidders), by=me(), at=now())
        return redirect(url_for("jury.seat", code=seat.code))
    page = render_template(
        "jury/declare.html",
        seat=seat,
        challenge=seat.challenge,
        form=form,
        bidders=bidders,
        signed=signed,
        has_register=register is not None and register.signed_at is not None,
    )
    return page, form.status


@bp.route("/seats/<code>/report", methods=["GET", "POST"])
@requires("declaration.sign", seat_by_code)
def report_late(seat: Seat) -> ResponseReturnValue:
    """Report a tie that shows after the declaration."""
    if current_round(seat.challenge) is None or seat.vacated_at is not None:
        raise Missing
    bidders = {str(row.id): row for row in bidders_of(seat.challenge)}
    form = LateTieForm.from_request()
    form.offer(bidders.values())
    if form.is_accepted():
        with transaction():
            report_tie(
                seat,
                bidders[form.bidder.data],
                tie=Tie(form.tie.data),
                detail=str(form.detail.data),
                by=me(),
                at=now(),
            )
        flash(_("Your tie is noted. Do not score any further until you hear from us."))
        return redirect(url_for("jury.seat", code=seat.code))
    page = render_template("jury/late.html", seat=seat, challenge=seat.challenge, form=form)
    return page, form.status


@bp.route("/declarations/<code>", methods=["GET", "POST"])
@requires("declaration.measure", declaration_by_code)
def measure(declaration: Declaration) -> ResponseReturnValue:
    """Decide what a loose tie leads to."""
    form = MeasureForm.from_request()
    if form.is_accepted():
        with transaction():
            decide_tie(
                declaration,
                measure=Measure(form.measure.data),
                reason=str(form.reason.data),
                by=me(),
                at=now(),
            )
        return redirect(url_for("jury.integrity", code=declaration.seat.challenge.code))
    page = render_template(
        "jury/measure.html",
        declaration=declaration,
        challenge=declaration.seat.challenge,
        form=form,
    )
    return page, form.status

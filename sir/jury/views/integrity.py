"""Pages for whoever guards integrity: matches and ties, and letting seats through."""

from __future__ import annotations

from collections import defaultdict

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from sir.challenges.models import Challenge
from sir.challenges.queries import challenge_by_code
from sir.jury.document import ground_name, measure_name, tie_name, verdict_name
from sir.jury.forms import ActForm, RecogniseForm, VerdictForm
from sir.jury.models import Advice, Match, Round, Sheet, Verdict
from sir.jury.queries import (
    candidates_of,
    checks_of,
    current_round,
    match_by_code,
    matches_of,
    round_by_code,
    seats_of,
    sheet_by_code,
    ties_of,
)
from sir.jury.queries.registers import signed_years
from sir.jury.services import clear_seats, decide_match, recognise
from sir.jury.views.door import ask_token, bp, ports
from sir.kernel.errors import Missing
from sir.kernel.i18n import _, ngettext
from sir.kernel.sheets import Cell, to_csv, to_ods, to_xlsx
from sir.kernel.transaction import transaction
from sir.web.gate import me, now, requires
from sir.web.locale import page_language

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv",
}


@bp.get("/challenges/<code>/jury/integrity")
@requires("declaration.list", challenge_by_code)
def integrity(challenge: Challenge) -> ResponseReturnValue:
    """Every seat and what is still open about it: ties declared, and matches found."""
    round_ = current_round(challenge)
    return render_template(
        "jury/integrity.html",
        challenge=challenge,
        round=round_,
        checks=checks_of(round_) if round_ else [],
        matches=matches_of(challenge) if round_ else [],
        ties=ties_of(challenge) if round_ else [],
        candidates=[row for row in candidates_of(challenge) if row.asked_at],
        form=ActForm.from_request(),
    )


@bp.post("/rounds/<code>/clear")
@requires("declaration.measure", round_by_code)
def clear(round_: Round) -> ResponseReturnValue:
    """Look once more, and let through who has nothing open."""
    ask_token()
    with transaction():
        n = clear_seats(round_, by=me(), at=now(), **ports(round_.challenge))
    flash(ngettext("%(num)d member was cleared.", "%(num)d members were cleared.", n))
    return redirect(url_for("jury.integrity", code=round_.challenge.code))


@bp.route("/matches/<code>", methods=["GET", "POST"])
@requires("declaration.measure", match_by_code)
def match(match: Match) -> ResponseReturnValue:
    """Decide what a match is."""
    form = VerdictForm.from_request()
    challenge = match.seat.challenge
    if form.is_accepted():
        with transaction():
            decide_match(
                match,
                verdict=Verdict(form.verdict.data),
                reason=str(form.reason.data),
                by=me(),
                at=now(),
            )
        return redirect(url_for("jury.integrity", code=challenge.code))
    page = render_template("jury/match.html", match=match, challenge=challenge, form=form)
    return page, form.status


@bp.route("/sheets/<code>/recognise", methods=["GET", "POST"])
@requires("sheet.edit", sheet_by_code)
def recognise_bidder(sheet: Sheet) -> ResponseReturnValue:
    """Report that one recognises who wrote this proposal."""
    return recognising(sheet, url_for("jury.sheet", code=sheet.code))


def recognising(read: Sheet | Advice, back: str) -> ResponseReturnValue:
    """Let somebody who reads without names report whose proposal this is (R12)."""
    form = RecogniseForm.from_request()
    if form.is_accepted():
        with transaction():
            recognise(read, detail=str(form.detail.data), by=me(), at=now())
        flash(_("Thank you. The integrity officer decides; you may go on meanwhile."))
        return redirect(back)
    page = render_template(
        "jury/recognise.html",
        proposal=read.proposal,
        back=back,
        challenge=read.round.challenge,
        form=form,
    )
    return page, form.status


@bp.get("/challenges/<code>/jury/integrity.<kind>")
@requires("declaration.list", lambda code, kind: challenge_by_code(code))  # noqa: ARG005 - the view reads it
def integrity_file(challenge: Challenge) -> ResponseReturnValue:
    """The register of ties of one challenge to take away; no cell is a formula (S2)."""
    kind = (request.view_args or {})["kind"]
    if kind not in TYPES:
        raise Missing
    title, head, rows = _register(challenge)
    content = (
        to_csv(title, head, rows, lang=page_language())
        if kind == "csv"
        else {"xlsx": to_xlsx, "ods": to_ods}[kind](title, head, rows)
    )
    name = f"integrity-{challenge.code}.{kind}"
    return Response(
        content,
        mimetype=TYPES[kind],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _register(challenge: Challenge) -> tuple[str, list[str], list[list[Cell]]]:
    """Give a row for each tie and match, and one for each seat that has none."""
    head = [
        _("Seat"), _("Name"), _("Function"), _("Register signed"), _("Organisation"), _("Source"),
        _("What was found or declared"), _("Decision"), _("Reason"), _("Decided"),
    ]  # fmt: skip
    found: dict[int, list[list[Cell]]] = defaultdict(list)
    for tie in ties_of(challenge):
        found[tie.seat_id].append([
            tie.bidder.name, _("declared by the juror"), f"{tie_name(tie.tie)}: {tie.detail}",
            measure_name(tie), tie.measure_reason, tie.measured_at,
        ])  # fmt: skip
    for match in matches_of(challenge):
        what = "; ".join(ground_name(ground) for ground in match.grounds)
        found[match.seat_id].append([
            match.bidder.name, _("found by the platform"), what, verdict_name(match.verdict),
            match.reason, match.decided_at,
        ])  # fmt: skip
    seats = seats_of(challenge)
    signed = signed_years([seat.person_id for seat in seats if seat.person_id is not None])
    rows = []
    for seat in seats:
        register = signed.get(seat.person_id or 0)
        mine: list[Cell] = [
            seat.label, seat.name, seat.function, register.signed_at if register else None
        ]  # fmt: skip
        rows += [mine + tie for tie in found[seat.id] or [[None] * 6]]
    return _("Register of ties"), head, rows

"""Pages on which a large first round is divided over the jury (jury: R1, F14)."""

from __future__ import annotations

import json
from collections import Counter

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from sir.jury.forms import ActForm
from sir.jury.forms.assignments import WishesForm, wishes_form, wishes_in
from sir.jury.models import Assignment, Round, RoundState, Seat
from sir.jury.queries import proposals_of, round_by_code, voting_seats
from sir.jury.queries.assignments import (
    assignment_by_code,
    handed_out,
    latest_assignment,
    tied_pairs,
)
from sir.jury.services import accept_assignment, propose_assignment
from sir.jury.views.door import ask_token, bp
from sir.kernel.errors import Missing, Refused
from sir.kernel.i18n import _
from sir.kernel.transaction import transaction
from sir.ports.solver import HighsSolver
from sir.web.gate import me, now, requires


@bp.route("/rounds/<code>/assign", methods=["GET", "POST"])
@requires("assignment.make", round_by_code)
def assign(round_: Round) -> ResponseReturnValue:
    """Ask for a division of the proposals; it is shown before anybody reads by it."""
    plan = round_.challenge.plan
    if plan.readers is None:
        raise Missing
    seats = voting_seats(round_.challenge)
    numbers = [str(proposal.number) for proposal in proposals_of(round_.challenge)]
    before = latest_assignment(round_)
    defaults = (plan.load_least or 0, plan.load_most or len(numbers))
    form = wishes_form(seats, defaults, before.wishes if before else None)
    wishes = wishes_in(form, seats, numbers) if form.is_accepted() else None
    if wishes is not None:
        try:
            with transaction():
                made = propose_assignment(
                    round_,
                    wishes=wishes,
                    reason=form.reason.data or "",
                    solver=HighsSolver(),
                    by=me(),
                    at=now(),
                )
            return redirect(url_for("jury.assignment", code=made.code))
        except Refused as refusal:
            for sentence in refusal.sentences:
                form.add_error(None, str(sentence))
    return _asked(round_, form, seats, len(numbers), before), form.status


def _asked(
    round_: Round, form: WishesForm, seats: list[Seat], proposals: int, before: Assignment | None
) -> str:
    return render_template(
        "jury/assign.html",
        round=round_,
        challenge=round_.challenge,
        plan=round_.challenge.plan,
        form=form,
        seats=seats,
        proposals=proposals,
        ties=Counter(label for _number, label in tied_pairs(round_.challenge)),
        before=before,
        is_again=round_.state is RoundState.INDIVIDUAL,
    )


@bp.get("/assignments/<code>")
@requires("assignment.read", assignment_by_code)
def assignment(assignment: Assignment) -> ResponseReturnValue:
    """The division: how much each juror reads, and whether everybody can be compared."""
    round_ = assignment.round
    pairs = {(p, j) for p, j in assignment.result["pairs"]}
    begun = handed_out(round_)
    loads = Counter(label for _number, label in pairs)
    asked = json.loads(assignment.inputs)
    rows = [
        {
            "seat": seat,
            "load": loads[seat.label],
            "asked": asked["load"].get(seat.label),
            "new": sum(label == seat.label for _n, label in pairs - begun.keys()),
            "gone": sum(label == seat.label for _n, label in begun.keys() - pairs),
        }
        for seat in voting_seats(round_.challenge)
    ]
    return render_template(
        "jury/assignment.html",
        assignment=assignment,
        round=round_,
        challenge=round_.challenge,
        rows=rows,
        asked=asked,
        readers=max(asked["per_proposal"].values()),
        parts=len(assignment.result["components"]),
        moved=sum(row["gone"] for row in rows),
        is_latest=latest_assignment(round_) is assignment,
        form=ActForm.from_request(),
    )


@bp.post("/assignments/<code>/accept")
@requires("assignment.make", assignment_by_code)
def accept_division(assignment: Assignment) -> ResponseReturnValue:
    """Hand every sheet out at once."""
    ask_token()
    with transaction():
        accept_assignment(assignment, by=me(), at=now())
    flash(_("The proposals are divided. The jury is written to."))
    return redirect(url_for("jury.show", code=assignment.round.challenge.code))


@bp.get("/assignments/<code>.json")
@requires("assignment.read", assignment_by_code)
def assignment_inputs(assignment: Assignment) -> ResponseReturnValue:
    """The very file `flask sir assign` reads, so that anybody can make the division again."""
    return _download(assignment.inputs, f"assignment-{assignment.code}.json")


def _download(content: str, name: str) -> Response:
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, mimetype="application/json", headers=disposition)

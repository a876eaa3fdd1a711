"""Pages on which a round is suspended, or goes on."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from sir.jury.forms.suspensions import SuspensionForm
from sir.jury.lifecycle import ROUND
from sir.jury.models import Round, RoundState
from sir.jury.queries import round_by_code, suspension_of, tally
from sir.jury.rules.suspensions import awaited, due_after
from sir.jury.services import resume_round, suspend_round
from sir.jury.views.door import bp
from sir.kernel.i18n import _
from sir.kernel.transaction import transaction
from sir.permissions import may
from sir.web.gate import me, now, requires, standing


@bp.route("/rounds/<code>/suspend", methods=["GET", "POST"])
@requires("round.suspend", round_by_code)
def suspend(round_: Round) -> ResponseReturnValue:
    """Let the judging lie still, with the reason; or look at what it waits for."""
    form = SuspensionForm.from_request()
    if form.is_accepted():
        with transaction():
            suspend_round(round_, reason=form.reason.data or "", by=me(), at=now())
        flash(_("The judging is suspended. Everybody on the jury is written to."))
        return redirect(url_for("jury.show", code=round_.challenge.code))
    return _page("jury/suspend.html", round_, form)


@bp.route("/rounds/<code>/resume", methods=["GET", "POST"])
@requires("round.suspend", round_by_code)
def resume(round_: Round) -> ResponseReturnValue:
    """Let the judging go on where it was, with the reason."""
    form = SuspensionForm.from_request()
    if form.is_accepted():
        with transaction():
            resume_round(round_, reason=form.reason.data or "", by=me(), at=now())
        flash(_("The judging goes on. Everybody on the jury is written to."))
        return redirect(url_for("jury.show", code=round_.challenge.code))
    return _page("jury/resume.html", round_, form)


def _page(template: str, round_: Round, form: SuspensionForm) -> ResponseReturnValue:
    page = render_template(
        template,
        round=round_,
        challenge=round_.challenge,
        form=form,
        may_halt=not ROUND.refusals("suspend", round_, now()),
        stop=stop_of(round_),
    )
    return page, form.status


def stop_of(round_: Round) -> dict[str, Any] | None:
    """Say since when a round lies still, what it waits for, and what becomes of the deadline."""
    suspension = suspension_of(round_)
    if suspension is None:
        return None
    came_from = round_.reached
    reasons = ROUND.refusals(f"resume_{came_from}", round_, now(), given=tally(round_))
    is_scoring = came_from in {RoundState.CONFLICT_CHECK, RoundState.INDIVIDUAL}
    return {
        "since": suspension.since,
        "awaited": awaited(round_, suspension),
        "by": suspension.by.name if suspension.by and suspension.seat is None else "",
        "due_at": due_after(round_, suspension.since, now()) if is_scoring else None,
        "reasons": reasons,
        "is_stuck": suspension.seat_id is not None,
        "can_act": may(standing(), "round.suspend", round_),
    }
